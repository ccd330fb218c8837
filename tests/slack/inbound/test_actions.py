from __future__ import annotations

import json
from copy import deepcopy
from datetime import datetime

import pytest

from launch_kits.slack.inbound import routes
from launch_kits.verbs import approve, begin, block, done, extend, revise, submit
from launch_kits.verbs.content_approval import ask_again
from tests.launches import (
    KIT,
    LEAD,
    LEGAL,
    NOW,
    OPS,
    PMM,
    SLUG,
    STRANGER,
    at,
    brief_with,
    dump,
    events,
    extensions,
    notices,
    opened,
    status,
    task,
)
from tests.slack.office import Office, changeable, words

CARD = "battlecard:kite"


def test_start_begins_the_task_and_its_message_shows_it_at_once(
    falcon_office: Office,
) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Positioning"), "task_begin")
    assert status(falcon_office.store, "positioning") == "doing"
    assert "Please finish" in falcon_office.message(PMM, "Positioning")["text"]
    assert falcon_office.followed == [SLUG]
    (offered,) = falcon_office.slack.told
    assert words(offered) == ['"Positioning" is begun; it is due Mon 1 Feb.', "[Undo]"]


def test_a_click_sent_twice_changes_nothing_the_second_time(
    falcon_office: Office,
) -> None:
    payload = falcon_office.press(
        PMM, falcon_office.message(PMM, "Positioning"), "task_begin"
    )
    before = dump(falcon_office.store)
    falcon_office.people.post(payload)
    falcon_office.settle()
    assert dump(falcon_office.store) == before
    assert len(falcon_office.slack.told) == 1


def test_a_second_click_is_answered_if_nothing_changes(falcon_office: Office) -> None:
    for _ in range(2):
        falcon_office.click(PMM, "task_begin", f"{SLUG}|positioning")
    assert (
        falcon_office.told
        == '"Positioning" is being worked on already; nothing changed.'
    )


def test_done_takes_a_link_and_a_note(falcon_office: Office) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Positioning"), "task_done")
    _, modal = falcon_office.slack.modals[-1]
    assert words(modal) == [
        '"Positioning" (Falcon 2)\nDue Mon 1 Feb, in 15 working days.',
        "Link to the result (optional) []",
        "Note (optional) []",
    ]
    assert json.loads(modal["private_metadata"])["task"] == "positioning"
    assert (
        falcon_office.fill(PMM, link="https://x.example/a", note="First version") == {}
    )
    done_event = events(falcon_office.store, verb="done")[-1]
    assert (
        done_event.by,
        done_event.note,
        task(falcon_office.store, "positioning").link,
    ) == (
        PMM,
        "First version",
        "https://x.example/a",
    )
    told = falcon_office.message(PMM, "Positioning")["text"]
    assert told == 'Done Mon 11 Jan by you: "Positioning" (Falcon 2).'


def prove(office: Office, *, role: str = "ops") -> None:
    """Let the first gate be proved by research, with a link."""
    kit = deepcopy(KIT)
    check = {"key": "asked", "title": "We asked five", "task": "research"}
    kit["stages"][0]["gate"] = {
        "title": "The story stands",
        "role": role,
        "checks": [check | {"evidence": "required"}],
    }
    kit["stages"][0]["tasks"][0]["role"] = "legal"
    revise(office.store, SLUG, brief_with(kit=kit), now=NOW)


def test_done_takes_the_checks_that_are_ticked(falcon_office: Office) -> None:
    prove(falcon_office, role="pmm")
    falcon_office.click(PMM, "task_done", f"{SLUG}|research")
    _, modal = falcon_office.slack.modals[-1]
    assert "This meets (optional) []" in words(modal)
    refused = falcon_office.fill(PMM, checks="story.asked")
    assert refused["errors"] == {
        "link": '"We asked five" needs a link to its evidence.'
    }
    assert status(falcon_office.store, "research") == "ready"
    link = "https://x.example/a"
    assert falcon_office.fill(PMM, checks="story.asked", link=link) == {}
    (checked,) = events(falcon_office.store, verb="check")
    assert (checked.by, checked.data["key"], checked.data["link"]) == (
        PMM,
        "asked",
        link,
    )


def test_done_offers_no_check_to_a_person_who_may_not_take_it(
    falcon_office: Office,
) -> None:
    prove(falcon_office)
    falcon_office.click(PMM, "task_done", f"{SLUG}|research")
    _, modal = falcon_office.slack.modals[-1]
    assert "This meets (optional) []" not in words(modal)


def test_done_opens_the_tasks_that_waited(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_done", f"{SLUG}|positioning")
    falcon_office.fill(PMM)
    assert status(falcon_office.store, "legal_review") == "ready"
    assert falcon_office.message(PMM, "Battlecard: Kite")


def test_a_modal_sent_twice_changes_nothing_the_second_time(
    falcon_office: Office,
) -> None:
    falcon_office.click(PMM, "task_block", f"{SLUG}|positioning")
    payload = falcon_office.people.filled(
        PMM, falcon_office.slack.modals[-1][1], reason="No data"
    )
    for _ in range(2):
        falcon_office.people.post(payload)
        falcon_office.settle()
    assert len(events(falcon_office.store, verb="block")) == 1
    assert len(falcon_office.slack.told) == 1


@pytest.mark.parametrize(
    ("now", "by", "says"),
    [
        (at("01-11", 12), PMM, ["Lee is told now."]),
        (at("01-11", 22), PMM, ["Lee is told Tue 12 Jan, 09:00."]),
        (at("01-16", 12), PMM, ["Lee is told Mon 18 Jan, 09:00."]),
        (at("01-11", 12), LEAD, []),
    ],
)
def test_block_says_when_the_lead_is_told(
    falcon_office: Office, now: datetime, by: str, says: list[str]
) -> None:
    falcon_office.now = now
    falcon_office.click(by, "task_block", f"{SLUG}|positioning")
    assert words(falcon_office.slack.modals[-1][1])[3:] == says


def test_block_says_why_and_who_can_help(falcon_office: Office) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Positioning"), "task_block")
    assert words(falcon_office.slack.modals[-1][1])[1:] == [
        "What is in the way? []",
        "Who can help? (optional) []",
        "Lee is told now.",
    ]
    assert falcon_office.fill(PMM)["errors"] == {"reason": "Please write a few words."}
    falcon_office.fill(PMM, reason="No data")
    assert events(falcon_office.store, verb="block")[-1].note == "No data"
    assert "is blocked: No data" in falcon_office.message(PMM, "Positioning")["text"]
    falcon_office.press(PMM, falcon_office.message(PMM, "Positioning"), "task_unblock")
    assert status(falcon_office.store, "positioning") == "ready"


def test_more_time_shows_its_effect_before_the_request(
    falcon_office: Office,
) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Research"), "task_extend")
    _, modal = falcon_office.slack.modals[-1]
    assert words(modal) == [
        '"Research" (Falcon 2)\nDue Mon 8 Feb, in 20 working days.',
        "Until which day? [2027-01-13]",
        (
            "You can take it without asking: it stays due Mon 8 Feb.\n"
            "No other task becomes late because of it."
        ),
        "Why? (optional) []",
    ]
    before = dump(falcon_office.store)
    falcon_office.people.pick(PMM, modal, "2027-03-13")
    falcon_office.settle()
    view_id, updated = falcon_office.slack.updated[-1]
    assert view_id == "V1"
    assert words(updated)[1:3] == [
        "Until which day? [2027-03-13]",
        (
            "Fri 12 Mar is the last working day by then.\n"
            "Lee is asked, since it is due Mon 8 Feb at the latest.\n"
            "Work due by the launch day, Tue 9 Feb, then ends on Fri 12 Mar."
        ),
    ]
    assert updated["submit"]["text"] == "Ask"
    assert dump(falcon_office.store) == before


def test_the_modal_refuses_a_day_that_gives_no_more_time(
    falcon_office: Office,
) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Research"), "task_extend")
    _, modal = falcon_office.slack.modals[-1]
    falcon_office.people.pick(PMM, modal, "2027-01-08")
    falcon_office.settle()
    assert words(falcon_office.slack.updated[-1][1])[2].startswith("Fri 8 Jan is past")
    assert falcon_office.fill(PMM, until="2027-01-08")["errors"] == {
        "until": "Pick a day that is not past."
    }
    assert falcon_office.fill(PMM, until="2027-01-12")["errors"] == {
        "until": "It is expected no earlier without more time; pick a later day."
    }
    assert extensions(falcon_office.store) == []


def test_more_time_is_granted_up_to_the_due_day(falcon_office: Office) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Research"), "task_extend")
    falcon_office.fill(PMM, until="2027-02-05", reason="The agency is late")
    found = task(falcon_office.store, "research")
    assert found.due.isoformat() == "2027-02-08"
    assert found.extended_until.isoformat() == "2027-02-05"
    assert extensions(falcon_office.store)[0].reason == "The agency is late"
    falcon_office.press(PMM, falcon_office.message(PMM, "Research"), "task_extend")
    assert list(falcon_office.fill(PMM, until="2027-02-05")["errors"]) == ["until"]


def test_the_lead_is_asked_for_a_day_after_the_due_day(
    falcon_office: Office,
) -> None:
    falcon_office.press(PMM, falcon_office.message(PMM, "Research"), "task_extend")
    falcon_office.fill(PMM, until="2027-03-12", reason="The agency is late")
    asked = falcon_office.message(LEAD, "Please grant or refuse by Fri 5 Feb")
    assert 'Pia asks for more time for "Research"' in asked["text"]
    assert "[Grant] [Refuse] [Open]" in words(asked)
    falcon_office.press(LEAD, asked, "task_approve")
    assert task(falcon_office.store, "research").due.isoformat() == "2027-03-12"


def test_the_lead_refuses_more_time_with_a_reason(falcon_office: Office) -> None:
    extend(falcon_office.store, SLUG, "research", until=at("03-12").date(), now=NOW)
    falcon_office.deliver()
    falcon_office.press(
        LEAD, falcon_office.message(LEAD, "Please grant or refuse"), "task_reject"
    )
    assert words(falcon_office.slack.modals[-1][1])[1:] == [
        "Why does the day stay? []",
        "Pia reads this.",
    ]
    falcon_office.fill(LEAD, reason="The fair is on Monday")
    assert [each.status for each in extensions(falcon_office.store)] == ["refused"]
    assert (
        events(falcon_office.store, verb="refuse")[-1].note == "The fair is on Monday"
    )


def test_granting_more_time_does_not_approve_the_work(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    submit(falcon_office.store, SLUG, CARD, now=NOW)
    extend(falcon_office.store, SLUG, CARD, until=at("03-12").date(), now=NOW)
    falcon_office.deliver()
    falcon_office.press(
        LEAD, falcon_office.message(LEAD, "Please grant or refuse"), "task_approve"
    )
    assert status(falcon_office.store, CARD) == "review"
    assert task(falcon_office.store, CARD).due.isoformat() == "2027-03-12"


def test_an_old_approval_button_does_not_grant_more_time(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    begin(falcon_office.store, SLUG, CARD, now=NOW)
    extend(falcon_office.store, SLUG, CARD, until=at("03-12").date(), now=NOW)
    falcon_office.click(LEAD, "task_approve", f"{SLUG}|{CARD}")
    assert falcon_office.told == "That was answered already. Nothing was changed."
    assert [each.status for each in extensions(falcon_office.store)] == ["asked"]


def test_the_approver_approves(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    falcon_office.deliver()
    falcon_office.press(
        PMM, falcon_office.message(PMM, "Battlecard: Kite"), "task_done"
    )
    shown = falcon_office.slack.modals[-1][1]
    assert shown["submit"]["text"] == "Hand in"
    assert "Checklist: ☐ Every claim has a source" in words(shown)
    assert words(shown)[-1] == "Lou is asked to approve it."
    falcon_office.fill(PMM)
    falcon_office.press(
        LEGAL, falcon_office.message(LEGAL, "Please approve"), "task_approve"
    )
    assert status(falcon_office.store, CARD) == "done"
    told = falcon_office.message(LEGAL, "Battlecard: Kite")["text"]
    assert told == 'Approved Mon 11 Jan by you: "Battlecard: Kite" (Falcon 2).'


@pytest.fixture
def asked_again(falcon_office: Office) -> Office:
    """The office in which Lou is asked about the new content of an approved card."""
    for verb, key in ((done, "positioning"), (submit, CARD), (approve, CARD)):
        verb(falcon_office.store, SLUG, key, now=NOW)
    changes = [
        {
            "path": "claims.kite.y1.text",
            "cause": "claim",
            "before": "Slow",
            "after": "Fast",
        }
    ]
    ask_again(
        falcon_office.store,
        SLUG,
        CARD,
        version=2,
        digest="d",
        changes=changes,
        now=NOW,
    )
    falcon_office.deliver()
    return falcon_office


def test_one_click_renews_an_approval(asked_again: Office) -> None:
    asked = asked_again.message(LEGAL, "Battlecard: Kite", ending="has changed.")
    assert 'Claim kite.y1, text: "Slow" → "Fast"' in str(words(asked))
    asked_again.press(LEGAL, asked, "task_approve")
    assert events(asked_again.store, verb="approve")[-1].data["content"] == "d"
    told = asked_again.message(LEGAL, "Battlecard: Kite")["text"]
    assert told == 'Approved Mon 11 Jan by you: "Battlecard: Kite" (Falcon 2).'
    assert status(asked_again.store, CARD) == "done"


def test_a_changed_document_that_is_not_approved_stays_done(
    asked_again: Office,
) -> None:
    asked = asked_again.message(LEGAL, "Battlecard: Kite", ending="has changed.")
    asked_again.press(LEGAL, asked, "task_reject")
    asked_again.fill(LEGAL, reason="Too bold")
    assert status(asked_again.store, CARD) == "done"
    asked_again.deliver()
    told = " ".join(each["text"] for each in asked_again.slack.messages(to=PMM))
    assert "Lou does not approve the changed document of" in told
    assert "Too bold" in told


def test_the_approver_sends_back_with_a_reason(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    submit(falcon_office.store, SLUG, CARD, now=NOW)
    falcon_office.deliver()
    asked = falcon_office.message(LEGAL, "Please approve")
    assert "[Approve] [Send back] [Open]" in words(asked)
    falcon_office.press(LEGAL, asked, "task_reject")
    assert falcon_office.fill(LEGAL)["response_action"] == "errors"
    falcon_office.fill(LEGAL, reason="A source is missing")
    assert status(falcon_office.store, CARD) == "doing"
    assert events(falcon_office.store, verb="reject")[-1].note == "A source is missing"


@pytest.mark.parametrize(
    "action",
    [
        "task_begin",
        "task_done",
        "task_block",
        "task_extend",
        "task_unblock",
        "task_ack",
    ],
)
def test_only_the_people_of_a_task_may_act(falcon_office: Office, action: str) -> None:
    before = changeable(falcon_office.store)
    falcon_office.click(STRANGER, action, f"{SLUG}|positioning")
    assert falcon_office.told == (
        'Nothing was changed: only Pia, Ola or Lee can do this for "Positioning" '
        "(Falcon 2). If it should be yours, ask Lee to give it to you."
    )
    assert falcon_office.slack.modals == []
    assert changeable(falcon_office.store) == before


@pytest.mark.parametrize("who", [PMM, OPS, STRANGER])
def test_only_approver_and_lead_may_approve_work(
    falcon_office: Office, who: str
) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    submit(falcon_office.store, SLUG, CARD, now=NOW)
    for action in ("task_approve", "task_reject"):
        falcon_office.click(who, action, f"{SLUG}|{CARD}")
        assert "only Lou or Lee can do this" in falcon_office.told
    assert status(falcon_office.store, CARD) == "review"


@pytest.mark.parametrize("who", [OPS, LEAD])
def test_the_backup_and_the_lead_may_act(falcon_office: Office, who: str) -> None:
    falcon_office.click(who, "task_begin", f"{SLUG}|positioning")
    assert events(falcon_office.store, verb="begin")[-1].by == who


def test_a_modal_is_answered_if_the_owner_changed_meanwhile(
    falcon_office: Office,
) -> None:
    falcon_office.click(PMM, "task_done", f"{SLUG}|positioning")
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    falcon_office.fill(PMM)
    assert falcon_office.told == '"Positioning" is done already. Nothing was changed.'


def test_email_addresses_are_case_insensitive(
    falcon_office: Office,
) -> None:
    falcon_office.slack.shown_as[PMM] = "PMM@Example.com"
    falcon_office.click(PMM, "task_begin", f"{SLUG}|positioning")
    assert events(falcon_office.store, verb="begin")[-1].by == PMM


def test_a_member_without_an_email_is_told_so(
    falcon_office: Office,
) -> None:
    falcon_office.forget(PMM)
    falcon_office.slack.shown_as[PMM] = None
    falcon_office.click(PMM, "task_begin", f"{SLUG}|positioning")
    assert "Slack does not tell the app your email" in falcon_office.told
    assert status(falcon_office.store, "positioning") == "ready"


def test_a_waiting_task_names_the_tasks_it_waits_for(falcon_office: Office) -> None:
    falcon_office.click("sales@example.com", "task_begin", f"{SLUG}|training")
    assert falcon_office.told == (
        'Not done: "Training" waits for "Battlecard: Osprey", "Battlecard: Kite", '
        '"Legal review".'
    )


def test_a_click_on_a_missing_launch_or_task_is_answered(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_begin", "falcon-3|positioning")
    assert falcon_office.told.startswith(
        'Not done: no launch "falcon-3"; did you mean "falcon-2"?'
    )
    falcon_office.click(PMM, "task_open", f"{SLUG}|gone")
    assert falcon_office.told == "Falcon 2 has no such task any more."
    falcon_office.click(PMM, "task_begin", f"{SLUG}|gone")
    assert 'has no task "gone"' in falcon_office.told


def test_on_it_is_recorded_as_a_note(falcon_office: Office) -> None:
    falcon_office.click(PMM, "task_ack", f"{SLUG}|positioning")
    noted = events(falcon_office.store, verb="note")[-1]
    assert (noted.by, noted.note) == (PMM, "On it")
    assert (
        falcon_office.told == "Thank you, noted: reminders about it pause for a while."
    )


def test_open_shows_everything_about_a_task(falcon_office: Office) -> None:
    done(falcon_office.store, SLUG, "positioning", now=NOW)
    falcon_office.deliver()
    block(falcon_office.store, SLUG, CARD, now=at("01-12"), note="No data <!channel>")
    falcon_office.press(
        PMM, falcon_office.message(PMM, "Battlecard: Kite"), "task_open"
    )
    _, modal = falcon_office.slack.modals[-1]
    assert "submit" not in modal
    shown = words(modal)
    assert shown[:2] == [
        "Battlecard: Kite",
        "It is blocked: No data &lt;!channel&gt;.",
    ]
    assert "Launch: Falcon 2" in shown
    assert "Owner: Pia" in shown
    assert "Waited for: Positioning ✓" in shown
    assert "Waits for this: Training (Sam)" in shown
    assert "Checklist: ☐ Every claim has a source" in shown
    assert "Backup: Ola" in shown
    assert "Approver: Lou" in shown
    assert shown[-3:] == [
        "History",
        "Mon 11 Jan · It can be started.",
        'Tue 12 Jan · Pia says that it is blocked: "No data &lt;!channel&gt;".',
    ]


def test_an_owner_who_opens_a_task_for_later_gets_it_with_its_buttons(
    falcon_office: Office,
) -> None:
    slow = brief_with(launch="kestrel", product="Kestrel", kit=KIT | {"handout": None})
    opened(falcon_office.store, slow)
    done(falcon_office.store, "kestrel", "positioning", now=NOW)
    value = f"kestrel|{CARD}"
    falcon_office.click(STRANGER, "task_open", value)
    falcon_office.click(LEAD, "task_open", value)
    assert notices(falcon_office.store, "task", key=CARD, slug="kestrel") == []
    falcon_office.followed.clear()
    falcon_office.click(PMM, "task_open", value)
    assert words(falcon_office.slack.modals[-1][1])[1] == (
        "It is planned to start Thu 14 Jan."
    )
    assert falcon_office.followed == ["kestrel"]
    falcon_office.click(PMM, "task_open", value)
    falcon_office.deliver()
    (notice,) = notices(falcon_office.store, "task", key=CARD, slug="kestrel")
    assert notice.to == PMM
    message = falcon_office.message(PMM, 'Please start "Battlecard: Kite" (Kestrel)')
    assert "planned for 14-15 Jan." in message["text"]


def test_every_member_may_open_a_task(falcon_office: Office) -> None:
    falcon_office.click(STRANGER, "task_open", f"{SLUG}|positioning")
    assert falcon_office.slack.modals[-1][1]["callback_id"] == "task_open"


def test_an_answer_without_a_response_url_is_posted_to_the_channel(
    falcon_office: Office,
) -> None:
    falcon_office.click(
        STRANGER,
        "task_begin",
        f"{SLUG}|positioning",
        channel=f"D{falcon_office.slack.people[PMM]}",
        response_url="",
    )
    assert "only Pia, Ola or Lee can do this" in falcon_office.told
    assert falcon_office.slack.called("chat.postEphemeral") == 1


def test_an_internal_error_is_answered_without_its_details(
    falcon_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {**routes.CLICKS, "task_begin": lambda *_: 1 / 0}
    monkeypatch.setattr(routes, "CLICKS", broken)
    falcon_office.click(PMM, "task_begin", f"{SLUG}|positioning")
    assert falcon_office.told.startswith("Sorry, that went wrong on our side")


def test_a_second_hand_in_closes_the_first_question(falcon_office: Office) -> None:
    store = falcon_office.store
    done(store, SLUG, "positioning", now=NOW)
    for link in ("https://x.example/1", "https://x.example/2"):
        submit(store, SLUG, CARD, now=NOW, link=link)
        falcon_office.deliver()
    asked = [
        each
        for each in falcon_office.slack.messages(to=LEGAL)
        if "Battlecard: Kite" in each["text"]
    ]
    assert len(asked) == 2
    first, second = asked
    assert "task_approve" not in json.dumps(first["blocks"])
    assert "newer message" in first["text"]
    assert "task_approve" in json.dumps(second["blocks"])
    falcon_office.press(LEGAL, second, "task_approve")
    assert status(store, CARD) == "done"
