"""A data centre made by hand: a source that changed, one that is new, one that was refused, hostile texts where data may stand."""

from datetime import date
from pathlib import Path

from casebook.case.categories import Category, Spread
from casebook.case.centre import Centre
from casebook.case.holding import Before, Facts, Holding, Use
from casebook.case.id_quality import IdQuality
from casebook.intake.contract import Column, Contract
from casebook.intake.dataset import FilePart, Note
from casebook.intake.difference import Difference, Outside
from casebook.intake.sources import Source, SourceSet

PAYLOAD = "</script></style><img src=x onerror=alert(1)>\u2028{{7*7}}"
DIGEST = "ab" * 32


def contract(name, title, *columns):
    return Contract(name, title, "民政局", "民政局", "1.2.0", "公益", columns, key=("citizen_id",))


def column(name, header, **more):
    return Column(name, (header,), **more)


PAYMENTS = contract(
    "payments", "发放表", column("citizen_id", "身份证号"), column("state", "状态"), column("town", "乡镇")
)
DEATHS = contract("deaths", "死亡名单", column("citizen_id", "身份证号"))
ORPHANS = contract("orphans", "孤儿名单", column("citizen_id", "身份证号"))
MOVES = contract("moves", "迁移名单", column("citizen_id", "身份证号"))


def part(name, sheet, headers, read, kept):
    return FilePart(name, DIGEST, sheet, 3, "gb18030", headers, {}, read, kept, read - kept)


def classes(**counts):
    return {**dict.fromkeys(("valid", "repaired", "check_digit", "digits_lost", "other", "blank"), 0), **counts}


CHANGED = Facts(
    parts=(
        part(f"一月{PAYLOAD}.csv", "", {"citizen_id": "身份证号", "state": f"状态{PAYLOAD}", "town": "乡镇"}, 1200, 1150),
        part("二月.xlsx", "表1", {"citizen_id": "号码"}, 100, 100),
    ),
    notes=(
        Note("title_rows", "二月.xlsx", "表1", 2, (1, 2)),
        Note("columns_absent", "二月.xlsx", "表1", 2, (), ("state", "town")),
        Note("sheet.hidden", "二月.xlsx", f"藏{PAYLOAD}"),
        Note("columns_extra", "二月.xlsx", "表1", 8, (), tuple(f"多{i}" for i in range(8))),
        Note("repeated_header", "二月.xlsx", "表1", 9, tuple(range(10, 19))),
        Note("odd.code", "二月.xlsx", "表1", 1),
        Note("archive.member", "二月.xlsx", items=(DIGEST,)),
    ),
    rows_read=1300,
    rows_kept=1250,
    rejects={"value.missing": 29, "row.total": 20, "odd.reject": 1},
    flags={"cell.error": 7},
    rows_in_question=6,
    filled={"citizen_id": 1.0, "state": 0.5, "town": 0.0},
    kept=("citizen_id", "state"),
    dropped=("town",),
    ids=(IdQuality("citizen_id", classes(valid=1000, repaired=100, check_digit=50, digits_lost=90, other=5, blank=5)),),
    categories=(
        Category("state", Spread({"正常": 0.9, f"新{PAYLOAD}": 0.05, "少": None}, 2), Spread({"正常": 0.7, "旧": 0.3}, 0)),
    ),
    before=Before(
        date(2026, 1, 5), 1000, {"citizen_id": 1.0, "state": 0.9, "town": 1.0},
        Difference(
            key=("citizen_id",), compared=("state",), rows_before=1000, rows_now=1250, added=400, removed=150, changed=40,
            unchanged=790, cells={"state": 40}, outside_before=Outside(10, 10), outside_now=Outside(12, 8),
        ),
    ),
)  # fmt: skip
SOUND = Facts(
    parts=(part("deaths.csv", "", {"citizen_id": "身份证号"}, 70, 70),),
    notes=(),
    rows_read=70,
    rows_kept=70,
    rejects={},
    flags={},
    rows_in_question=0,
    filled={"citizen_id": 1.0},
    kept=("citizen_id",),
    dropped=(),
    ids=(IdQuality("citizen_id", classes(valid=70)),),
    categories=(),
    before=None,
)
USES = (
    Use(
        "small",
        "小模型",
        "A small model",
        {"citizen_id": f"比对{PAYLOAD} | to compare{PAYLOAD}", "state": "范围 | scope"},
    ),
)


def source(until=None):
    return Source(date(2026, 3, 20), f"调取证据通知书{PAYLOAD}", ("x.csv",), retain_until=until)


def centre(*holdings, absent=(MOVES,)):
    """A centre of these sources; the small one when none is given."""
    found = holdings or (
        Holding(PAYMENTS, source(date(2026, 4, 20)), USES, CHANGED),
        Holding(DEATHS, source(), USES, SOUND),
        Holding(ORPHANS, source(), (), refusal=(f"孤儿.xlsx 为空{PAYLOAD}。", f"orphans.xlsx is empty{PAYLOAD}.")),
    )
    return Centre(SourceSet("sample", date(2026, 3, 31), Path()), found, absent, date(2026, 4, 1))


def sound():
    """A centre with nothing to look at."""
    return centre(Holding(DEATHS, source(), USES, SOUND), absent=())
