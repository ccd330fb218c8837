from __future__ import annotations

from launch_kits.verbs import done, drop
from tests.launches import (
    LEAD,
    LEGAL,
    NOW,
    PMM,
    SLUG,
    at,
    status,
)
from tests.slack.block_kit import problems_of_view
from tests.slack.office import Office, words


def opened_details(office: Office, email: str, key: str) -> list[str]:
    """The buttons in the details of a task."""
    office.click(email, "task_open", f"{SLUG}|{key}")
    _, view = office.slack.modals[-1]
    assert problems_of_view(view) == []
    return [each for each in words(view) if each.startswith("[")]


def finish_the_work(office: Office) -> None:
    """Everything before going live is done."""
    for each in ("positioning", "research", "legal_review"):
        done(office.store, SLUG, each, now=NOW)
    for each in ("battlecard:osprey", "battlecard:kite"):
        drop(office.store, SLUG, each, now=NOW)
    office.now = at("2027-02-08")
    done(office.store, SLUG, "training", now=office.now)


def test_open_offers_what_its_reader_may_do(gate_office: Office) -> None:
    edit_all = "[Edit] [Give to someone else] [Leave out] [Checks before launch]"
    assert opened_details(gate_office, PMM, "research") == [edit_all]
    assert opened_details(gate_office, LEGAL, "research") == ["[Checks before launch]"]
    assert opened_details(gate_office, LEAD, "go_live") == [f"[Decide] {edit_all}"]
    assert opened_details(gate_office, PMM, "battlecard:kite") == [
        f"[Checklist] {edit_all}"
    ]
    drop(gate_office.store, SLUG, "research", now=NOW)
    assert opened_details(gate_office, PMM, "research") == [
        "[Take up again] [Checks before launch]"
    ]


def test_a_go_or_no_go_is_not_done_while_a_gate_before_it_is_open(
    gate_office: Office,
) -> None:
    finish_the_work(gate_office)
    gate_office.click(LEAD, "task_done", f"{SLUG}|go_live")
    assert gate_office.slack.modals == []
    assert gate_office.told == (
        '"Go live" cannot be done yet, because these checks are open: Sales can sell '
        "it: Trained sellers ≥ 80%; Sales can sell it: Cards are read. "
        "Meet them, or use its button Decide for a no-go."
    )
    gate_office.type(LEAD, f"done {SLUG} go_live")
    assert "Sales can sell it: Cards are read" in gate_office.told
    assert status(gate_office.store, "go_live") != "done"
