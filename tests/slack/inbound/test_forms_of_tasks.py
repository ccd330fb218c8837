from __future__ import annotations

import json

from launch_kits.verbs import TaskEdit, block, check, done, drop, edit
from launch_kits.worker import step
from tests.launches import (
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    events,
    status,
    task,
)
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words

LINK = "https://x.example/results"


def place(key: str) -> str:
    return json.dumps({"launch": SLUG, "task": key})


def opened_details(office: Office, email: str, key: str) -> list[str]:
    """The buttons in the details of a task."""
    office.click(email, "task_open", f"{SLUG}|{key}")
    _, view = office.slack.modals[-1]
    assert problems_of_view(view) == []
    return [each for each in words(view) if each.startswith("[")]


def ready_to_go(office: Office) -> None:
    check(office.store, SLUG, "sales", 1, link=LINK, now=NOW)
    check(office.store, SLUG, "sales", 2, now=NOW)


def finish_the_work(office: Office) -> None:
    """Everything before going live is done."""
    for each in ("positioning", "research", "legal_review"):
        done(office.store, SLUG, each, now=NOW)
    for each in ("battlecard:osprey", "battlecard:kite"):
        drop(office.store, SLUG, each, now=NOW)
    office.now = at("2027-02-08")
    done(office.store, SLUG, "training", now=office.now)


def test_a_go_is_refused_with_all_that_is_missing(gate_office: Office) -> None:
    gate_office.click(LEAD, "task_decide", f"{SLUG}|go_live")
    _, form = gate_office.slack.modals[-1]
    assert problems_of_view(form) == []
    assert words(form) == [
        '"Go live"\nFalcon 2',
        (
            "It cannot go yet:\n• Sales can sell it: Trained sellers ≥ 80%\n"
            '• Sales can sell it: Cards are read\n• "Training" is not done'
        ),
        "Good to know:\n• The story stands: Everybody tells it",
        "Your decision []",
        "Why? (optional) []",
    ]
    assert gate_office.fill(LEAD)["errors"] == {"decision": "Choose go or no-go."}
    refused = gate_office.fill(LEAD, decision="go")["errors"]["decision"]
    assert refused.startswith("It cannot go yet: Sales can sell it")
    assert events(gate_office.store, verb="decide") == []


def test_a_no_go_leaves_the_task_open(gate_office: Office) -> None:
    gate_office.click(LEAD, "task_decide", f"{SLUG}|go_live")
    answered = gate_office.fill(LEAD, decision="no-go", note="Not trained")
    assert answered == {"response_action": "clear"}
    (event,) = events(gate_office.store, verb="decide")
    assert (event.by, event.note, event.data["go"]) == (LEAD, "Not trained", False)
    assert status(gate_office.store, "go_live") != "done"
    assert gate_office.told == "Falcon 2: no-go. The channel of the launch is told."


def test_a_go_closes_the_task(gate_office: Office) -> None:
    finish_the_work(gate_office)
    ready_to_go(gate_office)
    gate_office.click(LEAD, "task_decide", f"{SLUG}|go_live")
    gate_office.fill(LEAD, decision="go", note="All set")
    assert status(gate_office.store, "go_live") == "done"
    gate_office.click(LEAD, "task_decide", f"{SLUG}|go_live")
    assert gate_office.told == '"Go live" is decided already: go, by Lee.'


def test_only_the_lead_or_the_sponsor_decides(gate_office: Office) -> None:
    gate_office.click(PMM, "task_decide", f"{SLUG}|go_live")
    assert gate_office.slack.modals == []
    assert gate_office.told == "Nothing was changed: only Lee can decide on Falcon 2."


def test_a_task_is_given_to_a_picked_person_who_is_told(falcon_office: Office) -> None:
    opened_details(falcon_office, PMM, "research")
    falcon_office.press_in_modal(PMM, "task_reassign")
    assert falcon_office.slack.pushed
    assert falcon_office.fill(PMM)["errors"] == {"owner": "Pick a person."}
    assert falcon_office.fill(PMM, owner=SALES, note="Pia is away") == {
        "response_action": "clear"
    }
    assert task(falcon_office.store, "research").owner == SALES
    (event,) = events(falcon_office.store, verb="reassign")
    assert (event.by, event.note) == (PMM, "Pia is away")
    assert falcon_office.told == '"Research" is now with Sam.'
    falcon_office.now = at("2027-01-11", 21)  # the working day of Sam in Singapore
    falcon_office.deliver()
    assert falcon_office.message(SALES, "Research")


def test_a_person_outside_the_team_is_picked_with_a_warning(
    falcon_office: Office,
) -> None:
    falcon_office.slack.make(STRANGER, name="Nora Lim", tz="Asia/Singapore")
    falcon_office.click(PMM, "task_reassign", place("research"))
    falcon_office.fill(PMM, owner=STRANGER)
    assert task(falcon_office.store, "research").owner == STRANGER
    assert falcon_office.told.startswith('"Research" is now with Nora Lim. ')
    assert (
        "Nora Lim is not in the team; the launch's working days count for them"
        in falcon_office.told
    )


def test_the_form_says_when_the_new_owner_is_told(falcon_office: Office) -> None:
    said = {}
    for key in ("research", "battlecard:osprey"):
        falcon_office.click(LEAD, "task_reassign", place(key))
        said[key] = words(falcon_office.slack.modals[-1][1])[-1]
    assert said == {
        "research": "They get its message in their working hours. The due day stays.",
        "battlecard:osprey": "They get its message once it can be started and its planned "
        "start is near. The due day stays.",
    }


def test_a_member_without_an_email_cannot_be_picked(falcon_office: Office) -> None:
    falcon_office.slack.shown_as[OPS] = None
    falcon_office.click(PMM, "task_reassign", place("research"))
    falcon_office.fill(PMM, owner=OPS)
    assert "does not tell this person's email" in falcon_office.told
    assert task(falcon_office.store, "research").owner == PMM


def test_a_blocker_is_picked_and_told(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_block", f"{SLUG}|research")
    falcon_office.fill(PMM, reason="No access", by=OPS)
    (event,) = events(falcon_office.store, verb="block")
    assert event.note == "No access (waits on Ola)"
    falcon_office.deliver()
    assert any(
        'Please help Pia, who cannot go on with "Research"' in each["text"]
        for each in falcon_office.slack.messages(to=OPS)
    )


def test_a_helper_replies_and_the_owner_hears_it(falcon_office: Office) -> None:
    block(falcon_office.store, SLUG, "research", by=PMM, now=NOW, waits_on=OPS)
    falcon_office.deliver()
    asked = falcon_office.message(OPS, "Please help Pia")
    assert "[Reply] [Unblock] [Open]" in words(asked)
    falcon_office.press(OPS, asked, "task_reply")
    assert falcon_office.fill(OPS)["errors"] == {"reason": "Please write a few words."}
    falcon_office.fill(OPS, reason="You have access now")
    falcon_office.deliver()
    told = falcon_office.message(PMM, 'Ola replies about "Research"')
    assert told["text"] == (
        'Ola replies about "Research" (Falcon 2): You have access now.'
    )
    assert "[Unblock]" in " ".join(words(told))


def test_a_task_is_left_out_and_taken_up_again(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "task_drop", place("legal_review"))
    assert words(falcon_office.slack.modals[-1][1])[1] == (
        '"Training" no longer waits for it.'
    )
    assert status(falcon_office.store, "legal_review") == "waiting"
    falcon_office.fill(LEAD, note="Not needed")
    assert status(falcon_office.store, "legal_review") == "dropped"
    assert falcon_office.told.startswith('"Legal review" is left out')
    falcon_office.click(LEAD, "task_drop", place("legal_review"))
    assert "left out" in falcon_office.told or "dropped" in falcon_office.told
    falcon_office.click(LEAD, "task_reopen", place("legal_review"))
    falcon_office.fill(LEAD)
    assert status(falcon_office.store, "legal_review") == "waiting"
    assert falcon_office.told.startswith('"Legal review" is open again')
    falcon_office.click(LEAD, "task_reopen", place("legal_review"))
    assert "nothing to take up again" in falcon_office.told


def test_the_checklist_is_ticked(falcon_office: Office) -> None:
    points = tuple(f"Point {at}" for at in range(12))
    edit(falcon_office.store, SLUG, "research", TaskEdit(checklist=points), now=NOW)
    falcon_office.click(PMM, "task_tick", place("research"))
    _, form = falcon_office.slack.modals[-1]
    first = form["blocks"][1]["element"]["options"]
    second = form["blocks"][2]["element"]["options"]
    assert (len(first), len(second)) == (10, 2)
    chosen = {
        "points-0": ",".join(each["value"] for each in first[:2]),
        "points-10": second[1]["value"],
    }
    falcon_office.fill(PMM, **chosen)
    assert task(falcon_office.store, "research").ticked == [
        "Point 0",
        "Point 1",
        "Point 11",
    ]
    assert falcon_office.told == '3 of 12 points of "Research" are ticked.'
    falcon_office.click(PMM, "task_tick", place("research"))
    falcon_office.fill(PMM, **{"points-0": ""})
    assert task(falcon_office.store, "research").ticked == ["Point 11"]


def test_a_task_without_a_checklist_says_so(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_tick", place("research"))
    assert falcon_office.told == '"Research" has no checklist.'


def test_the_message_of_a_go_or_no_go_offers_to_decide(gate_office: Office) -> None:
    finish_the_work(gate_office)
    gate_office.now = at("02-09")
    step.run(
        gate_office.store, SLUG, settings=gate_office.settings, now=gate_office.now
    )
    found = [
        each
        for each in gate_office.slack.messages(to=LEAD)
        if "task_decide" in json.dumps(each["blocks"])
    ]
    gate_office.press(LEAD, found[-1], "task_decide")
    assert gate_office.slack.modals[-1][1]["callback_id"] == "task_decide"
    assert gate_office.slack.pushed == []
