"""Fill the tables of codes in docs/intake.md and docs/intake.zh-CN.md from intake/sentences.csv.

.venv/bin/python .ci/intake_codes.py
"""

from pathlib import Path

from casebook.intake import sentences

DOCS = Path(__file__).resolve().parents[1] / "docs"
GUIDES = {"en": DOCS / "intake.md", "zh": DOCS / "intake.zh-CN.md"}
HEADS = {"en": ("code", "sentence"), "zh": ("代码", "说明")}
REFUSALS = {
    "file": ("file", "kind", "retention"),
    "table": ("header", "sheet", "table", "rows", "columns", "reference", "draft"),
    "text": ("encoding", "text", "line", "delimiter"),
    "workbook": ("workbook", "zip"),
    "page": ("html", "xml"),
    "packed": ("archive", "parquet"),
    "database": ("database",),
    "set": ("set", "store"),
}


def tables(language: str) -> dict[str, str]:
    """Markdown of each table by the name of its mark; every code stands in one of them."""
    groups = {prefix: group for group, prefixes in REFUSALS.items() for prefix in prefixes}
    found: dict[str, list[tuple[str, str]]] = {}
    for use in ("refusal", "reject", "flag", "note"):
        for code, said in sentences.of(use).items():
            mark = f"refusal {groups[code.partition('.')[0]]}" if use == "refusal" else use
            found.setdefault(mark, []).append((code, said[("zh", "en").index(language)]))
    return {mark: _table(HEADS[language], sorted(lines)) for mark, lines in found.items()}


def filled(text: str, language: str) -> str:
    """The guide with each table between `<!-- mark -->` and `<!-- /mark -->`."""
    for mark, table in tables(language).items():
        head, rest = text.split(f"<!-- {mark} -->\n", 1)
        tail = rest.split(f"<!-- /{mark} -->", 1)[1]
        text = f"{head}<!-- {mark} -->\n{table}\n<!-- /{mark} -->{tail}"
    return text


def _table(head: tuple[str, str], lines: list[tuple[str, str]]) -> str:
    rows = [head, ("---", "---"), *((f"`{code}`", said.replace("|", "\\|")) for code, said in lines)]
    return "\n".join(f"| {left} | {right} |" for left, right in rows)


if __name__ == "__main__":
    for of, path in GUIDES.items():
        path.write_text(filled(path.read_text(encoding="utf-8"), of), encoding="utf-8")
