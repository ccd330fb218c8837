from __future__ import annotations

from typing import Any

import pytest

from launch_kits import errors
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief
from launch_kits.inputs.references import (
    MAX_PLANNED,
    MAX_WAITS,
    MOST_LISTED,
    brief_faults,
    brief_warnings,
)
from launch_kits.inputs.yaml_source import Yaml, parse
from tests.spoilt import SOUND

SOURCES = {"brief": Yaml("brief.yaml", {})}


@pytest.fixture(scope="module")
def sound() -> dict[str, Any]:
    return load_brief(SOUND / "brief.yaml").brief.model_dump(mode="json", by_alias=True)


def messages(given: dict[str, Any], **changes: Any) -> list[str]:
    return [
        fault.message
        for fault in brief_faults(Brief.model_validate(given | changes), SOURCES)
    ]


def test_a_sound_brief_leads_everywhere(sound):
    assert messages(sound) == []
    assert list(brief_warnings(Brief.model_validate(sound), SOURCES)) == []


def test_a_person_must_answer_for_the_launch(sound):
    team = {role: person for role, person in sound["team"].items() if role != "lead"}
    assert messages(
        sound, team=team | {"pmm": {"name": "Pia", "email": "pia@example.com"}}
    )[0].startswith('"team.lead"')


@pytest.mark.parametrize("relation", ["manager", "backup"])
def test_a_relation_names_a_role_of_the_team(sound, relation):
    legal = {"name": "Lou", "email": "lou@example.com", relation: "pm"}
    assert messages(sound, team=sound["team"] | {"legal": legal}) == [
        f'{relation} of legal is unknown role "pm"; did you mean "pmm"?'
    ]


def test_a_role_may_be_called_anything(sound):
    team = sound["team"] | {
        "stand-in": {"name": "Sue", "email": "sue@example.com", "backup": "standin"}
    }
    assert messages(sound, team=team) == [
        'backup of stand-in is unknown role "standin"; did you mean "stand-in"?'
    ]


def test_keys_appear_once_in_each_list(sound):
    twice = [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]
    assert messages(sound, partners=twice, personas=twice) == [
        'duplicate key "a" in personas; rename one',
        'duplicate key "a" in partners; rename one',
    ]


@pytest.mark.parametrize(
    ("proof", "message"),
    [
        ("osprey.y9", 'unknown claim "osprey.y9"; did you mean "osprey.y1"?'),
        (
            "ospry.y1",
            'claim "ospry.y1": no alternative "ospry"; did you mean "osprey"?',
        ),
        (
            "stay.y1",
            'claim "stay.y1": alternative "stay" has no ledger; give it `claims`',
        ),
        ("y1", '"y1" names no claim; write <alternative>.<claim id>, such as redis.y4'),
        (
            "osprey.",
            '"osprey." names no claim; write <alternative>.<claim id>, such as redis.y4',
        ),
        (".y1", 'claim ".y1": no alternative ""; known: osprey, stay'),
    ],
)
def test_a_proof_names_a_claim_wherever_it_is(sound, proof, message):
    price = {"plan": "Free", "amount": 0, "currency": "USD", "proof": [proof]}
    persona = {"key": "buyer", "name": "Buyer", "objections": [proof]}
    faq = {"ask": "Why?", "answer": "Because.", "proof": [proof]}
    assert (
        messages(sound, pricing=[price], personas=[persona], faq=[faq]) == [message] * 3
    )


def test_a_role_that_no_one_holds_is_the_leads_with_a_warning(sound):
    team = {
        "lead": sound["team"]["lead"],
        "pm": sound["team"]["lead"],
        "legal": sound["team"]["legal"],
    }
    brief = Brief.model_validate(sound | {"team": team})
    (warning,) = brief_warnings(brief, SOURCES)
    assert warning.code == "role-held-by-lead"
    assert warning.message == (
        'no one holds the role "pmm" that kit small names; the lead will; '
        'did you mean "pmm" by the team\'s "pm"?'
    )
    assert brief_faults(brief, SOURCES) == []
    assert brief.holder("pmm") == brief.lead


def test_all_roles_that_no_one_holds_are_one_warning_that_corrects_none_of_the_kits(
    sound,
):
    brief = Brief.model_validate(sound | {"team": {"lead": sound["team"]["lead"]}})
    (warning,) = brief_warnings(brief, SOURCES)
    assert (
        warning.message
        == 'no one holds the roles "pmm", "legal" that kit small names; the lead will'
    )
    assert brief_faults(brief, SOURCES) == []


def reviewed_by(kit: dict[str, Any], role: str) -> dict[str, Any]:
    (stage,) = kit["stages"]
    tasks = [
        task | {"review": role} if task["key"] == "battlecard" else task
        for task in stage["tasks"]
    ]
    return kit | {"stages": [stage | {"tasks": tasks}]}


def test_a_usual_role_that_only_approves_and_no_one_holds_is_the_leads_with_a_warning(
    sound,
):
    brief = Brief.model_validate(sound | {"kit": reviewed_by(sound["kit"], "sales")})
    assert brief_faults(brief, SOURCES) == []
    (warning,) = brief_warnings(brief, SOURCES)
    assert (
        warning.message
        == 'no one holds the role "sales" that kit small names; the lead will'
    )
    assert brief.holder("sales") == brief.lead


@pytest.mark.parametrize(
    ("role", "hint"),
    [
        ("legall", 'did you mean "legal"?'),
        ("slaes", 'did you mean "sales"?'),
        ("somebody", "known: lead, pmm, legal"),
    ],
)
def test_an_approver_that_is_not_a_role_is_a_fault(sound, role, hint):
    assert messages(sound, kit=reviewed_by(sound["kit"], role)) == [
        f'task "battlecard" is reviewed by unknown role "{role}"; {hint}'
    ]


def test_a_rung_must_be_known(sound):
    rungs = ("backup", "bakcup", "legal", "vip")
    nudges = {"ladder": [{"after": after, "to": to} for after, to in enumerate(rungs)]}
    team = {role: person for role, person in sound["team"].items() if role != "legal"}
    assert messages(sound, kit=sound["kit"] | {"nudges": nudges}, team=team) == [
        'the ladder leads to unknown role "bakcup"; did you mean "backup"?',
        'the ladder leads to unknown role "legal"; did you mean "lead"?',
        'the ladder leads to unknown role "vip"; known: backup, manager, lead, pmm',
    ]


def test_a_message_that_is_too_long_is_a_warning_on_its_line(sound):
    given = {"ten": "word " * 12, "fifty": "short"}
    source = parse(
        f"messages:\n  ten: {given['ten']}\n  fifty: short\n", shown="brief.yaml"
    )
    warnings = brief_warnings(
        Brief.model_validate(sound | {"messages": given}), {"brief": source}
    )
    (warning,) = [each for each in warnings if each.code == "message-too-long"]
    assert (warning.line, warning.message) == (
        2,
        "messages.ten has 12 words; cut it to 10",
    )


def test_many_unknown_roles_are_compared_a_few_times_and_list_few_known_ones(
    sound, monkeypatch
):
    compared = []

    def compare(word, *_, **__):
        compared.append(word)
        return []

    monkeypatch.setattr(errors, "get_close_matches", compare)
    many = {
        f"r{at}": {"name": "Lou", "email": "lou@example.com", "backup": f"gone{at}"}
        for at in range(500)
    }
    told = messages(sound, team=sound["team"] | many)
    assert len(told) == 500
    assert len(compared) == errors.MOST_SUGGESTIONS
    left = len(sound["team"]) + 500 - MOST_LISTED
    assert all(message.endswith(f" and {left} more") for message in told)
    assert all(message.count(",") == MOST_LISTED - 1 for message in told)


@pytest.mark.parametrize(
    ("personas", "tasks", "told"),
    [
        (500, 10, []),
        (501, 10, [f"more than {MAX_PLANNED} tasks in one launch with kit wide"]),
        (447, 2, []),
        (448, 2, [f"more than {MAX_WAITS} pairs of tasks that wait in one launch"]),
    ],
)
def test_a_kit_is_fanned_out_over_lists_of_a_bounded_length(
    sound, personas, tasks, told
):
    wide: list[dict[str, Any]] = [
        {"key": f"t{at}", "title": "T", "role": "lead", "days": 1, "each": "personas"}
        for at in range(tasks)
    ]
    if tasks == 2:
        wide[1]["after"] = ["t0"]
    stage = {"key": "s", "title": "S", "tasks": wide}
    found = messages(
        sound,
        kit={"kit": "wide", "title": "Wide", "stages": [stage]},
        personas=[{"key": f"p{at}", "name": "P"} for at in range(personas)],
    )
    large = [message for message in found if message.startswith("more than")]
    assert [message[: len(told[0])] for message in large] == told
