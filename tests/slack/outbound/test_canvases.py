from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from launch_kits import outbox
from launch_kits.database.queries import find_launch
from launch_kits.database.records import LaunchCanvas, NoticeKind
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.verbs import begin
from launch_kits.worker.delivery import Delivered
from tests.launches import ledger_of
from tests.slack.changes import change
from tests.slack.conftest import NOW
from tests.slack.stand_in import Fault, StandIn
from tests.slack.stand_in_canvases import Canvas

Send = Callable[[datetime], Delivered]
SLUG = "valkey-9"
CHANNEL = "valkey-9-launch"


def row(store: Store) -> LaunchCanvas:
    with store.read() as session:
        found = session.get(LaunchCanvas, SLUG)
        assert found is not None
        return found


def touch(store: Store) -> None:
    """Give the delivery something to do."""
    with store.write() as session:
        outbox.outdate(session, launch=SLUG, kinds=[NoticeKind.HEADLINE])


def moved(store: Store) -> None:
    """Something that the page tells."""
    begin(store, SLUG, "legal_review", now=NOW)


def calls(slack: StandIn, method: str) -> int:
    return sum(each == method for each, *_ in slack.calls)


@pytest.fixture
def headline(file: Callable[..., str]) -> str:
    return file("headline", None, f"#{CHANNEL}")


def test_a_launch_gets_a_canvas_with_its_page(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    assert canvas.title == "Valkey 9.0"
    assert canvas.markdown.startswith("# Valkey 9.0\n")
    assert "Legal review**: Legal, due Thu 4 Feb, ready" in canvas.markdown
    assert row(store).canvas_id == canvas.id


def test_it_is_edited_only_if_the_page_changed(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    touch(store)
    send(NOW + timedelta(minutes=5))
    assert canvas.edits == 0
    moved(store)
    send(NOW + timedelta(minutes=10))
    assert canvas.edits == 1
    assert "due Thu 4 Feb, in progress" in canvas.markdown
    assert len(slack.canvases) == 1


def test_a_workspace_without_canvases_is_asked_again_after_a_day(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    slack.canvases_refused = "team_tier_cannot_create_channel_canvases"
    delivered = send(NOW)
    assert delivered.problems == ()
    assert "team_tier_cannot_create_channel_canvases" in str(row(store).error)
    slack.canvases_refused = ""
    moved(store)
    send(NOW + timedelta(hours=1))
    assert slack.canvases == {}
    moved_again = NOW + timedelta(days=1, hours=1)
    touch(store)
    send(moved_again)
    assert len(slack.canvases) == 1
    assert row(store).error is None


def test_the_canvas_of_others_stays_as_it_is(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    canvas.markdown = "Our own notes"
    with store.write() as session:
        session.delete(session.get(LaunchCanvas, SLUG))
    for days in (1, 3):
        touch(store)
        send(NOW + timedelta(days=days))
    assert canvas.markdown == "Our own notes"
    assert "has a canvas of its own" in str(row(store).error)


def test_a_canvas_that_a_person_deleted_is_not_created_again(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    slack.canvases.clear()
    moved(store)
    for days in (0, 2):
        touch(store)
        send(NOW + timedelta(days=days, minutes=5))
    assert slack.canvases == {}
    assert "canvas_not_found" in str(row(store).error)


def test_after_an_unclear_end_the_canvas_is_found(
    headline: str, send: Send, slack: StandIn, store: Store
) -> None:
    send(NOW)
    (canvas,) = slack.canvases.values()
    # as if the process had been killed before it could note the answer
    with store.write() as session:
        found = session.get(LaunchCanvas, SLUG)
        assert found is not None
        found.canvas_id = None
        found.revision = -1
        session.add(found)
    touch(store)
    send(NOW + timedelta(minutes=5))
    assert list(slack.canvases) == [canvas.id]
    assert row(store).canvas_id == canvas.id


CARD = "battlecard-redis"


def write_card(settings: Settings, store: Store, text: str) -> None:
    """Write the card's document, as a step of the launch's run does."""
    folder = settings.documents / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{CARD}.md").write_text(text)
    (folder / f"{CARD}.pdf").write_bytes(text.encode())
    change(store, document=f"{SLUG}/{CARD}.md")


@pytest.fixture
def card(store: Store, slack_settings: Settings) -> Callable[[str], None]:
    """A competitor whose card is written; writes it again."""
    competitor = {"key": "redis", "name": "Redis", "claims": ledger_of("redis")}
    with store.write() as session:
        launch = find_launch(session, SLUG)
        positioning = {"alternatives": [competitor]}
        launch.brief = {**launch.brief, "positioning": positioning}
        session.add(launch)
    change(store, each="competitors", item="redis", template="battlecard.md.j2")
    write_card(slack_settings, store, "# Card\n<!-- picture: a -->\nFast")
    return partial(write_card, slack_settings, store)


def cards_of(slack: StandIn) -> list[Canvas]:
    return [each for each in slack.canvases.values() if each.title != "Valkey 9.0"]


def files(slack: StandIn) -> list[tuple[str, str]]:
    """Title and first bytes of each file in the launch's channel."""
    found = slack.uploaded(to=f"#{CHANNEL}")
    return [(file["title"], file["name"].rsplit("-", 1)[0]) for file in found]


def test_each_card_gets_a_canvas_that_is_kept_up_to_date(
    headline: str, card: Callable[[str], None], send: Send, slack: StandIn
) -> None:
    send(NOW)
    (canvas,) = cards_of(slack)
    page = next(each for each in slack.canvases.values() if each is not canvas)
    link = f"https://stand-in.slack.com/docs/T1/{canvas.id}"
    assert f"- [Battlecard: redis]({link})\n" in page.markdown
    assert (canvas.title, canvas.markdown) == (
        "Battlecard: redis",
        "# Card\nFast",
    )
    assert canvas.channel == slack.named(CHANNEL).id
    card("# Card\nSlow")
    send(NOW + timedelta(minutes=5))
    assert (canvas.markdown, canvas.edits) == ("# Card\nSlow", 1)
    assert files(slack) == []


@pytest.mark.parametrize(
    "refusal", ["team_tier_cannot_create_channel_canvases", "missing_scope"]
)
def test_without_canvases_pages_come_as_pdf_once_and_again_if_they_change(
    headline: str,
    card: Callable[[str], None],
    send: Send,
    slack: StandIn,
    refusal: str,
) -> None:
    slack.canvases_refused = refusal
    send(NOW)
    page = ("Valkey 9.0", "valkey-9-page")
    battlecard = ("Battlecard: redis", CARD)
    assert files(slack) == [battlecard, page]
    card("# Card\nSlow")
    send(NOW + timedelta(minutes=5))
    assert files(slack) == [battlecard, page], "at most once a day"
    send(NOW + timedelta(days=1, minutes=5))
    assert files(slack) == [battlecard, page, battlecard]
    slack.canvases_refused = ""
    send(NOW + timedelta(days=2, minutes=10))
    assert len(slack.canvases) == 2
    card("# Card\nFast again")
    send(NOW + timedelta(days=3, minutes=10))
    assert len(files(slack)) == 3


def test_a_file_waits_for_the_hours_of_the_launch(
    headline: str, card: Callable[[str], None], send: Send, slack: StandIn
) -> None:
    send(NOW)
    slack.canvases_refused = "restricted_action"
    card("# Card\nSlow")
    night = NOW + timedelta(hours=12)
    send(night)
    assert files(slack) == []
    touch_file = NOW + timedelta(days=1)
    send(touch_file)
    assert [name for _, name in files(slack)] == [CARD]


def test_a_cards_canvas_whose_creation_had_an_unclear_end_is_found(
    headline: str, card: Callable[[str], None], send: Send, slack: StandIn
) -> None:
    slack.faults.append(Fault("canvases.create", "lost"))
    send(NOW)
    (canvas,) = cards_of(slack)
    send(NOW + timedelta(minutes=5))
    card("# Card\nSlow")
    send(NOW + timedelta(minutes=10))
    assert cards_of(slack) == [canvas]
    assert "Slow" in canvas.markdown
    assert files(slack) == []


def test_a_cards_canvas_that_slack_did_not_create_is_created_after_a_while(
    headline: str,
    card: Callable[[str], None],
    send: Send,
    slack: StandIn,
    store: Store,
) -> None:
    slack.faults.append(Fault("canvases.create", "drop", times=9))
    send(NOW)
    slack.faults.clear()
    touch(store)
    send(NOW + timedelta(minutes=5))
    assert cards_of(slack) == []
    touch(store)
    send(NOW + timedelta(minutes=11))
    assert len(cards_of(slack)) == 1
    assert files(slack) == []


def test_without_the_scope_to_look_it_is_not_created_twice_but_looked_for_each_day(
    headline: str, card: Callable[[str], None], send: Send, slack: StandIn
) -> None:
    slack.files_unread = True
    slack.faults.append(Fault("canvases.create", "lost"))
    send(NOW)
    assert len(cards_of(slack)) == 1
    for days in (0, 1, 2):
        send(NOW + timedelta(days=days, minutes=5))
    assert len(cards_of(slack)) == 1
    assert [name for _, name in files(slack)] == [CARD]
    slack.files_unread = False
    card("# Card\nSlow")
    send(NOW + timedelta(days=4))
    (canvas,) = cards_of(slack)
    assert "Slow" in canvas.markdown
