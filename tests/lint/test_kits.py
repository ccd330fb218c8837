from __future__ import annotations

from typing import Any

import pytest

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from launch_kits.lint import lint_kit
from tests.launches import kit_with


def codes(
    *tasks: dict[str, Any], second: tuple[dict[str, Any], ...] = ()
) -> list[tuple[str, str]]:
    """Code and task of each finding in a kit of one or two stages."""
    stages = [
        {"key": f"s{at}", "title": "Stage", "tasks": list(of)}
        for at, of in enumerate((tasks, second))
        if of
    ]
    source = parse(
        repr({"kit": "tiny", "title": "Tiny", "stages": stages}), shown="tiny.yaml"
    )
    found = lint_kit(validate(Kit, source), source)
    return [
        (fault.code, fault.message.split('"')[1])
        for fault in (*found.faults, *found.warnings)
    ]


def task(key: str, title: str | None = None, **more: Any) -> dict[str, Any]:
    return {"key": key, "title": title or key.title(), "role": "pmm", "days": 1, **more}


def test_a_kit_without_offsets_has_nothing_to_say():
    source = parse(repr(kit_with()), shown="small.yaml")
    assert lint_kit(validate(Kit, source), source) == ((), ())


@pytest.mark.parametrize(
    ("before", "behind", "found"),
    [
        ({"due": "T-12"}, {"due": "T-10", "days": 2}, []),
        (
            {"due": "T-11"},
            {"due": "T-10", "days": 2},
            [("due-after-successor", "before")],
        ),
        ({"due": "T-11"}, {"due": "T-10", "days": 1}, []),
        ({"due": "T-10"}, {"due": "T-10", "days": 0}, []),
        ({"due": "T-2w"}, {"due": "T-10", "days": 0}, []),
        ({"due": "T-13d"}, {"due": "T-10", "days": 0}, []),
        (
            {"due": "T-1d"},
            {"due": "T-10", "days": 0},
            [("due-after-successor", "before")],
        ),
        ({"due": "T-5", "anchor": "release"}, {"due": "T-10"}, []),
        ({"not_before": "T-10", "days": 3}, {"due": "T-7"}, []),
        (
            {"not_before": "T-10", "days": 4},
            {"due": "T-7"},
            [("due-too-early", "behind")],
        ),
        (
            {"not_before": "T-10"},
            {"due": "T-15", "not_before": "T-20"},
            [("due-too-early", "behind")],
        ),
        (
            {},
            {"not_before": "T-5", "due": "T-4", "days": 3},
            [("due-too-early", "behind")],
        ),
    ],
)
def test_due_days_are_held_against_what_waits_and_what_is_waited_for(
    before, behind, found
):
    behind = {"after": ["before"], **behind}
    assert codes(task("before", **before), task("behind", **behind)) == found
    assert codes(task("behind", **behind), task("before", **before)) == found


def test_lags_and_what_lies_between_count():
    between = [task("between", days=3, after=[{"task": "before", "lag": 2}])]
    behind = task("behind", due="T-10", days=2, after=["between"])
    assert codes(task("before", due="T-17"), *between, behind) == []
    assert codes(task("before", due="T-16"), *between, behind) == [
        ("due-after-successor", "before")
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Press release", "The press releases", True),
        ("Announcement to customers", "Announcements to customer", True),
        ("Positioning statement", "Positionning statement", True),
        ("Press release", "Pricing page", False),
        ("Wave 1", "Wave 2", False),
        ("Interviews with buyers A", "Interviews with buyers B", False),
        ("Internal announcement", "External announcement", False),
        ("Launch: go or no-go", "Release: go or no-go", False),
    ],
)
def test_titles_that_say_the_same_in_one_stage(one, other, same):
    assert codes(task("a", one), task("b", other)) == (
        [("duplicate-title", "b")] if same else []
    )


def test_the_same_title_for_another_role_list_or_launch_is_another_task():
    assert codes(task("a", "Training"), task("b", "Training", role="sales")) == []
    assert codes(task("a", "Training"), task("b", "Training", each="partners")) == []
    startup, enterprise = {"company": ["startup"]}, {"company": ["enterprise"]}
    assert (
        codes(
            task("a", "Training", when=startup), task("b", "Training", when=enterprise)
        )
        == []
    )
    assert codes(task("a", "Training", when=startup), task("b", "Training")) == [
        ("duplicate-title", "b")
    ]


def test_in_another_stage_only_the_very_same_words_say_the_same():
    assert codes(
        task("a", "Sales training"), second=(task("b", "Training: sales"),)
    ) == [("duplicate-title", "b")]
    assert codes(task("a", "Positioning"), second=(task("b", "Positionning"),)) == []


@pytest.mark.parametrize(
    ("due", "notice", "found"),
    [
        ("T-30d", "30d", []),
        ("T-29d", "30d", ["notice-too-short"]),
        ("T-20", "30d", ["notice-too-short"]),
        ("T-22", "30d", []),
        ("T-5w", "30d", []),
        ("T-4w", "4w", []),
        ("T-4w", "5w", ["notice-too-short"]),
        ("T+1", "1d", ["notice-too-short"]),
    ],
)
def test_a_notice_that_is_declared_must_fit_before_the_anchor(due, notice, found):
    assert [code for code, _ in codes(task("terms", due=due, notice=notice))] == found


@pytest.mark.parametrize(
    ("key", "title", "found"),
    [
        ("terms_notice", "New terms sent", ["notice-doubtful"]),
        ("terms", "Notice of new terms", ["notice-doubtful"]),
        ("terms", "What nobody noticed", []),
    ],
)
def test_what_is_only_called_a_notice_is_doubtful(key, title, found):
    assert [code for code, _ in codes(task(key, title, due="T-10"))] == found
    assert codes(task(key, title, due="T-30d")) == []
    assert codes(task(key, title, due="T+5")) == []
    assert codes(task(key, title, due="T-10", notice="14d")) == []


def test_the_public_hears_after_partners_and_these_after_colleagues():
    inside = task("inside", "Internal announcement", due="T-5")
    partners = task("partners", due="T-4", audience="partner")
    public = task("public", due="T-4", audience="customer")
    assert codes(inside, partners, public) == []
    assert codes(inside, partners | {"due": "T-6"}) == [
        ("told-out-of-order", "partners")
    ]
    assert codes(inside, public | {"due": "T-6"}) == [("told-out-of-order", "public")]
    assert codes(partners | {"due": "T-3"}, public) == [("told-out-of-order", "public")]


def test_who_tells_nobody_is_not_held_against_anybody():
    partners = task("partners", due="T-4", audience="partner")
    assert codes(task("one_pager", audience="customer"), partners) == []
    assert codes(task("review", due="T-1"), partners) == []
    post = task(
        "post",
        "Launch post",
        due="T-8",
        audience="customer",
        document="launch_post.md.j2",
    )
    assert codes(post, partners, task("publish", after=["post"])) == []
    assert codes(post, partners) == [("told-out-of-order", "post")]
    assert codes(task("retro", due="T+5", audience="internal"), partners) == []
