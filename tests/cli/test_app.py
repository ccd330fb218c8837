from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from launch_kits.cli import main
from launch_kits.cli.app import MODULES, app
from launch_kits.errors import Refused
from tests.cli.commands import Cli
from tests.launches import SLUG

ROOT = Path(__file__).parents[2]


SCRIPT = Path(sys.executable).with_name("launch-kits")


#: modules that take longer to import than a command may take to print its help
HEAVY = (
    *(
        "prefect",
        "sqlmodel",
        "sqlalchemy",
        "pydantic",
        "yaml",
        "holidays",
        "jinja2",
        "rich",
        "slack_sdk",
        "icalendar",
    ),
    *("markdown_it", "typst", "pptx", "docx", "lxml"),
    *("launch_kits.documents", "launch_kits.lint"),
)


def run(*command: object, home: Path) -> subprocess.CompletedProcess[str]:
    environ = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "LANG", "HOME"}
    }
    environ |= {"LAUNCH_KITS_HOME": str(home)}
    return subprocess.run(
        list(map(str, command)),
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def loaded(code: str, home: Path) -> set[str]:
    asked = (
        f"{code}\nimport sys; "
        f"print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    )
    done = run(sys.executable, "-c", asked, home=home)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n")[-2].split())


@pytest.mark.parametrize("command", MODULES)
def test_every_command_has_help(command):
    found = CliRunner().invoke(app, [command, "--help"])
    assert found.exit_code == 0
    assert found.output.startswith("Usage: launch-kits") or found.output.startswith(
        "Usage: "
    )
    assert app.get_command(click.Context(app), command).help


@pytest.mark.parametrize("command", MODULES)
def test_every_option_that_is_shown_has_help(command):
    found = app.get_command(click.Context(app), command)
    options = [
        param
        for param in found.params
        if isinstance(param, click.Option) and not param.hidden
    ]
    assert [option.name for option in options if not option.help] == []


def test_every_command_is_in_the_reference():
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert [name for name in MODULES if f"`{name}" not in page] == []


@pytest.mark.parametrize("command", MODULES)
def test_every_option_is_in_the_reference(command):
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    found = app.get_command(click.Context(app), command)
    options = [
        param
        for param in found.params
        if isinstance(param, click.Option) and not param.hidden
    ]
    assert [option.opts[0] for option in options if option.opts[0] not in page] == []


def test_version_prints_the_version_of_the_package():
    found = CliRunner().invoke(app, ["--version"])
    assert found.exit_code == 0
    assert found.output == f"launch-kits {version('launch-kits')}\n"


@pytest.mark.parametrize("command", MODULES)
def test_an_unknown_option_is_misuse(cli: Cli, command):
    assert "--sideways" in cli.misused(command, "--sideways")


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["plan"],
        ["start"],
        ["history"],
        ["render"],
        ["move", "falcon-2"],
        ["cancel"],
        ["begin", "falcon-2"],
        ["note", "falcon-2", "research"],
        ["extend", "falcon-2", "research"],
        ["reassign", "falcon-2", "research"],
        ["status", "one", "two"],
    ],
    ids=" ".join,
)
def test_missing_and_surplus_arguments_are_misuse(cli: Cli, words):
    assert cli.misused(*words).startswith("Usage:")


@pytest.mark.parametrize(
    "words",
    [
        ["note", "a", "b", "--note", "\udcff"],
        ["begin", "\udcff", "b"],
        ["check", "\udcff"],
    ],
    ids=ascii,
)
def test_an_argument_that_is_not_utf_8_is_refused(cli: Cli, words):
    assert "'\\udcff' is not UTF-8" in cli.refused(*words)


@pytest.mark.parametrize("words", [["plan"], ["plan", "--json"]], ids=" ".join)
def test_a_terminal_without_unicode_is_spoken_to_all_the_same(tmp_path, words):
    brief = ROOT / "examples/valkey-9/brief.yaml"
    found = run("env", "PYTHONIOENCODING=ascii", SCRIPT, *words, brief, home=tmp_path)
    assert (found.returncode, found.stderr) == (0, "")
    assert "Valkey 9.0" in found.stdout


def test_a_closed_output_fails_nothing(tmp_path):
    found = run("sh", "-c", f'"{SCRIPT}" kits --json >&-', home=tmp_path)
    assert (found.returncode, found.stderr) == (0, "")


def test_a_misspelt_command_names_the_nearest(cli: Cli):
    assert 'did you mean "status"?' in cli.misused("statsu")


def test_without_a_command_it_shows_its_commands(cli: Cli):
    said = cli()
    assert "Before the launch" in said.out + said.err


def test_an_unexpected_error_is_one_sentence(monkeypatch, capsys):
    def burst() -> None:
        raise RuntimeError("the tea is cold")

    monkeypatch.setattr("launch_kits.cli.app.app", burst)
    with pytest.raises(SystemExit) as left:
        main()
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (1, "")
    assert "the tea is cold" in err
    assert "Traceback" not in err


def test_a_full_disk_is_not_called_a_fault_of_the_program(monkeypatch, capsys):
    def burst() -> None:
        raise OSError(28, "No space left on device", "/home/x/falcon.md")

    monkeypatch.setattr("launch_kits.cli.app.app", burst)
    with pytest.raises(SystemExit) as left:
        main()
    said = "/home/x/falcon.md: the disk is full; free some space, then run the command again\n"
    assert (left.value.code, capsys.readouterr().err) == (1, said)


def test_an_unexpected_error_is_shown_whole_if_asked_for(monkeypatch):
    def burst() -> None:
        raise RuntimeError("the tea is cold")

    monkeypatch.setattr("launch_kits.cli.app.app", burst)
    monkeypatch.setenv("LAUNCH_KITS_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main()


def test_an_error_that_a_user_can_fix_is_printed_as_it_is(monkeypatch, capsys):
    def refuse() -> None:
        raise Refused("not today; come tomorrow")

    monkeypatch.setattr("launch_kits.cli.app.app", refuse)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert capsys.readouterr().err == "not today; come tomorrow\n"


def test_the_script_keeps_its_streams_and_exit_codes_apart(tmp_path):
    done = run(SCRIPT, "check", "examples/valkey-9", "--json", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    missing = run(SCRIPT, "plan", "nowhere.yaml", "--json", home=tmp_path)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.startswith("nowhere.yaml: no such file")
    assert run(SCRIPT, "plan", home=tmp_path).returncode == 2


def test_a_reader_that_goes_away_is_not_an_error_to_speak_of(tmp_path):
    done = run(
        "sh",
        "-c",
        f"{SCRIPT} plan examples/valkey-9/brief.yaml --json | head -c 10",
        home=tmp_path,
    )
    assert done.stderr == ""


def test_the_command_line_imports_nothing_heavy(tmp_path):
    assert loaded("import launch_kits.cli", tmp_path) == set()


@pytest.mark.parametrize("command", ["", "plan", "begin", "up", "init", "export"])
def test_help_imports_nothing_heavy(tmp_path, command):
    words = [*command.split(), "--help"]
    code = f"""
import sys
from launch_kits.cli import main
sys.argv = ["launch-kits", *{words!r}]
try:
    main()
except SystemExit as left:
    assert left.code == 0
"""
    assert loaded(code, tmp_path) == set()


def test_check_and_plan_need_no_database_and_no_prefect(tmp_path):
    code = """
import sys
from launch_kits.cli import main
for words in (["check", "examples/valkey-9"], ["plan", "examples/valkey-9/brief.yaml", "--json"]):
    sys.argv = ["launch-kits", *words]
    try:
        main()
    except SystemExit as left:
        assert left.code == 0
"""
    assert loaded(code, tmp_path).isdisjoint(
        {"prefect", "sqlmodel", "sqlalchemy", "slack_sdk"}
    )


def test_lists_and_verbs_need_no_documents_and_no_linter(tmp_path):
    code = "import launch_kits.views.overview, launch_kits.verbs, launch_kits.cli.tasks"
    assert loaded(code, tmp_path).isdisjoint(
        {"jinja2", "launch_kits.documents", "launch_kits.lint"}
    )


def test_status_and_the_documents_of_a_launch_need_no_offices(tmp_path):
    code = "import launch_kits.worker.step, launch_kits.views.launch, launch_kits.cli.status"
    assert loaded(code, tmp_path).isdisjoint({"typst", "pptx", "docx", "lxml"})


@pytest.mark.parametrize(
    "words",
    [
        ["status", "{}"],
        ["decide", SLUG, "go", "--task", "{}"],
        ["move", SLUG, "--on", "{}"],
        ["tasks", "--owner", "{}"],
        ["kits", "{}"],
        ["status", "--now", "{}"],
    ],
    ids=" ".join,
)
def test_a_word_with_line_breaks_cannot_pass_for_a_line_of_ours(
    cli: Cli, flying, words
):
    said = cli(*(word.format("zz\nall is well") for word in words))
    lines = [*said.out.splitlines(), *said.err.splitlines()]
    assert "zz all is well" in "\n".join(lines)
    assert [line for line in lines if line.startswith("all is well")] == []
