from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, NotReady, NotYours, Refused
from launch_kits.verbs import (
    approve,
    block,
    check,
    decide,
    done,
    drop,
    reopen,
    submit,
    unblock,
    uncheck,
    waive,
)
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    SLUG,
    already,
    at,
    brief_with,
    changed,
    dump,
    events,
    notices,
    opened,
    sentence_of,
    status,
)
from tests.verbs.test_gates import view

RELEASE = {
    "key": "release_decision",
    "title": "Release: go or no-go",
    "role": "lead",
    "days": 0,
    "decides": "release",
}
LAUNCH = {
    **RELEASE,
    "key": "launch_decision",
    "title": "Launch: go or no-go",
    "decides": "launch",
    "after": ["legal_review"],
}


def deciding(store: Store, **release: Any) -> Store:
    """The small launch, with a decision in its first and in its second stage.

    The gates of both stages are hard; that of the second is apart, since it is checked later.
    """
    kit = deepcopy(KIT)
    story, sales, launch = kit["stages"]
    story["tasks"].append(RELEASE | release)
    story["gate"] = {
        "title": "The story stands",
        "hard": True,
        "checks": [{"key": "told", "title": "Everybody tells it"}],
    }
    sales["tasks"].append(LAUNCH)
    sales["gate"] = {
        "title": "Sales can sell it",
        "hard": True,
        "after_launch": True,
        "checks": [{"key": "trained", "title": "Sellers are trained"}],
    }
    launch["gate"] = {
        "title": "Nothing burns",
        "hard": True,
        "checks": [{"key": "quiet", "title": "No open incident"}],
    }
    return opened(store, brief_with(kit=kit))


def tell_story(store: Store) -> None:
    changed(check(store, SLUG, "story", "told", now=NOW))


def test_a_go_closes_the_first_open_decision(store: Store) -> None:
    tell_story(deciding(store))
    outcome = changed(decide(store, SLUG, go=True, note="All set", now=NOW))
    assert outcome.message == "falcon-2: go; release_decision is done"
    assert (outcome.task, outcome.by, outcome.reasons) == ("release_decision", LEAD, ())
    assert status(store, "release_decision") == "done"
    decision = view(store).decision
    assert decision is not None
    assert (decision.go, decision.task) == (True, "release_decision")
    (event,) = events(store, verb="decide")
    assert (event.task, event.data["decides"]) == ("release_decision", "release")
    (news,) = notices(store, "news")
    assert (
        sentence_of(store, news)
        == "Falcon 2: Lee decided: go for the release: All set."
    )


def test_the_next_decision_is_the_next_open_one(store: Store) -> None:
    tell_story(deciding(store))
    changed(decide(store, SLUG, go=True, now=NOW))
    with pytest.raises(NotReady) as refused:
        decide(store, SLUG, go=True, now=NOW)
    assert str(refused.value) == (
        "falcon-2 (launch_decision) cannot go yet:\n"
        "- Legal review (legal_review) is not done"
    )
    done(store, SLUG, "positioning", now=NOW)
    done(store, SLUG, "legal_review", now=NOW)
    changed(decide(store, SLUG, go=True, now=NOW))
    assert status(store, "launch_decision") == "done"
    already(decide(store, SLUG, go=True, now=NOW))


def test_only_the_hard_gates_up_to_its_own_stage_hold_a_decision(
    store: Store,
) -> None:
    deciding(store)
    assert view(store).verdict.reasons == ("The story stands: Everybody tells it",)
    before = dump(store)
    with pytest.raises(NotReady, match="cannot go while a hard gate is open") as error:
        decide(store, SLUG, go=True, now=NOW)
    assert error.value.reasons == ("The story stands: Everybody tells it",)
    assert dump(store) == before
    day = at("01-12").date()
    waived = waive(store, SLUG, "story", "told", until=day, note="Tomorrow", now=NOW)
    assert "the waiver ends before " in waived.warnings[0]
    assert view(store).verdict.go
    outcome = changed(decide(store, SLUG, go=True, now=NOW))
    assert "is waived until 2027-01-12" in outcome.warnings[0]


@pytest.mark.parametrize("verb", [done, submit, approve])
def test_no_door_closes_a_decision_while_a_hard_gate_before_it_is_open(
    store: Store, verb: Any
) -> None:
    deciding(store, review="legal")
    if verb is approve:
        tell_story(store)
        done(store, SLUG, "release_decision", now=NOW)
        uncheck(store, SLUG, "story", "told", now=NOW)
    before = dump(store)
    with pytest.raises(NotReady, match=r"decides on the release.*\n- The story stands"):
        verb(store, SLUG, "release_decision", now=NOW)
    assert dump(store) == before


def test_done_closes_a_decision_whose_gates_are_passed(store: Store) -> None:
    tell_story(deciding(store))
    changed(done(store, SLUG, "release_decision", now=NOW))
    changed(decide(store, SLUG, go=True, task="release_decision", now=NOW))
    assert status(store, "release_decision") == "done"


def test_a_no_go_leaves_its_task_open_and_warns_of_nothing(store: Store) -> None:
    deciding(store)
    outcome = changed(decide(store, SLUG, go=False, note="Not yet", now=NOW))
    assert outcome.message == "falcon-2: no-go; release_decision stays open"
    assert outcome.warnings == ()
    assert outcome.reasons == ("The story stands: Everybody tells it",)
    assert status(store, "release_decision") == "ready"
    already(decide(store, SLUG, go=False, now=NOW))
    tell_story(store)
    changed(decide(store, SLUG, go=True, now=NOW))
    late = changed(decide(store, SLUG, go=False, task="release_decision", now=NOW))
    assert late.message.endswith(
        "release_decision is done; `launch-kits reopen falcon-2 release_decision` "
        "takes it up again"
    )
    first, *_, last = [each for each in notices(store, "news") if "go" in each.facts]
    assert "takes back" not in sentence_of(store, first)
    assert sentence_of(store, last) == (
        "Falcon 2: Lee decided: no-go for the release, which takes back the go."
    )
    reopen(store, SLUG, "release_decision", now=NOW)
    changed(decide(store, SLUG, go=True, now=NOW))


def test_a_decision_in_review_is_closed_by_a_go(store: Store) -> None:
    tell_story(deciding(store, review="legal"))
    done(store, SLUG, "release_decision", now=NOW)
    changed(decide(store, SLUG, go=True, now=NOW))
    assert status(store, "release_decision") == "done"


def test_a_blocked_decision_is_a_reason_against_a_go(store: Store) -> None:
    tell_story(deciding(store))
    block(store, SLUG, "release_decision", note="Board is away", now=NOW)
    with pytest.raises(NotReady, match=r"\(release_decision\) is blocked"):
        decide(store, SLUG, go=True, now=NOW)


def test_a_task_can_be_named_if_it_decides_something(store: Store) -> None:
    deciding(store)
    known = "go or no-go tasks: release_decision, launch_decision"
    with pytest.raises(Refused, match=known):
        decide(store, SLUG, go=False, task="research", now=NOW)
    with pytest.raises(NotFound):
        decide(store, SLUG, go=False, task="nothing", now=NOW)
    outcome = changed(decide(store, SLUG, go=False, task="launch_decision", now=NOW))
    assert outcome.task == "launch_decision"
    drop(store, SLUG, "release_decision", now=NOW)
    with pytest.raises(Refused, match="is dropped"):
        decide(store, SLUG, go=False, task="release_decision", now=NOW)


def test_the_owner_of_a_decision_who_is_not_the_lead_does_not_decide(
    store: Store,
) -> None:
    deciding(store, role="legal")
    with pytest.raises(NotYours, match=f"{LEGAL} may not decide on Falcon 2"):
        decide(store, SLUG, go=False, by=LEGAL, now=NOW)


def test_the_commands_of_a_refusal_clear_all_that_is_open(store: Store) -> None:
    """A user who carries out each command can go in the end."""
    deciding(store)
    block(store, SLUG, "positioning", note="No numbers", now=NOW)
    verbs = {"done": done, "approve": approve, "unblock": unblock}
    gone = 0
    for _ in range(12):
        try:
            decide(store, SLUG, go=True, now=NOW)
        except NotReady as error:
            commands = [each.split() for each in error.remedies]
            assert commands
            assert all(each[:1] == ["launch-kits"] for each in commands)
            for _, verb, slug, *rest in commands:
                assert slug == SLUG
                if verb == "gate":
                    stage, does, key = rest
                    assert does == "check"
                    check(store, SLUG, stage, key, now=NOW)
                elif verb != "waive":
                    verbs[verb](store, SLUG, rest[0], now=NOW)
            continue
        gone += 1
        if gone == 2:
            break
    assert status(store, "release_decision") == "done"
    assert status(store, "launch_decision") == "done"
