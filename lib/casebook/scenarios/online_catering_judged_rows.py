"""The judged rows put together, one per shop, and the source rows behind them."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.measure.calendar import month_index
from casebook.scenarios import online_catering_dishes_rows as dishes
from casebook.scenarios import online_catering_licences_rows as papers
from casebook.scenarios.online_catering_inputs import CERTIFICATES, DISHES, GRADES, LICENCES, SHOPS
from casebook.scenarios.online_catering_shops_rows import same_house, shops

if TYPE_CHECKING:
    from casebook.scenarios.online_catering import Parameters


def judged(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per shop with every fact the conditions read.

    A number that cannot be read, repaired or found leaves the shop without a key: what it shows cannot be compared.
    """
    rows = inputs.settle(papers.with_licence(inputs.settle(shops(inputs, p)), inputs, p))
    rows = inputs.settle(papers.with_grade(papers.with_certificate(rows, inputs), inputs))
    rows = inputs.settle(dishes.with_dishes(inputs.settle(dishes.with_cover(rows, inputs, p)), inputs, p))
    rows = rows.with_columns(same_house=same_house("shown_address", "premises"))
    day = nw.coalesce(nw.col("captured_on"), nw.col("list_date"))
    is_lost = nw.col("is_faulty") & ~nw.col("has_licence")
    return with_receiver(rows, p).with_columns(
        unit=nw.concat_str(nw.lit("shop"), nw.col("ref").cast(nw.String), separator="|"),
        entity_raw=nw.col("entity"),
        entity=nw.when(is_lost).then(nw.lit(None)).otherwise(nw.col("entity")).cast(nw.String),
        entity_reason=nw.when(is_lost).then(nw.lit("licence_unreadable")).otherwise(nw.col("entity_reason")),
        subject_name=nw.col("shop_name"),
        subject_code=nw.concat_str("platform", "shop_id", separator=" "),
        key_type=nw.lit("firm"),
        place=nw.coalesce(nw.col("shown_address_township"), nw.col("shown_address_road")),
        period=month_index(day).cast(nw.Int32),
        period_start=day,
        period_end=day,
    )


def with_receiver(rows: Frame, p: "Parameters") -> Frame:
    """Adds receiver: the platform, through the regulator, where it fails to show what most of its shops have; else null.

    Grades: only for shops whose page lacks nothing but the grade, all else is for the shop to put right. Numbers: shops that show none.
    `grade_lacking_on_platform` and `number_lacking_on_platform` tell the shops without, of how many.
    """
    bare = nw.col("is_nothing_shown")
    is_graded = nw.col("is_graded") & nw.col("has_licence")
    lacks = is_graded & ~nw.col("is_grade_shown")
    counts = rows.group_by("platform").agg(
        n_graded=is_graded.cast(nw.Int64).sum(), n_lacking=lacks.cast(nw.Int64).sum(),
        n_shops=nw.len().cast(nw.Int64), n_bare=bare.cast(nw.Int64).sum(),
    )  # fmt: skip
    is_whole = ~nw.col("is_cancelled").fill_null(False) & (nw.col("listed_until") >= nw.col("captured_on"))
    is_within = (nw.col("n_uncovered") < p.min_strong_dishes) & ~nw.col("name_differs").fill_null(False)
    is_platforms = lacks & is_whole & is_within & (nw.col("n_lacking") > nw.col("n_graded") * p.platform_share)
    is_hidden = bare & ~nw.col("has_licence") & (nw.col("n_bare") > nw.col("n_shops") * p.platform_share)
    return rows.join(counts, on="platform", how="left").with_columns(
        grade_lacking_on_platform=_of("n_lacking", "n_graded"),
        number_lacking_on_platform=_of("n_bare", "n_shops"),
        receiver=nw.when(is_platforms | is_hidden)
        .then(nw.lit("市场监督管理局（督促网络餐饮平台）"))
        .otherwise(nw.lit(None))
        .cast(nw.String),
    )


def _of(part: str, whole: str) -> nw.Expr:
    return nw.concat_str(nw.col(part).cast(nw.String), nw.lit("/"), nw.col(whole).cast(nw.String))


def trace(inputs: Inputs, judged_rows: Frame, p: "Parameters") -> Frame:
    """Source rows of judged rows: the shop (`main`), its licence, certificate and grade, and each dish not surely covered."""
    rows = judged_rows.select("unit", "entity_raw", "ref", "licence_ref", "certificate_ref", "grade_ref")
    found = [_cited(rows, SHOPS, "ref", "main")]
    for contract, column, role in (
        (LICENCES, "licence_ref", "licence"), (CERTIFICATES, "certificate_ref", "small_catering"), (GRADES, "grade_ref", "grade"),
    ):  # fmt: skip
        found.append(_cited(rows.filter(~nw.col(column).is_null()), contract, column, role))
    beyond = judged_rows.filter(nw.col("kind_beyond_scope").fill_null(True))
    keyed = beyond.drop("entity").with_columns(entity=nw.col("entity_raw"))
    menu = dishes.judged_dishes(keyed, inputs, p).select("entity", "dish_ref")
    cited = keyed.select("unit", "entity").join(menu, on="entity", how="inner")
    return nw.concat([*found, _cited(cited, DISHES, "dish_ref", "dish")], how="vertical")


def _cited(frame: Frame, contract: str, column: str, role: str) -> Frame:
    return frame.select("unit", ref=nw.col(column), contract=nw.lit(contract), role=nw.lit(role))
