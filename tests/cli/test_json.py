"""The JSON of every command, compared with a file each.

Each is compared whole. The page about it is compared with these files too.

`GOLDEN=1 python -m pytest tests/cli/test_json.py` writes the files again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from sqlmodel import col, select

from launch_kits.cli.app import MODULES, app
from launch_kits.database.records import DocumentVersion, Notice, NoticeStatus
from launch_kits.database.store import Store
from tests.cli.commands import Cli
from tests.launches import LEAD, PMM, SALES, SLUG, at
from tests.verbs.test_update import rival

GOLDEN = Path(__file__).parent / "golden"
REPO = Path(__file__).parents[2]
PAGE = REPO / "docs/reference/json.md"
REWRITE = bool(os.environ.get("GOLDEN"))

MORNING = at("01-13").isoformat()
#: after the ledgers' review, when their sources are old
SUMMER = at("2027-08-02").isoformat()

#: file → the words of its command; `--json` is added if they do not name a format
COMMANDS = {
    "card": ["card", "osprey", "is it faster?", "--now", MORNING],
    "cards": ["cards", SLUG],
    "check": ["check", "faulty.yaml"],
    "claims-conflicts": ["claims", "conflicts", "brief.yaml", "--now", MORNING],
    "claims-expire": ["claims", "expire", "brief.yaml", "--now", MORNING],
    "claims-stale": ["claims", "stale", "brief.yaml", "--now", SUMMER],
    "claims-why": ["claims", "why", "osprey.y1", "brief.yaml", "--now", MORNING],
    "config": ["config"],
    "edit": [
        "edit",
        SLUG,
        "training",
        "--days",
        "4",
        "--due",
        "T-1",
        "--now",
        MORNING,
    ],
    "decide": ["decide", SLUG, "no-go", "--now", MORNING],
    "delegate": [
        *("delegate", "--from", PMM, "--to", SALES, "--until", "2027-01-22"),
        *("--launch", SLUG, "--now", MORNING),
    ],
    "desk": ["desk", SLUG, "--now", MORNING],
    "diff": ["diff", SLUG, "battlecard:kite", "--now", MORNING],
    "doctor": ["doctor", "--now", MORNING],
    "documents": ["documents", SLUG, "--now", MORNING],
    "export": ["export", SLUG, "--format", "json", "--out", "-", "--now", MORNING],
    "gate": ["gate", SLUG, "--now", MORNING],
    "history": ["history", SLUG],
    "history-all": ["history", "--all", "--since", "2027-01-12"],
    "kits": ["kits"],
    "load": ["load", "brief.yaml", "--now", MORNING],
    "load-all": ["load", "--now", MORNING],
    "load-launch": ["load", SLUG, "--now", MORNING],
    "move": ["move", SLUG, "--on", "2027-02-10", "--now", MORNING],
    "outbox": ["outbox"],
    "plan": ["plan", "brief.yaml", "--on", "2027-01-26", "--now", MORNING],
    "plan-level": ["plan", "brief.yaml", "--level", "--now", MORNING],
    "plan-why": ["plan", "brief.yaml", "--on", "2027-01-26", "--why", "--now", MORNING],
    "start": ["start", "brief.yaml", "--dry-run", "--now", MORNING],
    "slips": ["slips", SLUG, "--now", MORNING],
    "status": ["status", "--now", MORNING],
    "status-launch": ["status", SLUG, "--now", MORNING],
    "status-why": ["status", SLUG, "--why", "--now", MORNING],
    "tasks": ["tasks", "--now", MORNING],
    "templates": ["templates"],
    "update": ["update", SLUG, "changed.yaml", "--now", MORNING],
    "upgrade": ["upgrade", SLUG, "--kit", "newer.yaml", "--now", MORNING],
    # the last, because lists show the launch that it starts
    "start-new": ["start", "new.yaml", "--now", MORNING],
}
#: one of a list is enough, since others add to it
FIRST_ONLY = ("kits", "templates")
#: file → the headings of the page that describe it, its own first
HEADINGS = {
    "cards": ("cards LAUNCH",),
    "check": ("check", ""),
    "claims-conflicts": ("claims",),
    "claims-expire": ("claims",),
    "claims-stale": ("claims",),
    "claims-why": ("claims",),
    "delegate": ("delegate", ""),
    "desk": ("desk",),
    "diff": ("diff LAUNCH TASK",),
    "documents": ("documents LAUNCH",),
    "export": (
        "export LAUNCH --format json",
        "status LAUNCH",
        "history LAUNCH",
    ),
    "edit": ("edit LAUNCH TASK", ""),
    "decide": ("decide LAUNCH",),
    "gate": ("gate LAUNCH",),
    "history": ("history LAUNCH",),
    "history-all": ("history LAUNCH",),
    "move": ("move LAUNCH --on DATE", ""),
    "load": ("load BRIEF",),
    "load-all": ("load",),
    "load-launch": ("load LAUNCH",),
    "plan": ("plan", ""),
    "start": ("start BRIEF", "plan --level"),
    "start-new": ("start BRIEF", "plan --level"),
    "plan-level": ("plan --level", "plan", ""),
    "plan-why": ("plan --why", "plan", ""),
    "slips": ("slips LAUNCH",),
    "status-launch": ("status LAUNCH",),
    "status-why": ("status LAUNCH --why", "plan --why", "status LAUNCH"),
    "tasks": ("tasks", "status LAUNCH"),
    "update": ("update LAUNCH BRIEF", ""),
    "upgrade": ("update LAUNCH BRIEF", ""),
}
#: keys of an object with keys of its own, which the page lists in a table or not at all
FREE = ("data", "changed", "hidden", "by_cause", "by_owner", "by_stage")


def conflicting(ledger: dict[str, Any]) -> dict[str, Any]:
    """A ledger with a claim that ends, and a conflict."""
    ends = {
        "id": "y2",
        "claim": "Falcon is cheaper",
        "src": ["site"],
        "valid_until": "2027-01",
    }
    disagreed = {
        "id": "k1",
        "kind": "conflict",
        "subject": "Nodes",
        "values": [{"value": 2000, "src": "site"}, {"value": 1000}],
    }
    return {
        **ledger,
        "why_we_win": [*ledger["why_we_win"], ends],
        "conflicts": [disagreed],
    }


@pytest.fixture
def launched(flying: Store, write: Any, cli: Cli, tmp_path: Path) -> None:
    """The small launch on its third day.

    It has a bit of everything, and the files of the commands.
    """
    brief: dict[str, Any] = yaml.safe_load(write().read_text(encoding="utf-8"))
    given = rival("kite", "merlin").model_dump(mode="json", by_alias=True)
    sales = {**brief["team"]["sales"], "name": "Sol", "email": "sol@example.com"}
    team = {**brief["team"], "sales": sales}
    changed = {**brief, "positioning": given["positioning"], "team": team}
    _save(tmp_path / "changed.yaml", changed)
    kit = deepcopy(brief["kit"])
    kit["stages"][0]["tasks"][0]["title"] = "Positioning and messages"
    _save(tmp_path / "newer.yaml", {**kit, "version": 2})
    osprey = brief["positioning"]["alternatives"][0]
    osprey["claims"] = conflicting(osprey["claims"])
    _save(tmp_path / "brief.yaml", brief)
    _save(tmp_path / "new.yaml", {**brief, "launch": "falcon-3", "channel": "falcon-3"})
    _save(tmp_path / "faulty.yaml", {**brief, "teem": {}, "launch_on": "2027-02-07"})
    first = at("01-11", 11).isoformat()
    second = at("01-12", 9).isoformat()
    for words in (
        ["begin", SLUG, "research", "--now", first],
        ["done", SLUG, "research", "--link", "https://example.com/r", "--now", second],
        ["begin", SLUG, "positioning", "--now", first],
        ["block", SLUG, "positioning", "--note", "No numbers yet", "--now", second],
        ["extend", SLUG, "training", "--until", "+30d", "--by", SALES, "--now", second],
        ["approve", SLUG, "training", "--note", "A day is lost", "--now", second],
        ["reassign", SLUG, "retro", "--to", PMM, "--by", LEAD, "--now", second],
        ["gate", SLUG, "story", "check", "1", "--by", LEAD, "--now", second],
        ["decide", SLUG, "no-go", "--by", LEAD, "--note", "Too soon", "--now", second],
        ["ask", SLUG, "Is it faster?", "--as", SALES, "--now", second],
        ["ask", SLUG, "Is there a free trial?", "--as", SALES, "--now", second],
        ["flag", SLUG, "osprey.s1", "--as", SALES, "--now", second],
    ):
        cli.ok(*words)
    with flying.write() as session:
        notice = session.exec(select(Notice).order_by(col(Notice.key))).first()
        assert notice is not None
        notice.status = NoticeStatus.DEAD
        notice.error = "Slack refuses: is_archived"
        session.add(notice)
        session.add(_earlier_card())


def _earlier_card() -> DocumentVersion:
    """A card that named the product otherwise."""
    return DocumentVersion(
        launch=SLUG,
        task="battlecard:kite",
        number=1,
        digest="0" * 64,
        content={"brief.product": "Falcon 1"},
        at=at("01-12", 9),
    )


def _save(path: Path, value: object) -> None:
    path.write_text(yaml.safe_dump(value, sort_keys=False), encoding="utf-8")


def test_json_is_that_of_the_golden_files(cli: Cli, launched, tmp_path: Path):
    found = {
        name: printed(cli, name, words, tmp_path) for name, words in COMMANDS.items()
    }
    if REWRITE:
        for name, text in found.items():
            (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")
    kept = {
        path.stem: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.json")
    }
    for name, text in found.items():
        assert text == kept[name], f"tests/cli/golden/{name}.json"


def printed(cli: Cli, name: str, words: list[str], folder: Path) -> str:
    """The JSON of a command, with the same paths on every machine."""
    said = cli(*words, *([] if "--format" in words else ["--json"]))
    assert said.out, said.err
    text = said.out.replace(str(folder), "/FOLDER").replace(str(REPO), "/REPO")
    value = json.loads(text)
    shown = value[:1] if name in FIRST_ONLY else value
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def test_every_command_with_json_has_a_golden_file():
    known = {words[0] for words in COMMANDS.values()}
    claims = {words[1] for words in COMMANDS.values() if words[0] == "claims"}
    having = {name for name, command in commands() if takes_json(command)}
    assert having <= known
    group = app.get_command(click.Context(app), "claims")
    assert isinstance(group, click.Group)
    assert claims == {
        name for name, command in group.commands.items() if takes_json(command)
    }
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(COMMANDS)


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in MODULES:
        command = app.get_command(click.Context(app), name)
        assert command is not None
        yield name, command


def takes_json(command: click.Command) -> bool:
    return any(param.name == "json" for param in command.params)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"config"}))
def test_the_page_names_every_key_of_a_command(name: str):
    page = sections()
    told: set[str] = set()
    for heading in headings_of(name):
        told |= set(re.findall(r"`([\w_]+)`", page[heading])) | shown(page[heading])
    assert set(keys(golden(name))) - told == set()


def test_the_page_shows_no_key_that_no_command_prints():
    printed: dict[str, set[str]] = {}
    for name in COMMANDS:
        heading = headings_of(name)[0]
        printed.setdefault(heading, set()).update(keys(golden(name)))
    page = sections()
    unknown = {name: shown(page[name]) - found for name, found in printed.items()}
    assert {name: found for name, found in unknown.items() if found} == {}


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def headings_of(name: str) -> tuple[str, ...]:
    return HEADINGS.get(name, (name,))


def sections() -> dict[str, str]:
    """The page's sections by each command of their headings; the page's head by the empty text."""
    head, *parts = PAGE.read_text(encoding="utf-8").split("\n## ")
    found = {"": head}
    for part in parts:
        heading, _, text = part.partition("\n")
        for name in re.findall(r"`([^`]+)`", heading):
            # one that only refers to its section has a heading of its own besides
            found.setdefault(name, text)
    return found


def shown(section: str) -> set[str]:
    """The keys of a section's examples."""
    examples = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
    return {key for example in examples for key in keys(json.loads(example))}


def keys(value: object) -> Iterator[str]:
    """Every key of an object, and of the objects in it."""
    if isinstance(value, list):
        for each in value:
            yield from keys(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in FREE:
                yield from keys(inner)
