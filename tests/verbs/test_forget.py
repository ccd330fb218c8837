from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from launch_kits import verbs
from launch_kits.database.records import (
    Answered,
    DocumentVersion,
    Event,
    Launch,
    Notice,
    NoticeStatus,
    Question,
    RoomLink,
    RoomSession,
    SlackUser,
)
from launch_kits.database.store import Store
from launch_kits.documents.content import digest_of
from launch_kits.errors import NotFound, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.verbs.forget import forget, preview_forgetting
from launch_kits.worker import step
from tests.launches import LEAD, NOW, OPS, PMM, SLUG, brief_with, opened

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
NAME = "Pia Lindström"
#: longer addresses that are other people's
OTHERS = ("big.pmm@example.com", "pmm@example.com.au")

EVIL = "nobody@evil.example"


def team() -> dict[str, Any]:
    written = brief_with().model_dump(mode="json")["team"]
    written["pmm"]["name"] = NAME
    return dict(written)


@pytest.fixture
def lived(store: Store, tmp_path: Path) -> Store:
    """A launch in which a person left traces in every table, and handed all over."""
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})
    opened(store, brief_with(team=team()))
    verbs.done(store, SLUG, "positioning", now=NOW, note=f"{NAME} asked {OTHERS[0]}")
    verbs.extend(
        store, SLUG, "research", until=NOW.date() + timedelta(90), now=NOW, note="Busy"
    )
    verbs.begin(store, SLUG, "battlecard:kite", now=NOW)
    step.run(store, SLUG, settings=settings, now=NOW, write=lambda _: None)
    verbs.done(store, SLUG, "battlecard:kite", now=NOW)
    verbs.approve(store, SLUG, "battlecard:kite", now=NOW)
    with store.write() as session:
        for row in _traces():
            session.add(row)
    verbs.delegate(store, person=PMM, to=OPS, now=NOW)
    return store


def _traces() -> list[SQLModel]:
    digest = digest_of({"edited": f"by {NAME}"})
    return [
        RoomSession(
            digest="a",
            email="PMM@example.com",
            method="oidc",
            made_at=NOW,
            seen_at=NOW,
            ends_at=NOW,
        ),
        RoomLink(
            digest="b",
            kind="calendar",
            launch=SLUG,
            audience="internal",
            person=PMM,
            made_by=PMM,
            made_at=NOW,
        ),
        RoomLink(
            digest="c",
            kind="launch",
            launch=SLUG,
            audience="partner",
            made_by=PMM,
            made_at=NOW,
        ),
        SlackUser(id="U0PIA", email=PMM, name="Pia L. Lindström", read_at=NOW),
        SlackUser(id="U0BIG", email=OTHERS[0], name="Big", read_at=NOW),
        Answered(key="k", at=NOW, payload={"body": {"user": "U0PIA"}}),
        Event(launch=SLUG, at=NOW, by=PMM, verb="note", origin="192.0.2.7"),
        Question(
            launch=SLUG,
            asked_by=PMM,
            asked_at=NOW,
            text=f"From {PMM}?",
            owner=LEAD,
            due_at=NOW,
        ),
        DocumentVersion(
            launch=SLUG,
            task="training",
            number=1,
            digest=digest,
            content={"edited": f"by {NAME}"},
            at=NOW,
        ),
        Event(
            launch=SLUG,
            task="training",
            at=NOW,
            by=LEAD,
            verb="approve",
            note="see https://example.com/?by=pmm%40example.com&to=U0PIA",
            data={"content": digest, "told": [PMM, LEAD]},
            origin="T1",
        ),
    ]


def dump(store: Store) -> str:
    """All that the tables hold."""
    with store.read() as session:
        return "\n".join(
            str(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in session.connection().execute(table.select())
        )


def holds_person(said: str) -> list[str]:
    for other in OTHERS:
        said = said.replace(other, "")
    traces = (
        "pmm@example.com",
        "pmm%40example.com",
        NAME,
        ascii(NAME)[1:-1],
        "U0PIA",
        "Pia L.",
    )
    return [each for each in traces if each.casefold() in said.casefold()]


def test_a_forgotten_person_is_nowhere_in_the_database(lived: Store) -> None:
    assert len(holds_person(dump(lived))) > 3
    found = forget(lived, PMM.upper(), now=NOW)
    assert holds_person(dump(lived)) == []
    assert (found.pseudonym, found.launches) == ("person-1", (SLUG,))
    assert NAME in found.names
    assert {name for name, number in found.deleted.items() if number} >= {
        "room_session",
        "room_link",
        "slack_user",
    }
    with lived.read() as session:
        assert session.get(SlackUser, "U0BIG")
        events = session.exec(
            select(Event).where(Event.by == "person-1@forgotten.invalid")
        )
        assert {each.verb for each in events} >= {"done", "begin"}
        assert {each.origin for each in session.exec(select(Event))} == {"T1", None}


@on_sqlite
def test_the_file_of_sqlite_holds_nothing_either(lived: Store) -> None:
    forget(lived, PMM, now=NOW)
    path = Path(lived.url.removeprefix("sqlite:///"))
    files = [path, path.with_name(f"{path.name}-wal")]
    # Another process reads them: SQLite would lose its locks in one that opens and closes the file
    # itself, and the next process that closes the database would delete the log of this one.
    read = ["cat", *(str(each) for each in files if each.exists())]
    said = subprocess.run(read, check=True, capture_output=True).stdout.decode(
        "latin-1"
    )
    assert "person-1" in said
    assert holds_person(said) == []


@on_sqlite
def test_the_preview_says_the_same_and_changes_nothing(lived: Store) -> None:
    before = dump(lived)
    shown = preview_forgetting(lived, PMM, now=NOW)
    assert dump(lived) == before
    assert forget(lived, PMM, now=NOW) == shown


@on_sqlite
def test_the_launch_goes_on_and_nothing_is_sent_to_the_person(
    lived: Store, tmp_path: Path
) -> None:
    settings = Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})
    with lived.read() as session:
        before = session.exec(select(Launch.revision)).one()
    forget(lived, PMM, now=NOW)
    with lived.read() as session:
        launch = session.exec(select(Launch)).one()
        assert launch.revision == before + 1
        assert Brief.kept(launch.brief).person("person-1@forgotten.invalid") is None
        theirs = session.exec(
            select(Notice).where(Notice.to == "person-1@forgotten.invalid")
        ).all()
    assert theirs
    assert {each.status for each in theirs} <= {NoticeStatus.SENT, NoticeStatus.DROPPED}
    assert {each.ts for each in theirs} == {None}
    sent = {each.key for each in theirs if each.status == NoticeStatus.SENT}
    # the answer to a question of the person is late now, which they would be told
    step.run(
        lived, SLUG, settings=settings, now=NOW + timedelta(7), write=lambda _: None
    )
    verbs.done(lived, SLUG, "research", now=NOW + timedelta(7))
    with lived.read() as session:
        later = session.exec(
            select(Notice).where(Notice.to == "person-1@forgotten.invalid")
        ).all()
    assert len(later) > len(theirs)
    assert {each.key for each in later if each.status != NoticeStatus.DROPPED} == sent
    assert holds_person(dump(lived)) == []


@on_sqlite
def test_an_approval_still_belongs_to_the_content_that_was_approved(
    lived: Store,
) -> None:
    forget(lived, PMM, now=NOW)
    with lived.read() as session:
        version = session.exec(
            select(DocumentVersion).where(DocumentVersion.task == "training")
        ).one()
        event = session.exec(
            select(Event).where(Event.task == "training", Event.verb == "approve")
        ).one()
    assert version.content == {"edited": "by person-1"}
    assert version.digest == digest_of(version.content) == event.data["content"]


@on_sqlite
def test_people_are_numbered_and_one_who_is_nowhere_is_not_found(lived: Store) -> None:
    forget(lived, PMM, now=NOW)
    with pytest.raises(NotFound, match="nowhere"):
        forget(lived, PMM, now=NOW)
    assert forget(lived, OTHERS[0], now=NOW).pseudonym == "person-2"


@on_sqlite
def test_a_person_with_a_part_in_a_running_launch_is_refused(store: Store) -> None:
    opened(store, brief_with(team=team()))
    with pytest.raises(
        Refused, match=r"the role pmm.*owner of positioning.*delegate --from"
    ):
        forget(store, PMM, now=NOW)
    verbs.cancel(store, SLUG, now=NOW)
    assert forget(store, PMM, now=NOW).names == (NAME,)


@on_sqlite
def test_a_name_of_one_word_is_replaced_only_if_it_is_named(lived: Store) -> None:
    verbs.note(lived, SLUG, "research", now=NOW, note="Lee will tell Pia")
    forget(lived, PMM, names=["Pia"], now=NOW)
    with lived.read() as session:
        notes = session.exec(select(Event.note).where(Event.verb == "note")).all()
    assert notes == [None, "Lee will tell person-1"]


@pytest.fixture
def impostor(lived: Store) -> Store:
    """Someone without a part who has the full names of others, by a brief and in Slack."""
    verbs.note(lived, SLUG, "research", now=NOW, note=f"{NAME} knows; so does Nobody")
    with lived.write() as session:
        session.add(SlackUser(id="U0BAD", email=EVIL, name=NAME, read_at=NOW))
    return lived


@on_sqlite
@pytest.mark.parametrize("named", [(), (NAME,)], ids=["found", "named"])
def test_a_name_stays_beside_the_address_of_another_person(
    impostor: Store, named: tuple[str, ...]
) -> None:
    found = forget(impostor, EVIL, names=named, now=NOW)
    with impostor.read() as session:
        profile = session.get_one(SlackUser, "U0PIA")
        kept = session.exec(select(Launch)).one().brief
        notes = session.exec(select(Event.note).where(Event.verb == "note")).all()
    assert profile.name == "Pia L. Lindström"
    assert kept["absences"][0]["known_as"] == NAME
    if named:
        assert (found.shared, found.words) == ({}, (NAME,))
        assert "person-1 knows; so does Nobody" in notes
    else:
        assert (found.shared, found.words) == ({NAME: (PMM,)}, ())
        assert f"{NAME} knows; so does Nobody" in notes


def test_a_name_that_only_slack_has_stays_within_texts(lived: Store) -> None:
    note = "The Product Launch is near"
    with lived.write() as session:
        profile = session.get_one(SlackUser, "U0PIA")
        profile.name = "Product Launch"
        for written in (note, "Product Launch"):
            session.add(Event(launch=SLUG, at=NOW, by=LEAD, verb="note", note=written))
    found = preview_forgetting(lived, PMM, now=NOW)
    assert found.chosen == ("Product Launch",)
    assert "Product Launch" not in found.words
    forget(lived, PMM, now=NOW)
    said = dump(lived)
    assert note in said
    assert "'Product Launch'" not in said
    named = forget(lived, OTHERS[0], names=["Product Launch"], now=NOW)
    assert "Product Launch" in named.words
    assert note not in dump(lived)
