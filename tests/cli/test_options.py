from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from launch_kits.cli.app import MODULES, app
from tests.cli.commands import Cli

PACKAGE = Path(__file__).parents[2] / "launch_kits"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+\b")
#: an argument of pg_dump or pg_restore
FOR_POSTGRESQL = re.compile(
    r"--(dbname|file|format|list|no-owner|single-transaction)(=\S*)?"
)
STYLES = re.compile(r"\{ --[a-z]+: ")
COMMAND = re.compile(r"`launch-kits ([a-z]+)([^`]*)`")


@pytest.mark.parametrize("written", ["2027-01-11T10:00:00", "2027-01-11", "now", ""])
@pytest.mark.parametrize(
    "words",
    [["status"], ["plan", "brief.yaml"], ["begin", "a", "b"], ["sweep"]],
    ids=" ".join,
)
def test_an_instant_without_an_offset_is_misuse(cli: Cli, words, written):
    assert "--now" in cli.misused(*words, "--now", written)


@pytest.mark.parametrize(
    "written", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+14:00"]
)
@pytest.mark.parametrize(
    "words", [["status"], ["begin", "a", "b"], ["sweep"]], ids=" ".join
)
def test_an_instant_beyond_the_calendars_is_misuse(cli: Cli, words, written):
    assert "the years 1901 to 2198" in cli.misused(*words, "--now", written)


def options_of(command: click.Command) -> set[str]:
    found = {
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    }
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return found.union(*map(options_of, inner))


def sentences() -> Iterator[str]:
    """The texts of the package, the values in them left out; no docstrings."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                silent.add(id(node.value))
            if isinstance(node, ast.JoinedStr):
                parts = [
                    str(part.value) if isinstance(part, ast.Constant) else "X"
                    for part in node.values
                ]
                silent.update(map(id, node.values))
                yield "".join(parts)
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in silent
            ):
                yield node.value


def test_messages_name_options_and_commands_that_exist() -> None:
    """A remedy that names an option is typed as it stands."""
    context = click.Context(app)
    options = {
        name: options_of(command)
        for name in MODULES
        if (command := app.get_command(context, name))
    }
    known = {"--help", "--version"}.union(*options.values())
    wrong = []
    for text in sentences():
        said = re.sub(r"`prefect [^`]*`", "", text)
        if FOR_POSTGRESQL.fullmatch(said) or STYLES.search(said):
            continue
        wrong += [name for name in OPTION.findall(said) if name not in known]
        for name, rest in COMMAND.findall(said):
            there = options.get(name, set())
            used = OPTION.findall(rest)
            wrong += [f"{name} {each}" for each in used if each not in there]
            wrong += [name] if name not in options else []
    assert wrong == []
