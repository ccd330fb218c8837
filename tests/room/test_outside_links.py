from __future__ import annotations

import pytest
from sqlmodel import select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from tests.launches import LEAD, PMM, SLUG, opened, send_all
from tests.room.visiting import text_of

TASK = f"/launches/{SLUG}/tasks/positioning"
UI = "https://prefect.example.com"


def with_run(store: Store) -> None:
    with store.write() as session:
        find_launch(session, SLUG).flow_run_id = "7b0c"


@pytest.mark.parametrize(
    "case",
    [
        (UI, False, True),
        (UI, True, True),
        ("http://127.0.0.1:4200", False, True),
        ("http://127.0.0.1:4200", True, False),
    ],
)
def test_the_page_of_a_launch_links_to_its_run(store, arriving, monkeypatch, case):
    ui, by_header, shown = case
    opened(store)
    with_run(store)
    monkeypatch.setenv("PREFECT_UI_URL", ui)
    proxy = {
        "LAUNCH_KITS_URL": "https://launches.example.com",
        "LAUNCH_KITS_AUTH_HEADER": "X-Email",
        "LAUNCH_KITS_TRUSTED_PROXIES": "10.0.0.7",
    }
    visit = arriving(**(proxy if by_header else {}))
    browser = visit.another(peer="10.0.0.7" if by_header else None)
    page = browser.get(f"/launches/{SLUG}", headers={"X-Email": LEAD}).text
    assert (f"{ui}/runs/flow-run/7b0c" in page) is shown
    assert "#falcon-2-launch" in text_of(page)


def test_a_launch_without_a_run_has_no_link(visit, monkeypatch):
    monkeypatch.setenv("PREFECT_UI_URL", UI)
    assert "flow-run" not in visit.get(f"/launches/{SLUG}").text


def test_a_task_links_to_the_message_that_its_reader_can_open(visit):
    send_all(visit.store)
    with visit.store.write() as session:
        query = select(Notice).where(Notice.task == "positioning", Notice.to == PMM)
        notice = session.exec(query).first()
        notice.permalink = "https://example.slack.com/archives/D1/p1"
        session.add(notice)
    visit.sign_in(LEAD)
    assert "archives/D1" not in visit.get(TASK).text, "it is a message to another"
    visit.sign_in(PMM)
    assert 'href="https://example.slack.com/archives/D1/p1"' in visit.get(TASK).text
