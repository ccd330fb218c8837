from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit, KitTask
from launch_kits.inputs.loading import load_kit
from launch_kits.inputs.team import ROLES
from launch_kits.lint.check import check
from launch_kits.plan import Span
from launch_kits.plan.rollout import Rollout
from launch_kits.workdays.offsets import Offset
from tests.kits.conftest import KITS, LEAST, ROOT, begun

SEASONS = [
    date(2026, 11, 23) + timedelta(weeks=2 * step, days=step % 5) for step in range(26)
]

#: which task is over before which one begins, in every kit that has both
ORDER = [
    ("sales_training", "publish"),
    ("sales_training", "terms_notice", "pricing_change"),
    ("support_training", "launch_day"),
    ("partner_training", "publish"),
    ("seller_certification", "publish"),
    ("sales_training", "internal_announcement"),
    ("internal_announcement", "partner_preview"),
    ("internal_announcement", "partner_training"),
    ("internal_announcement", "publish"),
    ("partner_preview", "publish"),
    ("partner_preview", "terms_notice", "pricing_change"),
    ("pricing_approval", "copy_freeze"),
    ("claims_legal_review", "copy_freeze"),
    ("copy_legal_review", "copy_freeze"),
    ("story_permission", "copy_freeze"),
    ("copy_freeze", "publish"),
    ("launch_decision", "publish"),
    ("launch_post", "announcement_email"),
    ("release_readiness", "release_day"),
    ("ramp_up_run", "success_story"),
    ("success_story", "story_permission"),
]

#: task, the earliest and the latest start by the lead times of public practice, counted from the
#: task's own anchor
STARTS = [
    ("press_outreach", "T-7w", "T-6w"),
    ("sales_training", "T-6w", "T-4w"),
    ("launch_post", "T-5w", "T-3w"),
]

#: task, and the day by which it is over at the latest
DUE = [
    ("terms_notice", "T-30d"),
    ("announcement_email", "T-9"),
    ("copy_freeze", "T-2"),
]


def tasks_of(kit: Kit) -> Mapping[str, KitTask]:
    return {task.key: task for _, task in kit.tasks()}


def spans_of(plan: Rollout, key: str) -> list[Span]:
    """The dates of a task, or of all that it was fanned out into."""
    return [span for each, span in plan.dated() if each.task.key == key]


def day(plan: Rollout, key: str, offset: str) -> date:
    """A day counted from the anchor of a task."""
    anchor = tasks_of(plan.brief.kit_in_place)[key].anchor
    anchors = {"release": plan.schedule.release_day, "launch": plan.schedule.launch_day}
    return Offset.parse(offset).resolve(plan.calendars.launch, anchors[anchor])


def test_the_library_is_complete() -> None:
    assert KITS.keys() == LEAST.keys()


def test_a_kit_is_named_like_its_file_and_passes_the_check() -> None:
    found = check(
        [ROOT / "launch_kits/kits"], now=datetime(2026, 11, 23, 9, tzinfo=UTC)
    )
    assert (found.faults, found.warnings) == ((), ())
    assert found.files == len(KITS)


def test_a_kit_says_when_to_use_it(kit: Kit) -> None:
    assert KITS[kit.kit].stem == kit.kit
    assert kit.description
    assert f" {LEAST[kit.kit][0]} weeks " in kit.description


def test_the_least_weeks_are_enough_in_any_season(kit: Kit, staffed: Brief) -> None:
    brief = staffed.model_copy(update={"kit": kit})
    late = [
        (begin_on, before)
        for begin_on in SEASONS
        for before in LEAST[kit.kit][1]
        if not begun(brief, begin_on, released_before=before).schedule.feasible
    ]
    assert late == []


@pytest.mark.parametrize(
    "change",
    [
        {"company": "startup"},
        {"market": "both"},
        {"market": "b2c"},
        {"tier": 3},
        {"holidays": "DE"},
        {"personas": (), "partners": ()},
        {"team": None},
    ],
    ids=str,
)
def test_the_least_weeks_are_enough_for_other_launches(
    kit: Kit, staffed: Brief, change: Mapping[str, object]
) -> None:
    change = {
        **change,
        "kit": kit,
        **({"team": {"lead": staffed.lead}} if "team" in change else {}),
    }
    brief = staffed.model_copy(update=change)
    assert [
        begin_on
        for begin_on in SEASONS[::4]
        if not begun(brief, begin_on).schedule.feasible
    ] == []


def test_every_stage_has_tasks_and_ends_with_a_gate(kit: Kit) -> None:
    for stage in kit.stages:
        assert stage.tasks, stage.key
        assert stage.gate, stage.key
        assert stage.gate.checks, stage.key


def test_a_hard_gate_asks_for_evidence(kit: Kit) -> None:
    hard = [stage.gate for stage in kit.stages if stage.gate and stage.gate.hard]
    assert hard
    assert [
        gate.title
        for gate in hard
        if all(check.evidence == "optional" for check in gate.checks)
    ] == []


def test_the_gate_before_the_public_is_hard(kit: Kit) -> None:
    gates = [
        stage.gate
        for stage in kit.stages
        if any(task.key in ("publish", "launch_day") for task in stage.tasks)
    ]
    assert [gate.title for gate in gates if gate and not gate.hard] == []


def test_every_role_is_one_that_a_brief_knows(kit: Kit) -> None:
    named = {*kit.roles(), *(task.review for _, task in kit.tasks() if task.review)}
    assert named - {*ROLES} == set()


def test_no_one_signs_their_own_work(kit: Kit) -> None:
    assert [task.key for _, task in kit.tasks() if task.review == task.role] == []


def test_every_task_has_two_to_four_checks(kit: Kit) -> None:
    assert [
        task.key for _, task in kit.tasks() if not 2 <= len(task.checklist) <= 4
    ] == []


def test_a_task_is_used_for_what_it_is_called(kit: Kit) -> None:
    """Tasks with the same key in several kits have the same anchor."""
    anchors = {
        "release_day": "release",
        "release_readiness": "release",
        "publish": "launch",
        "launch_day": "launch",
    }
    assert {
        key: task.anchor for key, task in tasks_of(kit).items() if key in anchors
    }.items() <= anchors.items()


def test_what_comes_after_the_launch_has_a_due_day(kit: Kit) -> None:
    after = next(stage for stage in kit.stages if stage.key == "after")
    assert [
        task.key for task in after.tasks if not (task.due or "").startswith("T+")
    ] == []


def test_every_task_is_waited_for_or_has_a_due_day(kit: Kit) -> None:
    """A task with neither would be due on the day before the launch, whatever it is for."""
    waited_for = {link.task for _, task in kit.tasks() for link in task.after}
    assert [
        task.key
        for _, task in kit.tasks()
        if task.key not in waited_for and not task.due
    ] == []


def test_launch_day_comes_neither_early_nor_late(kit: Kit) -> None:
    launch_day = tasks_of(kit)["launch_day"]
    assert (launch_day.days, launch_day.not_before, launch_day.due) == (0, "T-0", "T-0")


def test_the_due_days_that_are_written_are_in_the_order_of_the_work(
    plan: Rollout,
) -> None:
    written = {
        each.key: day(plan, each.task.key, each.task.due)
        for each in plan.assignments
        if each.task.due is not None
    }
    before = {work.key: [link.key for link in work.after] for work in plan.work}

    def earlier(key: str) -> set[str]:
        return {found for task in before[key] for found in ({task} | earlier(task))}

    assert [
        (one, other)
        for other in written
        for one in earlier(other)
        if written.get(one, date.min) > written[other]
    ] == []


@pytest.mark.parametrize("rule", ORDER, ids=" before ".join)
def test_one_is_over_before_the_other_begins(
    plan: Rollout, rule: tuple[str, ...]
) -> None:
    first, then, *only = rule
    if only and plan.brief.kit_in_place.kit not in only:
        return
    for one in spans_of(plan, first):
        for other in spans_of(plan, then):
            assert one.finish <= other.start
            assert one.due <= other.due


def test_every_rule_holds_for_some_kit() -> None:
    kits = {
        name: {task.key for _, task in load_kit(path).tasks()}
        for name, path in KITS.items()
    }
    for first, then, *only in ORDER:
        assert [
            name
            for name, keys in kits.items()
            if {first, then} <= keys and (not only or name in only)
        ], then


@pytest.mark.parametrize(("key", "earliest", "latest"), STARTS)
def test_lead_times_are_those_of_public_practice(
    plan: Rollout, key: str, earliest: str, latest: str
) -> None:
    for span in spans_of(plan, key):
        if key == "sales_training" and plan.brief.kit_in_place.kit == "pricing_change":
            # There the announcement is the notice, thirty days before the launch day.
            assert span.finish < day(plan, "terms_notice", "T-30d")
            continue
        assert day(plan, key, earliest) <= span.start <= day(plan, key, latest)


@pytest.mark.parametrize(("key", "latest"), DUE)
def test_notices_and_freezes_keep_their_day(
    plan: Rollout, key: str, latest: str
) -> None:
    assert [
        span.due for span in spans_of(plan, key) if span.due > day(plan, key, latest)
    ] == []


def test_customers_and_partners_read_what_is_written_for_them(kit: Kit) -> None:
    for _, task in kit.tasks():
        name = (task.document or "").removesuffix(".md.j2")
        if name in (
            "press_release",
            "announcement",
            "social_kit",
            "one_pager",
            "white_paper",
            "success_story",
            "end_of_life",
        ):
            assert task.audience is Audience.CUSTOMER, task.key
        elif name.startswith("partner_"):
            assert task.audience is Audience.PARTNER, task.key
        elif name:
            assert task.audience is Audience.INTERNAL, task.key


def test_a_document_is_fanned_out_over_what_it_is_about(kit: Kit) -> None:
    about = {"battlecard": "competitors", "competitive_write_up": "competitors"}
    about |= {
        f"partner_{part}": "partners" for part in ("brief", "kit", "presentation")
    }
    for _, task in kit.tasks():
        name = (task.document or "").removesuffix(".md.j2")
        assert not name or task.each == about.get(name), task.key


def test_a_startup_signs_off_little() -> None:
    kit = load_kit(KITS["startup_launch"])
    assert len([task for _, task in kit.tasks() if task.review]) <= 2
    assert {*kit.roles()} <= {"lead", "engineering", "marketing"}
    led = [task for _, task in kit.tasks() if task.role == "lead"]
    assert len(led) > len(list(kit.tasks())) / 2


def test_every_check_has_a_short_key_and_none_in_a_hard_gate_hangs_on_an_optional_task(
    kit: Kit,
) -> None:
    tasks = tasks_of(kit)
    gates = [stage.gate for stage in kit.stages if stage.gate]
    for gate in gates:
        for each in gate.checks:
            assert "key" in each.model_fields_set, each.title
            assert len(each.key) <= 20, each.key
            if gate.hard and each.task:
                assert not tasks[each.task].optional, each.key


def test_most_checks_name_the_task_that_proves_them(kit: Kit) -> None:
    checks = [
        check for stage in kit.stages if stage.gate for check in stage.gate.checks
    ]
    assert len([check for check in checks if check.task]) >= 0.6 * len(checks)


def test_exactly_the_go_and_no_go_tasks_decide(kit: Kit) -> None:
    deciding = {task.key for _, task in kit.tasks() if task.decides}
    asking = {task.key for _, task in kit.tasks() if "go or no-go" in task.title}
    assert deciding == asking
    assert all(tasks_of(kit)[key].days == 0 for key in deciding)


def test_a_decision_waits_for_no_check_of_later_work(kit: Kit, staffed: Brief) -> None:
    """A go waits for the hard gates up to its own stage."""
    brief = staffed.model_copy(update={"kit": kit})
    stages = [stage.key for stage in kit.stages]
    gates = [
        (stages.index(stage.key), check)
        for stage in kit.stages
        if stage.gate and stage.gate.hard and not stage.gate.after_launch
        for check in stage.gate.checks
        if check.task
    ]
    later = [
        (decision.key, check.key, before)
        for before in LEAST[kit.kit][1]
        for plan in [begun(brief, date(2026, 11, 23), released_before=before)]
        for decision, at in plan.dated()
        if decision.task.decides
        for position, check in gates
        if position <= stages.index(decision.stage.key)
        for span in spans_of(plan, str(check.task))
        if span.due > at.due
    ]
    assert later == []


def test_no_day_of_the_launch_is_optional(kit: Kit) -> None:
    kept = {"publish", "launch_day", "release_day", "copy_freeze", "terms_notice"}
    assert [
        task.key
        for _, task in kit.tasks()
        if task.optional and (task.key in kept or task.decides)
    ] == []
    assert any(task.optional for _, task in kit.tasks())


def test_a_notice_to_customers_declares_its_period(kit: Kit) -> None:
    notice = tasks_of(kit).get("terms_notice")
    assert notice is None or notice.notice_period == "30d"


def test_a_task_takes_part_of_a_day_as_its_owner_has_other_work(kit: Kit) -> None:
    assert [
        task.key
        for _, task in kit.tasks()
        if task.days and not 0.1 <= kit.share_of(task) <= 0.6
    ] == []


def test_physical_goods_have_a_stage_of_their_own_and_more_weeks(
    staffed: Brief,
) -> None:
    kit = load_kit(KITS["b2c_launch"])
    brief = staffed.model_copy(update={"kit": kit, "market": "b2c"})
    software = {each.stage.key for each in begun(brief, SEASONS[0]).assignments}
    assert "goods" not in software
    physical = brief.model_copy(update={"goods": "physical"})
    late = []
    for begin_on in SEASONS[::5]:
        launch_on = begin_on + timedelta(weeks=18)
        for before in (0, 14):
            released = launch_on - timedelta(days=before)
            plan = Rollout(physical, begin_on, released, launch_on)
            keys = {each.task.key for each in plan.assignments}
            assert {"safety_marks", "first_boxes", "field_trial"} <= keys
            assert not keys & {"public_beta", "release_readiness"}
            if not plan.schedule.feasible:
                late.append((begin_on, before))
    assert late == []


@pytest.mark.parametrize("begin_on", SEASONS[::6])
def test_a_founder_alone_can_do_each_task_in_time(
    staffed: Brief, begin_on: date
) -> None:
    kit = load_kit(KITS["startup_launch"])
    brief = staffed.model_copy(update={"kit": kit, "team": {"lead": staffed.lead}})
    levelled = begun(brief, begin_on).load.levelling
    assert (levelled.holds, dict(levelled.short_days)) == (True, {})


#: kits that one person can carry alone, in the fewest weeks that the kit needs
ALONE = ("startup_launch", "feature_release", "quiet_release", "post_launch_review")


@pytest.mark.parametrize("name", ALONE)
def test_a_founder_alone_is_asked_for_less_than_the_days_until_the_launch(
    name: str, staffed: Brief
) -> None:
    alone = {"team": {"lead": staffed.lead}, "kit": load_kit(KITS[name])}
    plan = begun(staffed.model_copy(update=alone), date(2026, 11, 23))
    asked = sum(
        each.task.days * each.share
        for each, span in plan.dated()
        if span.due <= plan.launch_on
    )
    available = plan.calendars.launch.count(plan.begin_on, plan.launch_on)
    assert asked <= 0.8 * available
