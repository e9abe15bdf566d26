import pytest

from casebook.synth import land_broken, land_clear, land_doubtful, land_exempt, land_underpaid, land_unpaid
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_facts import month_of
from casebook.synth.land_rows import COLUMNS
from casebook.synth.table import NUMBER
from casebook.synth.world import Scale, World


@pytest.fixture
def desk():
    return Desk(World(5, Scale.of("sample")))


def records(desk, table):
    return [dict(zip(COLUMNS[table], row, strict=True)) for row in desk.rows[table]]


def land_slips(desk):
    return [
        row
        for row in records(desk, "tax_payments")
        if "土地" in row["征收项目"] and row["税款种类"] == "正税" and row["税款所属期起"][:4] >= "2023"
    ]


def only(desk):
    """The one case planted, beside the year its holder is spared."""
    ((planted, numbers),) = (found for found in desk.planted if "_spared-" not in found[0].case_id)
    return planted, numbers


def makers(module):
    return [pytest.param(case, id=case.__name__) for case, _ in module.CASES]


@pytest.mark.parametrize("case", makers(land_exempt))
def test_exempt_cases_look_wrong_until_the_exemption_is_known(desk, case):
    case(desk)
    planted, _ = only(desk)
    assert (planted.bin, planted.amount_fen > 100_000) == ("excluded", True)
    if case is not land_exempt.hardship_one_year:
        assert not land_slips(desk)


@pytest.mark.parametrize("case", makers(land_doubtful))
def test_doubtful_cases_are_flagged_with_money_at_stake(desk, case):
    case(desk)
    assert {planted.bin for planted, _ in desk.planted} == {"flagged"}
    assert min(planted.amount_fen for planted, _ in desk.planted) >= 100_000


@pytest.mark.parametrize("case", [*makers(land_unpaid), *makers(land_underpaid)])
def test_leads_rest_on_current_rows_of_one_holder(desk, case):
    case(desk)
    planted, numbers = only(desk)
    rows = records(desk, "registry_real_estate")
    assert (planted.bin, planted.exemption) == ("lead", "")
    assert planted.amount_fen >= 100_000
    assert {rows[number]["权属状态"] for number in numbers} == {"现势"}


@pytest.mark.parametrize("case", makers(land_clear))
def test_clear_cases_move_no_money(desk, case):
    case(desk)
    assert {(planted.bin, planted.amount_fen) for planted, _ in desk.planted} == {("clear", 0)}


@pytest.mark.parametrize("case", makers(land_broken))
def test_broken_rows_have_no_number_and_no_known_name(desk, case):
    case(desk)
    planted, (number,) = only(desk)
    row = records(desk, "registry_real_estate")[number]
    code = row["权利人证件号"]
    assert planted.bin == "unmatched"
    assert code in {None, "无", "/"} or "*" in code or code.startswith(NUMBER)
    assert not desk.rows["market_registrations"] + desk.rows["tax_registrations"]


def test_one_day_of_approval_moves_one_month_of_tax(desk):
    land_unpaid.anniversary_last_day_of_2024(desk)
    land_unpaid.anniversary_first_day_of_2025(desk)
    contracts = records(desk, "land_supply_contracts")
    assert [row["批准时间"] for row in contracts] == ["2023-12-31", "2024-01-01"]
    for row, (planted, _), months in zip(contracts, desk.planted[::2], (12, 11), strict=True):
        grade = row["土地级别"]
        rate = {"一级": 800, "二级": 640, "三级": 560, "四级": 400}[grade]
        square_metres = float(row["面积(公顷)"]) * 10_000
        assert planted.amount_fen == pytest.approx(square_metres * rate * months / 12, abs=1)


@pytest.mark.parametrize(
    ("fen", "module", "name"),
    [(100_100, land_underpaid, "just_over_minimum"), (100_000, land_underpaid, "exactly_minimum")],
)
def test_the_minimum_counts(desk, fen, module, name):
    land_underpaid.missing_sum(fen, name)(desk)
    assert only(desk)[0].amount_fen == fen


def test_area_near_misses_stand_on_both_sides(desk):
    for case in (
        land_underpaid.over_three_per_cent,
        land_clear.under_three_per_cent,
        land_underpaid.over_fifty_square_metres,
        land_clear.under_fifty_square_metres,
    ):
        case(desk)
    assert [row["土地面积"] for row in records(desk, "tax_land_sources")] == [
        *("19380.00", "19420.00"),
        *("1249.00", "1251.00"),
    ]
    assert [planted.bin for planted, _ in desk.planted] == ["lead", "clear"] * 2


def test_hand_over_at_month_end_owes_july(desk):
    land_underpaid.month_end(desk)
    land_clear.first_of_month(desk)
    handed = [row["约定交地时间"] for row in records(desk, "land_supply_contracts")]
    assert handed == ["2024-06-30", "2024-07-01"]
    assert {row["初始取得时间"] for row in records(desk, "tax_land_sources")} == {"2024-07-01"}


def test_a_seller_is_history_and_owes_nothing(desk):
    land_clear.sold(desk)
    sold = next(numbers for planted, numbers in desk.planted if "-sold-" in planted.case_id)
    assert records(desk, "registry_real_estate")[sold[0]]["权属状态"] == "历史"


def test_units_of_a_developer_add_up_to_the_contract(desk):
    _, units = land_underpaid.developer(desk)
    (contract,) = records(desk, "land_supply_contracts")
    assert sum(unit.area_dm2 for unit in units) == round(float(contract["面积(公顷)"]) * 1_000_000)
    assert len({unit.feature for unit in units}) == 4


def test_branch_names_its_head_and_the_head_pays(desk):
    land_doubtful.branch(desk)
    head, branch = records(desk, "market_registrations")
    assert branch["隶属企业"] == head["企业名称"]
    assert {row["纳税人名称"] for row in land_slips(desk)} == {head["企业名称"]}


def test_farmland_is_approved_before_the_hand_over_but_for_the_doubtful(desk):
    land_exempt.farmland_approved_lately(desk)
    land_unpaid.auctioned_farmland(desk)
    land_doubtful.approved_after_handover(desk)
    contracts = records(desk, "land_supply_contracts")
    assert [row["批准时间"] < row["约定交地时间"] for row in contracts] == [True, True, False]
    assert [row["供应方式"] in {"划拨", "协议出让"} for row in contracts] == [True, False, True]
    assert [planted.bin for planted, _ in desk.planted] == ["excluded", "lead", "flagged"]


def test_both_co_owners_are_doubtful_when_one_may_have_paid_for_all(desk):
    land_doubtful.co_owner(desk)
    (other, _), (payer, _) = desk.planted
    assert (other.kind, payer.kind) == ("not_registered", "overpaid")
    assert other.amount_fen == payer.amount_fen


def test_two_names_share_one_code(desk):
    land_doubtful.two_names(desk)
    (right,) = records(desk, "registry_real_estate")
    (firm,) = records(desk, "market_registrations")
    assert right["权利人证件号"].strip().upper() == firm["统一社会信用代码"]
    assert right["权利人"].strip() != firm["企业名称"]


def test_a_case_keeps_its_facts_under_another_name():
    case = Case("late_start")
    assert case.named("month_end") == Case("late_start", "lead", "", "month_end")


def test_a_plot_is_liable_from_the_month_after(desk):
    plot = desk.make.plot()
    assert plot.first_month == month_of(plot.taken) + 1
    assert plot.last_month == month_of(plot.until)
