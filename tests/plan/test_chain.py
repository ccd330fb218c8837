from datetime import date

from launch_kits.plan import Anchor, Chain, Hold, Link, Reason, Work, driving_chain
from launch_kits.workdays import Calendar, Offset

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def chain(*work: Work, calendar: Calendar = CALENDAR, begin: int = 2, release: int = 31) -> Chain:
    found = driving_chain(
        work, calendar=calendar, begin_on=march(begin), release_on=march(release), launch_on=march(31)
    )
    assert found
    return found


def reasons(found: Chain) -> list[tuple[str, Reason, str | None, int]]:
    return [(step.key, step.reason, step.waits_for, step.lag) for step in found.steps]


def test_the_chain_leads_from_begin_on_through_tasks_of_least_float_to_the_anchor_day():
    found = chain(
        Work("kickoff", 0),
        Work("a", 3, (Link("kickoff"),)),
        Work("short", 1, (Link("kickoff"),)),
        Work("m", 0, (Link("a"), Link("short"))),
        Work("b", 2, (Link("m", 2),)),
        Work("c", 1, (Link("a"),)),
    )
    assert reasons(found) == [
        ("kickoff", Reason.BEGIN_ON, None, 0),
        ("a", Reason.WAITS_FOR, "kickoff", 0),
        ("m", Reason.WAITS_FOR, "a", 0),
        ("b", Reason.WAITS_FOR, "m", 2),
    ]
    assert (found.held_by, found.anchor, found.held_on) == (Hold.ANCHOR, Anchor.LAUNCH, march(31))


def test_the_chain_may_end_at_a_due_date():
    found = chain(Work("a", 3, due=Offset(-10)), Work("b", 5))
    assert reasons(found) == [("a", Reason.BEGIN_ON, None, 0)]
    assert (found.held_by, found.anchor, found.held_on) == (Hold.DUE, Anchor.LAUNCH, march(17))


def test_the_chain_may_end_at_the_release_day():
    found = chain(Work("a", 3, anchor=Anchor.RELEASE), Work("b", 5), release=10)
    assert (found.held_by, found.anchor, found.held_on) == (Hold.ANCHOR, Anchor.RELEASE, march(10))


def test_the_chain_may_begin_with_a_not_before():
    found = chain(Work("a", 1), Work("b", 3, (Link("a"),), not_before=Offset(-10)), Work("c", 1, (Link("b"),)))
    assert reasons(found) == [("b", Reason.NOT_BEFORE, None, 0), ("c", Reason.WAITS_FOR, "b", 0)]


def test_the_chain_may_begin_with_a_fact():
    begun = Work("a", 3, begun_on=march(3))
    assert reasons(chain(begun, begin=4)) == [("a", Reason.BEGUN_ON, None, 0)]
    done = Work("a", 3, done_on=march(4))
    assert reasons(chain(done, Work("b", 1, (Link("a", 2),)), begin=4)) == [("b", Reason.WAITS_FOR, "a", 2)]


def test_a_step_tells_holidays_and_the_owners_days_off_that_lengthen_it():
    calendar = Calendar(blackouts=[(march(5), march(6))])
    away = calendar.without([(march(9), march(10))])
    (first, second) = chain(Work("a", 2), Work("b", 3, (Link("a"),), calendar=away), calendar=calendar).steps
    assert (first.closed, first.off) == ((), ())
    assert (second.span.start, second.span.finish) == (march(4), march(12))
    assert second.closed == (march(5), march(6))
    assert second.off == (march(9), march(10))


def test_where_all_is_done_nothing_drives_the_date():
    done = [Work("a", 3, done_on=march(4))]
    terms = {"calendar": CALENDAR, "begin_on": march(4), "release_on": march(31), "launch_on": march(31)}
    assert driving_chain(done, **terms) is None
