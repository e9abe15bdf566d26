"""`casebook synth`, `demo`, `check`: same seed, same bytes; twice is as good as once."""

import json
import resource

import pytest

MOST_CPU_SECONDS = 8  # 3.6 measured; an office machine may be half as fast


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_same_seed_gives_the_same_bytes(call, tmp_path):
    assert call("synth", "--out", tmp_path / "a", "--seed", 7).code == 0
    said = call("synth", "--out", tmp_path / "b", "--seed", 7, "--json")
    assert json.loads(said.out) == {"sources": str(tmp_path / "b" / "sources.yml")}
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert any(name.startswith("truth/") for name in contents(tmp_path / "a"))


@pytest.mark.slow
def test_demo_twice_gives_one_run(call, tmp_path):
    first = call("demo", "--out", tmp_path / "demo", "--json")
    again = call("demo", "--out", tmp_path / "demo", "--json")
    assert (first.code, again.code) == (0, 0)
    assert json.loads(first.out) == json.loads(again.out)
    reports = {p.parent.name for p in (tmp_path / "demo" / "reports").glob("*/COMPLETE")}
    assert reports == {o["scenario"] for o in json.loads(again.out)["outcomes"]}


def test_check_tells_problems_with_exit_1_and_in_time(call, project, tmp_path):
    sources = project / "tests" / "samples" / "odd.yml"
    sources.write_text(
        (project / "tests" / "samples" / "sources.yml").read_text().replace("police_moves:", "police_move:")
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = call("check", sources, "--json", cwd=project)
    sources.unlink()
    assert said.code == 1
    assert "odd.yml: contract police_move is not known (nearest: police_moves)" in json.loads(said.out)["problems"]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < MOST_CPU_SECONDS


def test_unforeseen_error_tells_kind_and_place_only(capsys):
    from casebook.cli import tell_defect

    try:
        json.loads("110101199003074514 张三")
    except ValueError as caught:
        tell_defect(type(caught), caught, caught.__traceback__)
    said = capsys.readouterr().err
    assert said.startswith("casebook: unforeseen JSONDecodeError")
    assert "110101" not in said
