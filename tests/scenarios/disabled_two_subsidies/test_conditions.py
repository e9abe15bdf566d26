"""Every condition on rows of one month: true, false and unknown, both sides of each threshold. Month 100 is the month judged."""

import narwhals as nw
import polars as pl
import pytest

from casebook.scenarios.disabled_two_subsidies import SCENARIO

CONDITIONS = {c.column: c.function for c in SCENARIO.conditions}
LIVING, NURSING = {"subsidy": "living"}, {"subsidy": "nursing"}
FACTS = {
    "subsidy": "nursing", "month": 100, "n_paid": 1, "gross_fen": 15000, "net_fen": 15000, "kept_fen": 15000, "max_pay_fen": 15000,
    "min_pay_fen": 15000, "refund_fen": 0, "standard_fen": 15000, "row_standard_fen": 15000, "wrong_months": 1, "is_wrong": True,
    "has_death_record": False, "death_month": None, "death_tier": None, "death_conflict": False, "is_death_undated": False,
    "is_cancelled_otherwise": False, "is_declaration_revoked": False, "has_move_record": False, "moved_month": None,
    "returned_month": None, "is_move_unknown": False, "move_tier": None, "move_conflict": None, "has_certificate": True,
    "has_whole_month": True, "has_weak_certificate": False, "in_grace": False, "cancelled_undated": False, "is_regraded": False,
    "grade": 1, "nursing_grade": 1, "on_low_income": True, "all_low_income": True, "in_destitute": False, "in_injury_nursing": False,
    "in_orphan_support": False, "in_veterans_nursing": False, "has_veterans_nursing": False, "in_prison": False,
    "id_conflict": False, "is_paid_elsewhere": False, "has_lump": False,
    "is_certified_elsewhere": False, "has_two_names": False, "has_two_payees": False, "may_be_back_payment": False,
    "certificate_conflict": False,
    "death_latest": None, "wrong_fen": 15000, "pooled_fen": 0, "on_destitute": False, "on_injury_nursing": False,
    "on_orphan_support": False, "on_prison": False, "is_before_application": False,
}  # fmt: skip
DEAD = {"has_death_record": True, "death_month": 99}
MOVED = {"has_move_record": True, "moved_month": 97}
UNPAID = {
    "n_paid": 0,
    "gross_fen": 0,
    "net_fen": 0,
    "kept_fen": 0,
    "max_pay_fen": 0,
    "min_pay_fen": 0,
    "is_wrong": False,
}
NO_CERTIFICATE = {"has_certificate": False, "has_whole_month": False, "grade": None, "nursing_grade": None}


def _typed(row):
    whole = {n: v for n, v in row.items() if not isinstance(v, bool | str)}
    flags = [n for n in row if n not in whole and n != "subsidy"]
    flags += [n for n in whole if n.startswith(("has_", "in_", "is_", "on_", "all_")) or n.endswith("_conflict")]
    integers = [n for n in whole if n not in flags]
    schema = {**dict.fromkeys(integers, pl.Int64), **dict.fromkeys(flags, pl.Boolean), "subsidy": pl.String}
    return pl.DataFrame([row], schema={name: schema[name] for name in row})


@pytest.fixture(scope="module")
def answer(parameters_of):
    """What a condition says of the default month (paid, in order) with these facts changed."""

    def ask(column, facts, **parameters):
        p = parameters_of("disabled_two_subsidies", **parameters)
        frame = nw.from_native(_typed({**FACTS, **facts}).lazy())
        return frame.select(said=CONDITIONS[column](p)).collect().to_native()["said"].item()

    return ask


@pytest.mark.parametrize("column", [c for c in CONDITIONS if not c.startswith("scope")])
def test_nothing_is_said_of_a_month_paid_in_order(answer, column):
    assert answer(column, {"is_wrong": False, "wrong_months": 0}) is False


@pytest.mark.parametrize(
    ("facts", "min_months", "expected"),
    [
        ({"wrong_months": 1}, 1, True), ({"wrong_months": 1}, 2, False), ({"wrong_months": 2}, 2, True),
        ({**UNPAID, "wrong_months": 0}, 2, True), ({"is_wrong": False, "wrong_months": 0}, 2, True), ({"wrong_months": None}, 2, None),
    ],
)  # fmt: skip
def test_scope_enough_months(answer, facts, min_months, expected):
    assert answer("scope_has_enough_months", facts, min_months=min_months) is expected


@pytest.mark.parametrize(
    ("facts", "stop_rule", "expected"),
    [
        (DEAD, "month_after", True),
        ({**DEAD, "death_month": 100}, "month_after", False),
        ({**DEAD, "death_month": 101}, "month_after", False),
        ({**DEAD, "death_month": 100}, "month_of", True),
        ({**DEAD, "death_month": 101}, "month_of", False),
        ({**DEAD, "death_month": None}, "month_after", None),
        ({"has_death_record": False, "death_month": None}, "month_after", False),
        ({**DEAD, **UNPAID}, "month_after", False),
    ],
)
def test_after_death_begins_in_the_month_after(answer, facts, stop_rule, expected):
    assert answer("kind_after_death", facts, stop_rule=stop_rule) is expected


@pytest.mark.parametrize(
    ("facts", "stop_rule", "expected"),
    [
        (MOVED, "month_after", True),
        ({**MOVED, "moved_month": 100}, "month_after", False),
        ({**MOVED, "moved_month": 100}, "month_of", True),
        ({**MOVED, "returned_month": 99}, "month_after", False),
        ({**MOVED, "returned_month": 100}, "month_after", False),
        ({**MOVED, "returned_month": 101}, "month_after", True),
        ({**MOVED, "returned_month": 95}, "month_after", True),
        ({"has_move_record": True, "moved_month": None}, "month_after", False),
        ({"has_move_record": True, "is_move_unknown": True}, "month_after", None),
        ({**MOVED, **UNPAID}, "month_after", False),
    ],
)
def test_moved_out_begins_in_the_month_after_and_ends_with_the_return(answer, facts, stop_rule, expected):
    assert answer("kind_moved_out", facts, stop_rule=stop_rule) is expected


@pytest.mark.parametrize(
    ("column", "facts", "expected"),
    [
        ("kind_no_valid_certificate", NO_CERTIFICATE, True),
        ("kind_no_valid_certificate", {"has_certificate": None}, None),
        ("kind_no_valid_certificate", {**NO_CERTIFICATE, **UNPAID}, False),
        ("kind_grade_not_1_2", {"nursing_grade": 2}, False),
        ("kind_grade_not_1_2", {"nursing_grade": 3}, True),
        ("kind_grade_not_1_2", {"nursing_grade": 3, **LIVING}, False),
        ("kind_grade_not_1_2", {"nursing_grade": 3, **UNPAID}, False),
        ("kind_grade_not_1_2", {"nursing_grade": None}, None),
        ("kind_grade_not_1_2", NO_CERTIFICATE, False),
        ("kind_not_low_income", {**LIVING, "on_low_income": False}, True),
        ("kind_not_low_income", {**NURSING, "on_low_income": False}, False),
        ("kind_not_low_income", {**LIVING, "on_low_income": None}, None),
        ("kind_excluded_by_work_injury_nursing_fee", {"in_injury_nursing": True}, True),
        ("kind_excluded_by_work_injury_nursing_fee", {**LIVING, "in_injury_nursing": True}, True),
        ("kind_excluded_by_work_injury_nursing_fee", {"in_injury_nursing": None}, None),
        ("kind_excluded_by_destitute_support", {"in_destitute": True}, True),
        ("kind_excluded_by_destitute_support", {**LIVING, "in_destitute": True}, True),
        ("kind_excluded_by_destitute_support", {"in_destitute": None}, None),
        ("kind_orphan_living", {**LIVING, "in_orphan_support": True}, True),
        ("kind_orphan_living", {**NURSING, "in_orphan_support": True}, False),
        ("kind_orphan_living", {**LIVING, "in_orphan_support": None}, None),
        ("kind_choose_higher", {"in_veterans_nursing": True}, True),
        ("kind_choose_higher", {**LIVING, "in_veterans_nursing": True}, False),
        ("kind_choose_higher", {"in_veterans_nursing": None}, None),
    ],
)
def test_kinds_by_the_registers(answer, column, facts, expected):
    assert answer(column, facts) is expected


@pytest.mark.parametrize(
    ("in_prison", "rule", "kind", "doubt"),
    [
        (True, "flag", True, True), (True, "yes", True, False), (True, "no", False, False), (None, "flag", None, True),
        (None, "no", False, False), (False, "flag", False, False), (False, "yes", False, False),
    ],
)  # fmt: skip
def test_prison_is_what_the_local_rule_makes_of_it(answer, in_prison, rule, kind, doubt):
    said = [
        answer(c, {"in_prison": in_prison}, imprisonment_disqualifies=rule)
        for c in ("kind_in_prison", "exempt_local_rule_on_prison")
    ]
    assert said == [kind, doubt]


TWO = {"n_paid": 2, "gross_fen": 30000, "net_fen": 30000}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (TWO, True),
        ({**TWO, "net_fen": 15001}, True),
        ({**TWO, "max_pay_fen": 10000, "net_fen": 15000}, False),
        ({**TWO, "standard_fen": None}, None),
        ({**TWO, "refund_fen": 15000, "net_fen": 15000}, False),
        ({"n_paid": 1}, False),
        (UNPAID, False),
    ],
)
def test_paid_twice_after_corrections(answer, facts, expected):
    assert answer("kind_double_same_subsidy", facts) is expected


@pytest.mark.parametrize(
    ("paid_fen", "standard_fen", "above", "below"),
    [(15000, 15000, False, False), (15001, 15000, True, False), (14999, 15000, False, True), (15000, None, None, None)],
)
def test_standard_to_the_fen(answer, paid_fen, standard_fen, above, below):
    facts = {"gross_fen": paid_fen, "net_fen": paid_fen, "max_pay_fen": paid_fen, "standard_fen": standard_fen}
    assert [answer(f"kind_{kind}", facts) for kind in ("wrong_standard", "paid_below_standard")] == [above, below]


def test_a_month_without_right_is_never_called_underpaid(answer):
    assert answer("kind_paid_below_standard", {"gross_fen": 100, "max_pay_fen": 100, **DEAD}) is False


OWED = {**UNPAID, **NURSING}
OWED_LIVING = {**UNPAID, **LIVING, "grade": 3, "nursing_grade": 3}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (OWED, True), (OWED_LIVING, True), ({"n_paid": 1}, False), ({**OWED, "is_before_application": True}, False),
        ({**OWED, "nursing_grade": 2}, True), ({**OWED, "nursing_grade": 3}, False), ({**OWED, "nursing_grade": None}, None),
        ({**OWED, "has_whole_month": False}, False), ({**OWED, "has_whole_month": None}, None),
        ({**OWED, **DEAD}, False), ({**OWED, **DEAD, "death_month": 100}, True), ({**OWED, **DEAD, "death_month": None}, None),
        ({**OWED, **MOVED}, False), ({**OWED, "has_move_record": True, "is_move_unknown": True}, False),
        ({**OWED, "on_destitute": True}, False), ({**OWED, "on_injury_nursing": True}, False), ({**OWED, "on_prison": True}, False),
        ({**OWED, "on_destitute": None}, None), ({**OWED, "has_veterans_nursing": True}, False),
        ({**OWED, "on_orphan_support": True}, True), ({**OWED_LIVING, "on_orphan_support": True}, False),
        ({**OWED_LIVING, "all_low_income": False}, False), ({**OWED_LIVING, "all_low_income": None}, None),
        ({**OWED_LIVING, "has_veterans_nursing": True}, True),
    ],
)  # fmt: skip
def test_underpaid_only_where_every_register_agrees(answer, facts, expected):
    assert answer("kind_underpaid", facts) is expected


@pytest.mark.parametrize(
    ("column", "facts", "expected"),
    [
        ("cancelled_not_death", {"is_cancelled_otherwise": True}, True),
        ("declaration_revoked", {"is_declaration_revoked": True}, True),
        ("declaration_revoked", {"is_declaration_revoked": None}, None),
        ("certificate_being_renewed", {**NO_CERTIFICATE, "in_grace": True}, True),
        ("certificate_being_renewed", {"in_grace": True}, False),
        ("certificate_cancelled_without_date", {**NO_CERTIFICATE, "cancelled_undated": True}, True),
        ("certificate_cancelled_without_date", {"has_certificate": None, "cancelled_undated": True}, True),
        ("certificate_cancelled_without_date", {"cancelled_undated": True}, False),
        ("regraded_later", {"is_regraded": True}, True),
        ("move_destination_unknown", {"is_move_unknown": True}, True),
        ("choice_of_higher", {"in_veterans_nursing": None}, True),
        ("choice_of_higher", {"in_veterans_nursing": True}, False),
        ("guardian_id", {"id_conflict": True}, True),
        ("guardian_id", {**UNPAID, "is_paid_elsewhere": True}, True),
        ("guardian_id", {"is_paid_elsewhere": True}, False),
        ("guardian_id", {"is_certified_elsewhere": True}, True),
        ("death_date_unknown", {"is_death_undated": True}, True),
        ("death_date_unknown", {**DEAD, "death_latest": 100}, True),
        ("death_date_unknown", {**DEAD, "death_latest": 99}, False),
        ("name_conflict", {"death_conflict": True}, True),
        ("name_conflict_on_certificate", {"certificate_conflict": True}, True),
        ("name_conflict_on_payments", {"has_two_names": True}, True),
        ("name_conflict_on_payments", {**UNPAID, "has_two_names": True}, False),
        ("back_payment", {"may_be_back_payment": True}, True),
        ("duplicate_row", {"n_paid": 2}, True),
        ("duplicate_row", {"n_paid": 2, "has_two_payees": True}, False),
        ("name_conflict_on_move", {"move_conflict": True}, True),
        ("weak_match", {**DEAD, "death_tier": 3}, True),
        ("weak_match", {**DEAD, "death_tier": 2}, False),
        ("weak_match", {"move_tier": 3}, True),
        ("weak_match", {"move_tier": 2}, False),
        ("weak_match", {**NO_CERTIFICATE, "has_weak_certificate": True}, True),
        ("weak_match", {"has_weak_certificate": True}, False),
    ],
)
def test_exemptions(answer, column, facts, expected):
    assert answer(f"exempt_{column}", facts) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"max_pay_fen": 30000}, True), ({"max_pay_fen": 29999}, False), ({"max_pay_fen": 45000}, True), ({"max_pay_fen": 31000}, False),
        ({"max_pay_fen": 30000, "standard_fen": None}, True), ({"max_pay_fen": 30000, "standard_fen": None, "row_standard_fen": None},
         False),
        ({**UNPAID, "has_lump": True}, True), ({"has_lump": True}, False),
    ],
)  # fmt: skip
def test_lump_is_a_whole_multiple_of_the_standard(answer, facts, expected):
    assert answer("exempt_lump_back_payment", facts) is expected


@pytest.mark.parametrize(
    ("extension", "in_low_income", "expected"),
    [(True, False, True), (True, True, False), (True, None, False), (False, False, False)],
)
def test_margin_families_are_a_doubt_where_the_local_rule_includes_them(answer, extension, in_low_income, expected):
    facts = {**LIVING, "on_low_income": in_low_income}
    assert answer("exempt_low_income_margin", facts, low_income_extension=extension) is expected


@pytest.mark.parametrize(
    ("wrong_fen", "pooled_fen", "is_wrong", "expected"),
    [
        (15000, 15000, True, True),
        (15000, 14900, True, False),
        (0, 0, True, True),
        (0, 0, False, False),
    ],
)
def test_refunds_excuse_only_when_they_cover_all(answer, wrong_fen, pooled_fen, is_wrong, expected):
    facts = {"wrong_fen": wrong_fen, "pooled_fen": pooled_fen, "is_wrong": is_wrong}
    assert answer("exempt_refunded", facts) is expected
