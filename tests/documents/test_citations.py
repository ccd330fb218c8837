from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from launch_kits.documents import Facts
from launch_kits.documents.citations import printed
from tests.samples import CUSTOMER, INTERNAL, PARTNER, brief, claim, facts, ledger, task


def made(*tasks: tuple[str, str], **claims: object) -> Facts:
    """The facts of documents against one competitor: key and template of each."""
    given = brief(
        ledger(**claims),
        positioning={
            "alternatives": [
                {
                    "key": "globex",
                    "name": "Globex",
                    "claims": ledger(**claims).model_dump(),
                }
            ],
            "attributes": [
                {
                    "key": "fast",
                    "text": "Fast",
                    "value": "No waiting",
                    "proof": ["globex.y1"],
                }
            ],
        },
    )
    item = given.positioning.alternatives[0]
    made_of = [
        task(
            key,
            item if template.startswith("battlecard") else None,
            template=template,
            audience=audience,
        )
        for key, template in tasks
        for audience in [CUSTOMER if template.startswith("one") else INTERNAL]
    ]
    found = facts(given)
    return Facts(
        **{name: getattr(found, name) for name in Facts.__dataclass_fields__}
        | {"tasks": made_of}
    )


def used(
    found: Facts, ref: str, **options: object
) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (each.task, each.audiences) for each in printed(found, [ref], **options)[ref]
    ]  # type: ignore[arg-type]


def test_a_claim_is_found_in_the_documents_that_print_it():
    found = made(
        ("card", "battlecard.md.j2"),
        ("plan", "launch_plan.md.j2"),
        their_strengths=[claim("s1")],
    )
    assert used(found, "globex.s1") == [("card", (INTERNAL,))]


def test_a_claim_that_proves_a_line_is_found_by_the_sources_it_cites():
    found = made(
        ("pager", "one_pager.md.j2"), why_we_win=[claim("y1", audience="customer")]
    )
    assert used(found, "globex.y1") == [("pager", (INTERNAL, PARTNER, CUSTOMER))]
    inside = made(("pager", "one_pager.md.j2"), why_we_win=[claim("y1")])
    assert used(inside, "globex.y1") == []


@pytest.mark.parametrize(
    "end",
    [{"valid_until": "2026-10"}, {"superseded_by": "s2"}, {"status": "withdrawn"}],
)
def test_a_claim_that_has_ended_is_found_where_it_was_used(end):
    found = made(
        ("card", "battlecard.md.j2"), their_strengths=[claim("s1", **end), claim("s2")]
    )
    assert used(found, "globex.s1") == []
    assert used(found, "globex.s1", revived=True) == [("card", (INTERNAL,))]


def test_a_claim_leaves_on_the_day_after_its_last():
    found = made(
        ("card", "battlecard.md.j2"),
        their_strengths=[claim("s1", valid_until="2026-11-22")],
    )
    assert used(found, "globex.s1") != []
    later = Facts(
        **{name: getattr(found, name) for name in Facts.__dataclass_fields__}
        | {"today": date(2026, 11, 23)}
    )
    assert used(later, "globex.s1") == []


def test_a_claim_without_a_source_is_not_printed():
    found = made(("card", "battlecard.md.j2"), their_strengths=[claim("s1", src=[])])
    assert used(found, "globex.s1") == []


def test_templates_of_the_user_are_looked_at(tmp_path: Path):
    (tmp_path / "own.md.j2").write_text(
        "{% for line in claims(['globex.s1']) %}{{ line.text }}{% endfor %}"
    )
    found = made(("own", "own.md.j2"), their_strengths=[claim("s1")])
    assert used(found, "globex.s1", folders=[tmp_path]) == [("own", (INTERNAL,))]
