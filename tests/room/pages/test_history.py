from __future__ import annotations

import csv
import io

from launch_kits.room.pages import history
from launch_kits.verbs import (
    NewTask,
    TaskEdit,
    add,
    begin,
    drop,
    edit,
    move,
    note,
    reassign,
    revise,
)
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SLUG,
    at,
    brief_with,
    kit_with,
)
from tests.room.visiting import text_of

PAGE = f"/launches/{SLUG}/history"


def table(visit, query: str = "") -> str:
    """The rows of the page, without its filters."""
    return visit.text(f"{PAGE}?{query}").partition("Change and note")[2]


def test_events_are_told_newest_first_and_filtered(visit):
    note(visit.store, SLUG, "legal_review", by=LEGAL, now=NOW, note="A <b>word</b>")
    begin(visit.store, SLUG, "positioning", by=PMM, now=NOW)
    everything = table(visit)
    assert everything.index("Pia") < everything.index("A <b>word</b>")
    assert "Pia" not in table(visit, f"by={LEGAL.upper()}")
    assert "word" not in table(visit, "verb=begin")
    assert "word" not in table(visit, "task=positioning")
    assert "word" in table(visit, "since=2027-01-11&until=2027-01-11")
    assert "No event fits" in visit.text(f"{PAGE}?since=2027-01-12")


def test_a_long_history_has_pages(visit, monkeypatch):
    monkeypatch.setattr(history, "MOST", 2)
    for number in range(4):
        note(visit.store, SLUG, "research", by=PMM, now=NOW, note=f"word {number}")
    first = visit.get(f"{PAGE}?verb=note")
    assert "word 3" in first.text
    assert "word 1" not in first.text
    earlier = first.text.rpartition(f'href="{PAGE}?')[2].partition('"')[0]
    assert "word 1" in visit.text(f"{PAGE}?{earlier.replace('&amp;', '&')}")


def test_the_same_events_are_exported(visit):
    note(visit.store, SLUG, "research", by=PMM, now=NOW, note="=1+1")
    answer = visit.get(f"{PAGE}.csv?verb=note")
    assert "falcon-2-history.csv" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["by"], row["task"], row["note"]) == (PMM, "research", "'=1+1")
    (event,) = visit.get(f"{PAGE}.json?verb=note").json()
    assert (event["by"], event["note"]) == (PMM, "=1+1")
    assert visit.get(f"{PAGE}.exe").status_code == 404


def test_a_day_that_is_none_is_refused_in_words(visit):
    for wrong in ("since=soon", "until=0001-01-01", "since=9999-12-31"):
        answer = visit.get(f"{PAGE}?{wrong}")
        assert answer.status_code == 409
        assert "2027-02-05" in answer.text or "5 Feb" in text_of(answer.text)


def test_texts_name_tasks_and_people_by_their_words(visit):
    """After acts of many kinds no key, no email and no day like 2027-02-05 is shown."""
    store = visit.store
    new = NewTask("Price list", key="price_list", before=("training",), days=3)
    add(store, SLUG, new, by=LEAD, now=NOW, accept_late=True)
    after = TaskEdit(after=("+research",), days=4)
    edit(store, SLUG, "legal_review", after, by=LEAD, now=NOW, accept_late=True)
    reassign(store, SLUG, "battlecard:kite", to=LEGAL, by=LEAD, now=NOW)
    move(store, SLUG, on=at("02-16").date(), by=LEAD, now=NOW, note="See price_list")
    drop(store, SLUG, "battlecard:osprey", by=PMM, now=NOW)
    kit = kit_with(training={"days": 3})
    revise(store, SLUG, brief_with(kit=kit), by=LEAD, now=NOW, accept_late=True)
    visit.sign_in(LEAD)
    shown = visit.text(PAGE)
    page = shown.partition("Change and note")[2]
    for forbidden in ("legal_review", "battlecard:", "example.com", "2027-"):
        assert forbidden not in page, forbidden
    assert "See price_list" in page, "a note stays as it was written"
    assert "Price list" in page
    task = visit.text(f"/launches/{SLUG}/tasks/legal_review").partition("History")[2]
    assert "2027-" not in task
    assert "Research" in task
