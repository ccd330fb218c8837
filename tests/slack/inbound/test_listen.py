from __future__ import annotations

import json

from tests.launches import LEAD, SLUG
from tests.slack.office import Office


def test_a_numbered_button_is_heard_like_its_first(falcon_office: Office) -> None:
    falcon_office.click(LEAD, "launch_move:3", json.dumps({"launch": SLUG}))
    assert falcon_office.slack.modals[-1][1]["callback_id"] == "launch_move"
