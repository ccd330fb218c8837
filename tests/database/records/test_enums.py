from __future__ import annotations

import pytest

from launch_kits.database.records import KEEPING_TEXT, LIVING, NoticeKind


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_message_is_kept_true_or_keeps_its_text_or_is_never_touched(kind):
    assert not (kind in LIVING and kind in KEEPING_TEXT)


def test_the_answer_to_a_question_and_a_cancellation_are_never_changed():
    assert set(NoticeKind) - LIVING - KEEPING_TEXT == {
        NoticeKind.CANCELLED,
        NoticeKind.ANSWER,
    }
