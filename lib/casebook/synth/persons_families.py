"""Families who live together: what they share is what makes their rows hard to tell apart.

Members: 0 head (man), 1 wife, 2 and 3 children (3 may be the twin of 2), 4 the head's father.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from casebook.synth import words_people, words_places
from casebook.synth.world import DISTRICT
from casebook.text.homophones import COMPOUND_SURNAMES

SIZES: Final = (0.22, 0.25, 0.22, 0.19, 0.12)
"""Shares of households with one to five members."""
TWINS: Final = 0.03
"""Of two children. In life it is one birth in a hundred; here three, to have enough of them."""
SAME_SEX_TWINS: Final = 0.67
GENERATION_NAMES: Final = 0.4
"""Households whose children share the first character of the given name, as family books prescribe."""
NAMESAKES: Final = 0.0005
"""Persons with name, sex and birthday of somebody else in their township."""
GRANDSONS_NAMED_ALIKE: Final = 0.002
"""Of five-member households: grandfather and grandchild of one full name under one roof."""
DISABLED: Final = 0.03
HEAD, WIFE, CHILD, SECOND_CHILD, GRANDFATHER = range(5)
_HEADS_BORN: Final = ("1945-01-01", "1988-12-31")
_DAYS_A_YEAR: Final = 365.25
_HOUSES: Final = 300


def everyone(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """All people, household by household.

    Columns `person`, `household`, `member`, `is_twin`, `namesake`, `name`, `is_male`, `birth`, `place` (township and
    village), `address`, `phone`, `account`, `household_account`, `citizen_id`, `certificate_id` (null for most), and ids
    that stand in the same book: `member_id` (of another member), `father_id` (of a child), `twin_id`.
    """
    people = _homes(rng, _members(rng, count))
    people = _named(rng, people)
    people = _with_namesakes(rng, people)
    people = people.with_columns(citizen_id=words_people.citizen_ids(people["birth"], people["is_male"].to_numpy()))
    return _certified(rng, _with_relatives(rng, people))


def _members(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """Household, place in it, sex and birth of each person."""
    sizes = rng.choice(np.arange(1, 6), size=count, p=SIZES)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), count)) + 1]
    household = np.repeat(np.arange(len(sizes)), sizes)[:count]
    member = (np.arange(len(household)) - np.searchsorted(household, household)).astype(np.int64)
    twins = rng.random(len(sizes)) < TWINS
    is_twin = twins[household] & (member >= CHILD) & (member <= SECOND_CHILD) & (sizes[household] > SECOND_CHILD)
    is_male = np.where(member == WIFE, False, np.where(member >= CHILD, rng.random(count) < 0.52, True))
    is_male[member == GRANDFATHER] = True
    copied = is_twin & (member == SECOND_CHILD) & (rng.random(count) < SAME_SEX_TWINS)
    is_male[copied] = is_male[np.flatnonzero(copied) - 1]
    return pl.DataFrame(
        {
            "person": np.arange(count),
            "household": household,
            "member": member,
            "size": np.bincount(household)[household],
            "is_twin": is_twin & (np.bincount(household)[household] > SECOND_CHILD),
            "is_male": is_male,
            "birth": _births(rng, household, member, is_twin),
        }
    )


def _births(
    rng: np.random.Generator,
    household: npt.NDArray[np.int64],
    member: npt.NDArray[np.int64],
    is_twin: npt.NDArray[np.bool_],
) -> pl.Series:
    """Heads of 1945 to 1988, and the others at an age that suits."""
    heads = words_people.birth_dates(rng, int(household[-1]) + 1, *_HEADS_BORN).to_numpy().astype("datetime64[D]")
    years = np.zeros(len(member))
    for who, low, high in ((WIFE, -4, 4), (CHILD, 22, 28), (SECOND_CHILD, 29, 34), (GRANDFATHER, -34, -21)):
        years[member == who] = rng.uniform(low, high, int((member == who).sum()))
    born = heads[household] + (years * _DAYS_A_YEAR).astype("timedelta64[D]")
    second = np.flatnonzero(is_twin & (member == SECOND_CHILD))
    born[second] = born[second - 1]
    return pl.Series("birth", born)


def _homes(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Adds what the members of a household share, and the accounts they have of their own."""
    count = int(people["household"].to_numpy()[-1]) + 1
    township, village = words_places.townships(rng, count), words_places.villages(rng, count)
    homes = pl.DataFrame(
        {
            "place": pl.select(township + village).to_series(),
            "house": pl.Series(rng.integers(1, _HOUSES, size=count)).cast(pl.String),
            "phone": words_people.phones(rng, count),
            "household_account": words_people.accounts(rng, count),
            "has_generation": rng.random(count) < GENERATION_NAMES,
        }
    ).with_columns(address=pl.lit(DISTRICT) + pl.concat_str("place", "house", pl.lit("号")))
    own = words_people.accounts(rng, people.height).str.replace("^900001", "900002")
    shared = homes[people["household"]].drop("house")
    return people.hstack(shared.get_columns()).with_columns(account=own)


def _named(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Adds names: children and the grandfather bear the head's surname, many children one generation character."""
    people = people.with_columns(words_people.names(rng, people["is_male"].to_numpy()))
    people = people.with_columns(_surname("name"))
    first = people["household"].search_sorted(people["household"])
    heads = people.select(family="surname", house_name="name")[first]
    given = pl.col("name").str.slice(pl.col("surname").str.len_chars())
    is_minority = pl.col("name").str.contains("·") | pl.col("house_name").str.contains("·")
    people = people.hstack(heads.get_columns()).with_columns(given=given)
    inherits = (pl.col("member") >= CHILD) & ~is_minority
    children = inherits & (pl.col("member") != GRANDFATHER) & (pl.col("has_generation") | pl.col("is_twin"))
    generation = people["given"].str.slice(0, 1)[
        people["household"].search_sorted(people["household"], side="right") - 1
    ]
    people = people.with_columns(generation=generation)
    said = pl.when(children).then(pl.concat_str("generation", pl.col("given").str.slice(-1))).otherwise("given")
    name = pl.when(inherits).then(pl.concat_str(pl.col("family"), said)).otherwise("name")
    people = people.with_columns(name=name)
    # No two children of one house have one name.
    is_again = (pl.col("member") == SECOND_CHILD) & (pl.col("name") == pl.col("name").shift(1))
    told_apart = pl.concat_str(pl.col("name").str.head(-1), pl.lit("安"))
    people = people.with_columns(name=pl.when(is_again).then(told_apart).otherwise("name"))
    return people.drop("surname", "family", "house_name", "given", "generation", "has_generation")


def _surname(name: str) -> pl.Expr:
    two = pl.col(name).str.slice(0, 2)
    return pl.when(two.is_in(list(COMPOUND_SURNAMES))).then(two).otherwise(two.str.slice(0, 1)).alias("surname")


def _with_namesakes(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Gives some persons name, sex and birthday of a neighbour, and some grandfathers their grandchild's name."""
    township = people["place"].str.slice(0, 3).to_numpy()
    order = np.argsort(township, kind="stable")
    chosen = np.sort(rng.choice((people.height - 20) // 20, size=int(people.height * NAMESAKES), replace=False)) * 20
    model, copy = order[chosen], order[chosen + 9]
    apart = (township[model] == township[copy]) & ~people["is_twin"].to_numpy()[copy]
    grown = (people["member"] == GRANDFATHER).to_numpy() & people["is_male"].shift(2).fill_null(value=False).to_numpy()
    old = np.flatnonzero(grown & (rng.random(people.height) < GRANDSONS_NAMED_ALIKE))
    source = np.arange(people.height)
    source[copy[apart]] = model[apart]
    number = np.full(people.height, -1)
    number[copy[apart]] = number[model[apart]] = np.flatnonzero(apart)
    same = people.select("name", "is_male", "birth")[source]
    named = same["name"].to_numpy().copy()
    named[old] = named[old - 2]
    number[old] = number[old - 2] = old + people.height
    return people.with_columns(
        same["is_male"],
        same["birth"],
        name=pl.Series(named, dtype=pl.String),
        namesake=pl.Series(number).replace(-1, None),
    )


def _with_relatives(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Adds the ids that a clerk may take for this person's: another member's, the father's, the twin's; null if none."""
    row, member, size = (people[name].to_numpy() for name in ("person", "member", "size"))
    first = row - member
    step = 1 + (rng.random(len(row)) * np.maximum(size - 1, 1)).astype(np.int64)
    ids = people["citizen_id"]
    is_child = (member == CHILD) | (member == SECOND_CHILD)
    other_twin = np.where(member == CHILD, row + 1, row - 1).clip(0, len(row) - 1)
    return people.with_columns(
        member_id=ids[first + (member + step) % size].set(pl.Series(size == 1), None),
        father_id=ids[first].set(pl.Series(~is_child), None),
        twin_id=ids[other_twin].set(~people["is_twin"], None),
    )


def _certified(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Adds the disability certificate of some: id, category 1 to 7, grade 1 to 4."""
    kind = pl.Series(rng.integers(1, 8, people.height) * 10 + rng.integers(1, 5, people.height)).cast(pl.String)
    number = people["citizen_id"] + kind
    return people.with_columns(certificate_id=number.set(pl.Series(rng.random(people.height) >= DISABLED), None))
