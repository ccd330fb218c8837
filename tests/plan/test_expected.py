from tests.plan.states import state


def test_dates_and_floats_are_those_that_counting_day_by_day_gives():
    for seed in range(1000):
        found, naive = state(seed).standing(), state(seed).naive()
        there = naive.network(len(naive.work), naive.launch_on)
        floats = there.floats(naive.due)
        assert {
            key: (each.start, each.finish, each.float_days)
            for key, each in found.tasks.items()
        } == {
            task.key: (*there.expected(task), floats[task.key]) for task in there.open()
        }, seed
        assert found.late_by == max(0, -min(floats.values(), default=0))


def test_a_launch_lands_on_the_first_day_that_holds_when_each_is_tried():
    landed = {"now": 0, "later": 0, "never": 0}
    for seed in range(1000):
        at = state(seed)
        found = at.standing().lands_on
        assert found == at.naive().lands_on(), seed
        landed[
            "never" if found is None else "now" if found == at.launch_on else "later"
        ] += 1
    assert min(landed.values()) > 20, landed


def test_the_shares_are_those_of_taking_up_the_facts_task_by_task_and_add_up():
    shared = 0
    for seed in range(300):
        at = state(seed)
        found = at.standing()
        assert [
            (share.task, share.days) for share in found.because
        ] == at.naive().because(), seed
        if found.lands_on:
            assert sum(share.days for share in found.because) == at.calendar.count(
                at.launch_on, found.lands_on
            )
            shared += len(found.because) > 1
        else:
            assert found.because == ()
    assert shared > 10
