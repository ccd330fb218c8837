from __future__ import annotations

import pytest

from tests.cli.commands import Cli
from tests.launches import LEAD, NOW, SALES, SLUG, dump, events, notices, task

AT = ("--now", NOW.isoformat())
EDIT = ("edit", SLUG, "training", "--days", "4", "--due", "T-1")


def test_an_edit_is_shown_first(cli: Cli, flying):
    before = dump(flying)
    said = cli.ok(*EDIT, "--title", "Train", "--check", "Recorded", *AT)
    assert dump(flying) == before
    assert "training: title: Training → Train" in said.out
    assert "training: checklist: none → Recorded" in said.out
    for words in ("Tue 9 Feb", "Mon 8 Feb", "legal_review", "Nothing is changed yet"):
        assert words in said.out
    assert SALES in said.out


def test_an_edit_as_json_has_its_changes(cli: Cli, flying):
    shown = cli.ok(*EDIT, *AT, "--json").json
    assert list(shown) == [
        *("tasks", "lands_on", "told", "warnings", "applied", "levelled")
    ]
    assert shown["levelled"]["holds"] is True
    assert {tuple(each) for each in shown["tasks"]} == {
        ("key", "field", "from", "to", "due_before", "due", "float")
    }
    assert (shown["lands_on"], shown["applied"]) == ("2027-02-09", False)
    done = cli.ok(*EDIT, "--apply", "--note", "More sellers", *AT, "--json").json
    assert done == shown | {"applied": True}
    (event,) = events(flying, verb="edit")
    assert (event.by, event.note) == (LEAD, "More sellers")
    assert {notice.to for notice in notices(flying, "news")} == set(done["told"])
    assert (task(flying, "training").days, task(flying, "training").due_offset) == (
        4,
        "T-1",
    )


def test_predecessors_and_workdays_are_lists(cli: Cli, flying):
    cli.ok(
        "edit",
        SLUG,
        "training",
        "--after",
        "-battlecard,+research",
        "--workdays",
        "2027-02-06,T-2d",
        "--share",
        "0.5",
        "--apply",
        *AT,
    )
    there = task(flying, "training")
    assert (there.workdays, there.share) == (["T-3d", "T-2d"], 0.5)
    cli.ok("edit", SLUG, "training", "--workdays", "", "--apply", *AT)
    assert task(flying, "training").workdays == []
    said = cli.ok("edit", SLUG, "training", "--days", "2", "--apply", *AT)
    assert said.out == "training is so already; nothing changed\n"


def test_a_late_edit_is_refused_unless_accepted(cli: Cli, flying):
    words = ("edit", SLUG, "training", "--days", "40")
    said = cli.ok(*words, *AT)
    assert "--apply --accept-late" in said.out
    assert "Due days cannot be made" in said.out
    assert "people are short" not in said.err, "the edit is the cause, not people"
    before = dump(flying)
    assert "--accept-late" in cli.refused(*words, "--apply", *AT)
    assert dump(flying) == before
    cli.ok(*words, "--apply", "--accept-late", *AT)
    assert task(flying, "training").days == 40


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "name something to edit"),
        (["--due", "2027-01-08"], "is past"),
        (["--due", "T-x"], "is not an offset"),
        (["--due", "soon"], "is not a date"),
        (["--after", "+researc"], 'did you mean "research"'),
        (["--workdays", "T-2"], "T-2d"),
        (["--days", "3", "--by", SALES], SALES),
    ],
    ids=str,
)
def test_a_refusal_says_why_and_changes_nothing(cli: Cli, flying, words, why):
    before = dump(flying)
    for apply in ([], ["--apply"]):
        assert why in cli.refused("edit", SLUG, "training", *words, *apply, *AT)
    assert dump(flying) == before


def test_a_share_is_more_than_nothing(cli: Cli, flying):
    cli.misused("edit", SLUG, "training", "--share", "0", *AT)
    cli.misused("edit", SLUG, "training", "--share", "1.5", *AT)
    cli.misused("edit", SLUG, *AT)
