from __future__ import annotations

from launch_kits.database.records import Notice
from launch_kits.database.store import Store
from launch_kits.verbs.digest_launches import RunningLaunches
from launch_kits.verbs.digest_reminders import (
    merge_reminders,
    parted,
    pending_reminders,
)
from tests.launches import LEAD, PMM, SLUG, at


def reminder(kind: str, task: str = "research") -> Notice:
    found = Notice(key=f"{kind}:{task}", kind=kind, launch=SLUG, task=task, to=LEAD)
    found.filed_at = found.send_after = at("02-12")
    return found


def test_a_call_that_a_digest_lists_is_not_written_into_it_again(falcon: Store) -> None:
    digest = Notice(key="digest:x", kind="digest", launch=SLUG, to=LEAD)
    digest.filed_at = digest.send_after = at("02-12")
    digest.facts = {"help": [{"launch": SLUG, "task": "research"}]}
    with falcon.write() as session:
        calls = [reminder("escalation"), reminder("escalation", "positioning")]
        session.add_all([digest, *calls])
        merge_reminders(session, digest, calls, RunningLaunches(at("02-12")))
        listed = [line["task"] for line in digest.facts["help"]]
        assert listed == ["research", "positioning"]
        assert {(each.status, each.error) for each in calls} == {
            ("dropped", digest.key)
        }


def test_reminders_are_nudges_and_calls_that_wait(falcon: Store) -> None:
    with falcon.write() as session:
        sent = reminder("nudge", "positioning")
        sent.status = "sent"
        sent.sent_at = at("02-12")
        session.add_all([reminder("nudge"), reminder("escalation"), sent])
        session.flush()
        nudges, calls = parted(pending_reminders(session, LEAD))
        assert ([each.kind for each in nudges], [each.kind for each in calls]) == (
            ["nudge"],
            ["escalation"],
        )
        assert pending_reminders(session, PMM) == []
