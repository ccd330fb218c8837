from __future__ import annotations

from launch_kits.inputs.kit import Kit
from launch_kits.inputs.loading import load_kit
from tests.kits.conftest import KITS, ROOT

#: every document that the kits know, by area; each is a template
DOCUMENTS = {
    "market analysis": ["market_analysis"],
    "market research": ["market_sizing", "win_loss", "customer_quotes"],
    "product strategy": ["business_case", "pricing", "portfolio", "build_buy_partner"],
    "product planning": [
        "positioning_statement",
        "messaging_house",
        "market_requirements",
        "personas",
        "usage_scenarios",
        "milestones",
    ],
    "program strategy": [
        "go_to_market",
        "marketing_plan",
        "launch_plan",
        "ramp_up_plan",
        "success_story",
        "collateral_plan",
    ],
    "sales readiness": [
        "sales_knowledge_base",
        "white_paper",
        "competitive_write_up",
        "battlecard",
        "training",
        "pitch",
        "discovery_questions",
        "objections",
        "one_pager",
        "sales_faq",
    ],
    "channel support": [
        "partner_brief",
        "partner_kit",
        "partner_presentation",
        "demo_script",
        "special_sales",
        "answer_desk",
    ],
    "launch day": [
        "run_of_show",
        "press_release",
        "announcement",
        "social_kit",
        "internal_announcement",
    ],
    "after": ["feedback", "metrics", "retrospective"],
    "end of life": ["end_of_life", "end_of_life_internal", "end_of_life_plan"],
}
#: documents about the end of a product, which no launch makes
OF_THE_END = {f"{name}.md.j2" for name in DOCUMENTS["end of life"]}
NAMES = {f"{name}.md.j2" for names in DOCUMENTS.values() for name in names}


def documents(kit: Kit) -> list[str]:
    return [task.document for _, task in kit.tasks() if task.document]


def test_a_kit_names_documents_that_there_are(kit: Kit) -> None:
    assert set(documents(kit)) - NAMES == set()


def test_the_major_release_makes_every_document() -> None:
    assert set(documents(load_kit(KITS["major_release"]))) == NAMES - OF_THE_END


def test_the_end_of_life_makes_the_documents_about_it() -> None:
    assert set(documents(load_kit(KITS["sunset"]))) >= OF_THE_END


def test_every_document_has_a_template() -> None:
    assert (
        sorted(NAMES - {path.name for path in (ROOT / "templates").glob("*.j2")}) == []
    )


def test_a_document_is_made_once_in_a_kit_or_looked_at_again_after_the_launch(
    kit: Kit,
) -> None:
    before = [
        task.document
        for stage, task in kit.tasks()
        if task.document and stage.key != "after"
    ]
    assert len(before) == len(set(before))
