from __future__ import annotations

import pytest

from tests.lint.kit_codes import codes, task


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
def test_a_task_only_named_a_notice_is_doubtful(key, title, found):
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


def test_a_task_that_tells_no_one_has_no_order():
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
