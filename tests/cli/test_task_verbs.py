from __future__ import annotations

import subprocess
import sys

import pytest

from launch_kits.verbs import open_launch
from tests.cli.commands import Cli
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    dump,
    events,
    kit_with,
    status,
    task,
)

NOW = at("01-11").isoformat()


VERBS = (
    "begin",
    "done",
    "submit",
    "approve",
    "reject",
    "block",
    "unblock",
    "drop",
    "reopen",
)


@pytest.fixture
def verb(cli: Cli, flying):
    """A verb that is carried out, in the small launch, on its first morning."""

    def verb(name: str, *words: str) -> str:
        return cli.ok(name, SLUG, *words, "--now", NOW).out

    return verb


@pytest.fixture
def refused(cli: Cli, flying):
    """A verb that is refused; gives its words, having looked that nothing changed."""

    def refused(name: str, *words: str) -> str:
        before = dump(flying)
        told = cli.refused(name, SLUG, *words, "--now", NOW)
        assert dump(flying) == before
        return told

    return refused


def test_a_verb_leaves_its_database_closed_and_in_one_file(flying, home):
    flying.close()
    words = ["begin", SLUG, "research", "--now", NOW]
    code = (
        "import sys; from launch_kits.cli import main; "
        f"sys.argv = ['launch-kits', *{words!r}]; main()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert [path.name for path in home.glob("launch-kits.db*")] == ["launch-kits.db"]


def test_a_task_is_begun_and_done(verb, flying):
    assert "research is begun" in verb("begin", "research")
    assert status(flying, "research") == "doing"
    assert "research is done" in verb(
        "done", "research", "--link", "https://example.com/r", "--note", "at last"
    )
    assert status(flying, "research") == "done"
    assert task(flying, "research").link == "https://example.com/r"
    (event,) = events(flying, verb="done")
    assert (event.by, event.note) == (PMM, "at last")


def test_done_opens_the_successors_and_does_the_step(verb, flying, home):
    assert "ready now: battlecard:osprey, battlecard:kite, legal_review" in verb(
        "done", "positioning"
    )
    assert sorted(path.name for path in (home / "documents" / SLUG).glob("*.md")) == [
        "battlecard-kite.md",
        "battlecard-osprey.md",
    ]


def test_a_task_is_submitted_rejected_and_approved(verb, flying):
    verb("done", "positioning")
    assert f"waits for {LEGAL} to approve it" in verb(
        "submit", "battlecard:kite", "--link", "https://example.com/k"
    )
    assert "is sent back" in verb("reject", "battlecard:kite", "--note", "too long")
    assert status(flying, "battlecard:kite") == "doing"
    verb("done", "battlecard:kite")
    assert status(flying, "battlecard:kite") == "review"
    assert "is done" in verb("approve", "battlecard:kite")
    assert [
        event.by for event in events(flying, key="battlecard:kite", verb="approve")
    ] == [LEGAL]


def test_a_task_is_blocked_and_goes_on(verb, flying):
    verb("begin", "research")
    assert "is blocked" in verb("block", "research", "--note", "no data")
    assert status(flying, "research") == "blocked"
    assert "it is doing again" in verb("unblock", "research")
    assert status(flying, "research") == "doing"


def test_a_task_is_dropped_and_reopened(verb, flying):
    assert "is dropped" in verb("drop", "positioning", "--by", LEAD)
    assert status(flying, "legal_review") == "ready"
    assert "back to waiting" in verb("reopen", "positioning", "--by", LEAD)
    assert status(flying, "legal_review") == "waiting"


def test_an_extension_is_granted_asked_for_and_answered(verb, flying):
    due = task(flying, "positioning").due
    verb("extend", "positioning", "--until", "2027-02-26")
    assert task(flying, "positioning").due == due
    verb("approve", "positioning")
    assert task(flying, "positioning").due.isoformat() == "2027-02-26"
    verb("extend", "research", "--until", "+60d", "--by", LEAD)
    assert task(flying, "research").due.isoformat() == "2027-03-12"


def test_an_extension_can_be_turned_down(verb, flying):
    due = task(flying, "positioning").due
    verb("extend", "positioning", "--until", "2027-02-26", "--note", "two weeks more")
    verb("reject", "positioning")
    assert task(flying, "positioning").due == due


def test_a_task_is_given_to_another(cli: Cli, verb, flying):
    verb("reassign", "research", "--to", "ops")
    assert task(flying, "research").owner == OPS
    said = cli.ok(
        "reassign", SLUG, "research", "--to", STRANGER, "--by", LEAD, "--now", NOW
    )
    assert task(flying, "research").owner == STRANGER
    assert said.err.startswith("warning: ")


def test_all_open_tasks_of_a_role_are_given_to_another(verb, flying):
    verb("done", "research")
    verb("reassign", "--role", "pmm", "--to", "sales")
    owners = {
        key: task(flying, key).owner
        for key in ("positioning", "battlecard:kite", "research")
    }
    assert owners == {"positioning": SALES, "battlecard:kite": SALES, "research": PMM}


def test_a_note_is_kept_in_the_history(verb, flying):
    assert "noted on research" in verb(
        "note", "research", "--note", "three sources so far"
    )
    assert [event.note for event in events(flying, verb="note")] == [
        "three sources so far"
    ]
    assert status(flying, "research") == "ready"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (["begin", "research"], ["begin", "research"]),
        (["done", "research"], ["done", "research"]),
        (["block", "research"], ["block", "research"]),
        (["drop", "research"], ["drop", "research"]),
        (None, ["unblock", "research"]),
        (None, ["reopen", "research"]),
        (["done", "legal_review"], ["approve", "legal_review"]),
    ],
    ids=str,
)
def test_already_so_is_said_and_changes_nothing(verb, flying, before, words):
    verb("done", "positioning")
    if before:
        verb(*before)
    rows = dump(flying)
    assert "nothing changed" in verb(*words)
    assert dump(flying) == rows


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["begin", "training"], "waits for"),
        (["done", "go_live"], "waits for training"),
        (["submit", "research"], "has no approver; finish it with `done`"),
        (["approve", "research"], "has no approver"),
        (["approve", "battlecard:kite"], "is waiting"),
        (["begin", "research", "--by", STRANGER], STRANGER),
        (["begin", "research", "--by", SALES], SALES),
        (["begin", "reserach"], 'did you mean "research"?'),
        (["begin", "battlecard"], "battlecard"),
        (["reassign", "research", "--to", "opps"], 'did you mean "ops"?'),
        (["reassign", "--role", "pm", "--to", "ops"], 'did you mean "pmm"?'),
        (["extend", "research", "--until", "soon"], "is not a date"),
        (["extend", "research", "--until", "2027-01-04"], "Mon 4 Jan 2027 is past"),
    ],
    ids=str,
)
def test_a_refusal_says_why_and_changes_nothing(refused, words, why):
    assert why in refused(*words)


@pytest.mark.parametrize(
    "words", [[], ["research", "--role", "pmm"]], ids=["neither", "both"]
)
def test_a_reassign_is_of_either_a_task_or_a_role(cli: Cli, flying, words):
    before = dump(flying)
    assert "either a TASK or a --role" in cli.misused(
        "reassign", SLUG, *words, "--to", "ops"
    )
    assert dump(flying) == before


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_on_an_unknown_launch_or_task_names_the_nearest(cli: Cli, flying, name):
    assert f'did you mean "{SLUG}"?' in cli.refused(name, "falcon-3", "research")
    assert 'did you mean "research"?' in cli.refused(name, SLUG, "reserch")


@pytest.mark.parametrize("name", VERBS)
def test_nothing_is_done_in_a_cancelled_launch(cli: Cli, flying, name):
    cli.ok("cancel", SLUG, "--now", NOW)
    assert "cancelled" in cli.refused(name, SLUG, "research", "--now", NOW)


def test_done_takes_checks_with_the_link_or_says_which_it_would_meet(
    cli: Cli, database
):
    check = {"key": "asked", "title": "We asked five", "evidence": "required"}
    gate = {"title": "The story is told", "checks": [check | {"task": "research"}]}
    first, *others = kit_with()["stages"]
    kit = KIT | {"stages": [first | {"gate": gate}, *others]}
    open_launch(database, brief_with(kit=kit), now=at("01-11"))
    now = ("--now", NOW)
    link = ("--link", "https://example.com/r")
    told = cli.refused("done", SLUG, "research", "--checks", "story.1", *link, *now)
    assert 'may not tick the checks of "The story is told"' in told
    said = cli.ok("done", SLUG, "research", *link, *now)
    done, offer = said.out.splitlines()
    assert done == "research is done"
    assert offer == (
        'research would meet check 1 of "story" (We asked five); '
        "`launch-kits gate falcon-2 story check asked` checks it"
    )
    checks = ("--checks", "story.asked, story.1", "--by", LEAD)
    said = cli.ok("done", SLUG, "research", *checks, *now)
    assert "is checked; the gate is passed: The story is told" in said.out
    assert said.out.endswith("is checked already; nothing changed\n")


def test_more_time_up_to_the_due_day_leaves_that_day(verb, flying):
    said = verb("extend", "research", "--until", "2027-02-05")
    assert "research has until Fri 5 Feb 2027 and stays due Mon 8 Feb 2027" in said
    assert task(flying, "research").due.isoformat() == "2027-02-08"


@pytest.mark.parametrize(("answer", "due"), [("approve", "04-01"), ("reject", "02-05")])
def test_a_request_is_answered_by_its_day_while_work_is_in_review(
    verb, flying, answer, due
):
    key = "battlecard:kite"
    verb("done", "positioning")
    verb("submit", key)
    verb("extend", key, "--until", "2027-04-01")
    verb(answer, key, "--until", "2027-04-01")
    assert status(flying, key) == "review"
    assert task(flying, key).due.isoformat() == f"2027-{due}"
    assert verb("approve", key).startswith(f"{key} is done")


def test_an_answer_for_a_day_that_no_one_asked_for_is_refused(refused):
    told = refused("approve", "research", "--until", "2027-04-01")
    assert 'no one asked for Thu 1 Apr 2027 for task "research"' in told


def test_more_time_until_a_day_before_today_is_refused(refused):
    told = refused("extend", "research", "--until", "2027-01-08", "--by", LEAD)
    assert "Fri 8 Jan 2027 is past; name Mon 11 Jan 2027 or a later day" in told


def test_an_approval_names_the_parts_that_the_document_lacks(cli: Cli, flying):
    parts = {"document": "press_release.md.j2", "audience": "customer"}
    brief = brief_with(launch="falcon-3", kit=kit_with(battlecard=parts))
    open_launch(flying, brief, now=at("01-11"))
    key = "battlecard:osprey"
    lacks = f"note: the document of {key} lacks press.place"
    now = ("--now", NOW)
    cli.ok("done", brief.launch, "positioning", *now)
    cli.ok("extend", brief.launch, key, "--until", "2027-02-12", *now)
    assert lacks in cli.ok("approve", brief.launch, key, "--by", LEAD, *now).err
    cli.ok("done", brief.launch, key, *now)
    assert lacks in cli.ok("approve", brief.launch, key, *now).err
    assert "lacks" not in cli.ok("begin", brief.launch, "research", *now).err


@pytest.mark.parametrize(
    "words",
    [
        ("drop", SLUG, "research", "--by", LEAD),
        ("reassign", SLUG, "research", "--to", "sales", "--by", LEAD),
        ("reassign", SLUG, "--role", "pmm", "--to", "sales"),
        ("extend", SLUG, "research", "--until", "2027-02-20", "--by", LEAD),
        ("add", SLUG, "--title", "Tour", "--role", "pmm", "--due", "2027-02-08"),
    ],
    ids=lambda words: " ".join(words[:3:2]),
)
def test_a_verb_that_changes_the_plan_can_be_tried(cli: Cli, database, words):
    open_launch(database, brief_with(), now=at("01-11"))
    before = dump(database)
    tried = cli.ok(*words, "--dry-run", "--now", NOW)
    assert dump(database) == before
    first, *effect = tried.out.splitlines()
    assert first == "This would happen; nothing is changed:"
    done = cli.ok(*words, "--now", NOW)
    assert done.out.splitlines() == effect
    assert any(line.startswith("The launch ") for line in effect)
    assert dump(database) != before
