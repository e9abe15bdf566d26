"""What a clerk's habit does to a payment list, and what it must leave alone."""

import polars as pl
import pytest

from casebook.ids import citizen, disability
from casebook.synth import subsidy_clerks as clerks
from casebook.synth.subsidy_people import ADULTS, background, payments, residents
from casebook.synth.subsidy_registers import HANDLE
from casebook.synth.table import NUMBER, Csv, Xls, Xlsx
from casebook.synth.words_places import TOWNSHIPS
from casebook.synth.world import Scale, World

WORLD = World(4, Scale.of("sample"))


@pytest.fixture(scope="module")
def plain():
    rows = payments(background(WORLD, 3_000))
    return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(HANDLE))


@pytest.fixture(scope="module")
def files(plain):
    return clerks.lists(plain)


def test_every_township_files_once():
    assert sorted(name for clerk in clerks.CLERKS for name in clerk.townships) == sorted(TOWNSHIPS)


def test_no_row_is_lost_between_the_clerks(plain, files):
    assert sum(frame.height for frame, _ in files) == plain.height


def test_lists_come_in_three_shapes(files):
    shapes = [type(shape) for _, shape in files]
    assert (shapes.count(Csv), shapes.count(Xls), shapes.count(Xlsx)) == (8, 1, 1)


def test_excel_list_never_exceeds_the_format(files):
    frame, shape = next(item for item in files if isinstance(item[1], Xls))
    assert frame.height / 2 <= shape.rows_per_file <= 65_535


def test_months_pasted_together_repeat_the_header_eleven_times(files):
    frame, shape = next(item for item in files if isinstance(item[1], Csv) and item[1].sections)
    starts = frame[list(shape.sections)]["发放月份"].to_list()
    assert starts == [f"2025-{month:02d}" for month in range(2, 13)]


@pytest.mark.parametrize(
    ("habit", "column", "sign"),
    [
        (clerks.tabbed, "身份证号", "\t$"),
        (clerks.quoted, "身份证号", "^'"),
        (clerks.with_cents, "发放金额", r"\.00$"),
        (clerks.months_as("%Y年%-m月"), "发放月份", "^2025年[0-9]{1,2}月$"),
        (clerks.short_subsidy_names, "补贴类型", "^(护理|生活)补贴$"),
    ],
)
def test_habit_touches_every_row_of_its_column(plain, habit, column, sign):
    told = habit(plain)
    assert told[column].str.contains(sign).all()
    assert told.drop(column, "银行账号", "补贴标准").equals(plain.drop(column, "银行账号", "补贴标准"))


def test_short_ids_are_those_of_people_born_before_2000(plain):
    short = clerks.short_for_the_older(plain)["身份证号"]
    assert short.str.len_chars().unique().to_list() == [15]
    assert citizen.clean(short)["value"].equals(plain["身份证号"], check_names=False)


def test_ids_turned_numbers_leave_the_certificate_readable(plain):
    told = clerks.numbers_for_ids(plain)
    hit = told["身份证号"].str.starts_with(NUMBER)
    assert hit.equals(~plain["身份证号"].str.ends_with("X"), check_names=False)
    inside = disability.clean(told["残疾人证号"])["citizen_id"]
    assert inside.equals(plain["身份证号"], check_names=False)


@pytest.mark.parametrize(
    "habit", [clerks.short_for_the_older, clerks.numbers_for_ids, clerks.full_width_in_new_villages]
)
def test_planted_rows_keep_their_ids(plain, habit):
    planted = plain.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(HANDLE))
    assert habit(planted)["身份证号"].equals(planted["身份证号"])


def test_two_character_names_are_spread_over_three():
    frame = pl.DataFrame({"姓名": ["李明", "欧阳娜", None], "身份证号": ["1X", "2", None]})
    assert clerks.spaced_names(frame)["姓名"].to_list() == ["李　明", "欧阳娜", None]


def test_traditional_names_read_back_to_the_same_person():
    frame = pl.DataFrame({"姓名": ["刘丽华", "王一", None]})
    assert clerks.traditional_names(frame)["姓名"].to_list() == ["劉麗華", "王一", None]


def test_one_person_in_fifty_shares_an_account_with_the_neighbour():
    people = background(WORLD, 20_000)
    sharing = people.height - people["account"].n_unique()
    assert 0.01 < sharing / people.height < 0.03
    assert (people["holder"] != people["name"]).sum() <= sharing


def test_case_persons_and_background_never_share_an_id():
    people = background(WORLD, 20_000)
    cases = residents(WORLD, "case adults", 320, ADULTS, 60)
    assert not cases["citizen_id"].is_in(people["citizen_id"].implode()).any()
