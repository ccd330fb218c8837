from __future__ import annotations

from datetime import datetime

from launch_kits.database.queries import notices_of
from launch_kits.views.as_json import notices_json
from tests.launches import SLUG


def test_notice_has_text_for_its_instants(falcon):
    with falcon.read() as session:
        found = notices_json(notices_of(session, SLUG))
        everything = notices_json(notices_of(session, None))
    assert found == everything
    first = found[0]
    assert first["launch"] == SLUG
    assert datetime.fromisoformat(str(first["filed_at"])).tzinfo is not None
    assert (first["sent_at"], first["status"]) == (None, "pending")
