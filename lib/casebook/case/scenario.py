"""A scenario: one model as a value, from its parameters to its conditions.

A scenario module offers plain functions; `Scenario` only names the part each plays. The tuples of conditions are the single
source of the computation, the waterfall, the analysis steps and the mind map of a report.
"""

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
from pydantic import BaseModel, ConfigDict, Field, model_validator

from casebook.measure.calendar import add_years

if TYPE_CHECKING:
    from casebook.case.inputs import Inputs

Part = Literal["scope", "kind", "exemption"]
Effect = Literal["excluded", "flagged"]
Direction = Literal["over", "under"]
Grouping = Literal["run", "entity"]
Frame = nw.LazyFrame[Any]


class Parameters(BaseModel):
    """What every scenario's parameters share: the run record and the period. Frozen, nothing unknown, no defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source_set: str
    language: Literal["zh", "en"]
    purpose: str = Field(min_length=1)
    legal_basis: str = Field(min_length=1)
    approver: str = Field(min_length=1)

    @model_validator(mode="after")
    def _period_is_ordered(self) -> "Parameters":
        start, end = getattr(self, "period_start", None), getattr(self, "period_end", None)
        if start is not None and end is not None and not start <= end <= add_years(start, LONGEST_PERIOD):
            raise ValueError(f"period_end must lie from period_start to {LONGEST_PERIOD} years after it")
        return self


LONGEST_PERIOD = 30


@dataclass(frozen=True)
class Condition:
    """One named claim about a judged row: true, false or (null) unknown.

    The docstring of `function` is what a reviewer reads: first line Chinese, second line English, then law and notes.
    `tier` names the Int column with the link tier the kind rests on; `shows` the fact columns printed as its values.
    """

    name: str
    part: Part
    function: Callable[[Any], nw.Expr]
    law: tuple[str, ...] = ()
    direction: Direction = "over"
    tier: str | None = None
    shows: tuple[str, ...] = ()
    refuted_zh: str = ""
    refuted_en: str = ""
    effect: Effect = "flagged"
    covers: tuple[str, ...] = ()
    receiver: str = ""
    document: str = ""
    pattern: str = ""

    @property
    def column(self) -> str:
        """Column that holds the answer after assessment, `kind_after_death` for example."""
        return f"{'exempt' if self.part == 'exemption' else self.part}_{self.name}"

    @property
    def titles(self) -> tuple[str, str]:
        """Chinese and English title: the first two lines of the docstring."""
        lines = [line.strip() for line in (inspect.getdoc(self.function) or "").splitlines() if line.strip()]
        if len(lines) < 2:
            raise TypeError(f"condition {self.name}: its docstring needs a Chinese and an English first line")
        return lines[0], lines[1]

    def title(self, language: str) -> str:
        """Title in the asked language (`zh` or `en`)."""
        return self.titles[0 if language == "zh" else 1]

    def refuted(self, language: str) -> str:
        """The single fact that would refute a lead of this kind."""
        return self.refuted_zh if language == "zh" else self.refuted_en

    @property
    def source(self) -> str:
        """Source text of the condition and of the model's own functions it calls, printed in notebook and report."""
        return "\n\n".join(inspect.getsource(f) for f in _with_called(self.function))

    @property
    def digest(self) -> str:
        """First 12 hex digits of the SHA-256 of the source text."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]

    def applies_to(self, kind: "Condition") -> bool:
        """Whether this exemption can excuse or cast doubt on the kind."""
        return not self.covers or kind.name in self.covers


@dataclass(frozen=True)
class Input:
    """One table a scenario reads: contract, the columns used with the reason for each, and whether it can do without.

    `subject` says how a row's subject is known: `person` (citizen id, or the one inside the disability certificate), `firm`
    (codes), or a tuple of columns that together are the key. `roles` maps role → column where the names differ.
    `co_owners` (roles `name`, `code` and, where stated, `share` → column) takes cells that name several holders apart: one row
    per holder with `share_num` / `share_den`, all under the `ref` of their source row.
    """

    contract: str
    columns: Mapping[str, str]
    optional: bool = False
    subject: Literal["person", "firm"] | tuple[str, ...] | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    co_owners: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LinkSpec:
    """A link between the subjects of the tables `left` and the rows of `right`; roles map role → column where they differ."""

    name: str
    entity: Literal["person", "firm", "licence"]
    left: tuple[str, ...]
    right: str
    left_roles: Mapping[str, str] = field(default_factory=dict)
    right_roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """One model. `prepare` yields one row per thing judged, `trace` the source rows behind judged rows.

    `trace(inputs, judged, p)` returns columns unit, contract, ref, role (role: `main` for the rows the amount rests on,
    else what the row shows, `death` or `certificate` for example). `amount` is Int64 fen and may read the condition columns.
    `computation(row, p)` is the formula of one judged row with its numbers, in the language of the run. Where a row adds up smaller
    things, `details(inputs, judged, p)` returns them (unit, position and facts) and `detail(row, p)` is the line of each.
    """

    id: str
    title_zh: str
    title_en: str
    line: str
    version: str
    unit_zh: str
    unit_en: str
    parameters: type[Parameters]
    inputs: tuple[Input, ...]
    links: tuple[LinkSpec, ...]
    prepare: Callable[["Inputs", Any], Frame]
    trace: Callable[["Inputs", Frame, Any], Frame]
    scope: tuple[Condition, ...]
    kinds: tuple[Condition, ...]
    exemptions: tuple[Condition, ...]
    amount: Callable[[Any], nw.Expr]
    computation: Callable[[Mapping[str, Any], Any], str]
    surcharge: Callable[[Any], nw.Expr] | None = None
    details: Callable[["Inputs", Frame, Any], Frame] | None = None
    detail: Callable[[Mapping[str, Any], Any], str] | None = None
    subject: Literal["person", "firm"] = "person"
    grouping: Grouping = "run"
    limits_zh: tuple[str, ...] = ()
    limits_en: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Scope, kinds and exemptions in the order they are judged."""
        return self.scope + self.kinds + self.exemptions

    def title(self, language: str) -> str:
        """Title in the asked language."""
        return self.title_zh if language == "zh" else self.title_en

    def limits(self, language: str) -> tuple[str, ...]:
        """What the model cannot see, in the asked language."""
        return self.limits_zh if language == "zh" else self.limits_en

    def kind(self, name: str) -> Condition:
        """The kind of that name; KeyError when there is none."""
        return next(k for k in self.kinds if k.name == name)

    def with_kind(self, condition: Condition) -> "Scenario":
        """The same scenario with one more kind: the analyst's draft lane."""
        return replace(self, kinds=(*self.kinds, condition))

    @property
    def is_draft(self) -> bool:
        """True when any condition was written outside `casebook.scenarios` (or its tests)."""
        return any(not c.function.__module__.startswith("casebook.scenarios.") for c in self.conditions)

    @property
    def digest(self) -> str:
        """SHA-256 over the source of every module the model is made of: its own file and the parts beside it."""
        home = Path(inspect.getfile(self.prepare))
        files = sorted(home.parent.glob(f"{self.id}*.py")) or [home]
        return hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()


def _with_called(function: Callable[..., Any]) -> list[Callable[..., Any]]:
    """The function, then the functions of the same model that it calls, each once, in the order they are met."""
    found, waiting = [function], [function]
    while waiting:
        caller = waiting.pop(0)
        for name in caller.__code__.co_names:
            called = caller.__globals__.get(name)
            if inspect.isfunction(called) and called not in found and _is_of_model(called, function):
                found.append(called)
                waiting.append(called)
    return found


def _is_of_model(called: Callable[..., Any], function: Callable[..., Any]) -> bool:
    home = function.__module__.rsplit(".", 1)[0]
    return called.__module__.rsplit(".", 1)[0] == home and home.endswith("scenarios")


def scope(name: str, function: Callable[[Any], nw.Expr]) -> Condition:
    """A condition that must hold for a row to be judged at all."""
    return Condition(name=name, part="scope", function=function, **_told(function))


def kind(name: str, function: Callable[[Any], nw.Expr], **facts: Any) -> Condition:  # noqa: ANN401
    """A condition that makes a lead of that kind; see `Condition` for the facts it takes."""
    return Condition(name=name, part="kind", function=function, **{**_told(function), **facts})


def exemption(name: str, function: Callable[[Any], nw.Expr], effect: Effect, covers: tuple[str, ...] = ()) -> Condition:
    """A condition that takes a row out (`excluded`, when proven) or to a human (`flagged`, when it may apply)."""
    return Condition(name=name, part="exemption", function=function, effect=effect, covers=covers, **_told(function))


def _told(function: Callable[[Any], nw.Expr]) -> dict[str, Any]:
    """What a docstring says beside its two titles: `Law: code, code`, `反证：…` and `Refuted by: …`, a line each."""
    lines = [line.strip() for line in (inspect.getdoc(function) or "").splitlines()]
    found = {mark: next((x.removeprefix(mark).strip() for x in lines if x.startswith(mark)), "") for mark in MARKS}
    law = tuple(code.strip() for code in found["Law:"].split(",") if code.strip())
    return {"law": law, "refuted_zh": found["反证："], "refuted_en": found["Refuted by:"]}


MARKS = ("Law:", "反证：", "Refuted by:")
