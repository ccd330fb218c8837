from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs.new_launch import plan_form
from launch_kits.verbs.shared_channel import newly_shared, shared_channel_doubt
from tests.launches import LEAD, NOW, SLUG, brief_with, opened

CHANNEL = f"{SLUG}-launch"


def test_a_channel_of_another_lead_is_doubted(store: Store) -> None:
    opened(store)
    team = brief_with().model_dump(mode="json")["team"]
    team["lead"]["email"] = "other@example.com"
    other = brief_with(launch="heron", channel=CHANNEL, team=team)
    own = brief_with(launch="heron", channel=CHANNEL)
    apart = brief_with(launch="heron", team=team)
    with store.read() as session:
        doubt = shared_channel_doubt(session, other)
        assert doubt is not None
        assert (
            f"#{CHANNEL} is the channel of Falcon 2 ({SLUG}, led by " in doubt.message
        )
        assert shared_channel_doubt(session, own) is None, "one lead shares a channel"
        assert newly_shared(session, apart, other) == (doubt,)
        assert newly_shared(session, other, other) == ()
        assert newly_shared(session, other, apart) == ()


def test_a_form_tells_it_at_the_channel(store: Store) -> None:
    opened(store)
    texts = {
        "product": "Heron 3",
        "launch": "heron-3",
        "kit": "quiet_release",
        "launch_on": "2027-09-01",
        "channel": CHANNEL,
        "team.lead.name": "Other",
        "team.lead.email": "other@example.com",
    }
    found = plan_form(texts, store=store, search=(), now=NOW)
    assert found.doubts["channel"].startswith(f"#{CHANNEL} is the channel of ")
    texts["team.lead.email"] = LEAD.upper()
    assert "channel" not in plan_form(texts, store=store, search=(), now=NOW).doubts
