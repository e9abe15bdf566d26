"""The plan of planted cases: which recipe, what it is in the vocabulary's words, how often at the seed scale."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from casebook.synth import catering_plants_clear as clear
from casebook.synth import catering_plants_display as display
from casebook.synth import catering_plants_excused as excused
from casebook.synth import catering_plants_scope as scope
from casebook.synth.catering_facts import Case, Shop
from casebook.synth.catering_town import Town

SEED_SHOPS: Final = 4_000


@dataclass(frozen=True)
class Recipe:
    """How to plant one sort of case; `count` of them among 4,000 shops, at least one at any scale."""

    build: Callable[[Town], Shop]
    kind: str
    count: int
    bin: str = "lead"
    exemption: str = ""

    @property
    def name(self) -> str:
        """The builder's name, which tells the facts."""
        return self.build.__name__


LEADS: Final = (
    Recipe(display.nothing_licensed, "no_licence_shown", 36),
    Recipe(display.certificate_run_out, "no_licence_shown", 6),
    Recipe(display.expired, "licence_expired", 36),
    Recipe(display.expired_day_before, "licence_expired", 8),
    Recipe(display.expired_misread, "licence_expired", 7),
    Recipe(display.anothers, "licence_of_another", 36),
    Recipe(display.cancelled, "licence_cancelled", 24),
    Recipe(display.cancelled_undated, "licence_cancelled", 6),
    Recipe(scope.beyond_cold, "beyond_scope", 40),
    Recipe(scope.beyond_raw, "beyond_scope", 26),
    Recipe(scope.beyond_pastry, "beyond_scope", 26),
    Recipe(scope.beyond_drinks, "beyond_scope", 26),
    Recipe(scope.beyond_two_items, "beyond_scope", 14),
    Recipe(scope.small_catering_beyond, "beyond_scope", 10),
    Recipe(scope.captured_30_days_off, "beyond_scope", 6),
    Recipe(display.grade_hidden, "grade_not_shown", 36),
    Recipe(display.grade_hidden_121, "grade_not_shown", 8),
    Recipe(display.grade_bettered, "grade_mismatch", 36),
    Recipe(display.grade_worsened, "grade_mismatch", 14),
)
FLAGGED: Final = tuple(
    Recipe(build, kind, count, "flagged", exemption)
    for build, kind, exemption, count in (
        (excused.renewed_after_expiry, "licence_expired", "licence_renewed", 12),
        (excused.renewed_after_cancellation, "licence_cancelled", "licence_renewed", 6),
        (excused.renewal_pending, "licence_expired", "renewal_pending", 10),
        (scope.pastry_under_2023, "beyond_scope", "pastry_vocabulary", 14),
        (scope.restricted, "beyond_scope", "item_with_restriction", 10),
        (scope.restricted_pastry, "beyond_scope", "item_with_restriction", 6),
        (scope.central_kitchen_scope, "beyond_scope", "central_kitchen", 6),
        (excused.central_kitchen_number, "licence_of_another", "central_kitchen", 6),
        (scope.canteen_scope, "beyond_scope", "canteen", 6),
        (excused.canteen_grade_hidden, "grade_not_shown", "canteen", 4),
        (scope.captured_31_days_off, "beyond_scope", "capture_outside_window", 6),
        (scope.captured_months_off, "beyond_scope", "capture_outside_window", 6),
        (excused.unlisted, "licence_of_another", "licence_not_in_list", 10),
        (scope.only_toppings, "beyond_scope", "toppings_bought", 8),
        (excused.another_name_same_address, "licence_of_another", "name_conflict", 10),
        (excused.found_by_name_expired, "licence_expired", "weak_match", 6),
        (excused.found_by_name_beyond, "beyond_scope", "weak_match", 6),
    )
)
EXCLUDED: Final = tuple(
    Recipe(build, kind, count, "excluded", exemption)
    for build, kind, exemption, count in (
        (excused.small_catering, "no_licence_shown", "small_catering_certificate", 16),
        (excused.small_catering_shown, "no_licence_shown", "small_catering_certificate", 16),
        (excused.ungraded, "grade_not_shown", "grade_not_yet_given", 12),
        (excused.grade_hidden_119, "grade_not_shown", "grade_not_yet_given", 8),
        (excused.closed_expired, "licence_expired", "shop_not_operating", 6),
        (excused.closed_ungraded_page, "grade_not_shown", "shop_not_operating", 6),
        (excused.closed_beyond_scope, "beyond_scope", "shop_not_operating", 6),
        (excused.platform_test, "no_licence_shown", "shop_not_operating", 6),
    )
)
UNMATCHED: Final = (Recipe(excused.number_unreadable, "", 20, "unmatched"),)
CLEAR: Final = tuple(
    Recipe(build, kind, count, "clear")
    for build, kind, count in (
        (clear.packaged_only, "beyond_scope", 12),
        (clear.misleading_words, "beyond_scope", 20),
        (scope.cold_in_hot_item, "beyond_scope", 12),
        (scope.one_strong_dish, "beyond_scope", 20),
        (clear.several_brands, "licence_of_another", 10),
        (clear.misread_number, "no_licence_shown", 16),
        (clear.ends_at_capture, "licence_expired", 8),
        (clear.cancelled_later, "licence_cancelled", 6),
        (clear.number_not_shown, "no_licence_shown", 10),
        (clear.never_graded, "grade_not_shown", 10),
        (clear.moved, "licence_of_another", 8),
        (clear.typed_oddly, "no_licence_shown", 8),
        (clear.without_end, "licence_expired", 6),
        (clear.extended_in_list, "licence_expired", 6),
    )
)
RECIPES: Final = (*LEADS, *FLAGGED, *EXCLUDED, *UNMATCHED, *CLEAR)


def planted(town: Town, shops: int) -> Iterator[Shop]:
    """The planted shops for a district of `shops` shops; every recipe at least once.

    A near miss that ends `clear` names the kind it nearly is.
    """
    for recipe in RECIPES:
        for _ in range(max(1, round(recipe.count * shops / SEED_SHOPS))):
            shop = recipe.build(town)
            yield replace(shop, case=Case(recipe.name, recipe.kind, recipe.bin, recipe.exemption))
