"""Kind `address`: addresses normalised and taken apart by the shape of their words.

Divisions come from the gazetteer (`locate`), unlisted ones from their shape (`places`). `road` with `number` is
the key two addresses are compared by; a village and its group stand in for a road in the countryside.
Source: GB/T 23705-2009 (elements of an address), 地名管理条例 (2022).
"""

from typing import Final

import polars as pl

from casebook.text import (
    address_cells,
    chains,
    distinct,
    locate,
    numerals,
    placenames,
    places,
    stand_ins,
    streets,
    variants,
    width,
)

_NUMBERED: Final = "号楼|号院|号|栋|幢|座|单元|室|层|楼|组|队|米"
_COUNTED_SIGN: Final = "[一二三四五六七八九十百〇零][号栋幢座单室层楼组队米]"
_COUNTED: Final = rf"^(.*?)([一二三四五六七八九十百〇零]+)({_NUMBERED})(.*)$"
_SHORTEST: Final = 2
_NOT_PLAIN: Final = r"[^0-9A-Z()\x{4e00}-\x{9fa5}]"
_SIGNS: Final = "[，,。.;；:：、'\"“”‘’]"
_ZONE: Final = "(?:开发|高新|经开|保税|示范|工业园|产业园|综保|管理|度假|新|园)区$"
PARTS: Final = (
    "province", "prefecture", "county", "code", "rest", "township", "code_as_written", "status", "successor", *streets.PARTS,
)  # fmt: skip


def clean(series: pl.Series, known_places: tuple[str, ...] = ()) -> pl.DataFrame:
    """Columns `value`, `problem`, `repair` and `PARTS`; `rest` follows the county.

    `county` is the name as written, in full (陵城 → 陵城区, 陵县 stays 陵县); `province` and `prefecture` are filled in where only one
    is possible. `code` is the one in force today of the lowest division named, null where that is not certain:
    `status` says in_force, replaced (`code_as_written` is the old one), split (`successor` lists the heirs), ambiguous,
    contradictory, unknown (not in the table), zone (a development zone; GB/T 2260 has no code); null: no division is named.
    `number` is the house number as 12, 12-3, 12附1 or 3组12. Problems: `blank`, `placeholder`, `same_as_above` (同上),
    `too_vague` (本村, 外地), `too_short`, `several_addresses` (the value stays, nothing is read from it).
    Repairs: `full_width` (letters, digits), `traditional`, `chinese_numerals` (二十三号 → 23号).

    >>> row = clean(pl.Series(["云州市青禾区柳湾镇人民路二十三号附1号"])).row(0, named=True)
    >>> row["prefecture"], row["county"], row["township"], row["road"], row["number"]
    ('云州市', '青禾区', '柳湾镇', '人民路', '23附1')
    """
    return distinct.once(series, lambda texts: _clean_distinct(texts, known_places))


def _clean_distinct(series: pl.Series, known_places: tuple[str, ...]) -> pl.DataFrame:
    text = series.cast(pl.String)
    rows = text.str.contains(_NOT_PLAIN).fill_null(value=False).arg_true()
    trimmed = width.trim(text.gather(rows))
    tidy = _put(text, rows, trimmed.str.replace_all(rf"{_SIGNS}| +", "").str.to_uppercase())
    simple = variants.simplify(tidy, variants.KEPT_IN_TEXT)
    value = _counted(simple)
    is_wide = text.gather(rows).str.contains(r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]")
    repair = width.repair_codes(
        {
            "full_width": _put(pl.repeat(value=False, n=len(text), eager=True), rows, is_wide),
            "traditional": simple != tidy,
            "chinese_numerals": value != simple,
        }
    )
    nothing = _said_nothing(_put(text, rows, trimmed), value, rows)
    frame = width.said(_judged(pl.DataFrame({"value": value, "nothing": nothing, "repair": repair})))
    several, told = address_cells.several(text, rows, _divisions)
    if len(several):
        said = pl.Series(["several_addresses"]).new_from_index(0, len(several))
        frame = frame.with_columns(_put(frame["problem"], several, said), _put(frame["value"], several, told))
    shown = frame["value"].gather(rows).str.replace_all(locate.PRIVATE, "\ufffd")
    single = _put(_put(frame["value"], rows, shown), several, told.clear(len(told)))
    return frame.hstack(_taken_apart(single, known_places))


def _divisions(pieces: pl.Series) -> pl.DataFrame:
    """The divisions that parts of cells begin with."""
    return _lower(locate.find(pieces.str.replace_all(locate.PRIVATE, "\ufffd")), ())


def _put(column: pl.Series, rows: pl.Series, values: pl.Series) -> pl.Series:
    """A copy of the column with the values at the rows."""
    return column.clone().scatter(rows, values) if len(rows) else column


def _said_nothing(trimmed: pl.Series, value: pl.Series, odd: pl.Series) -> pl.Series:
    """`blank`, `placeholder`, or the word that stands in for a place; only odd and short texts can be any of them."""
    is_short = (value.str.len_bytes() <= stand_ins.LONGEST_BYTES).fill_null(value=True)
    rows = is_short.scatter(odd, values=True).arg_true()
    some = value.gather(rows)
    told = width.problem_of_trimmed(trimmed.gather(rows)).fill_null(width.problem_of_trimmed(some))
    return value.clear(len(value)).scatter(rows, told.fill_null(stand_ins.of_places(some)))


def _judged(frame: pl.DataFrame) -> pl.DataFrame:
    """The problem of each cell: it says nothing, or one character only."""
    is_short = pl.col("value").str.len_chars() < _SHORTEST
    said = pl.when(pl.col("nothing").is_not_null()).then("nothing").when(is_short).then(pl.lit("too_short"))
    return frame.with_columns(said.alias("problem"))


def _counted(text: pl.Series) -> pl.Series:
    """House, building and room numbers in digits; numerals inside names of roads (五一路) stay."""
    for _ in range(3):
        rows = text.str.contains(_COUNTED_SIGN).fill_null(value=False)
        if not rows.any():
            break
        groups = text.set(~rows, None).str.extract_groups(_COUNTED).struct.unnest()
        counted = groups["1"] + _in_digits(groups["2"]) + groups["3"] + groups["4"]
        text = counted.fill_null(text)
    return text


def _in_digits(numeral: pl.Series) -> pl.Series:
    read = numerals.read(numeral)["whole"].cast(pl.String)
    return read.fill_null(numerals.to_digits(numeral))


def _taken_apart(value: pl.Series, known_places: tuple[str, ...]) -> pl.DataFrame:
    """The columns of `PARTS` for normalised addresses."""
    found = locate.find(value)
    found = _lower(found, known_places)
    local = found["rest"].str.replace(r"^(?:街道办事处|办事处)", "")
    rest = found["township"].fill_null("") + found["rest"]
    frame = found.with_columns(rest.replace("", None).alias("rest"))
    return frame.hstack(streets.read(local)).select(PARTS)


def _lower(found: pl.DataFrame, known_places: tuple[str, ...]) -> pl.DataFrame:
    """Divisions below those of the gazetteer, by the shape of their words; a county without an entry has no code."""
    levels, pieces = found["level"].fill_null(-1), []
    for level in (None, placenames.PROVINCE, placenames.PREFECTURE, placenames.COUNTY):
        rows = (levels == (-1 if level is None else level)).arg_true()
        shaped = places.below(found["tail"].gather(rows), level)
        if level is None and known_places:
            shaped = places.with_known(shaped, known_places)
        pieces.append(shaped.select(pl.all().name.suffix("_shaped")).with_columns(rows.alias("row")))
    shaped = pl.concat([piece for piece in pieces if piece.height] or pieces[:1])
    order = shaped["row"].arg_sort()
    return _merged(found.drop("tail").hstack(shaped.drop("row").select(pl.all().gather(order))))


def _merged(frame: pl.DataFrame) -> pl.DataFrame:
    """The names of the gazetteer where it has one, else those found by shape."""
    shaped = pl.coalesce("county_shaped", "prefecture_shaped", "province_shaped")
    is_listed = shaped.is_null()
    status = (
        pl.when(is_listed | (pl.col("status") == "contradictory"))
        .then("status")
        .when(pl.col("county_shaped").str.contains(_ZONE))
        .then(pl.lit("zone"))
        .otherwise(pl.lit("unknown"))
    )
    merged = frame.with_columns(
        *(pl.coalesce(name, f"{name}_shaped").alias(name) for name in ("province", "prefecture", "county")),
        *(pl.when(is_listed).then(name).alias(name) for name in ("code", "code_as_written", "successor")),
        status.alias("status"),
        pl.col("township_shaped").alias("township"),
        pl.col("rest_shaped").alias("rest"),
    )
    rows = (merged["status"] == "unknown").fill_null(value=False).arg_true()
    of_a_city = rows.filter(merged["county_shaped"].gather(rows).is_in(list(chains.OF_A_CITY)))
    return merged.with_columns(_put(merged["status"], of_a_city, pl.repeat("ambiguous", len(of_a_city), eager=True)))


def same_place(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """How far the addresses of two cleaned frames agree, row by row; null where either has no value.

    `exact`: the same text. `house`: same road (or village) and number. `road`: same road or village, a number missing.
    `different`: all else, also where counties contradict each other.
    Two addresses that are nothing but one division (北京市: road, village, number and rest are null) are `exact` here and
    prove nothing: who links by it must leave them out.

    >>> one, two = (clean(pl.Series([text])) for text in ("云州市青禾区人民路12号", "青禾区人民路12号1单元"))
    >>> same_place(one, two).to_list()
    ['house']
    """
    columns = {name: left[name] for name in ("value", "county", "code", "village", "road", "number")}
    others = {f"{name}_right": right[name] for name in columns}
    street = pl.coalesce("road", "village")
    street_right = pl.coalesce("road_right", "village_right")
    is_renamed = (pl.col("code") == pl.col("code_right")).fill_null(value=False)
    is_apart = (pl.col("county") != pl.col("county_right")).fill_null(value=False) & ~is_renamed
    is_same_street = (street == street_right).fill_null(value=False) & ~is_apart
    return (
        pl.DataFrame(columns | others)
        .select(
            pl.when(pl.col("value").is_null() | pl.col("value_right").is_null())
            .then(None)
            .when(pl.col("value") == pl.col("value_right"))
            .then(pl.lit("exact"))
            .when(is_same_street & (pl.col("number") == pl.col("number_right")))
            .then(pl.lit("house"))
            .when(is_same_street & (pl.col("number").is_null() | pl.col("number_right").is_null()))
            .then(pl.lit("road"))
            .otherwise(pl.lit("different"))
            .alias("agreement")
        )
        .to_series()
    )


def compact(text: str) -> str:
    """One address as `clean` hands it back; empty when there is none.

    >>> compact("人民路 １２ 号，三单元")
    '人民路12号3单元'
    """
    value: str | None = clean(pl.Series([text], dtype=pl.String))["value"].item()
    return value or ""


def is_valid(text: str) -> bool:
    """True when the cell holds an address.

    >>> is_valid("人民路12号"), is_valid("不详")
    (True, False)
    """
    return clean(pl.Series([text], dtype=pl.String))["problem"].item() is None


def parts(text: str) -> dict[str, str | None]:
    """The parts of one address.

    >>> parts("青禾区双井镇李家村3组")["village"]
    '李家村'
    """
    return clean(pl.Series([text], dtype=pl.String)).select(PARTS).row(0, named=True)
