from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.database.records import MemberStanding
from launch_kits.errors import NotYours
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.verbs.permissions import (
    PREFECT,
    Actor,
    Door,
    Involvement,
    Verb,
    VerbSubject,
    Via,
    may,
    must,
    people_for,
)
from tests.launches import NOW, brief_with

LEAD = "lead@example.com"
PEOPLE = {part: f"{part}@example.com" for part in Involvement}
SUBJECT = VerbSubject(
    name="battlecard", lead=LEAD, **{str(p): e for p, e in PEOPLE.items()}
)
STRANGER = Actor("stranger@example.org")

WORKERS = {"owner", "backup", "lead"}
#: the parts that may, verb by verb, as the handbook has them
EXPECTED = {
    "begin": WORKERS,
    "done": WORKERS,
    "submit": WORKERS,
    "approve": {"approver", "lead"},
    "reject": {"approver", "lead"},
    "block": WORKERS,
    "unblock": WORKERS,
    "drop": WORKERS,
    "reopen": WORKERS,
    "note": {*WORKERS, "approver", "helper"},
    "tick": WORKERS,
    "reassign": WORKERS,
    "extend": WORKERS,
    "answer": {"lead"},
    "check": WORKERS,
    "uncheck": {*WORKERS, "checker"},
    "waive": {"sponsor", "lead"},
    "decide": {"sponsor", "lead"},
    "add": {"lead"},
    "edit": WORKERS,
    "replan": {"lead"},
    "move": {"lead"},
    "update": {"lead"},
    "end": {"lead"},
    "cancel": {"lead"},
    "delegate": WORKERS,
    "answer question": {*WORKERS, "manager"},
    "verify": {*WORKERS, "manager"},
    "ask anyway": {"author"},
    "ask for": {"owner", "backup"},
    "undo": {"author"},
    "share": {"sponsor", "lead"},
}
#: the verbs that every member of the workspace may use
FOR_ALL = [Verb.ASK, Verb.FLAG]
#: the others
RULED = [verb for verb in Verb if verb not in FOR_ALL]


def test_the_parts_of_every_verb_are_expected_here():
    assert set(EXPECTED) == set(RULED)


@pytest.mark.parametrize("verb", FOR_ALL)
def test_everyone_may_ask_and_doubt_except_outsiders(verb):
    assert may(STRANGER, verb, SUBJECT) is None
    guest = Actor(LEAD, Via(Door.SLACK, "T1", MemberStanding.GUEST))
    denial = may(guest, verb, SUBJECT)
    assert denial is not None
    assert "guests" in denial.text


@pytest.mark.parametrize("verb", RULED)
def test_only_the_parts_of_its_rule_may(verb):
    everyone = {**PEOPLE, "lead": LEAD}
    allowed = {
        part
        for part, email in everyone.items()
        if may(Actor(email), verb, SUBJECT) is None
    }
    assert allowed == EXPECTED[verb]
    assert set(people_for(verb, SUBJECT)) == {everyone[part] for part in EXPECTED[verb]}


@pytest.mark.parametrize(
    ("verb", "door"),
    [
        (verb, door)
        for verb in RULED
        for door in Door
        if (verb, door) != (Verb.CANCEL, Door.PREFECT)
    ],
)
def test_a_stranger_is_refused_at_every_door_with_the_people_who_may(verb, door):
    reason = may(Actor(STRANGER.email, Via(door)), verb, SUBJECT)
    assert reason is not None
    assert reason.people == people_for(verb, SUBJECT)
    assert reason.text.startswith("stranger@example.org may not ")
    assert reason.text.endswith(f"; these may: {', '.join(reason.people)}")


@pytest.mark.parametrize("verb", RULED)
def test_a_refusal_tells_the_act_with_the_title_and_who_may(verb):
    titled = replace(SUBJECT, title='"Card on Redis"')
    with pytest.raises(NotYours) as refused:
        must(STRANGER, verb, titled)
    act = refused.value.act
    people = refused.value.people
    assert people == people_for(verb, SUBJECT)
    assert '"Card on Redis"' in act
    assert "battlecard" not in act


def test_must_raises_the_reason():
    with pytest.raises(NotYours) as refused:
        must(STRANGER, Verb.BEGIN, SUBJECT)
    assert str(refused.value) == (
        "stranger@example.org may not begin battlecard; these may: "
        "owner@example.com, backup@example.com, lead@example.com"
    )
    must(Actor(LEAD), Verb.BEGIN, SUBJECT)


def test_email_addresses_are_case_insensitive():
    assert may(Actor("Owner@Example.COM"), Verb.BEGIN, SUBJECT) is None


def test_parts_that_no_one_has_are_left_out():
    assert people_for(Verb.APPROVE, VerbSubject(name="t", lead=LEAD)) == (LEAD,)
    both = VerbSubject(name="t", lead=LEAD, owner=LEAD)
    assert people_for(Verb.BEGIN, both) == (LEAD,)


def test_a_run_cancelled_in_prefect_ends_its_launch_and_nothing_else():
    actor = Actor(PREFECT, Via(Door.PREFECT))
    assert may(actor, Verb.CANCEL, SUBJECT) is None
    assert may(Actor(PREFECT), Verb.CANCEL, SUBJECT) is not None
    refused = [verb for verb in RULED if may(actor, verb, SUBJECT) is not None]
    assert set(refused) == set(RULED) - {Verb.CANCEL}


def gate(
    *workers: str, team: tuple[str, ...] = (LEAD, PEOPLE[Involvement.OWNER])
) -> VerbSubject:
    return VerbSubject(
        name="story",
        lead=LEAD,
        owner=PEOPLE[Involvement.OWNER],
        workers=frozenset(workers),
        team=team,
    )


def test_no_one_checks_a_gate_of_their_own_work_alone():
    owner = PEOPLE[Involvement.OWNER]
    reason = may(Actor(owner), Verb.CHECK, gate(owner))
    assert reason is not None
    assert reason.text == (
        "owner@example.com may not tick the checks of story: they did all the work, "
        "so someone else must check it; these may: lead@example.com"
    )
    assert may(Actor(owner), Verb.CHECK, gate(owner, LEAD)) is None


def test_the_team_checks_a_gate_if_its_people_did_all_the_work():
    alone = VerbSubject(
        name="story",
        lead=LEAD,
        owner=LEAD,
        workers=frozenset([LEAD]),
        team=(LEAD, "ops@example.com"),
    )
    assert people_for(Verb.CHECK, alone) == ("ops@example.com",)


def test_a_team_of_one_checks_its_own_gate():
    alone = VerbSubject(
        name="story", lead=LEAD, owner=LEAD, workers=frozenset([LEAD]), team=(LEAD,)
    )
    assert may(Actor(LEAD), Verb.CHECK, alone) is None


#: the owner, the approver and the lead are away for two weeks
AWAY = Deputies(
    Calendars(
        brief_with(
            absences=[
                {"who": who, "backup": backup, "from": "2027-01-11", "to": "2027-01-22"}
                for who, backup in (
                    (PEOPLE[Involvement.OWNER], "ola@example.com"),
                    (PEOPLE[Involvement.APPROVER], "ada@example.com"),
                    (LEAD, "lin@example.com"),
                )
            ]
        )
    ),
    NOW,
)


@pytest.mark.parametrize(
    ("email", "verb", "absent"),
    [
        ("ola@example.com", Verb.DONE, PEOPLE[Involvement.OWNER]),
        ("Ada@Example.com", Verb.APPROVE, PEOPLE[Involvement.APPROVER]),
        ("lin@example.com", Verb.ANSWER, LEAD),
        ("lin@example.com", Verb.MOVE, LEAD),
        (PEOPLE[Involvement.OWNER], Verb.DONE, None),
        (PEOPLE[Involvement.BACKUP], Verb.DONE, None),
        (LEAD, Verb.APPROVE, None),
    ],
)
def test_a_deputy_may_and_acts_in_the_place_of_the_one_who_is_away(email, verb, absent):
    subject = replace(SUBJECT, away=AWAY)
    assert must(Actor(email), verb, subject) == absent
    if absent:
        assert may(Actor(email), verb, SUBJECT) is not None


def test_the_deputy_is_the_person_expected_to_act():
    assert people_for(Verb.APPROVE, replace(SUBJECT, away=AWAY)) == (
        "ada@example.com",
        PEOPLE[Involvement.APPROVER],
        "lin@example.com",
        LEAD,
    )


def test_a_deputy_of_another_part_may_not():
    subject = replace(SUBJECT, away=AWAY)
    assert may(Actor("ola@example.com"), Verb.APPROVE, subject) is not None
    assert may(Actor("ada@example.com"), Verb.DONE, subject) is not None


def test_an_owner_who_is_the_deputy_of_the_approver_may_not_approve():
    subject = VerbSubject(
        name="t",
        lead=LEAD,
        owner="ada@example.com",
        approver=PEOPLE[Involvement.APPROVER],
        away=AWAY,
    )
    assert may(Actor("ada@example.com"), Verb.APPROVE, subject) is not None


def test_a_lead_who_owns_the_work_leaves_its_approval_to_the_approver() -> None:
    own = replace(SUBJECT, owner=LEAD)
    for verb in (Verb.APPROVE, Verb.REJECT):
        denial = may(Actor(LEAD.upper()), verb, own)
        assert denial is not None
        assert denial.people == ("approver@example.com",)
        assert may(Actor("approver@example.com"), verb, own) is None
        # without an approver besides them there is no one else to ask
        assert may(Actor(LEAD), verb, replace(own, approver=LEAD)) is None
