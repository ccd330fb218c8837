from __future__ import annotations

import pytest

from launch_kits.database.records import NoticeKind
from tests.slack.said import BATTLECARD, said
from tests.slack.views import launch, notice


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_can_do_without_facts_and_without_its_task(kind):
    for subject in ("battlecard:redis", "gone", None):
        text, shown = said(notice(kind, subject), launch(BATTLECARD))
        assert text
        assert shown
