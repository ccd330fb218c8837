"""The single documents of a launch: their forms, lengths and figures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from launch_kits.documents import Facts, inputs_digest, render
from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.slides import slides
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import load_brief
from launch_kits.plan.rollout import Rollout
from launch_kits.views.facts import facts_of_rollout
from tests.documents.test_templates import (
    COMPLETE,
    EXAMPLE,
    NAMES,
    OF_COMPETITORS,
    item_of,
)
from tests.samples import (
    CUSTOMER,
    INTERNAL,
    PARTNER,
    TODAY,
    brief,
    claim,
    facts,
    ledger,
    task,
)

#: words of a document of two pages, its sources aside
TWO_PAGES = 900
#: a battlecard folds most of itself away
FOLDED = 1000
#: the launch plan lists every task, the white paper is for those who read
LONGER = ("launch_plan.md.j2", "white_paper.md.j2")


@pytest.fixture(scope="module")
def example() -> Facts:
    given = load_brief(EXAMPLE).brief
    assert given.begin_on
    rollout = Rollout(
        given,
        begin_on=given.begin_on,
        release_on=given.released_on,
        launch_on=given.launch_on,
    )
    return facts_of_rollout(rollout, today=TODAY)


def document(name: str, given: Facts, **more: object) -> str:
    item = item_of(name, given.brief)
    return render(
        name, replace(given, task=task("own", item, audience=INTERNAL), **more)
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LONGER])
def test_a_document_of_the_example_has_two_pages_at_most(name, example):
    body = document(name, example).partition("\n## Sources\n")[0]
    assert len(re.sub(r"[|*#>-]", " ", body).split()) <= (
        FOLDED if name == "battlecard.md.j2" else TWO_PAGES
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reader", [INTERNAL, PARTNER, CUSTOMER])
def test_blocks_of_a_document_are_apart(name, reader, example):
    """Without an empty line, a block would become part of the one before it."""
    for given in (example, facts(brief(ledger()))):
        text = document(name, given, reader=reader)
        for line, following in zip(
            text.split("\n"), text.split("\n")[1:], strict=False
        ):
            if not following:
                continue
            assert not line.startswith("<!--"), following
            assert not line.startswith("- ") or following.startswith(("- ", "  ")), (
                line,
                following,
            )
            assert not line.startswith("|") or following.startswith("|"), (
                line,
                following,
            )
            assert not following.startswith("#") or not line, (line, following)


@pytest.mark.parametrize("name", NAMES)
def test_a_thin_brief_yields_no_figures_and_no_praise(name):
    given = brief(ledger(), positioning={})
    item = (
        item_of(name, brief(ledger()))
        if name.startswith(("battlecard", "competitive"))
        else None
    )
    text = render(name, facts(given, task("own", item)))
    assert not re.search(
        r"\d\s?%|USD|EUR|\bthe best\b|\bleading\b|\bfastest\b|\beveryone\b", text
    )


#: documents that are made of the plan or of other parts of the brief
UNTOUCHED = (
    "end_of_life_internal",
    "competitive_write_up",
    "collateral_plan",
    "launch_plan",
    "metrics",
    "milestones",
    "retrospective",
    "run_of_show",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_change_of_the_positioning_makes_all_that_is_built_on_it_stale(name, example):
    place = example.brief.positioning
    moved = place.model_copy(update={"category": "something else"})
    changed = replace(
        example, brief=example.brief.model_copy(update={"positioning": moved})
    )
    own = task("own", item_of(name, example.brief), audience=INTERNAL)
    before, after = (
        inputs_digest(name, replace(given, task=own)) for given in (example, changed)
    )
    assert (before != after) is (name.removesuffix(".md.j2") not in UNTOUCHED)


def test_a_press_release_has_the_usual_form(example):
    text = document("press_release.md.j2", example, reader=CUSTOMER)
    parts = [
        "**UNDER EMBARGO UNTIL 2 MARCH 2027, 00:00 (New York time)**",
        "# The open source data store that grows without a rewrite\n",
        (
            "**2 March 2027** — Valkey 9.0 is announced today; it has been available "
            "since 16 February 2027."
        ),
        "## What customers get",
        "## Availability and price",
        "## About us",
        "## Press contact\n\nCampaign marketing, marketing@example.com",
        "ENDS",
    ]
    found = [text.find(part) for part in parts]
    assert -1 not in found
    assert found == sorted(found)
    assert "Community is free forever.[^2]" in text


def test_a_press_release_asks_its_speakers_for_their_words():
    text = render("press_release.md.j2", facts(brief()))
    asked = text.partition("**Lee** (lee@example.com)")[2]
    assert "- Our own voice, with its words agreed: why we made this" in asked
    assert " (`quotes.us` in the brief)" in asked
    said = brief(
        quotes=[
            {
                "text": "We made it for you",
                "speaker": "Lee, lead",
                "by": "us",
                "permission": "given",
            }
        ]
    )
    text = render("press_release.md.j2", facts(said, reader=CUSTOMER))
    assert "“We made it for you” — Lee, lead" in text


def test_a_release_after_the_launch_is_announced_as_coming():
    later = brief(release_on="2027-03-09", launch_on="2027-03-02")
    text = render("press_release.md.j2", facts(later, reader=CUSTOMER))
    assert "Acme 2 is announced today and will be available from 9 March 2027." in text


@pytest.mark.parametrize("reader", [INTERNAL, CUSTOMER])
def test_posts_fit_where_they_are_posted(reader, example):
    text = document("social_kit.md.j2", example, reader=reader)
    posts = re.findall(
        r"^## [^\n]*\(([\d,]+) characters\)\n\n([^\n-][^\n]+)$",
        text,
        re.MULTILINE,
    )
    assert len(posts) == 4
    for limit, post in posts:
        assert len(re.sub(r"\[\^\d+\]", "", post)) + 25 <= int(limit.replace(",", ""))


def test_a_post_that_cannot_fit_is_asked_for():
    text = render("social_kit.md.j2", facts(brief(messages={"ten": "w" * 200})))
    assert "- A message of 115 characters at most (`messages.ten` in the brief)" in text
    # a post names the product, and has no sign for a link that is not there
    assert f"Acme 2: {'w' * 200}\n" in text


def test_the_run_of_show_tells_each_owner_their_own_hour():
    given = brief(
        timezone="America/New_York",
        partners=[{"key": "p", "name": "Initech"}],
        team={
            "lead": {"name": "Lee", "email": "lee@example.com"},
            "channel": {
                "name": "Chan",
                "email": "chan@example.com",
                "timezone": "Asia/Tokyo",
            },
        },
    )
    own = task(
        "publish",
        title="Published",
        owner="chan@example.com",
        owner_name="Chan",
        due=given.launch_on,
    )
    made = replace(
        facts(given), tasks=[own, replace(own, key="day", title="Launch day", days=0)]
    )
    text = render("run_of_show.md.j2", made)
    assert "| 09:00 | Partners are told: Initech | Chan | 23:00 |" in text
    assert "| 10:00 | Published | Chan | 00:00 (+1 day) |" in text
    assert (
        "| 17:00 | Launch day: closed, and all hear it | Chan | 07:00 (+1 day) |"
        in text
    )


def test_the_retrospective_sets_what_happened_beside_the_plan():
    late = task(
        "late",
        title="Late one",
        due=date(2027, 1, 11),
        done_on=date(2027, 1, 13),
        status="done",
    )
    on_time = replace(late, key="on_time", title="In time", done_on=date(2027, 1, 11))
    gone = replace(late, key="gone", title="Not needed", done_on=None, status="dropped")
    text = render(
        "retrospective.md.j2", replace(facts(brief()), tasks=[late, on_time, gone])
    )
    assert "- 3 tasks: 2 done, 1 of them late; 1 dropped; 0 open" in text
    assert "| Ready | 3 | 2 | 1 | Mon 11 January 2027 | Wed 13 January 2027 |" in text
    assert "| Late one | Pam | Mon 11 January 2027 | Wed 13 January 2027 | 2 |" in text
    assert "- Not needed (Pam)" in text
    assert "| In time |" not in text


def test_missed_goals_are_named_first():
    goals = [
        {
            "metric": "sign-ups",
            "baseline": 0,
            "target": 100,
            "by": "2027-04-01",
            "actual": 120,
        },
        {
            "metric": "churn",
            "baseline": 8,
            "target": 4,
            "by": "2027-04-01",
            "actual": 6,
        },
        {"metric": "later", "target": 1, "by": "2027-05-01"},
    ]
    text = render("metrics.md.j2", facts(brief(goals=goals)))
    assert "**1 of 3 goals reached, 1 not measured.** Missed: churn." in text
    rows = re.findall(r"^\| (\w[\w-]*) \|.* (\d*%?) \|$", text, re.MULTILINE)
    assert rows == [("Churn", "50%"), ("Sign-ups", "120%"), ("Later", "")]


def test_the_certification_is_made_of_objections_and_limits():
    claims = ledger(
        objections=[
            {
                **claim("q1"),
                "claim": None,
                "they_say": "You are small.",
                "answer": "True.",
                "tone": "concede",
            }
        ],
        parity_do_not_claim=[claim("p1", "Export: both have it.")],
        disqualifiers=[{"id": "d1", "when": "They need a mainframe", "src": "ours"}],
    )
    text = render("training.md.j2", facts(brief(claims)))
    assert (
        "- **A buyer who looks at Globex says: “You are small.” What do you answer?**\n\n"
        "  *Concede.* True.[^1]" in text
    )
    assert (
        "- **In which points may you claim no advantage over Globex?**\n\n"
        "  - Export: both have it.[^1]" in text
    )
    assert "“They need a mainframe.”**[^1]\n\n  Walk away, and say why.\n" in text


def test_slides_of_the_pitch_hold_few_words(example):
    slides = (
        document("pitch.md.j2", example, reader=CUSTOMER)
        .partition("\n## Sources\n")[0]
        .split("\n## ")[1:]
    )
    assert len(slides) >= 7
    assert max(len(slide.split()) for slide in slides) <= 60


def test_a_figure_or_quote_without_a_source_says_so_inside():
    given = brief(
        research={
            "problems": [{"text": "Slow"}],
            "segments": [
                {"name": "Banks", "size": 1200, "unit": "banks"},
                {"name": "Shops"},
            ],
        },
        quotes=[{"text": "Nice", "speaker": "Ann, Initech", "permission": "asked"}],
    )
    assert "| Banks | 1,200 *(not sourced)* | banks |" in render(
        "market_sizing.md.j2", facts(given)
    )
    assert "| Shops | *not sized yet* |  |" in render(
        "market_sizing.md.j2", facts(given)
    )
    assert "1. Slow. *(not sourced)*" in render("market_analysis.md.j2", facts(given))
    told = (
        "“Nice” — Ann, Initech *(not sourced)* *(permission asked for, not given: "
        "internal only)*"
    )
    assert told in render("customer_quotes.md.j2", facts(given))


def test_a_source_of_the_brief_is_cited_and_its_age_changes_no_document():
    found = {"url": "https://acme.example/study", "as_of": "2026-05", "by": "other"}
    given = brief(research={"problems": [{"text": "Slow", "source": found}]})
    assert "1. Slow.[^1]" in render("market_analysis.md.j2", facts(given))
    before, after = (
        inputs_digest("market_analysis.md.j2", facts(given, today=day))
        for day in (date(2027, 5, 31), date(2027, 6, 1))
    )
    assert before == after


def test_messages_too_long_are_marked_in_the_house():
    text = render("messaging_house.md.j2", facts(brief(messages={"ten": "w " * 12})))
    assert "**2 words too many: cut it.**" in text
    asked = text.partition("**Pam** (pam@example.com)")[2]
    assert "- The message in 25 words (`messages.twenty_five` in the brief)" in asked


def least(audience: str) -> Facts:
    """The least brief, with a kit that makes every document that needs no competitor."""
    tasks = [
        {
            "key": name.removesuffix(".md.j2"),
            "title": name,
            "role": "pmm",
            "days": 1,
            "document": name,
        }
        | {"audience": audience}
        for name in NAMES
        if name not in OF_COMPETITORS
    ]
    given = Brief.model_validate(
        {
            "launch": "x",
            "product": "X",
            "kit": {
                "kit": "all",
                "title": "All",
                "stages": [{"key": "s", "title": "S", "tasks": tasks}],
            },
            "launch_on": "2027-03-02",
            "team": {"lead": {"name": "Lee", "email": "lee@example.com"}},
        }
    )
    rollout = Rollout(
        given, begin_on=TODAY, release_on=given.released_on, launch_on=given.launch_on
    )
    return facts_of_rollout(rollout, today=TODAY)


@pytest.mark.parametrize("audience", ["internal", "partner", "customer"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_COMPETITORS])
def test_the_least_brief_makes_every_document_and_the_lead_is_asked_for_all_that_it_lacks(
    name, audience
):
    made = least(audience)
    (own,) = [each for each in made.tasks if each.template == name]
    text = render(name, replace(made, task=own))
    listed = text.partition("## To finish this document")[2]
    asked = re.findall(r"^- (.+)$", listed.partition("## Sources")[0], re.MULTILINE)
    # the only person of the team need not be named
    assert "lee@example.com" not in listed
    stays_inside = (
        "stays inside" in text or "for those who sell" in text or "Write to" in text
    )
    if audience == "internal" and name not in COMPLETE:
        assert asked
    elif not stays_inside and name in (
        "press_release.md.j2",
        "announcement.md.j2",
        "white_paper.md.j2",
        "pitch.md.j2",
    ):
        assert len(asked) >= 3
    for reader in (PARTNER, CUSTOMER):
        if reader.may_read(own.audience):
            told = render(name, replace(made, task=own, reader=reader))
            assert "To finish" not in told
            assert "*open*" not in told


def test_a_headline_is_the_briefs_own_or_the_product_with_its_first_theme():
    place = {
        "themes": [{"title": "One page."}],
        "category": "calendar",
        "benefit": "shows the week",
    }
    for name in ("press_release.md.j2", "announcement.md.j2"):
        assert "\n# One page: Acme 2\n" in render(name, facts(brief(positioning=place)))
        said = brief(positioning=place, messages={"ten": "A week on a page."})
        assert "\n# A week on a page\n" in render(name, facts(said))


def test_a_post_that_would_say_the_same_again_is_left_out_outside():
    given = brief(messages={"ten": "A week on a page."})
    assert (
        render("social_kit.md.j2", facts(given, reader=CUSTOMER)).count(
            "Acme 2: a week on a page."
        )
        == 1
    )
    assert "- A longer message than that, of 475 characters" in render(
        "social_kit.md.j2", facts(given)
    )


@pytest.mark.parametrize(
    "template", ["white_paper.md.j2", "market_requirements.md.j2", "one_pager.md.j2"]
)
def test_a_line_that_two_ledgers_share_is_printed_once(template):
    both = ledger(
        our_weaknesses=[claim("n1", "No installer.")],
        disqualifiers=[{"id": "d1", "when": "They need a contract.", "src": "ours"}],
    ).model_dump(by_alias=True)
    alternatives = [
        {"key": name.lower(), "name": name, "claims": both}
        for name in ("Globex", "Initech")
    ]
    text = render(template, facts(brief(positioning={"alternatives": alternatives})))
    assert text.count("They need a contract.") == 1
    assert text.count("No installer.") <= 1


def test_a_pitch_shows_a_problem_that_is_the_only_one():
    problem = {"text": "Subscriptions are counted.", "source": SITE}
    text = render("pitch.md.j2", facts(brief(research={"problems": [problem]})))
    assert "## Subscriptions are counted[^1]\n\nHow is that with you today?" in text
    assert "research.problems" not in text


def test_a_proof_that_says_the_attribute_takes_its_place_in_a_white_paper():
    claims = ledger(why_we_win=[claim("y1", "Acme is free for any machine.")])
    positioning = {
        "alternatives": [
            {"key": "globex", "name": "Globex", "claims": claims.model_dump()}
        ],
        "attributes": [
            {
                "key": "free",
                "text": "Free for any machine",
                "value": "No count",
                "proof": ["globex.y1"],
            }
        ],
        "themes": [{"title": "Free", "attributes": ["free"]}],
    }
    text = render("white_paper.md.j2", facts(brief(positioning=positioning)))
    assert "**No count:** Acme is free for any machine." in text
    assert text.lower().count("free for any machine") == 1


SITE = {"url": "https://example.com/study", "as_of": "2026-10"}


@pytest.mark.parametrize("name", ["pitch.md.j2", "partner_presentation.md.j2"])
def test_a_deck_with_all_its_parts_has_ten_slides_at_most(name, example):
    step = {"text": "Try it", "url": "https://valkey.io/try"}
    partner = {
        "key": "cloud",
        "name": "Clouds",
        "kind": "reseller",
        "benefit": "Customers who stay",
        "order": "By the marketplace",
        "asks": ["Keep the day"],
    }
    changed = example.brief.model_dump(mode="json", by_alias=True)
    changed |= {"links": {"next": step, "docs": "https://valkey.io/docs"}}
    changed |= {"partners": [partner]}
    given = Brief.model_validate(changed)
    own = task("own", given.partners[0] if "partner" in name else None)
    made = replace(example, brief=given, task=replace(own, audience=PARTNER))
    text = render(name, replace(made, reader=PARTNER))
    found = list(slides(outline(text), title="Deck"))
    assert 8 <= len(found) <= 10, [slide.title for slide in found]
    assert name != "pitch.md.j2" or "(https://valkey.io/try)" in text
