from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from launch_kits.database.records import PageFile
from launch_kits.database.store import Store
from launch_kits.outbox.restored import note_restored
from launch_kits.settings import Settings
from launch_kits.slack.api.faults import Unclear
from launch_kits.slack.outbound.client import connect
from launch_kits.slack.outbound.page_files import EVERY, PageFiles
from launch_kits.slack.outbound.pages import ChannelPage
from launch_kits.worker.delivery import Delivered
from tests.slack.conftest import NOW
from tests.slack.stand_in import Fault, StandIn

SLUG = "valkey-9"
CHANNEL = "#valkey-9-launch"
Keep = Callable[..., bool]


def page(text: str, pdf: bytes | None = b"%PDF") -> ChannelPage:
    return ChannelPage(
        card="redis",
        task="card",
        title="Redis",
        markdown=text,
        stem="card",
        pdf=lambda: pdf,
    )


@pytest.fixture
def keep(
    store: Store,
    slack_settings: Settings,
    slack: StandIn,
    file: Callable[..., str],
    send: Callable[[datetime], Delivered],
) -> Keep:
    """Keeps a page at an instant, in the thread of the headline."""
    file("headline", None, to=CHANNEL)
    send(NOW)
    (headline,) = slack.messages(to=CHANNEL)

    def kept(given: ChannelPage, *, now: datetime = NOW) -> bool:
        files = PageFiles(store, connect(slack_settings), now=lambda: now)
        channel = slack.named(CHANNEL[1:]).id
        return files.keep(SLUG, given, channel=channel, ts=headline["ts"])

    return kept


def test_a_page_is_uploaded_once_and_again_a_day_after_it_changed(
    keep: Keep, slack: StandIn
) -> None:
    assert not keep(page("a"))
    assert not keep(page("a"))
    assert keep(page("b")), "it waits"
    assert len(slack.uploaded(to=CHANNEL)) == 1
    assert not keep(page("b"), now=NOW + EVERY)
    assert len(slack.uploaded(to=CHANNEL)) == 2


def test_a_page_without_a_pdf_is_left_out(keep: Keep, slack: StandIn) -> None:
    assert not keep(page("a", pdf=None))
    assert slack.uploaded(to=CHANNEL) == []


def test_after_an_unclear_end_the_file_is_found(keep: Keep, slack: StandIn) -> None:
    slack.faults.append(Fault("files.completeUploadExternal", "lost"))
    with pytest.raises(Unclear):
        keep(page("a"))
    assert not keep(page("a"), now=NOW + timedelta(minutes=5))
    assert len(slack.uploaded(to=CHANNEL)) == 1


def test_a_page_that_went_out_after_a_backup_is_found_again(
    keep: Keep, slack: StandIn, store: Store
) -> None:
    keep(page("a"))
    with store.write() as session:
        session.delete(session.get(PageFile, (SLUG, "redis")))
        note_restored(session, backup_at=NOW - timedelta(days=1), now=NOW)
    keep(page("a"))
    assert len(slack.uploaded(to=CHANNEL)) == 1
