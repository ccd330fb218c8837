from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import changing, flag
from launch_kits.verbs.flags import (
    card_of,
    flags_of,
    news_of_cards,
    reasons_of,
    settle_flag_news,
)
from launch_kits.views.notices.news_events import NewsEvent
from tests.desk import SELLER, with_desk
from tests.launches import NOW, SLUG

CLAIM = "osprey.s1"


def test_a_flag_is_there_with_its_reason_until_its_news_are_settled(
    store: Store,
) -> None:
    with_desk(store)
    flag(store, SLUG, CLAIM, by=SELLER, note="Renamed", now=NOW)
    with changing(store, SLUG, now=NOW) as change:
        assert [each.by for each in flags_of(change, CLAIM)] == [SELLER]
        assert reasons_of(change, CLAIM) == [{"by": SELLER, "note": "Renamed"}]
        assert flags_of(change, "osprey.y1") == []
        settle_flag_news(change, "osprey.y1", how="answered")
        (news,) = news_of_cards(change, [NewsEvent.CARD_FLAGGED])
        settle_flag_news(change, CLAIM, how="answered", by=SELLER)
        assert news.facts["settled"] == {"how": "answered", "by": SELLER}
        assert news_of_cards(change, [NewsEvent.CARD_FLAGGED]) == []


def test_a_card_has_the_name_of_its_competitor(store: Store) -> None:
    with_desk(store)
    with changing(store, SLUG, now=NOW) as change:
        assert card_of(change, CLAIM) == "Osprey Data Hub"
        assert card_of(change, "gone.s1") == "gone"
