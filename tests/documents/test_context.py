from __future__ import annotations

import pytest

from launch_kits.documents import render
from launch_kits.errors import DocumentError
from tests.samples import (
    CUSTOMER,
    INTERNAL,
    PARTNER,
    brief,
    card_facts,
    claim,
    facts,
    ledger,
    task,
)


def test_sources_are_numbered_in_the_order_of_their_use_and_listed_at_the_end(written):
    claims = ledger(
        why_we_win=[
            claim("y1", "One.", src=["theirs", "ours"]),
            claim("y2", "Two.", src="ours"),
        ]
    )
    given = card_facts(claims)
    text = (
        "{% for line in sheet(item).sections.why_we_win %}{{ say(line) }}\n{% endfor %}"
    )
    assert written(text, given=given) == (
        "One.[^1][^2]\n"
        "Two.[^2]\n"
        "\n"
        "## Sources\n"
        "\n"
        "[^1]: [globex.example/…/sso](https://globex.example/docs/sso): theirs, September 2026\n"
        "[^2]: [acme.example/blog](https://acme.example/blog): ours, 1 October 2026\n"
    )


def test_a_gap_names_its_supplier_and_shows_only_inside(written):
    text = "{{ gap('the need', 'positioning.need') }}"
    assert written(text, given=facts(brief(), reader=INTERNAL)) == (
        "*open*\n\n## To finish this document\n\n**Pam** (pam@example.com)\n\n"
        "- The need (`positioning.need` in the brief)\n"
    )
    assert written(text, given=facts(brief(), reader=CUSTOMER)) == ""


def test_a_battlecard_needs_a_competitor():
    with pytest.raises(
        DocumentError,
        match="needs a competitor with claims; give its task `each: competitors`",
    ):
        render("battlecard.md.j2", facts(brief(), task()))


def test_a_working_copy_asks_for_lines_that_its_readers_may_read(written):
    text = (
        "{{ gap('limits', 'claims.disqualifiers') }}{{ gap('cost', '', 'lead') }}"
        "{{ gap('risks', section='risks') }}"
    )
    assert written(text, given=facts(brief(), task(audience=PARTNER))) == (
        "*open**open**open*\n\n## To finish this document\n\n"
        "**Pam** (pam@example.com)\n\n"
        "- Limits; partners must be allowed to read it (`disqualifiers` in a ledger of claims)\n"
        "- Risks (section `risks`)\n\n"
        "**Lee** (lee@example.com)\n\n- Cost\n"
    )


SLOW = ledger(
    their_weaknesses=[
        claim("w1", "A change cannot be undone.", src="theirs"),
        claim("w2", "Globex has no SSO.", src="theirs"),
    ]
)
EACH = (
    "{% for rival in brief.competitors() %}"
    "{% for line in sheet(rival).sections.their_weaknesses %}{{ say(line) }}\n"
    "{% endfor %}{% endfor %}"
)


def test_a_line_about_a_competitor_names_it_outside_its_own_document(written):
    other = written(EACH, given=facts(brief(SLOW)))
    assert other.startswith(
        "Globex: A change cannot be undone.[^1]\nGlobex has no SSO."
    )
    own = written(EACH, given=card_facts(SLOW))
    assert own.startswith("A change cannot be undone.[^1]\n")
    named = EACH.replace("say(line)", "say(line, named=true)")
    assert "Globex: " not in written(named, given=facts(brief(SLOW)))


def test_a_page_is_cited_once_for_a_line_however_often_it_is_named(written):
    lines = "sheet(item).sections.their_weaknesses"
    text = f"{{{{ cite({lines}[0].sources + {lines}[1].sources) }}}}"
    assert written(text, given=card_facts(SLOW)).startswith("[^1]\n")


def test_a_bare_line_and_one_about_something_unknown_are_labels(written):
    given = card_facts(
        ledger(
            why_we_win=[claim("y1", "One file for all.", src="ours")],
            pricing=[claim("c1", "Globex price", kind="unknown", src=[])],
        )
    )
    text = (
        "{% set card = sheet(item).sections %}"
        "{{ say(card.why_we_win[0], bare=true) }} {{ say(card.why_we_win[0]) }} "
        "{{ say(card.pricing[0]) }}"
    )
    assert written(text, given=given).startswith(
        "One file for all[^1] One file for all.[^1] Globex price *(not sourced)*"
    )
