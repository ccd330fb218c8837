from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.store import Store
from tests.launches import SLUG
from tests.outbox.rows import claim, file, run, settle


def test_a_channel_is_known_by_the_last_message_there(empty: Store) -> None:
    assert run(empty, outbox.channel_of, SLUG, "#falcon") is None
    key = file(empty, to="#falcon")
    assert run(empty, outbox.channel_of, SLUG, "#falcon") is None
    claim(empty)
    settle(empty, key)
    assert run(empty, outbox.channel_of, SLUG, "#falcon") == "D1"
    assert run(empty, outbox.channel_of, "other", "#falcon") is None
