from __future__ import annotations

from launch_kits.views.notices.handed_out import LISTED, handed_out
from launch_kits.views.notices.message import Subject
from tests.slack.views import READER, launch


def test_many_tasks_are_one_list_by_their_due_day() -> None:
    tasks = [
        {"task": f"t{at}", "title": f"Task {at}", "due": f"2027-02-{28 - at:02}"}
        for at in range(25)
    ]
    found = handed_out({"tasks": tasks}, launch(), reader=READER)
    assert found.sentence == (
        '25 tasks of Valkey 9.0 are ready for you to start. First: "Task 24": due Thu 4 Feb.'
    )
    (group,) = found.groups
    assert (len(group.items), group.more) == (LISTED, 5)
    assert group.items[0].subject == Subject("valkey-9", "t24")


def test_odd_facts_make_a_list_all_the_same() -> None:
    for facts in ({}, {"tasks": "odd"}, {"tasks": [3, {}]}):
        assert handed_out(facts, launch(), reader=READER).sentence
