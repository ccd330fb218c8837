"""A small launch against one competitor, to be varied by the tests of claims and documents."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from launch_kits.documents import Facts, TaskFacts
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief, Item
from launch_kits.inputs.ledger import Ledger

TODAY = date(2026, 11, 22)

INTERNAL, PARTNER, CUSTOMER = Audience

CARD = {
    "id": "acme-vs-globex",
    "us": "Acme",
    "them": "Globex",
    "verified_on": "2026-11-01",
    "review_every_days": 30,
}
SOURCES = {
    "ours": {"url": "https://acme.example/blog", "as_of": "2026-10-01", "by": "us"},
    "theirs": {
        "url": "https://globex.example/docs/sso",
        "as_of": "2026-09",
        "by": "them",
    },
    "press": {"url": "https://press.example/review", "as_of": "2026", "by": "other"},
    "old": {"url": "https://globex.example/archive", "as_of": "2024-05", "by": "them"},
    "undated": {"url": "https://globex.example/faq", "as_of": "unknown", "by": "them"},
}


def ledger(card: Mapping[str, object] | None = None, **sections: object) -> Ledger:
    return Ledger.model_validate(
        {"card": {**CARD, **(card or {})}, "sources": SOURCES, **sections}
    )


def claim(
    claim_id: str = "y1", text: str = "It is fast.", **more: object
) -> dict[str, object]:
    return {"id": claim_id, "claim": text, "src": "ours", **more}


def brief(claims: Ledger | None = None, **more: object) -> Brief:
    kit = {
        "kit": "tiny",
        "title": "Tiny",
        "stages": [{"key": "ready", "title": "Ready"}],
    }
    given: dict[str, object] = {
        "launch": "acme-2",
        "product": "Acme 2",
        "kit": kit,
        "launch_on": "2027-03-02",
        "team": {
            "lead": {"name": "Lee", "email": "lee@example.com"},
            "pmm": {"name": "Pam", "email": "pam@example.com"},
        },
        "positioning": {
            "alternatives": [
                {
                    "key": "globex",
                    "name": "Globex",
                    "claims": claims.model_dump() if claims else None,
                }
            ]
        },
    }
    return Brief.model_validate({**given, **more})


def task(
    key: str = "battlecard:globex", item: Item | None = None, **more: object
) -> TaskFacts:
    day = date(2027, 1, 11)
    made = TaskFacts(
        key=key,
        stage="ready",
        stage_title="Ready",
        title="Battlecard: Globex",
        role="pmm",
        owner="pam@example.com",
        owner_name="Pam",
        days=3,
        after=(),
        start=day,
        finish=day,
        start_by=day,
        due=day,
        float_days=4,
        critical=False,
        status=None,
        template=None,
        audience=INTERNAL,
        item=item,
        checklist=(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def facts(
    given: Brief,
    task_facts: TaskFacts | None = None,
    *,
    reader: Audience = INTERNAL,
    today: date = TODAY,
) -> Facts:
    return Facts(
        brief=given,
        tasks=[task_facts] if task_facts else [],
        task=task_facts,
        today=today,
        reader=reader,
        begin_on=date(2026, 11, 23),
        release_on=given.released_on,
        launch_on=given.launch_on,
        feasible=True,
    )


def card_facts(
    claims: Ledger, *, reader: Audience = INTERNAL, today: date = TODAY, **more: object
) -> Facts:
    """The facts of a battlecard."""
    given = brief(claims, **more)
    return facts(
        given, task(item=given.positioning.alternatives[0]), reader=reader, today=today
    )
