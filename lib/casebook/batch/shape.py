"""The shape every notebook keeps, so that a reader of one can read them all (docs/architecture.md, style of the house).

Problems come as sentences; an empty list is a notebook in shape.
"""

import ast
import re
from pathlib import Path
from typing import Any

import nbformat

from casebook.case.scenario import Scenario
from casebook.errors import ParameterError

HEADINGS = (
    "参数", "关键词与要旨", "线索发现", "数据来源", "数据质量", "数据分析关键词", "数据分析步骤", "豁免与排除", "线索清单",
    "类案分析", "金额", "法律依据", "思维导图", "检察融合监督", "社会治理", "局限", "溯源",
)  # fmt: skip
ACROSS = {
    "data_centre": (
        "参数", "需要查看", "接收了什么", "退回和存疑", "填写率", "证件号", "差别", "类别取值", "到期",
        "细看一个数据源", "自由分析", "局限",
    ),
}  # fmt: skip
"""Notebooks that look across all models, by name, with their headings in order."""
CELL_LINES, ALL_LINES = 15, 80
FORBIDDEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While)
_NO_PARAMETERS = "needs exactly one cell tagged parameters with lines `name: type = value`"
READS = re.compile(r"(?<!Run\.)(?<!Centre\.)\b(read_|scan_|open\(|Path\(|eval\(|exec\()|^\s*[!%]", re.MULTILINE)


def load(path: Path) -> Any:  # noqa: ANN401
    """The notebook, as version 4.

    Raises:
        ParameterError: the file is no notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError, RecursionError):
        raise ParameterError(f"{path.name} is no readable notebook; save it again from JupyterLab") from None


def tags(cell: Any) -> list[str]:  # noqa: ANN401
    """Tags of a cell."""
    found: list[str] = cell.metadata.get("tags", [])
    return found


def parameter_names(notebook: Any) -> dict[str, str]:  # noqa: ANN401
    """Name → annotation of each line of the cell tagged `parameters`; empty when there is no such cell."""
    cells = [c for c in notebook.cells if c.cell_type == "code" and "parameters" in tags(c)]
    if len(cells) != 1:
        return {}
    return {
        n.target.id: ast.unparse(n.annotation)
        for n in _parsed(cells[0].source).body
        if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
    }


def problems(path: Path, scenario: Scenario) -> list[str]:
    """Everything in which the notebook leaves the shape."""
    try:
        notebook = load(path)
    except ParameterError as caught:
        return [str(caught)]
    found = [*parameter_problems(notebook, scenario), *_body(notebook, HEADINGS, "a typical case")]
    return [f"{path.name}: {sentence}" for sentence in found]


def problems_across(path: Path) -> list[str]:
    """Everything in which a notebook that looks across all models leaves its shape."""
    try:
        notebook = load(path)
    except ParameterError as caught:
        return [str(caught)]
    found = [] if parameter_names(notebook) else [_NO_PARAMETERS]
    return [f"{path.name}: {told}" for told in [*found, *_body(notebook, ACROSS[path.stem], "their kind")]]


def _body(notebook: Any, headings: tuple[str, ...], order: str) -> list[str]:  # noqa: ANN401
    code = [c for c in notebook.cells if c.cell_type == "code"]
    return [*_headings(notebook, headings, order), *_code(code), *_prose(notebook)]


def _parsed(source: str) -> ast.Module:
    """The code of a cell; empty when it is not plain Python (magics, commands, a slip), which `_code` tells."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def parameter_problems(notebook: Any, scenario: Scenario) -> list[str]:  # noqa: ANN401
    """Whether the parameters cell and the model name the same parameters: papermill only warns where they differ."""
    names, fields = parameter_names(notebook), scenario.parameters.model_fields
    if not names:
        return [_NO_PARAMETERS]
    differ = sorted(set(names) ^ set(fields))
    if differ:
        return [f"the parameters cell and {scenario.id}.Parameters differ in {', '.join(differ)}"]
    return []


def _headings(notebook: Any, headings: tuple[str, ...], order: str) -> list[str]:  # noqa: ANN401
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    titles = [line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")]
    places = [next((i for i, t in enumerate(titles) if heading in t), -1) for heading in headings]
    missing = [h for h, place in zip(headings, places, strict=True) if place < 0]
    if missing:
        return [f"headings missing: {', '.join(missing)}"]
    return [] if places == sorted(places) else [f"headings are not in the order of {order}"]


def _code(cells: list[Any]) -> list[str]:
    found = []
    for number, cell in enumerate(cells, 1):
        lines = len([line for line in cell.source.splitlines() if line.strip()])
        if lines > CELL_LINES and "parameters" not in tags(cell):
            found.append(f"code cell {number} has {lines} lines, at most {CELL_LINES}")
        if any(isinstance(node, FORBIDDEN) for node in ast.walk(_parsed(cell.source))):
            found.append(f"code cell {number} defines or loops; rules live in the library")
        if cell.source.strip() and not _parsed(cell.source).body:
            found.append(f"code cell {number} is not plain Python")
        if READS.search(cell.source):
            found.append(f"code cell {number} reads a file or runs a command")
    total = sum(len(c.source.splitlines()) for c in cells if "parameters" not in tags(c))
    return [*found, f"{total} code lines, at most {ALL_LINES}"] if total > ALL_LINES else found


def _prose(notebook: Any) -> list[str]:  # noqa: ANN401
    found = []
    kinds = [c.cell_type for c in notebook.cells]
    if kinds.count("markdown") < kinds.count("code"):
        found.append("has fewer prose cells than code cells")
    zh = sum("lang-zh" in tags(c) for c in notebook.cells)
    en = sum("lang-en" in tags(c) for c in notebook.cells)
    if zh != en or not zh:
        found.append(f"has {zh} cells tagged lang-zh and {en} tagged lang-en; each needs its counterpart")
    return found
