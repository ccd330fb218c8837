from __future__ import annotations

import pytest

from launch_kits.room.task_verbs import TASK_VERBS
from launch_kits.views.labels import LABELS
from launch_kits.views.notices import actions
from launch_kits.views.notices.message import Action


def test_no_two_acts_have_the_same_label():
    assert len(set(LABELS.values())) == len(LABELS)


@pytest.mark.parametrize("verb", TASK_VERBS.values(), ids=lambda verb: verb.name)
def test_the_launch_room_takes_its_labels_from_the_table(verb):
    assert verb.label == LABELS[verb.name]


def test_messages_take_their_labels_from_the_table():
    found = [each for each in vars(actions).values() if isinstance(each, Action)]
    assert len(found) > 10
    assert {each.label for each in found} <= set(LABELS.values())
