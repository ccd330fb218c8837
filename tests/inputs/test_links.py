from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from launch_kits.database.records import Event, GateCheck, Task
from launch_kits.database.store import Store
from launch_kits.errors import InputError, Refused
from launch_kits.inputs.links import (
    LONGEST,
    SOURCE_PLACE,
    is_web_link,
    source_place,
    web_link,
)
from launch_kits.inputs.loading import resolve
from launch_kits.verbs import begin, check, done, submit
from launch_kits.views.exports import as_calendar, as_table
from launch_kits.views.launch import read_launch
from tests.launches import NOW, SLUG, brief_with, dump, task

#: the typed text, and the message about it
REFUSED = {
    "javascript:alert(1)": "is not a link",
    "JavaScript:alert(1)": "is not a link",
    "java\nscript:alert(1)": "is not a link",
    "data:text/html,<script>alert(1)</script>": "is not a link",
    "file:///etc/passwd": "is not a link",
    "//evil.example/x": "is not a link",
    "docs.example.com": "is not a link",
    "https:docs.example.com": "is not a link",
    "https:\\\\docs.example.com": "is not a link",
    "https://": "names no host",
    "https:///etc/passwd": "names no host",
    "https://?x": "names no host",
    "https://[zz]/": "names no host",
    "https://docs.example.com:99999/": "names no host",
    "https://docs.example.com/a b": "spaces or control characters",
    "https://docs.example.com/\x1b[31m": "spaces or control characters",
    "https://docs.example.com/\u202egpj": "spaces or control characters",
    "https://docs.example.com/\nX-Injected: 1": "spaces or control characters",
    "https://docs.example.com/<script>": "percent-encode",
    "https://docs.example.com/|evil": "percent-encode",
    "https://pia:secret@docs.example.com/": "user name or password",
    "https://docs.example.com@evil.example/": "user name or password",
    "https://docs.example.com/" + "a" * LONGEST: "use one of at most 2000",
}
TAKEN = {
    "https://docs.example.com/result?a=b&c=d#e": None,
    "HTTPS://Docs.Example.com/Result": "https://Docs.Example.com/Result",
    "  http://localhost:8080/x\n": "http://localhost:8080/x",
    "https://[::1]:8080/x": None,
    "https://bücher.example/größe": None,
    "https://docs.example.com/@pia/x@y": None,
}
BAD = "javascript:alert(document.cookie)"


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_not_a_link_to_the_web_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(REFUSED[written])) as told:
        web_link(written)
    assert "secret" not in str(told.value)
    assert str(told.value).isprintable()
    assert not is_web_link(written)


@pytest.mark.parametrize("written", TAKEN)
def test_a_link_is_kept_as_written_but_for_its_scheme(written: str) -> None:
    assert web_link(written) == (TAKEN[written] or written)
    assert is_web_link(written)


@given(
    st.text()
    | st.text().map("https://x.example/{}".format)
    | st.text().map("http://{}/".format)
)
@example("http://\u2100.example/")
def test_whatever_is_taken_is_http_or_https_with_a_host_and_nothing_else(
    written: str,
) -> None:
    if is_web_link(written):
        kept = web_link(written)
        parts = urlsplit(kept)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert parts.username is None
        assert not set(kept) & set(" \t\r\n<>\"'`|\\") - {"'"}
        assert web_link(kept) == kept


@pytest.mark.parametrize("written", REFUSED)
@pytest.mark.parametrize("verb", [done, submit])
def test_verbs_keep_no_other_link(
    falcon: Store, verb: Callable[..., object], written: str
) -> None:
    before = dump(falcon)
    key = "legal_review" if verb is submit else "research"
    with pytest.raises(Refused):
        verb(falcon, SLUG, key, link=written, now=NOW)
    assert dump(falcon) == before


@pytest.mark.parametrize("written", REFUSED)
def test_gates_keep_no_other_link(falcon: Store, written: str) -> None:
    before = dump(falcon)
    with pytest.raises(Refused):
        check(falcon, SLUG, "story", 1, link=written, now=NOW)
    assert dump(falcon) == before


def test_a_link_of_capitals_is_kept_as_a_link(falcon: Store) -> None:
    done(falcon, SLUG, "research", link=" HTTPS://docs.example.com/R ", now=NOW)
    assert task(falcon, "research").link == "https://docs.example.com/R"


def test_the_tables_take_no_other_link(falcon: Store) -> None:
    with pytest.raises(Exception, match="is not a link"), falcon.write() as session:
        session.add(
            GateCheck(
                launch=SLUG,
                stage="story",
                check_key="told",
                by="lead@example.com",
                at=NOW,
                link=BAD,
            )
        )


def test_a_link_that_was_kept_before_is_not_a_link_any_more(falcon: Store) -> None:
    done(falcon, SLUG, "research", link="https://docs.example.com/r", now=NOW)
    with falcon.write() as session:
        session.connection().execute(text("UPDATE task SET link = :bad"), {"bad": BAD})
        session.connection().execute(
            text("UPDATE event SET data = :data WHERE task = 'research'"),
            {"data": json.dumps({"link": BAD, "x": 1})},
        )
    with falcon.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path("/documents"))
        events = [
            event.data
            for event in session.exec(select(Event).where(Event.task == "research"))
        ]
    assert {each.link for each in view.tasks} == {None}
    assert (
        BAD.partition(":")[0]
        not in as_table(view.tasks) + as_calendar(view, view.tasks, now=NOW).decode()
    )
    assert {"link": None, "x": 1} in events
    begin(falcon, SLUG, "positioning", now=NOW)
    with falcon.read() as session:
        assert (
            session.connection()
            .execute(text("SELECT DISTINCT link FROM task"))
            .scalar()
            == BAD
        )


def test_a_brief_without_a_file_is_refused_for_its_links() -> None:
    brief = brief_with(
        quotes=[{"text": "x", "speaker": "y", "source": {"url": BAD, "as_of": "2026"}}]
    )
    with pytest.raises(InputError, match=r"quotes\.0\.source\.url") as told:
        resolve(brief)
    assert [fault.code for fault in told.value.faults] == ["bad-link"]


def test_every_column_and_key_that_is_called_a_link_is_one() -> None:
    from launch_kits.database.records.columns import WebLink
    from launch_kits.inputs.bad_links import _fields
    from launch_kits.inputs.base import Model
    from launch_kits.inputs.brief import Brief

    assert {type(table.__table__.c.link.type) for table in (Task, GateCheck)} == {
        WebLink
    }
    assert Brief
    named = [
        (model.__name__, name, check is not None)
        for model in _models(Model)
        for name, _, check in _fields(model)
        if name in ("url", "link", "website")
    ]
    assert named
    assert all(marked for *_, marked in named), named


def _models(model: type) -> list[type]:
    return [each for sub in model.__subclasses__() for each in (sub, *_models(sub))]


@pytest.mark.parametrize(
    "place",
    [
        "CRM, report 12",
        "Survey of 40 customers, May 2026",
        "Interviews",
        "https://example.com/a",
        " HTTPS://example.com",
    ],
)
def test_the_place_of_a_source_is_a_link_or_words(place):
    assert source_place(place).casefold() == place.strip().casefold()
    assert re.search(SOURCE_PLACE, place.strip())


@pytest.mark.parametrize(
    "place",
    [
        "javascript:alert(1)",
        "mailto:a b",
        "www.example.com",
        "example.com/a",
        "htp://example.com",
        "//example.com/a b",
        "a@b",
    ],
)
def test_a_source_that_is_meant_as_a_link_must_be_one(place):
    with pytest.raises(ValueError, match="link"):
        source_place(place)
    assert not re.search(SOURCE_PLACE, place)
    with pytest.raises(ValueError, match="at most 200"):
        source_place("a " * 120)
