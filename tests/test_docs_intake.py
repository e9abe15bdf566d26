"""The guides to intake and contracts are true: their commands run and say what is printed, every code stands with its sentence."""

import importlib.util
import re
import shutil
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import typer.main
import yaml

import casebook
from casebook.case import masking
from casebook.cli import main
from casebook.cli.app import app
from casebook.errors import ContractError
from casebook.intake import sentences, sources
from casebook.intake.contract import examined, load
from casebook.intake.rulebook import grammar, predicates
from casebook.measure import dates

ROOT = Path(casebook.__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAIRS = [(DOCS / f"{name}.md", DOCS / f"{name}.zh-CN.md") for name in ("intake", "contracts")]
GUIDES = [path for pair in PAIRS for path in pair]
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
spec = importlib.util.spec_from_file_location("intake_codes", ROOT / ".ci" / "intake_codes.py")
codes = importlib.util.module_from_spec(spec)
spec.loader.exec_module(codes)


def rows(path, mark):
    """Cells of the lines of a table between marks, without its head."""
    table = path.read_text(encoding="utf-8").split(f"<!-- {mark} -->\n")[1].split(f"<!-- /{mark} -->")[0]
    return [[cell.strip() for cell in line.strip("| \n").split(" | ")] for line in table.strip().splitlines()[2:]]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A project of its own as the current folder."""
    for name in ("data_contracts", "parameters", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shell(monkeypatch, capfd):
    """What a line of the guide says on both outputs: a command of ours, or `echo $?` after one."""
    left = [0]

    def run(line):
        if line == "echo $?":
            return f"{left[0]}\n"
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", line.split())
            patched.setattr(sys, "excepthook", sys.excepthook)
            with pytest.raises(SystemExit) as ended:
                main()
        left[0] = ended.value.code or 0
        return "".join(capfd.readouterr())

    return run


def follow(text, shell, desk):
    """Writes the files a guide shows, calls what it calls, runs its Python; each answer beside the printed one."""
    said = ""
    for kind, name, body in BLOCK.findall(text):
        if name.startswith("of "):
            yield "shown", body if body in (desk / name[3:]).read_text(encoding="utf-8") else "", body
        elif name:
            (desk / name).write_text(body, encoding="utf-8")
        elif kind == "console":
            for call in body.removeprefix("$ ").split("\n$ "):
                line, _, printed = call.partition("\n")
                yield line, shell(line), printed if printed.endswith("\n") or not printed else printed + "\n"
        elif kind == "python":
            with redirect_stdout(StringIO()) as out:
                exec(compile(body, "guide", "exec"), {})
            said = out.getvalue()
        elif kind == "text":
            yield "python", said, body


@pytest.mark.parametrize("guide", [pair[0] for pair in PAIRS], ids=lambda path: path.stem)
def test_every_example_gives_what_is_printed(guide, shell, desk):
    answers = list(follow(guide.read_text(encoding="utf-8"), shell, desk))
    assert len(answers) >= 4
    for line, said, printed in answers:
        assert said == printed, line


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=["intake", "contracts"])
def test_both_languages_show_the_same_examples(english, chinese):
    shown = [BLOCK.findall(path.read_text(encoding="utf-8")) for path in (english, chinese)]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_stands_with_its_sentence(language):
    text = codes.GUIDES[language].read_text(encoding="utf-8")
    assert codes.filled(text, language) == text
    told = [line for table in codes.tables(language).values() for line in table.splitlines()[2:]]
    assert len(told) == sum(len(sentences.of(use)) for use in ("refusal", "reject", "flag", "note"))


@pytest.mark.parametrize("guide", [*GUIDES, ROOT / "README.md", ROOT / "README.zh-CN.md"], ids=lambda path: path.name)
def test_every_command_named_exists(guide):
    known = typer.main.get_command(app).commands
    named = re.findall(r"casebook ([a-z]+)(?: ([a-z]+))?", "\n".join(code_of(guide.read_text(encoding="utf-8"))))
    assert named
    for first, second in named:
        assert first in known
        assert first != "contract" or second in known["contract"].commands


def code_of(text):
    """What stands in code blocks of the shell and in code spans."""
    blocks = re.findall(r"^```(?:console)?\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [*blocks, *re.findall(r"`(casebook [^`\n]+)`", text)]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_page_linked_to_exists(guide):
    for link in re.findall(r"\]\(([^)#]+)\)", guide.read_text(encoding="utf-8")):
        assert (guide.parent / link).is_file(), link


@pytest.mark.parametrize("guide", PAIRS[0], ids=lambda path: path.name)
def test_every_field_of_the_account_is_explained(guide, shell, desk):
    files = [desk / "a.csv", desk / "b.csv"]
    for at, file in enumerate(files):
        file.write_text(f"成员,身份证号\n甲{at},900001197001010018\n", encoding="utf-8")
    shell(f"casebook intake civil_low_income {files[0]} {files[1]} --out both")
    table = guide.read_text(encoding="utf-8").split("## intake.json")[1].split("## ")[0]
    fields = [
        name
        for line in table.splitlines()
        for name in re.findall(r"`(\w+)`", line.split("|")[1:2][0] if "|" in line else "")
    ]
    assert set(fields) == set(yaml.safe_load((desk / "both" / "intake.json").read_text(encoding="utf-8")))


@pytest.fixture
def worked(tmp_path):
    """The worked contract of the guide, as a document and as a file's text."""
    text = next(
        body
        for _, name, body in BLOCK.findall(PAIRS[1][0].read_text("utf-8"))
        if name.endswith("elderly.odcs.yaml") and "of " not in name
    )
    path = tmp_path / "civil_elderly.odcs.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("guide", PAIRS[1], ids=lambda path: path.name)
def test_every_rule_shown_gives_its_code(guide, worked):
    shown = rows(guide, "rules")
    assert len(shown) > 8
    for _, column, example, code in shown:
        document = yaml.safe_load(worked.read_text(encoding="utf-8"))
        element = next(p for p in document["schema"][0]["properties"] if p["name"] == column.strip("`"))
        for word in ("quality", "required", "logicalTypeOptions", "primaryKey", "primaryKeyPosition"):
            element.pop(word, None)
        worked.with_name("bare.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        before = asked(worked.with_name("bare.yaml"))
        element.update(yaml.safe_load(example.strip("`")))
        worked.with_name("asked.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        assert asked(worked.with_name("asked.yaml")) - before == {(code.strip("`"), column.strip("`"))}


def asked(path):
    """Code and column of everything a contract asks."""
    contract, problems = examined(path)
    assert problems == []
    found = contract.rules
    return (
        {(rule.code, rule.column) for rule in found.rows}
        | {("value.not_unique", columns[0]) for columns in found.unique}
        | {("reference.missing", reference.column) for reference in found.references}
    )


@pytest.mark.parametrize("guide", PAIRS[1], ids=lambda path: path.name)
def test_every_function_is_shown_and_every_refusal_is_said(guide, worked):
    columns = {column.name: column for column in load(worked).columns}
    shown = rows(guide, "functions")
    assert {name.strip("`") for name, _ in shown} == set(grammar.FUNCTIONS)
    for name, example in shown:
        assert name.strip("`") in example
        predicates.compiled(grammar.parse(example.strip("`"), tuple(columns)), columns)
    for example, sentence in rows(guide, "refused"):
        with pytest.raises(ContractError, match=f"^{re.escape(sentence)}$"):
            predicates.compiled(grammar.parse(example.strip("`"), tuple(columns)), columns)


@pytest.mark.parametrize("guide", PAIRS[1], ids=lambda path: path.name)
def test_every_mask_and_form_is_named(guide):
    lines = guide.read_text(encoding="utf-8").splitlines()
    for word, known in (("mask", masking.MASKS), ("form", dates.FORMS)):
        (line,) = (line for line in lines if line.startswith(f"| `customProperties: {word}` |"))
        assert set(re.findall(r"`(\w+)`", line)) == set(known)


@pytest.mark.parametrize("guide", PAIRS[0], ids=lambda path: path.name)
def test_the_source_of_a_database_is_one(guide, tmp_path):
    shown = next(body for kind, _, body in BLOCK.findall(guide.read_text(encoding="utf-8")) if kind == "yaml")
    path = tmp_path / "sources.yml"
    path.write_text(f"set: a\nas_of: 2026-03-31\nsources:\n{shown}", encoding="utf-8")
    assert sources.load(path).sources["civil_subsidy_payments"].database.url_env == "CIVIL_DATABASE"
