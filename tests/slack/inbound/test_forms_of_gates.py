from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

from launch_kits.verbs import check, decide, drop
from launch_kits.verbs.gates import waive
from tests.launches import (
    KEYS,
    KIT,
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    at,
    brief_with,
    events,
)
from tests.slack.block_kit import problems_of_view
from tests.slack.conftest import opened_office
from tests.slack.office import Office, words

LINK = "https://x.example/results"


def place(stage: str, key: str = "") -> str:
    return json.dumps({"launch": SLUG, "stage": stage, "check": key})


def open_gate(office: Office, email: str, stage: str = "sales") -> None:
    office.click(email, "launch_gates", place(stage))


def test_the_command_shows_gates_and_checks(gate_office: Office) -> None:
    gate_office.type(LEAD, "gates falcon")
    said = words(gate_office.slack.told[-1])
    assert said[0] == "Falcon 2 cannot go yet: 2 checks are open."
    assert said[3] == (
        "Sales can sell it\n"
        "2 of 2 checks open. They must be met before the launch can go. "
        "Sam answers for it.\n"
        "☐ Trained sellers ≥ 80% (needs a link)\n"
        "☐ Cards are read"
    )
    assert said[4] == "[Open]"
    assert said[-1] == "[Decide]"


def test_only_people_who_decide_are_offered_to_and_only_before_the_go(
    gate_office: Office,
) -> None:
    def offered(email: str) -> bool:
        gate_office.type(email, "gates falcon")
        return "[Decide]" in words(gate_office.slack.told[-1])

    assert [offered(each) for each in (LEAD, SALES, PMM)] == [True, False, False]
    last = date(2027, 3, 1)
    for stage, number in (("story", 1), ("sales", 1), ("sales", 2)):
        waive(
            gate_office.store,
            SLUG,
            stage,
            number,
            until=last,
            note="Later",
            by=LEAD,
            now=NOW,
        )
    for key in KEYS[:-2]:
        drop(gate_office.store, SLUG, key, by=LEAD, now=NOW)
    decide(gate_office.store, SLUG, go=True, by=LEAD, now=NOW)
    assert not offered(LEAD)


def test_a_gate_offers_each_reader_what_they_may(gate_office: Office) -> None:
    offered = {}
    for email in (LEAD, SALES, PMM):
        open_gate(gate_office, email)
        _, modal = gate_office.slack.modals[-1]
        assert problems_of_view(modal) == []
        offered[email] = [each for each in words(modal) if each.startswith("[")]
    assert offered == {
        LEAD: ["[Tick] [Let it pass]"] * 2,
        SALES: ["[Tick]"] * 2,
        PMM: [],
    }


def test_a_check_is_ticked_with_its_evidence(gate_office: Office) -> None:
    open_gate(gate_office, SALES)
    gate_office.press_in_modal(SALES, "gate_check")
    assert gate_office.slack.pushed
    assert words(gate_office.slack.modals[-1][1])[0] == (
        "☐ Trained sellers ≥ 80% (needs a link)"
    )
    refused = gate_office.fill(SALES)
    assert refused["errors"] == {
        "link": "Give a link to the evidence, so that others can see it."
    }
    assert gate_office.fill(SALES, link="x.example")["response_action"] == "errors"
    assert events(gate_office.store, verb="check") == []
    assert gate_office.fill(SALES, link=LINK, note="All came") == {}
    (event,) = events(gate_office.store, verb="check")
    assert (event.by, event.note, event.data["link"]) == (SALES, "All came", LINK)
    assert gate_office.told == (
        '"Trained sellers ≥ 80%" is ticked; 1 check of "Sales can sell it" is still open.'
    )
    assert gate_office.followed == [SLUG]


def test_a_check_whose_work_is_open_is_ticked_with_a_reason(tmp_path: Path) -> None:
    kit = deepcopy(KIT)
    kit["stages"][1]["gate"] = {
        "title": "Sales can sell it",
        "hard": True,
        "checks": [{"title": "Sellers are trained", "task": "training"}],
    }
    for office in opened_office(tmp_path, brief_with(kit=kit)):
        open_gate(office, LEAD)
        office.press_in_modal(LEAD, "gate_check")
        assert words(office.slack.modals[-1][1])[:2] == [
            '☐ Sellers are trained (waits for "Training")',
            '"Training" is not done yet, so nothing proves this check.',
        ]
        assert office.fill(LEAD)["errors"] == {
            "note": "Please write a few words: its work is not done."
        }
        assert events(office.store, verb="check") == []
        assert office.fill(LEAD, note="Trained last year") == {}
        office.type(LEAD, "gates falcon")
        assert words(office.slack.told[-1])[0] == (
            "All checks for the go of Falcon 2 are met, but 4 tasks before it are not done."
        )


def test_an_open_check_after_the_launch_holds_no_launch(gate_office: Office) -> None:
    said = {}
    for stage in ("sales", "launch"):
        open_gate(gate_office, LEAD, stage)
        gate_office.press_in_modal(LEAD, "gate_waive")
        said[stage] = words(gate_office.slack.modals[-1][1])[-1]
    assert said == {
        "sales": "The launch can go until then although the check is open.",
        "launch": "The check may stay open until then. The launch does not wait for it.",
    }


def test_the_gate_below_a_form_is_brought_up_to_date(gate_office: Office) -> None:
    open_gate(gate_office, SALES)
    gate_office.press_in_modal(SALES, "gate_check", nth=2)
    _, form = gate_office.slack.modals[-1]
    payload = gate_office.people.filled(SALES, form)
    payload["view"]["previous_view_id"] = "V7"
    gate_office.people.post(payload)
    gate_office.settle()
    below, updated = gate_office.slack.updated[-1]
    assert below == "V7"
    assert "☑ Cards are read (Sam, Mon 11 Jan)" in words(updated)


def test_only_those_who_may_tick(gate_office: Office) -> None:
    gate_office.click(PMM, "gate_check", place("sales", "cards-are-read"))
    assert gate_office.slack.modals == []
    assert gate_office.told == (
        'Nothing was changed: only Sam, Ola or Lee can tick the checks of "Sales can '
        'sell it".'
    )


def test_a_check_is_let_pass_until_a_day(gate_office: Office) -> None:
    open_gate(gate_office, LEAD)
    gate_office.press_in_modal(LEAD, "gate_waive")
    assert gate_office.fill(LEAD, until="2027-01-10", note="x")["errors"] == {
        "until": "Pick a day from today on."
    }
    assert gate_office.fill(LEAD)["errors"] == {"note": "Please write a few words."}
    assert gate_office.fill(LEAD, until="2027-01-15", note="Next week") == {}
    (event,) = events(gate_office.store, verb="waive")
    assert (event.by, event.note, event.data["until"]) == (
        LEAD,
        "Next week",
        "2027-01-15",
    )
    assert gate_office.told == (
        '"Trained sellers ≥ 80%" may stay open until Fri 15 Jan.'
    )
    open_gate(gate_office, PMM)
    assert (
        "☑ Trained sellers ≥ 80% (Lee lets it pass until Fri 15 Jan: Next week)"
        in words(gate_office.slack.modals[-1][1])
    )


def test_a_check_is_taken_back(gate_office: Office) -> None:
    check(gate_office.store, SLUG, "sales", 2, by=OPS, now=NOW)
    open_gate(gate_office, OPS)
    gate_office.press_in_modal(OPS, "gate_uncheck")
    assert gate_office.fill(OPS, note="They were not") == {}
    assert events(gate_office.store, verb="uncheck")[0].by == OPS
    assert gate_office.told == '"Cards are read" is open again.'


def test_a_form_about_a_check_that_changed_meanwhile_says_so(
    gate_office: Office,
) -> None:
    waive(
        gate_office.store,
        SLUG,
        "sales",
        2,
        until=at("2027-01-12").date(),
        note="Soon",
        now=NOW,
    )
    gate_office.click(SALES, "gate_check", place("sales", "cards-are-read"))
    check(gate_office.store, SLUG, "sales", 2, now=NOW)
    gate_office.fill(SALES)
    assert gate_office.told == '"Cards are read" is ticked already.'
    assert len(events(gate_office.store, verb="check")) == 1
    for action in ("gate_check", "gate_waive"):
        gate_office.click(LEAD, action, place("sales", "cards-are-read"))
    assert len(gate_office.slack.modals) == 1
