from __future__ import annotations

import pytest

from launch_kits.verbs import check, done, drop, uncheck
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    at,
    status,
)
from tests.slack.office import Office

LINK = "https://x.example/results"


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


def test_a_modal_for_done_is_refused_if_a_gate_opened_meanwhile(
    gate_office: Office,
) -> None:
    finish_the_work(gate_office)
    ready_to_go(gate_office)
    gate_office.click(LEAD, "task_done", f"{SLUG}|go_live")
    uncheck(gate_office.store, SLUG, "sales", 2, now=gate_office.now)
    gate_office.fill(LEAD)
    assert gate_office.told.startswith(
        "Not done, because this is open: Sales can sell it: Cards are read."
    )
    assert status(gate_office.store, "go_live") != "done"


@pytest.mark.parametrize(
    "link", ["ftp://x.example", "x.example/a", "https://x y", "javascript:alert(1)"]
)
def test_the_modal_refuses_a_faulty_link(falcon_office: Office, link: str) -> None:
    falcon_office.click(PMM, "task_done", f"{SLUG}|positioning")
    answered = falcon_office.fill(PMM, link=link)
    assert answered["response_action"] == "errors"
    assert list(answered["errors"]) == ["link"]
    assert status(falcon_office.store, "positioning") == "ready"
