"""The grammar of written numbers and amounts, as one table: which signs may stand left of which, and what each is worth.

A number is read from its last sign to its first, because only what follows a digit tells its place: 三千 counts thousands,
三千万 tens of millions. A state says which place was filled last; a place must be higher than all that follow it, so units out
of order (仟 after 佰) and doubled units (万…万) have no way through the table. What could be two numbers has none either:
三四万 (30 or 40 thousand), 一百五万, 12万345, 一万零五千 (a zero where no place is empty), capital 零拾伍.
Source: 会计基础工作规范 art. 52 and 正确填写票据和结算凭证的基本规定 (when 零 is written); GB/T 15835-2011.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

END: Final = "\n"
CHINESE: Final = (
    "零〇○◯",
    "一壹弌壱",
    "二贰貳弐两兩",
    "三叁參叄参弎",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒",
    "八捌",
    "九玖",
)
ARABIC: Final = "0123456789"
_UNITS: Final = {"十": 1, "百": 2, "千": 3}
_TENS: Final = {"廿": 2, "卅": 3, "卌": 4}
_BIG: Final = "万亿"
_COINS: Final = {"分": 0, "角": 1}
_VALUES: Final = {sign: value for value, signs in enumerate(CHINESE) for sign in signs[0] + ARABIC[value]}
_LARGEST: Final = 17  # the highest power of ten that fits Int64 with certainty


class Mode(Enum):
    """What the sign read last was."""

    START = auto()  # nothing of the number yet
    LONE = auto()  # a Chinese digit in the ones of its section
    NIL = auto()  # a zero that ends the number
    RUN = auto()  # Arabic digits side by side
    STRING = auto()  # Chinese digits side by side, no units: 二〇二三
    WHOLE = auto()  # a digit with its unit
    ZERO = auto()  # a zero that stands for places left out
    UNIT = auto()  # a unit that awaits its digit
    BIG = auto()  # 万 or 亿 that awaits its number
    COIN = auto()  # 角 or 分 that awaits its digit
    COINED = auto()  # a digit with 角 or 分
    COIN_ZERO = auto()  # a zero between 元 and 分
    AMOUNT = auto()  # nothing of the amount yet, or 整 alone


_COINING: Final = (Mode.AMOUNT, Mode.COIN, Mode.COINED, Mode.COIN_ZERO)


class End(Enum):
    """What a text turned out to be."""

    BAD = 0
    NUMBER = 1
    CLIPPED = 2  # 三万五: the unit of the last digit is understood
    AMOUNT = 3  # with 元, 角 or 分
    DOUBTFUL = 4  # 三万五元: understood units have no place in an amount
    LARGE = 5


@dataclass(frozen=True)
class State:
    """Where the reading stands; powers of ten are counted in the smallest unit (1, or a fen in amounts)."""

    mode: Mode
    start: int = 0  # the power of the number's ones
    base: int = 0  # the power of the ones of the section (0, 4, 8, 12 above the start)
    place: int = 0  # the power of the digit read last, or that a unit awaits
    least: int = 0  # the lowest power the next digit may have
    last: int = 0  # the digit that ends the number while its unit may be understood
    is_pure: bool = False  # no units so far
    is_clipped: bool = False
    is_amount: bool = False
    after_big: bool = False  # the awaiting unit stands right before 万 or 亿
    after_nil: bool = False  # the awaiting unit stands right before a final zero


Step = tuple[State | End, int]
_NO: Final[Step] = (End.BAD, 0)


def left_of(state: State, sign: str) -> Step:
    """The state after the sign to the left was read, and what that adds to the value."""
    found, worth = _left_of(state, sign)
    return (_bare(found) if isinstance(found, State) else found), worth


def _bare(state: State) -> State:
    """The state without what nobody will ask of it, so that the table stays small."""
    is_end = state.mode in (Mode.LONE, Mode.RUN)
    keeps_least = state.mode in (Mode.START, Mode.ZERO, Mode.BIG, Mode.COIN_ZERO)
    keeps_place = state.mode not in (Mode.START, Mode.BIG) and (state.mode is not Mode.ZERO or state.is_pure)
    is_awaiting = state.mode is Mode.UNIT
    return replace(
        state,
        last=state.last if is_end else 0,
        least=state.least if keeps_least and state.least > state.base else 0,
        place=state.place if keeps_place else 0,
        after_big=state.after_big and is_awaiting,
        after_nil=state.after_nil and is_awaiting,
    )


def _left_of(state: State, sign: str) -> Step:
    if state.mode in _COINING:
        return _coin(state, sign)
    return _READERS[sign](state, sign) if sign in _READERS else _NO


def _ended(state: State, _: str) -> Step:
    bonus = 0
    if state.mode is Mode.UNIT:
        is_ten = state.place == state.base + 1
        if not (is_ten or state.after_big):
            return _NO
        bonus = 10**state.place
    is_sound = state.mode not in (Mode.START, Mode.BIG, Mode.ZERO) or (state.mode is Mode.ZERO and state.is_pure)
    if not is_sound:
        return _NO
    if state.is_clipped:
        return End.DOUBTFUL if state.is_amount else End.CLIPPED, bonus
    return End.AMOUNT if state.is_amount else End.NUMBER, bonus


def _arabic(state: State, sign: str) -> Step:
    digit = int(sign)
    if state.mode in (Mode.START, Mode.BIG):
        if digit and state.base < state.least:
            return _NO
        ends = digit if state.mode is Mode.START else 0
        run = replace(state, mode=Mode.RUN, place=state.base, last=ends)
        return run, digit * 10**state.base
    if state.mode is Mode.RUN:
        return _placed(replace(state, place=state.place + 1, last=0), digit)
    if state.mode is Mode.UNIT and digit:
        return replace(state, mode=Mode.WHOLE), digit * 10**state.place
    return _NO


def _chinese(state: State, sign: str) -> Step:
    digit = _VALUES[sign]
    if state.mode in (Mode.START, Mode.BIG) and state.base >= state.least:
        is_start = state.mode is Mode.START
        is_pure = is_start and state.start == 0  # an amount is never written digit by digit
        lone = replace(state, mode=Mode.LONE, place=state.base, is_pure=is_pure, last=digit if is_start else 0)
        return lone, digit * 10**state.base
    if state.mode is Mode.UNIT:
        return replace(state, mode=Mode.WHOLE), digit * 10**state.place
    if state.is_pure and state.mode in (Mode.LONE, Mode.NIL, Mode.STRING, Mode.ZERO):
        return _placed(replace(state, mode=Mode.STRING, place=state.place + 1), digit)
    return _NO


def _zero(state: State, _: str) -> Step:
    if state.mode is Mode.START:
        return replace(state, mode=Mode.NIL, place=state.base, is_pure=state.start == 0), 0
    if state.is_pure and state.mode in (Mode.NIL, Mode.STRING, Mode.ZERO):
        return _placed(replace(state, mode=Mode.STRING, place=state.place + 1), 0)
    if state.mode in (Mode.LONE, Mode.RUN, Mode.WHOLE):
        is_pure = state.is_pure and state.mode is Mode.LONE
        return replace(state, mode=Mode.ZERO, least=state.place + 2, place=state.place + 1, is_pure=is_pure), 0
    return _zero_before_unit(state)


def _zero_before_unit(state: State) -> Step:
    """零十五 is fifteen in speech; capital 零佰 and 零拾零 are empty fields of a printed form; capital 零拾伍 may be either."""
    if state.mode is not Mode.UNIT:
        return _NO
    is_ten = state.place == state.base + 1
    if state.is_amount and (state.after_nil or not is_ten):
        return replace(state, mode=Mode.WHOLE), 0
    if is_ten and not state.is_amount and not state.after_nil:
        return replace(state, mode=Mode.ZERO, least=state.place + 2), 10**state.place
    return _NO


def _unit(state: State, sign: str) -> Step:
    power = state.base + _UNITS[sign]
    awaiting = replace(
        state,
        mode=Mode.UNIT,
        place=power,
        last=0,
        is_pure=False,
        after_big=state.mode is Mode.BIG,
        after_nil=state.mode is Mode.NIL,
    )
    is_ten, is_bare_ten = _UNITS[sign] == 1, state.mode is Mode.UNIT and state.place == state.base + 1
    if power < state.least or power > _LARGEST or state.mode is Mode.STRING:
        return _NO
    if state.mode in (Mode.START, Mode.BIG, Mode.ZERO) or (state.mode is Mode.NIL and is_ten):
        return awaiting, 0
    if is_bare_ten and _UNITS[sign] == 2:  # 一百十: the ten has no digit of its own
        return awaiting, 10**state.place
    if state.mode in (Mode.NIL, Mode.UNIT) or power <= state.place:
        return _NO
    is_full = state.mode is Mode.WHOLE or power == state.place + 1
    return (awaiting, 0) if is_full else _clipped(state, awaiting, power)


def _big(state: State, sign: str) -> Step:
    base = _next_base(state, sign)
    is_counted = state.mode not in (Mode.UNIT, Mode.NIL, Mode.STRING)
    if base is None or not is_counted or (state.mode is Mode.BIG and sign != "万"):
        return _NO
    awaiting = replace(state, mode=Mode.BIG, base=base, last=0, is_pure=False)
    if state.mode is Mode.RUN:
        return _big_before_run(state, awaiting, base)
    if state.mode is Mode.LONE and state.base == state.start:
        return _clipped(state, awaiting, base)
    return awaiting, 0


def _big_before_run(state: State, awaiting: State, base: int) -> Step:
    """12万3456 is full, 12万5 is clipped, 12万345 is neither; a section with its own 万 may be short (1亿345万)."""
    if state.base == state.start:
        if state.place == state.base:
            return _clipped(state, awaiting, base)
        return (awaiting, 0) if state.place + 1 == base else _NO
    return (awaiting, 0) if state.place < base else _NO


def _next_base(state: State, sign: str) -> int | None:
    section = state.base - state.start
    section_after = {("万", 0): 4, ("万", 8): 12, ("亿", 0): 8, ("亿", 4): 8}.get((sign, section))
    return None if section_after is None else state.start + section_after


def _clipped(state: State, awaiting: State, power: int) -> Step:
    """The last digit counts the place right below the unit before it, not the ones."""
    if not state.last or state.base != state.start:
        return _NO
    more = state.last * (10 ** (power - 1) - 10**state.place)
    return replace(awaiting, is_clipped=True), more


def _tens(state: State, sign: str) -> Step:
    power, digit = state.base + 1, _TENS[sign]
    is_free = state.mode in (Mode.START, Mode.BIG, Mode.LONE) or (state.mode is Mode.ZERO and not state.is_pure)
    if not is_free or power < state.least:
        return _NO
    return replace(state, mode=Mode.WHOLE, place=power, last=0, is_pure=False), digit * 10**power


def _placed(state: State, digit: int) -> Step:
    return (End.LARGE, 0) if state.place > _LARGEST else (state, digit * 10**state.place)


def _coin(state: State, sign: str) -> Step:
    """元, 角, 分 and 整, before the number itself is read."""
    if sign in _COINS and state.mode is not Mode.COIN:
        return _coin_unit(state, _COINS[sign])
    if state.mode is Mode.COIN:
        is_digit = sign in _VALUES
        return (replace(state, mode=Mode.COINED), _VALUES[sign] * 10**state.place) if is_digit else _NO
    if sign == "元":
        return State(Mode.START, start=2, base=2, least=state.least, is_amount=True), 0
    if state.mode is Mode.AMOUNT:
        is_first = sign == "整" and not state.is_pure
        return (replace(state, is_pure=True), 0) if is_first else _left_of(State(Mode.START, start=2, base=2), sign)
    return _before_coins(state, sign)


def _coin_unit(state: State, power: int) -> Step:
    coin = State(Mode.COIN, start=2, base=2, place=power, is_amount=True)
    is_higher = state.mode is Mode.AMOUNT or (state.mode is Mode.COINED and power > state.place)
    return (coin, 0) if is_higher else _NO


def _before_coins(state: State, sign: str) -> Step:
    """Nothing, as in 伍角, or the zero of 元零伍分."""
    if sign == END:
        return End.AMOUNT, 0
    is_gap = state.mode is Mode.COINED and sign in CHINESE[0]
    return (replace(state, mode=Mode.COIN_ZERO, least=state.place + 2), 0) if is_gap else _NO


_READING: Final[tuple[tuple[Iterable[str], Callable[[State, str], Step]], ...]] = (
    ((END,), _ended),
    (ARABIC, _arabic),
    (tuple(signs[0] for signs in CHINESE[1:]), _chinese),
    ((CHINESE[0][0],), _zero),
    (_UNITS, _unit),
    (_BIG, _big),
    (_TENS, _tens),
)
_READERS: Final = {sign: reader for signs, reader in _READING for sign in signs}
SIGNS: Final = (*_READERS, "元", "角", "分", "整")
STARTS: Final = (State(Mode.START), State(Mode.AMOUNT, start=2, base=2))
