from __future__ import annotations

from launch_kits.views.notices.closing import closing
from launch_kits.views.notices.other_reader import asks_in_turn, with_other_reader
from tests.slack.views import launch, notice, task

OWNER = "pmm@example.com"
DEPUTY = "deputy@example.com"
LEAD = "lead@example.com"
CARD = {"event": "card due", "card": "redis", "name": "Redis"}


class Absent:
    """A person is away, and the deputy acts for them, but not on work of their own."""

    def __init__(self, person: str | None) -> None:
        self.person = person

    def reached(self, person: str, *, besides: list[str]) -> str:
        away = person == self.person and DEPUTY not in besides
        return DEPUTY if away else person


def other(to: str, *, away: str | None, kind: str = "news", **facts: object) -> object:
    told = notice(kind, to=to, **facts)
    view = launch(task(), away=Absent(away))
    return with_other_reader(told, view)


def test_a_question_goes_to_the_deputy_and_back() -> None:
    assert other(OWNER, away=None, **CARD) is None
    assert other(OWNER, away=OWNER, **CARD) == {
        "why": "handed on",
        "to": DEPUTY,
        "away": True,
    }
    for_owner = {**CARD, "for": OWNER}
    assert other(DEPUTY, away=OWNER, **for_owner) is None
    back = {"why": "handed on", "to": OWNER}
    assert other(DEPUTY, away=None, **for_owner) == back
    told = notice("news", to=DEPUTY, **for_owner)
    assert closing(told, launch(task(), away=Absent(None))) == back


def test_new_content_is_not_approved_by_the_person_who_made_it() -> None:
    content = {"kind": "review", "content": {}}
    assert other(LEAD, away=LEAD, **content) == {
        "why": "handed on",
        "to": DEPUTY,
        "away": True,
    }
    asked = notice("review", to=LEAD, content={})
    mine = launch(task(owner=DEPUTY), away=Absent(LEAD))
    assert with_other_reader(asked, mine) is None


def test_work_and_reviews_have_holders_of_their_own() -> None:
    assert not asks_in_turn(notice("news", event="sent back"))
    assert not asks_in_turn(notice("news", event="extended"))
    assert not asks_in_turn(notice("review"))
    assert not asks_in_turn(notice("task"))
    assert other(OWNER, away=OWNER, kind="review") is None
    assert with_other_reader(notice("news", **CARD), launch(task())) is None
