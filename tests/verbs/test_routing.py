from __future__ import annotations

from launch_kits.database.records import NoticeKind
from launch_kits.database.store import Store
from launch_kits.verbs.routing import open_questions
from launch_kits.verbs.transaction import Change, changing
from tests.launches import (
    LEAD,
    OPS,
    PMM,
    SLUG,
    at,
    brief_with,
    notices,
    opened,
    task,
)

DURING = at("01-14")
AWAY = {"who": PMM, "backup": OPS, "from": "2027-01-13", "to": "2027-01-22"}


def flown(store: Store) -> Store:
    """The small launch in which its product marketing is away."""
    return opened(store, brief_with(absences=[AWAY]))


def tell(
    store: Store, kind: NoticeKind, to: str = PMM, key: str | None = None, **given: str
) -> str:
    """File a notice; returns its reader."""
    with changing(store, SLUG, now=DURING) as change:
        about = change.task(key) if key else None
        return change.tell(kind, to, task=about, **given).to


def test_what_a_person_must_act_on_goes_to_the_deputy(store: Store) -> None:
    flown(store)
    for kind in (NoticeKind.TASK, NoticeKind.NUDGE, NoticeKind.NEWS):
        assert tell(store, kind, key="research") == OPS
    assert tell(store, NoticeKind.CANCELLED) == PMM
    assert tell(store, NoticeKind.DIGEST) == PMM
    assert tell(store, NoticeKind.NEWS, "#falcon") == "#falcon"
    assert tell(store, NoticeKind.NEWS, LEAD) == LEAD


def test_a_routed_notice_names_the_person_and_keeps_its_facts(store: Store) -> None:
    flown(store)
    with changing(store, SLUG, now=DURING) as change:
        change.tell(NoticeKind.NEWS, PMM, facts={"event": "finished"})
    (news,) = notices(store, "news")
    assert news.facts == {"event": "finished", "for": PMM}


def test_only_the_message_of_a_task_puts_it_into_other_hands(store: Store) -> None:
    flown(store)
    tell(store, NoticeKind.NEWS, key="research")
    assert task(store, "research").in_hands_of is None
    tell(store, NoticeKind.TASK, key="research")
    assert task(store, "research").in_hands_of == OPS
    tell(store, NoticeKind.TASK, LEAD, key="research")
    assert task(store, "research").in_hands_of is None


def test_an_occasion_that_the_person_knows_is_not_told_again(store: Store) -> None:
    opened(store)
    assert tell(store, NoticeKind.NEWS, key="research", occasion="card-1") == PMM
    with changing(store, SLUG, now=DURING) as change:
        change.go_on_from(brief_with(absences=[AWAY]))
        again = change.tell(
            NoticeKind.NEWS, PMM, task=change.task("research"), occasion="card-1"
        )
        assert again.to == PMM
    assert len(notices(store, "news")) == 1


def test_open_questions_tell_approvals_from_more_time(store: Store) -> None:
    opened(store)
    with changing(store, SLUG, now=DURING) as change:
        _ask(change, facts={"by": PMM})
        _ask(change, facts={"until": "2027-02-10"})
        change.session.flush()
        asked = {
            more_time: [
                notice.facts
                for notice in open_questions(
                    change.session, SLUG, "research", more_time=more_time
                )
            ]
            for more_time in (False, True)
        }
    assert asked == {False: [{"by": PMM}], True: [{"until": "2027-02-10"}]}


def _ask(change: Change, *, facts: dict[str, str]) -> None:
    change.tell(NoticeKind.REVIEW, LEAD, task=change.task("research"), facts=facts)
