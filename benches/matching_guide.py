"""The figures of docs/matching.md, measured and drawn: `python -m benches.matching_guide`.

Writes `docs/images/matching.json` (what was measured), four pictures beside it, and the tables of both languages between their marks.
`tests/test_docs.py` fails when a table no longer tells what the JSON holds.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from benches import families, guide_drawing, guide_words, residual_curve, residual_sets, worlds
from benches.settings import ROOT
from casebook.link import calibration, matching
from casebook.link.links import Links
from casebook.link.residual import Entity
from casebook.link.waterfall import waterfall
from casebook.synth import firms_world, persons_world

PEOPLE, FIRMS, SEED, CHECK_SEED, CHECK_PEOPLE = 400_000, 100_000, 2026, 77, 20_000
EDGES: Final = (0.0, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0)
FIGURES: Final = ROOT / "docs" / "images" / "matching.json"
GUIDES: Final = {"en": ROOT / "docs" / "matching.md", "zh": ROOT / "docs" / "matching.zh-CN.md"}


def measured() -> dict[str, Any]:
    """Everything the guide tells in numbers."""
    people, companies = _persons(), _firms()
    return {
        "people": PEOPLE,
        "firms": FIRMS,
        "reasons": _by_reason(people[1], "person") + _by_reason(companies, "firm"),
        "found": _found(*people),
        "curve": _curve(),
        "waterfall": _example(),
    }


def _persons() -> tuple[pl.DataFrame, pl.DataFrame]:
    """True pairs with `linkable`, and links with `is_true`, of the families of this seed."""
    made = persons_world.world(SEED, PEOPLE)
    links = _matched((made.left, made.right), "person")
    linkable = families.is_linkable(made.truth, *(worlds.cleaned(side, "person") for side in (made.left, made.right)))
    return made.truth.with_columns(linkable=linkable), _judged(links, made.truth)


def _firms() -> pl.DataFrame:
    made = firms_world.world(SEED, FIRMS)
    return _judged(_matched((made.left, made.right), "firm"), made.truth)


def _matched(sides: tuple[pl.DataFrame, pl.DataFrame], entity: Entity) -> Links:
    """The links of raw tables as `casebook match` makes them."""
    one, two = (worlds.cleaned(side, entity) for side in sides)
    return matching.match(one, two, entity, one_to_one=False)


def _judged(links: Links, truth: pl.DataFrame) -> pl.DataFrame:
    pairs = truth.select("left_ref", "right_ref", is_true=pl.lit(value=True))
    told = links.frame.join(pairs, on=["left_ref", "right_ref"], how="left")
    return told.with_columns(pl.col("is_true").fill_null(value=False))


def _by_reason(found: pl.DataFrame, entity: str) -> list[dict[str, Any]]:
    counted = found.group_by("tier", "reason", "name_conflict").agg(
        pairs=pl.len().cast(pl.Int64), right=pl.col("is_true").sum().cast(pl.Int64)
    )
    ordered = counted.sort("tier", "name_conflict", "pairs", "reason", descending=[False, False, True, False])
    return ordered.select(pl.lit(entity).alias("entity"), pl.all()).to_dicts()


def _found(truth: pl.DataFrame, found: pl.DataFrame) -> list[dict[str, Any]]:
    """True pairs by what happened to the id: how many can be linked at all, how many were, and of these only as a conflict."""
    pair = ["left_ref", "right_ref"]
    told = found.group_by(pair).agg(disputed=pl.col("name_conflict").all())
    met = truth.join(told, on=pair, how="left").with_columns(met=pl.col("disputed").is_not_null() & pl.col("linkable"))
    counted = met.group_by("id_kind").agg(
        pairs=pl.len().cast(pl.Int64),
        linkable=pl.col("linkable").sum().cast(pl.Int64),
        found=pl.col("met").sum().cast(pl.Int64),
        disputed=(pl.col("met") & pl.col("disputed").fill_null(value=False)).sum().cast(pl.Int64),
    )
    return counted.sort("pairs", "id_kind", descending=[True, False]).to_dicts()


def _curve() -> list[dict[str, Any]]:
    """Told against right on persons the shipped curve has not seen."""
    told = residual_curve.candidates(CHECK_PEOPLE, CHECK_SEED)
    told = told.with_columns(calibration.calibrated(told["bits"]).alias("score"))
    bins = told.with_columns(pl.sum_horizontal(pl.col("score") > edge for edge in EDGES[1:-1]).alias("bin"))
    counted = bins.group_by("bin").agg(
        told=pl.col("score").mean(), right=pl.col("is_match").mean(), pairs=pl.len().cast(pl.Int64)
    )
    return counted.sort("told").select(pl.col("told", "right").round(4), "pairs").to_dicts()


def _example() -> list[dict[str, Any]]:
    """One pair whose name was typed by sound; no values, the levels say enough."""
    whole = residual_sets.planted(CHECK_SEED, 2_000)
    links = matching.match(whole.left, whole.right, "person")
    heard = links.frame.filter(pl.col("levels").str.starts_with("name=homophone;"), reason="weighed")
    pair = links.weighed.join(heard, on=["left_ref", "right_ref"], how="semi").row(0, named=True)
    lines = waterfall(pair).select("comparison", "level", pl.col("bits", "cumulative").round(2))
    return lines.filter(pl.col("bits").is_null() | (pl.col("bits") != 0)).to_dicts()


def tables(figures: Mapping[str, Any], language: str) -> dict[str, str]:
    """Markdown of each table by the name of its mark."""
    return {
        "persons": guide_words.reasons(figures, "person", language),
        "firms": guide_words.reasons(figures, "firm", language),
        "found": guide_words.found(figures, language),
        "curve": guide_words.curve(figures, language),
    }


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """The guide with each block between `<!-- name -->` and `<!-- /name -->`."""
    for name, block in blocks.items():
        head, rest = text.split(f"<!-- {name} -->\n", 1)
        tail = rest.split(f"<!-- /{name} -->", 1)[1]
        text = f"{head}<!-- {name} -->\n{block}\n<!-- /{name} -->{tail}"
    return text


def main() -> None:
    """Measure, draw, fill in."""
    figures = measured()
    FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, picture in guide_drawing.pictures(figures, calibration.shipped().to_dicts()).items():
        Path(FIGURES.parent / f"matching_{name}.svg").write_text(picture, encoding="utf-8")
    for language, path in GUIDES.items():
        text = path.read_text(encoding="utf-8").replace("{people}", f"{PEOPLE:,}").replace("{firms}", f"{FIRMS:,}")
        path.write_text(filled(text, tables(figures, language)), encoding="utf-8")


if __name__ == "__main__":
    main()
