"""The fixed command line: every command is listed, helps with an example, and refuses a wrong call with 2."""

import pytest

COMMANDS = ("demo", "synth", "intake", "purge", "check", "clean", "match", "run", "batch", "index")


def test_help_lists_every_command(call):
    said = call("--help")
    assert said.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in said.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_an_example_and_json(call, command):
    said = call(command, "--help")
    assert said.code == 0
    assert f"Example: casebook {command}" in " ".join(said.out.split())
    assert "--json" in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fly",), "No such command 'fly'"),
        (("run", "disabled_two_subsidy", "--sources", "Makefile", "--parameters", "Makefile"), "there are disabled_two_subsidies,"),
        (("batch", "--sources", "no.yml"), "no.yml does not exist; give the path of an existing file"),
        (("batch", "--jobs", "0"), "Invalid value for '--jobs'"),
        (("batch", "--language", "fr"), "Invalid value for '--language'"),
        (("index", "lib"), "lib is no run folder: it holds no results.json"),
        (("check", "no.yml"), "no.yml does not exist"),
        (("synth", "--out", "never", "--scale", "12"), "scale must be sample, seed or a number of payments from 7000"),
        (("demo", "--out", "never", "--scale", "half"), "scale must be sample, seed or a number"),
        (("intake", "police_death", "Makefile"), "contract police_death is not known (nearest: police_deaths)"),
        (("intake", "../police_deaths", "Makefile"), "contract ../police_deaths is not known"),
        (("intake", "police_deaths", "lib"), "lib does not exist or is no file"),
    ],
    ids=lambda value: "-".join(value)[:40] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_wrong_call_is_told_in_a_sentence(call, words, told):
    said = call(*words)
    assert said.code == 2
    assert told in " ".join(said.err.replace("│", " ").split())
    assert said.out == ""
