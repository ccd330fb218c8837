from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from launch_kits.plan import (
    Anchor,
    PlanInput,
    Work,
    earliest_launch_on,
    forecast,
    moved_release,
    schedule,
    why,
)
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset
from tests.plan.strategies import Launch, launches

quick = settings(deadline=None, max_examples=100)

working_day_offsets = st.builds(Offset, st.integers(-40, 5))
plain = launches(calendars=False, not_before=False, due=False)


def own(task: Work, launch: Launch) -> Calendar:
    day = launch.release_on if task.anchor is Anchor.RELEASE else launch.launch_on
    return task.own_calendar(launch.calendar, launch.calendar.last_on_or_before(day))


def is_free(launch: Launch, key: str) -> bool:
    """Whether a task is a milestone that nothing holds."""
    return launch.naive().is_free(next(task for task in launch.work if task.key == key))


@quick
@given(launches())
def test_a_plan_is_the_one_that_counting_day_by_day_gives(launch):
    plan = launch.plan()
    spans = launch.naive().spans()
    assert plan.spans == spans
    least = min(span.float_days for span in spans.values())
    assert (plan.feasible, plan.late_by) == (least >= 0, max(0, -least))


@quick
@given(launches())
def test_every_date_is_a_working_day_of_its_tasks_calendar(launch):
    spans = launch.plan().spans
    for task in launch.work:
        for day in spans[task.key][:4]:
            assert own(task, launch).is_workday(day)


@quick
@given(launches())
def test_no_task_starts_before_its_predecessors_finish(launch):
    spans = launch.plan().spans
    for task in launch.work:
        for link in task.after:
            start = spans[task.key].start
            ready = spans[link.key].finish
            if is_free(launch, link.key):
                # its successors may start on its day
                ready = launch.calendar.shift(ready, -1)
            if link.lag:
                ready = launch.calendar.shift(ready, link.lag)
            # a milestone may share its predecessor's day
            assert start >= ready if not task.days else start > ready


@quick
@given(launches())
def test_each_task_takes_its_days(launch):
    spans = launch.plan().spans
    for task in launch.work:
        span = spans[task.key]
        calendar = own(task, launch)
        assert calendar.count(span.start, span.finish) == max(0, task.days - 1)
        assert calendar.count(span.start_by, span.due) == max(0, task.days - 1)
        assert calendar.count(span.finish, span.due) == span.float_days


@quick
@given(launches())
def test_nothing_starts_before_begin_on_or_its_not_before(launch):
    plan = launch.plan()
    for task in launch.work:
        anchor_day = plan.release_day if task.anchor == "release" else plan.launch_day
        span = plan.spans[task.key]
        assert span.start >= launch.begin_on
        if task.not_before:
            assert span.start >= task.not_before.resolve(launch.calendar, anchor_day)


@quick
@given(launches())
def test_critical_tasks_have_no_float_or_the_least(launch):
    spans = launch.plan().spans.values()
    least = min(span.float_days for span in spans)
    assert all(
        span.critical == (span.float_days <= 0 or span.float_days == least)
        for span in spans
    )


@quick
@given(plain)
def test_a_chain_of_tasks_of_least_float_leads_from_begin_on_to_an_anchor(
    launch,
):
    plan = launch.plan()
    calendar = launch.calendar
    least = min(span.float_days for span in plan.spans.values())
    chosen = {
        task.key: task
        for task in launch.work
        if plan.spans[task.key].float_days == least
    }

    def drives(key: str, follower: Work, lag: int) -> bool:
        ready = calendar.shift(plan.spans[key].finish, lag - is_free(launch, key))
        start = plan.spans[follower.key].start
        if is_free(launch, follower.key):
            return is_free(launch, key) and not lag
        if is_free(launch, key) and not follower.days and not lag:
            # a free milestone is shown on the first working day, and both may lie on it
            return start in (ready, plan.spans[key].finish)
        return start == (calendar.shift(ready, 1) if follower.days else ready)

    for key, task in chosen.items():
        before = [
            link
            for link in task.after
            if link.key in chosen and drives(link.key, task, link.lag)
        ]
        assert before or plan.spans[key].start == calendar.next_on_or_after(
            launch.begin_on
        )
        after = [
            other
            for other in chosen.values()
            for link in other.after
            if link.key == key
        ]
        if not any(link.key == key for other in launch.work for link in other.after):
            anchor_day = (
                plan.release_day if task.anchor == "release" else plan.launch_day
            )
            assert calendar.shift(plan.spans[key].due, 1) == anchor_day
        else:
            assert any(
                drives(key, other, link.lag)
                for other in after
                for link in other.after
                if link.key == key
            )


@quick
@given(launches(), st.randoms())
def test_the_order_of_the_input_does_not_matter(launch, random):
    shuffled = list(launch.work)
    random.shuffle(shuffled)
    again = launch.at(
        work=tuple(replace(task, after=task.after[::-1]) for task in shuffled)
    )
    assert again.plan() == launch.plan()


@quick
@given(launches())
def test_the_reasons_lead_from_a_limit_through_work_to_the_work_of_least_float(launch):
    plan = launch.plan()
    found = why(PlanInput(launch.work, **launch.constraints), dated=plan.spans)
    tasks = {task.key: task for task in launch.work}
    floats = [plan.spans[key].float_days for key, task in tasks.items() if task.days]
    if not floats:
        assert found is None
        return
    assert all(tasks[step.task].days for step in found.steps)
    assert found.steps[-1].float_days == min(floats)
    assert [step.waits_for for step in found.steps[1:]] == [
        step.task for step in found.steps[:-1]
    ]
    first = found.steps[0]
    assert first.waits_for is None or not tasks[first.waits_for].days
    if first.reason == "begin_on":
        assert first.start == own(tasks[first.task], launch).next_on_or_after(
            launch.begin_on
        )


@quick
@given(plain)
def test_where_all_share_a_calendar_every_step_has_the_least_float_of_the_work(launch):
    plan = launch.plan()
    found = why(PlanInput(launch.work, **launch.constraints), dated=plan.spans)
    if found:
        least = min(
            plan.spans[task.key].float_days for task in launch.work if task.days
        )
        assert {step.float_days for step in found.steps} == {least}


@quick
@given(
    launches(
        blackouts=False, calendars=False, offset=working_day_offsets, not_before=False
    ),
    st.integers(-30, 30),
)
def test_moving_both_anchors_by_k_working_days_moves_every_float_by_k(launch, k):
    move = {
        name: launch.calendar.shift(getattr(launch, name), k)
        for name in ("release_on", "launch_on")
    }
    moved = launch.at(**move).plan()
    given_ = launch.plan()
    for key, span in given_.spans.items():
        assert moved.spans[key].float_days == span.float_days + k


@settings(quick, max_examples=40)
@given(launches())
def test_a_plan_that_starts_at_earliest_launch_on_is_feasible_and_no_earlier_day_is(
    launch,
):
    earliest = earliest_launch_on(PlanInput(launch.work, **launch.constraints))
    day = launch.calendar.next_on_or_after(launch.begin_on)
    found = None
    for _ in range(500):
        release_on = moved_release(
            launch.calendar,
            release_on=launch.release_on,
            launch_on=launch.launch_on,
            to=day,
        )
        if schedule(
            PlanInput(
                launch.work,
                **launch.constraints | {"release_on": release_on, "launch_on": day},
            )
        ).feasible:
            found = day
            break
        day = launch.calendar.shift(day, 1)
    assert earliest == found


@quick
# work while the launch rests may pass a milestone in a forecast, and never does in a plan
@given(launches(own_days=False), st.integers(0, 5))
def test_on_the_first_day_and_before_the_forecast_is_the_plan(launch, days_before):
    plan = launch.plan()
    due = {key: span.due for key, span in plan.spans.items()}
    forecasts = forecast(
        PlanInput(launch.work, **launch.constraints),
        due=due,
        today=launch.begin_on - timedelta(days_before),
    )
    for key, span in plan.spans.items():
        assert forecasts[key] == (span.start, span.finish, span.float_days)


@quick
@given(launches(), st.integers(0, 90))
def test_no_open_task_is_forecast_to_finish_before_today(launch, days):
    today = launch.begin_on + timedelta(days)
    due = {key: span.due for key, span in launch.plan().spans.items()}
    forecasts = forecast(
        PlanInput(launch.work, **launch.constraints), due=due, today=today
    )
    for task in launch.work:
        assert forecasts[task.key].finish >= today
        assert own(task, launch).is_workday(forecasts[task.key].finish)


@quick
@given(launches(), st.data())
def test_work_that_was_done_before_today_and_has_no_lag_left_is_as_good_as_gone(
    launch, data
):
    done = set(data.draw(st.sets(st.sampled_from([task.key for task in launch.work]))))
    # a lag could still run
    assume(
        not any(
            link.key in done and link.lag for task in launch.work for link in task.after
        )
    )
    # a done milestone occupies no day: it passes its earliest day, and the finishes of its open
    # predecessors, on to its successors
    assume(
        not any(
            task.key in done
            and not task.days
            and (task.not_before or any(link.key not in done for link in task.after))
            for task in launch.work
        )
    )
    yesterday = launch.begin_on - timedelta(1)
    marked = [
        replace(task, done_on=yesterday) if task.key in done else task
        for task in launch.work
    ]
    rest = [
        replace(task, after=tuple(link for link in task.after if link.key not in done))
        for task in launch.work
        if task.key not in done
    ]
    assert schedule(PlanInput(marked, **launch.constraints)) == schedule(
        PlanInput(rest, **launch.constraints)
    )
