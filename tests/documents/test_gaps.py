"""Missing parts of documents, sections that a brief writes, and documents that are held back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from launch_kits.documents.files import write_document
from launch_kits.documents.gaps import Gap, to_finish
from launch_kits.documents.rendering import render, rendered
from tests.documents.test_templates import NAMES, OF_COMPETITORS, item_of
from tests.samples import CUSTOMER, INTERNAL, PARTNER, brief, claim, facts, ledger, task


def test_the_missing_parts_are_grouped_by_the_person_who_supplies_them():
    gaps = [
        Gap("the price", "pricing", "Lee", "lee@example.com"),
        Gap("a story", "claims.proof_points", "Sal", "sal@example.com"),
        Gap("the risks", "documents.case.sections.risks", "Lee", "lee@example.com"),
    ]
    assert to_finish(gaps, named=True) == (
        "\n## To finish this document\n\n"
        "**Lee** (lee@example.com)\n\n"
        "- The price (`pricing` in the brief)\n"
        "- The risks (section `risks`)\n\n"
        "**Sal** (sal@example.com)\n\n"
        "- A story (`proof_points` in a ledger of claims)\n"
    )
    assert "lee@example.com" not in to_finish(gaps[:1], named=False)
    assert to_finish([], named=True) == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_section_has_a_name_and_can_be_written_in_the_brief(name):
    """A text in the place of each section is printed once, and its heading stays."""
    from launch_kits.documents.catalogue import sections_of

    sections = sections_of(name)
    assert sections
    assert all(re.fullmatch(r"[a-z][a-z_]*", each) for each in sections)
    given = brief(
        ledger(),
        documents={"own": {"sections": {each: f"Mine {each}." for each in sections}}},
        partners=[{"key": "p", "name": "P", "kind": "reseller"}],
    )
    own = task("own", item=item_of(name, given) if "each" else None)
    text = render(name, facts(given, own))
    assert [each for each in sections if text.count(f"Mine {each}.") != 1] == []


def test_a_template_may_override_a_section_of_a_built_in_one(tmp_path):
    (tmp_path / "press_release.md.j2").write_text(
        "{% extends 'built-in/press_release.md.j2' %}\n"
        "{% block contact %}\n\n## Contact\n\nCall us.\n{% endblock %}\n",
        "utf-8",
    )
    text = render("press_release.md.j2", facts(brief()), folders=[tmp_path])
    assert "## Contact\n\nCall us.\n" in text
    assert "## Press contact" not in text
    assert "## Availability and price" in text


def test_a_section_of_the_brief_is_markdown_that_changes_no_other_part():
    words = (
        "We *like* it.\n\n- one\n- two\n\n# Not a heading\n<!-- layout: columns -->[^1]"
    )
    given = brief(documents={"own": {"sections": {"voice": words}}})
    text = render("press_release.md.j2", facts(given, task("own"), reader=CUSTOMER))
    assert "We *like* it.\n\n- one\n- two\n" in text
    assert "\n\\# Not a heading\n" in text
    assert "<!-- layout: columns -->" not in text
    assert "[^1]" not in text.replace("\\[^1]", "")


def test_a_choice_for_one_competitor_wins_over_the_one_for_all():
    given = brief(
        documents={
            "card": {"audience": "partner", "sections": {"answer": "A", "story": "S"}},
            "card:globex": {"sections": {"answer": "B"}},
        }
    )
    choice = given.choice_of("card:globex")
    assert (choice.audience, choice.sections) == (
        PARTNER,
        {"answer": "B", "story": "S"},
    )
    assert given.choice_of("card:other").sections["answer"] == "A"
    assert given.choice_of("plan").audience is None


def lacking(name: str, reader=CUSTOMER, **changes: object):
    own = task("own", audience=CUSTOMER)
    return rendered(name, facts(brief(**changes), own, reader=reader))


def test_a_document_tells_what_it_lacks_and_its_copy_for_customers_does_not():
    found = lacking("press_release.md.j2", press={"place": "Berlin"})
    assert "quotes.us" in found.lacks
    assert "press.place" not in found.lacks
    assert found.held_back == ()
    assert "press.about" in found.lacks
    assert lacking("press_release.md.j2", reader=INTERNAL).lacks[0] == "press.place"
    for word in ("*open*", "To finish", "press.about"):
        assert word not in found.text


def test_problems_and_promises_that_need_a_source_stay_inside_without_one():
    source = {"url": "https://example.com/a", "as_of": "2026-11-01"}
    both = [
        {"text": "It loses 5 % of all orders.", "audience": "customer"},
        {"text": "It is shown.", "audience": "customer", "source": source},
    ]
    given = {"research": {"problems": both}, "commitments": both}
    found = lacking("white_paper.md.j2", **given)
    assert "It loses" not in found.text
    assert found.text.count("It is shown") == 2
    assert {"research.problems.source", "commitments.source"} <= {*found.lacks}
    inside = render("white_paper.md.j2", facts(brief(**given)))
    assert inside.count("It loses 5 % of all orders. *(not sourced)*") == 2


def test_a_promise_in_our_own_word_reaches_customers_in_every_document():
    text = "Two years of warranty"
    given = [{"text": text, "audience": "customer", "until": "2029-03-02"}]
    for name in ("announcement", "one_pager", "press_release", "white_paper", "pitch"):
        assert text in lacking(f"{name}.md.j2", commitments=given).text, name
    inside = render("one_pager.md.j2", facts(brief(commitments=given)))
    assert f"{text}, until 2 March 2029. *(our own word)*" in inside
    # what needs a source is in none of them, a timeline among them
    given[0]["text"] = "The best warranty"
    for name in ("announcement", "one_pager", "press_release", "white_paper", "pitch"):
        assert "best" not in lacking(f"{name}.md.j2", commitments=given).text, name


def test_an_answer_in_our_own_word_reaches_customers():
    faq = {
        "ask": "May I cancel?",
        "answer": "Yes, until the 25th",
        "audience": "customer",
    }
    told = lacking("one_pager.md.j2", faq=[{**faq, "own_word": True}])
    assert "**May I cancel?** Yes, until the 25th." in told.text
    assert "25th" not in lacking("one_pager.md.j2", faq=[faq]).text


def test_the_last_day_of_a_promise_is_said_once():
    source = {"url": "https://example.com/a", "as_of": "2026-11-01"}
    more = {"until": "2027-12-31", "audience": "customer", "source": source}
    given = [
        {"text": "The price stays until the end of 2027", **more},
        {"text": "Fixes for the 2027 release", **more},
    ]
    text = lacking("one_pager.md.j2", commitments=given).text
    assert "- The price stays until the end of 2027.[^1]" in text
    assert "- Fixes for the 2027 release, until 31 December 2027.[^1]" in text


def test_a_release_without_a_place_and_a_story_without_a_customer_are_held_back(
    tmp_path,
):
    for name, place in (("press_release", "press.place"), ("success_story", "quotes")):
        assert lacking(f"{name}.md.j2").held_back == (place,)
        own = task(name, template=f"{name}.md.j2", audience=CUSTOMER)
        kept = tmp_path / f"{name}.md"
        told = write_document(facts(brief()), own, tmp_path, formats=("md",))
        assert kept.exists(), "those who work on it get their copy"
        assert place in told.lacks
        held = write_document(
            facts(brief()), own, tmp_path, formats=("md",), reader=CUSTOMER
        )
        assert (held.saved, held.held_back) == ((), (place,))
        assert not kept.exists(), "an earlier copy would be sent"
    quote = {"text": "Good", "speaker": "Ann", "permission": "given"}
    assert lacking("success_story.md.j2", quotes=[quote]).held_back == ()
    own_words = {"own": {"sections": {"result": "It works."}}}
    assert lacking("success_story.md.j2", documents=own_words).held_back == ()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_COMPETITORS])
def test_a_thin_brief_gives_a_short_document(name):
    """Only sections with content, and one list of what is missing."""
    given = facts(brief(positioning={}), task("own"))
    alone = replace(
        given, brief=given.brief.model_copy(update={"team": {"lead": given.brief.lead}})
    )
    text = render(name, alone)
    assert "lee@example.com" not in text.partition("## To finish")[2]
    body = text.partition("## To finish")[0]
    assert body.count("*open*") <= 4
    headings = re.findall(r"^## .+\n\n(?=##|$)", body, re.MULTILINE)
    assert headings == [], "a heading without a text"


def rivals(**sections: dict[str, object]) -> dict[str, object]:
    """A positioning with two competitors, and the claims about each."""
    alternatives = [
        {
            "key": key,
            "name": name,
            "claims": ledger({"id": key, "them": name}, **found).model_dump(),
        }
        for key, name, found in (
            ("globex", "Globex", sections.get("globex", {})),
            ("initech", "Initech", sections.get("initech", {})),
        )
    ]
    return {"positioning": {"alternatives": alternatives}}


def test_a_story_needs_two_results():
    found = [
        claim(f"f{at}", f"Result {at}", audience="customer", customer="Umbrella")
        for at in (1, 2)
    ]
    one = rivals(globex={"proof_points": found[:1]})
    assert lacking("success_story.md.j2", **one).held_back == ("quotes",)
    two = rivals(globex={"proof_points": found})
    assert lacking("success_story.md.j2", **two).held_back == ()


def test_readers_outside_get_the_strengths_of_all_competitors_or_of_none():
    strong = {"their_strengths": [claim("s1", "It is known.", audience="customer")]}
    both = rivals(globex=strong, initech=strong)
    text = lacking("white_paper.md.j2", **both).text
    assert ("**Globex.**" in text, "**Initech.**" in text) == (True, True)
    found = lacking("white_paper.md.j2", **rivals(globex=strong))
    assert "**Globex.**" not in found.text
    assert "claims.their_strengths" in found.lacks


def test_a_competitor_of_whom_nothing_can_be_said_is_left_out():
    strong = {"their_strengths": [claim("s1", "It is known.", audience="customer")]}
    text = lacking("positioning_statement.md.j2", **rivals(globex=strong)).text
    assert "- **Globex:** It is known[^1]" in text
    assert "**Initech.**" not in text


def test_a_price_that_is_not_decided_is_lacking_in_a_copy_for_customers() -> None:
    undecided = [
        {"plan": "Team", "amount": None},
        {"plan": "One", "text": "on request"},
    ]
    found = lacking("one_pager.md.j2", pricing=undecided)
    assert "pricing.amount" in found.lacks
    assert "Team" not in found.text
    assert (
        "pricing.amount" not in lacking("one_pager.md.j2", pricing=undecided[1:]).lacks
    )
