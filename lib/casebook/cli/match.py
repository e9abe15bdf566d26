"""`casebook match`: two tables of any headers linked, pair by pair, with tier, score and reason."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from casebook.batch.pool import Report
from casebook.clean import tables
from casebook.clean.tables import Table
from casebook.cli import explained, match_map, match_pairs, matched, say, target
from casebook.cli.batch import Json
from casebook.cli.match_map import Mapping
from casebook.cli.matched import Matched, Side
from casebook.errors import ColumnError, LinkError
from casebook.link import matching, roles
from casebook.link.residual import Asked, Entity

Left = Annotated[Path, typer.Argument(help="csv, tsv, xls, xlsx, ods or Parquet.")]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="ROLE=LEFT_COLUMN[:RIGHT_COLUMN], comma between; may be repeated. A role named twice joins its columns.",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", help="The csv of the pairs.")]
OneToOne = Annotated[
    bool,
    typer.Option(
        "--one-to-one",
        help="A row has one partner at most, save rows that hold the same valid number: those keep all partners (a register may list "
        "somebody twice).",
    ),
]
Explain = Annotated[int | None, typer.Option("--explain", help="Tell why: the physical row of the left table.")]
Tier = Annotated[Literal["T1", "T2", "T3", "T4"], typer.Option("--tier", help="The weakest tier that is told.")]
Least = Annotated[
    float,
    typer.Option(
        "--least", min=0.5, max=1, help="The measured probability that a T3 link by weighed attributes needs."
    ),
]
Language = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--language", help="Language of all that is told (default: reasons zh, the summary en)."),
]
Also = Annotated[
    str, typer.Option("--also", help="Further columns: left_value,right_value (masked),name_conflict,levels.")
]


def match(
    left: Left,
    right: Left,
    entity: Annotated[Literal["person", "firm"], typer.Option("--entity", help="What the rows are.")],
    map: Map = None,
    out: Out = None,
    one_to_one: OneToOne = False,
    explain: Explain = None,
    tier: Tier = "T3",
    least: Least = Asked.least,
    language: Language = None,
    also: Also = "",
    json: Json = False,
) -> None:
    """Link two tables of any headers: left_row, right_row, tier, score, reason, as csv.

    Rows are physical rows of the files, counted from 1 with the header (and the titles above it). Roles of a person: id, name or
    given_name and family_name, sex, birth_date, address, place, phone, account, certificate, former_name; of a firm: code, name,
    address, representative, phone, former_name, representative_id. Without --map the roles are taken from well-known headers
    (姓名, 身份证号 …) and told. T1 a valid number is equal; T2 after a documented repair; T3 weighed attributes, one candidate; T4
    (only when asked) weak, for a human. With --explain the candidates of one row are told instead of the counts, values masked. Exit 1
    when rows could not be read (they are counted; totals, signatures and remarks are notes), 2 for a wrong call.

    Example: casebook match a.csv b.xlsx --entity person --map id=身份证号:公民身份号码,name=姓名 --out pairs.csv
    """
    further, is_replaced = match_pairs.further(also), _check_files(left, right, out)
    mapping, warnings = match_map.chosen(map, (left, right), entity, language or "en")
    with say.progress() as report:
        read = _tables((left, right), mapping, report)
        if out is None and explain is None:
            say.wrong_call("say where the pairs go with --out, or ask for one row with --explain")
        for sentence in warnings:
            say.line(f"casebook: {sentence}", err=True)
        one, two = _sides(read, mapping, entity)
        asked = Asked(least=least, with_weak=tier == "T4" or explain is not None)
        links = matching.match(one.rows, two.rows, entity, one_to_one=one_to_one, asked=asked)
        report("match: linked", 3, 3)
    if explain is not None:
        how = explained.How(entity, language or "zh", json)
        explained.tell((one.rows, two.rows), links, explain, how)
    if out is not None:
        pairs = match_pairs.pairs(links, tier, language or "zh")
        target.write(out, match_pairs.written(pairs, further, entity).write_csv)
        if explain is None:
            matched.tell(Matched((one, two), links, pairs, out, is_replaced), mapping, language or "en", json=json)
    if one.table.rejects or two.table.rejects:
        raise typer.Exit(1)


def _check_files(left: Path, right: Path, out: Path | None) -> bool:
    """Whether an older answer will be replaced."""
    for path in (left, right):
        if not path.is_file():
            say.wrong_call(f"{path} does not exist or is no file")
    return out is not None and target.check(out, (left, right))


def _tables(paths: tuple[Path, Path], mapping: Mapping, report: Report) -> tuple[Table, Table]:
    """Both tables as delivered."""
    found = []
    try:
        for place, path in enumerate(paths):
            report(f"match: {path.name}", place, 3)
            wanted = dict.fromkeys(pair[place] for pairs in mapping.values() for pair in pairs)
            found.append(tables.read(path, tuple(wanted)))
    except ColumnError as caught:
        say.wrong_call(str(caught))
    report("match: linking", 2, 3)
    return found[0], found[1]


def _sides(read: tuple[Table, Table], mapping: Mapping, entity: Entity) -> tuple[Side, Side]:
    """Both tables in roles."""
    one, two = (_side(table, mapping, place, entity) for place, table in enumerate(read))
    return one, two


def _side(table: Table, mapping: Mapping, place: int, entity: Entity) -> Side:
    columns = {role: [pair[place] for pair in pairs] for role, pairs in mapping.items()}
    try:
        return Side(table, roles.prepared(table.frame, columns, entity, table.rows))
    except LinkError as caught:
        say.wrong_call(str(caught))
