"""`casebook match`: two tables of any headers linked, pair by pair, with tier, score and reason."""

from pathlib import Path
from typing import Annotated, Literal

import polars as pl
import typer

from casebook.batch.pool import Report
from casebook.clean import headerless, tables
from casebook.cli import explained, matched, say, target
from casebook.cli.batch import Json
from casebook.cli.matched import Matched, Side
from casebook.errors import ColumnError, LinkError, short
from casebook.link import matching, role_headers, roles
from casebook.link.explain import CONFLICT, sentences
from casebook.link.explain import Language as Words
from casebook.link.links import Links
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
OneToOne = Annotated[bool, typer.Option("--one-to-one", help="A row has one partner at most.")]
Explain = Annotated[int | None, typer.Option("--explain", help="Tell why: the physical row of the left table.")]
Tier = Annotated[Literal["T1", "T2", "T3", "T4"], typer.Option("--tier", help="The weakest tier that is told.")]
Least = Annotated[
    float,
    typer.Option(
        "--least", min=0.5, max=1, help="The measured probability that a T3 link by weighed attributes needs."
    ),
]
Language = Annotated[Literal["zh", "en"], typer.Option("--language", help="Language of the reasons.")]
Mapping = dict[str, list[tuple[str, str]]]


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
    language: Language = "zh",
    json: Json = False,
) -> None:
    """Link two tables of any headers: left_row, right_row, tier, score, reason, as csv.

    Rows are physical rows of the files, counted from 1 with the header (and the titles above it). Roles of a person: id, name or
    given_name and family_name, sex, birth_date, address, place, phone, account; of a firm: code, name, address, representative,
    phone. Without --map the roles are taken from well-known headers (姓名, 身份证号 …) and told. T1 a valid number is equal; T2 after a
    documented repair; T3 weighed attributes, one candidate; T4 (only when asked) weak, for a human. With --explain the candidates of one
    row are told instead of the counts, values masked. Exit 1 when rows could not be read (they are counted), 2 for a wrong call.

    Example: casebook match a.csv b.xlsx --entity person --map id=身份证号:公民身份号码,name=姓名 --out pairs.csv
    """
    if out is None and explain is None:
        say.wrong_call("say where the pairs go with --out, or ask for one row with --explain")
    is_replaced = _check_files(left, right, out)
    mapping = _mapping(map, entity) if map else _proposed(left, right, entity)
    with say.progress() as report:
        one, two = _sides((left, right), mapping, entity, report)
        asked = Asked(least=least, with_weak=tier == "T4" or explain is not None)
        links = matching.match(one.rows, two.rows, entity, one_to_one=one_to_one, asked=asked)
        report("match: linked", 3, 3)
    if explain is not None:
        explained.tell(one.rows, links, explain, entity, language, json)
    if out is not None:
        pairs = _pairs(links, tier, language)
        target.write(out, pairs.write_csv)
        if explain is None:
            matched.tell(Matched((one, two), links, pairs, out, is_replaced), mapping, json=json)
    if one.table.rejects or two.table.rejects:
        raise typer.Exit(1)


def _check_files(left: Path, right: Path, out: Path | None) -> bool:
    """Whether an older answer will be replaced."""
    for path in (left, right):
        if not path.is_file():
            say.wrong_call(f"{path} does not exist or is no file")
    return out is not None and target.check(out, (left, right))


def _mapping(asked: list[str], entity: Entity) -> Mapping:
    """Role → columns of both tables, as asked."""
    found: Mapping = {}
    for word in (part for text in asked for part in text.split(",") if part.strip()):
        role, equals, columns = word.partition("=")
        one, _, two = columns.partition(":")
        if not equals or not role.strip() or not one.strip():
            say.wrong_call(f"--map wants ROLE=LEFT_COLUMN[:RIGHT_COLUMN], got {short(word.strip())}")
        found.setdefault(short(role.strip()), []).append((one.strip(), two.strip() or one.strip()))
    try:
        roles.check({role: [] for role in found}, entity)
    except LinkError as caught:
        say.wrong_call(str(caught))
    _check_columns(found)
    return found


def _check_columns(mapping: Mapping) -> None:
    """No column plays two parts: its one value would count as two that agree."""
    for place, side in enumerate(("left", "right")):
        roles_of: dict[str, list[str]] = {}
        for role, pairs in mapping.items():
            for name in dict.fromkeys(pair[place] for pair in pairs):
                roles_of.setdefault(name, []).append(role)
        for name, found in roles_of.items():
            if found[1:]:
                said = f"--map names the {side} column {short(name)} in the roles {', '.join(found)}"
                say.wrong_call(f"{said}; one column has one role")


def _proposed(left: Path, right: Path, entity: Entity) -> Mapping:
    """Roles by well-known headers, told before they are used."""
    given = (tables.header_of(left), tables.header_of(right))
    found = role_headers.proposed(*given, entity)
    try:
        roles.check(found, entity)
    except LinkError:
        shown = " | ".join(headerless.shown(path.name, texts) for path, texts in zip((left, right), given, strict=True))
        say.wrong_call(f"the headers do not say by which columns to link; name them with --map. There are: {shown}")
    asked = ",".join(f"{role}={one}:{two}" for role, (one, two) in found.items())
    say.line(f"casebook: taken from the headers: --map {asked}", err=True)
    return {role: [pair] for role, pair in found.items()}


def _sides(paths: tuple[Path, Path], mapping: Mapping, entity: Entity, report: Report) -> tuple[Side, Side]:
    """Both tables read and cleaned."""
    found = []
    try:
        for place, path in enumerate(paths):
            report(f"match: {path.name}", place, 3)
            found.append(_side(path, mapping, place, entity))
    except (ColumnError, LinkError) as caught:
        say.wrong_call(str(caught))
    report("match: linking", 2, 3)
    return found[0], found[1]


def _side(path: Path, mapping: Mapping, place: int, entity: Entity) -> Side:
    columns = {role: [pair[place] for pair in pairs] for role, pairs in mapping.items()}
    wanted = tuple(dict.fromkeys(name for names in columns.values() for name in names))
    table = tables.read(path, wanted)
    return Side(table, roles.prepared(table.frame.select(wanted), columns, entity, table.rows))


def _pairs(links: Links, tier: str, language: Words) -> pl.DataFrame:
    """The pairs down to a tier, with the sentence of the reason and, where names clash, that of the conflict."""
    found = pl.concat([links.frame, links.ambiguous]) if tier == "T4" else links.frame
    found = found.filter(pl.col("tier") <= tier).unique(["left_ref", "right_ref"], keep="first", maintain_order=True)
    said = found.with_columns(sentences(found["reason"], language).alias("reason"))
    clash = pl.when("name_conflict").then(pl.lit(" " + CONFLICT[language == "en"]))
    return said.select(
        pl.col("left_ref").alias("left_row"),
        pl.col("right_ref").alias("right_row"),
        "tier",
        "score",
        pl.concat_str("reason", clash.fill_null("")).alias("reason"),
    ).sort("left_row", "right_row")
