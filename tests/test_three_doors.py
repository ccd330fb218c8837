"""One act through Slack, the launch room and the command line: the same change, the same words."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from launch_kits import verbs
from launch_kits.board.follow_up import FollowUp
from launch_kits.cli import follow_up as cli_follow_up
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.slack.api import transport
from launch_kits.verbs.actors import Door
from tests.cli.commands import Cli
from tests.desk import LINK, SELLER, SUPPORT
from tests.launches import LEAD, LEGAL, NOW, OPS, PMM, SALES, SLUG, at
from tests.room.visiting import Visit, confirmed, text_of
from tests.slack.office import Office, office
from tests.slack.test_roles import PLACES, SPONSOR, prepared

#: what the doors know about who came, and with what request
OWN = {"answered", "slack_user", "slack_workspace", "compared", "room_session"}
#: the columns of an event that say which door it was
COLUMNS = {"door", "origin"}
UNTIL = "2027-02-26"


@dataclass(frozen=True)
class Act:
    """An act, as each of the doors wants it."""

    by: str
    #: one of the team who may not do it
    stranger: str
    #: the action of Slack's button, what it is about, and the values of its form
    action: str
    place: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    #: the address of the room's form, below the launch, and its fields
    address: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    #: the words of the command line
    words: tuple[str, ...] = ()


KITE = "battlecard:kite"
OSPREY = "battlecard:osprey"
CHECK = ("sales", "cards-are-read")
TICKED = ("sales", "trained-sellers-80")
ASKED = {"task": "training", "until": UNTIL}


def of_task(  # noqa: PLR0917
    by: str,
    stranger: str,
    action: str,
    name: str,
    key: str,
    values: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    words: tuple[str, ...] = (),
) -> Act:
    """An act on a task, whose command is called as its form in the room unless words say so."""
    command, *options = words or (name,)
    return Act(
        by,
        stranger,
        action,
        {"task": key},
        values or {},
        f"tasks/{key}/{name}",
        fields or {},
        (command, SLUG, key, *options),
    )


ACTS: dict[str, Act] = {
    "begin": of_task(PMM, LEGAL, "task_begin", "begin", KITE),
    "done": of_task(
        PMM,
        LEGAL,
        "task_done",
        "done",
        KITE,
        {"link": LINK, "note": "All read"},
        {"link": LINK, "note": "All read"},
        ("done", "--link", LINK, "--note", "All read"),
    ),
    "block": of_task(
        PMM,
        LEGAL,
        "task_block",
        "block",
        KITE,
        {"reason": "No data", "by": OPS},
        {"note": "No data", "waits_on": OPS},
        ("block", "--note", "No data", "--waits-on", OPS),
    ),
    "unblock": of_task(PMM, LEGAL, "task_unblock", "unblock", "research"),
    "extend": of_task(
        PMM,
        LEGAL,
        "task_extend",
        "extend",
        KITE,
        {"until": UNTIL, "reason": "More to read"},
        {"until": UNTIL, "note": "More to read"},
        ("extend", "--until", UNTIL, "--note", "More to read"),
    ),
    "approve": of_task(LEGAL, SALES, "task_approve", "approve", OSPREY),
    "reject": of_task(
        LEGAL,
        SALES,
        "task_reject",
        "reject",
        OSPREY,
        {"reason": "Too long"},
        {"note": "Too long"},
        ("reject", "--note", "Too long"),
    ),
    "reassign": of_task(
        PMM,
        LEGAL,
        "task_reassign",
        "reassign",
        KITE,
        {"owner": SALES, "note": "You know Kite"},
        {"to": SALES, "note": "You know Kite"},
        ("reassign", "--to", SALES, "--note", "You know Kite"),
    ),
    "edit": of_task(
        PMM,
        LEGAL,
        "task_edit",
        "edit",
        KITE,
        {"title": "Card on Kite"},
        {"title": "Card on Kite"},
        ("edit", "--title", "Card on Kite", "--apply"),
    ),
    "drop": of_task(
        PMM,
        LEGAL,
        "task_drop",
        "drop",
        KITE,
        {"note": "Not sold any more"},
        {"note": "Not sold any more"},
        ("drop", "--note", "Not sold any more"),
    ),
    "reopen": of_task(
        LEGAL,
        SALES,
        "task_reopen",
        "reopen",
        "legal_review",
        {"note": "It is needed"},
        {"note": "It is needed"},
        ("reopen", "--note", "It is needed"),
    ),
    "on it": of_task(
        PMM, SALES, "task_ack", "ack", KITE, words=("note", "--note", "On it")
    ),
    "grant": Act(
        LEAD,
        LEGAL,
        "task_approve",
        ASKED,
        {},
        "tasks/training/grant",
        {"until": UNTIL},
        ("approve", SLUG, "training", "--until", UNTIL),
    ),
    "refuse": Act(
        LEAD,
        LEGAL,
        "task_reject",
        ASKED,
        {"reason": "No"},
        "tasks/training/refuse",
        {"until": UNTIL, "note": "No"},
        ("reject", SLUG, "training", "--until", UNTIL, "--note", "No"),
    ),
    "check": Act(
        OPS,
        LEGAL,
        "gate_check",
        PLACES["check"],
        {"link": LINK},
        f"gates/{'/'.join(CHECK)}/check",
        {"link": LINK},
        ("gate", SLUG, CHECK[0], "check", CHECK[1], "--link", LINK),
    ),
    "uncheck": Act(
        OPS,
        LEGAL,
        "gate_uncheck",
        PLACES["ticked"],
        {"note": "Not so"},
        f"gates/{'/'.join(TICKED)}/uncheck",
        {"note": "Not so"},
        ("gate", SLUG, TICKED[0], "uncheck", TICKED[1], "--note", "Not so"),
    ),
    "waive": Act(
        SPONSOR,
        LEGAL,
        "gate_waive",
        PLACES["check"],
        {"until": UNTIL, "note": "It is better"},
        f"gates/{'/'.join(CHECK)}/waive",
        {"until": UNTIL, "note": "It is better"},
        ("waive", SLUG, *CHECK, "--until", UNTIL, "--note", "It is better"),
    ),
    "decide": Act(
        SPONSOR,
        LEGAL,
        "task_decide",
        PLACES["go_live"],
        {"decision": "no-go", "note": "Not yet"},
        "decide",
        {"decision": "no-go", "task": "go_live", "note": "Not yet"},
        ("decide", SLUG, "no-go", "--task", "go_live", "--note", "Not yet"),
    ),
    "move": Act(
        LEAD,
        LEGAL,
        "launch_move",
        {},
        {"launch_on": "2027-03-02", "note": "The fair moved"},
        "change/move",
        {"on": "2027-03-02", "note": "The fair moved"},
        ("move", SLUG, "--on", "2027-03-02", "--note", "The fair moved", "--apply"),
    ),
    "add": Act(
        LEAD,
        LEGAL,
        "launch_add",
        {},
        {"title": "Press kit", "days": "2", "role": "pmm", "note": "For the fair"},
        "change/add",
        {"title": "Press kit", "days": "2", "role": "pmm", "note": "For the fair"},
        (
            *("add", SLUG, "--title", "Press kit", "--days", "2", "--role", "pmm"),
            *("--note", "For the fair"),
        ),
    ),
    "answer": Act(
        SUPPORT,
        LEGAL,
        "desk_answer",
        PLACES["question"],
        {"answer": "Yes.", "source": LINK},
        "desk/2/answer",
        {"answer": "Yes.", "source": LINK},
        ("answer", "2", "--text", "Yes.", "--source", LINK),
    ),
    "propose": Act(
        SUPPORT,
        LEGAL,
        "desk_propose",
        PLACES["answered"],
        {},
        "desk/3/propose",
        {},
        ("faq", "3", "propose"),
    ),
    "add to the FAQ": Act(
        LEAD,
        LEGAL,
        "desk_add_to_faq",
        PLACES["proposed"],
        {},
        "desk/4/add",
        {},
        ("faq", "4", "add"),
    ),
    "decline": Act(
        LEAD,
        LEGAL,
        "desk_decline_faq",
        PLACES["proposed"],
        {},
        "desk/4/decline",
        {},
        ("faq", "4", "decline"),
    ),
}
TEAM = (LEAD, PMM, LEGAL, SALES, OPS, SUPPORT, SPONSOR)
NAMES = {
    LEAD: "Lee",
    PMM: "Pia",
    LEGAL: "Lou",
    SALES: "Sam",
    OPS: "Ola",
    SUPPORT: "Sue",
    SPONSOR: "Vic",
}


class _Form(HTMLParser):
    """The values that the form of a page has at first."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._inside = self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "")
        if self._inside != "post":
            return
        name = given.get("name", "")
        if tag == "input" and given.get("type") != "hidden" and name:
            chosen = (
                given.get("type") not in {"checkbox", "radio"} or "checked" in given
            )
            if chosen:
                self.values[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database in which each act has something to do."""
    path = tmp_path_factory.mktemp("doors") / "base.db"
    shutil.copy(sqlite_template, path)
    store = Store(f"sqlite:///{path}")
    prepared(store)
    verbs.extend(
        store, SLUG, "training", until=at(UNTIL).date(), by=SALES, now=NOW, note="Ill"
    )
    store.close()
    return path


Stores = Callable[[Door], Store]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def store_of(base: Path, tmp_path: Path) -> Iterator[Stores]:
    """A copy of the database for each door."""
    opened: list[Store] = []

    def store_of(door: Door) -> Store:
        home = tmp_path / door
        home.mkdir(0o700, exist_ok=True)
        shutil.copy(base, home / "launch-kits.db")
        (home / "launch-kits.db").chmod(0o600)
        opened.append(Store(f"sqlite:///{home / 'launch-kits.db'}", door=door))
        return opened[-1]

    yield store_of
    for store in opened:
        store.close()


def rows_of(store: Store) -> Rows:
    """All rows that do not tell the door."""
    with store.read() as session:
        connection = session.connection()
        return {
            table.name: sorted(
                (
                    {key: value for key, value in row.items() if key not in COLUMNS}
                    for row in connection.execute(table.select()).mappings()
                ),
                key=repr,
            )
            for table in SQLModel.metadata.sorted_tables
            if table.name not in OWN
        }


@dataclass
class Came:
    """The outcome of an act through one door."""

    rows: Rows
    said: str


@dataclass
class Doors:
    """The three doors, each with a database of its own."""

    store_of: Stores
    home: Path
    cli: Cli
    monkeypatch: pytest.MonkeyPatch

    def slack(self, act: Act, by: str) -> Came:
        store = self.store_of(Door.SLACK)
        with office(self.home / Door.SLACK, store, *TEAM, SELLER) as here:
            here.app.slack.later = lambda _: None
            here.click(by, act.action, json.dumps({"launch": SLUG, **act.place}))
            while here.slack.modals:
                _, form = here.slack.modals.pop()
                self._fill(here, by, form, act.values)
            said = " ".join(str(each["text"]) for each in here.slack.told)
        return Came(rows_of(store), said)

    def _fill(
        self, here: Office, by: str, form: dict[str, Any], values: Mapping[str, str]
    ) -> None:
        answered = here.people.fill(by, form, **values)
        here.settle()
        assert "errors" not in answered, answered
        if answered.get("response_action") == "push":
            here.people.fill(by, answered["view"])
            here.settle()

    def room(self, act: Act, by: str) -> Came:
        store = self.store_of(Door.ROOM)
        env = {
            "LAUNCH_KITS_HOME": str(self.home / Door.ROOM),
            "LAUNCH_KITS_DATABASE_URL": store.url,
        }
        self.monkeypatch.setattr("launch_kits.room.routes.follow_up", _nothing)
        visit = Visit(store, Settings.read(env))
        try:
            visit.sign_in(by)
            said = self._sent(visit, act)
        finally:
            visit.close()
        return Came(rows_of(store), said)

    def _sent(self, visit: Visit, act: Act) -> str:
        address = f"/launches/{SLUG}/{act.address}"
        form = _Form()
        if act.address.startswith(("tasks/", "change/")):
            form.feed(visit.get(address).text)
        fields = {**form.values, **act.fields}
        answer = visit.send(address, **fields)
        if answer.status_code == 200 and 'name="seen"' in answer.text:
            answer = confirmed(visit, address, answer, **fields)
        return visit.said(answer) if answer.is_redirect else text_of(answer.text)

    def command_line(self, act: Act, by: str) -> Came:
        store = self.store_of(Door.COMMAND_LINE)
        for name, value in {
            "LAUNCH_KITS_HOME": str(self.home / Door.COMMAND_LINE),
            "LAUNCH_KITS_DATABASE_URL": store.url,
        }.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.setattr(cli_follow_up, "follow_up", _nothing)
        said = self.cli(*act.words, "--by", by, "--now", NOW.isoformat())
        return Came(rows_of(store), said.out + said.err)


def _nothing(*_: object, **__: object) -> FollowUp:
    """In place of delivering and drawing."""
    return FollowUp()


@pytest.fixture
def doors(
    store_of: Stores,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Doors:
    monkeypatch.setattr(transport, "PACE", 0)
    return Doors(store_of, tmp_path, Cli(monkeypatch, capsys), monkeypatch)


def differences(one: Rows, other: Rows) -> Rows:
    """The rows that only one of two has, by table."""
    found = {
        table: [row for row in rows if row not in other[table]]
        + [row for row in other[table] if row not in rows]
        for table, rows in one.items()
    }
    return {table: rows for table, rows in found.items() if rows}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_the_same_through_each_door(
    doors: Doors, base: Path, name: str
) -> None:
    act = ACTS[name]
    slack = doors.slack(act, act.by)
    room = doors.room(act, act.by)
    command_line = doors.command_line(act, act.by)
    before = rows_of(doors.store_of(Door.PREFECT))
    assert len(slack.rows["event"]) > len(before["event"]), slack.said
    assert differences(slack.rows, room.rows) == {}, room.said
    assert differences(slack.rows, command_line.rows) == {}, command_line.said


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_refused_through_each_door_for_the_same_reason(
    doors: Doors, name: str
) -> None:
    act = ACTS[name]
    before = rows_of(doors.store_of(Door.PREFECT))
    able = []
    for door in (doors.slack, doors.room, doors.command_line):
        came = door(act, act.stranger)
        assert came.rows == before
        able.append(named(came.said))
    assert able[0] == able[1] == able[2]
    assert act.by in able[0]


def named(said: str) -> list[str]:
    """The emails of those who may, in the order in which a refusal names them."""
    found = re.search(r"only (.+?) can\b|these may: (.+)", said)
    assert found, said
    emails = {name: email for email, name in NAMES.items()}
    people = re.split(r", | or ", found[1] or found[2].strip())
    return [emails.get(each, each) for each in people]
