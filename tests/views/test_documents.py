from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from launch_kits.database.store import Store
from launch_kits.documents.content import content_of, digest_of
from launch_kits.errors import NotFound, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.settings import Settings
from launch_kits.verbs import approve, done, revise
from launch_kits.views.document_changes import document_changes
from launch_kits.views.documents import read_documents
from launch_kits.views.facts import read_facts
from launch_kits.worker import step
from tests.effort import seeds
from tests.launches import LEAD, LEGAL, NOW, SLUG, launch

CARD = "battlecard:kite"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})


@pytest.fixture
def house(falcon: Store, settings: Settings) -> House:
    return House(falcon, settings)


class House:
    """A launch whose documents are written, edited and approved; each act a minute later."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.now = NOW
        done(store, SLUG, "positioning", now=NOW)
        self.write()

    def write(self) -> None:
        step.write_documents(self.store, SLUG, settings=self.settings, now=self.now)

    def later(self) -> None:
        self.now += timedelta(minutes=1)

    def update(self, **changes: object) -> None:
        self.later()
        brief = Brief.kept({**launch(self.store).brief, **changes})
        revise(self.store, SLUG, brief, now=self.now, accept_late=True)
        self.write()

    def correct_claim(self, text: str) -> None:
        brief = launch(self.store).brief
        kite = next(
            each
            for each in brief["positioning"]["alternatives"]
            if each["key"] == "kite"
        )
        self.claim(kite["claims"])["claim"] = text
        self.update(positioning=brief["positioning"])

    def claim(self, ledger: dict) -> dict:
        return next(
            claim
            for name in ("why_we_win", "overview", "their_strengths")
            for claim in ledger.get(name) or ()
            if claim.get("claim")
        )

    def edit(self, text: str) -> None:
        self.later()
        path = self.settings.documents / SLUG / "battlecard-kite.md"
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def approve(self) -> None:
        self.later()
        done(self.store, SLUG, CARD, now=self.now)
        approve(self.store, SLUG, CARD, now=self.now)
        self.write()

    def card(self):
        with self.store.read() as session:
            found = read_documents(
                session, SLUG, now=self.now, documents=self.settings.documents
            )
        return next(each for each in found if each.task == CARD)

    def recomputed(self) -> str:
        """The digest of the card, from nothing but the launch and the folder."""
        with self.store.read() as session:
            facts = read_facts(
                session, SLUG, now=self.now, documents=self.settings.documents
            )
        task = next(each for each in facts.tasks if each.key == CARD)
        return digest_of(content_of(facts, task, folder=self.settings.documents / SLUG))

    def changes(self, **how):
        self.later()
        with self.store.read() as session:
            return document_changes(
                session,
                SLUG,
                how.pop("key", CARD),
                since=how.pop("since", None),
                now=self.now,
                documents=self.settings.documents,
            )


def test_an_approval_is_of_the_content_that_was_approved(house: House) -> None:
    house.approve()
    card = house.card()
    assert (card.approved_by, card.approved_at) == (LEGAL, house.now)
    assert (card.version, card.out_of_date, card.edited) == (1, False, False)


def test_a_corrected_claim_leaves_an_approval_out_of_date(house: House) -> None:
    house.approve()
    house.correct_claim("Kite has changed its prices.")
    card = house.card()
    assert (card.version, card.out_of_date) == (2, True)
    (change,) = [each for each in house.changes() if each.path.endswith(".text")]
    assert (change.cause, change.by) == ("claim", LEAD)
    assert change.after == "Kite has changed its prices."


def test_a_field_of_the_brief_names_the_person_who_changed_it(house: House) -> None:
    house.update(product="Falcon 3")
    (change,) = house.changes()
    assert (change.cause, change.by, change.path) == ("field", LEAD, "brief.product")
    assert (change.before, change.after) == ("Falcon 2", "Falcon 3")
    assert house.changes(since=house.now + timedelta(days=1)) == []


def test_an_edit_leaves_an_approval_out_of_date(house: House) -> None:
    house.approve()
    house.edit("More.\n")
    card = house.card()
    assert (card.out_of_date, card.edited, card.version) == (True, True, 2)
    (change,) = house.changes()
    assert (change.cause, change.by, change.path) == ("edit", None, "edited")


def test_the_team_and_days_leave_an_approval_as_it_is(house: House) -> None:
    house.approve()
    team = {**launch(house.store).brief["team"]}
    team["pmm"] = {**team["pmm"], "name": "Another name"}
    house.update(team=team, timezone="Asia/Tokyo")
    assert not house.card().out_of_date


def test_changes_of_an_unknown_document_are_refused(house: House) -> None:
    with pytest.raises(NotFound, match="battlecard:kite"):
        house.changes(key="battlecard:kit")
    with pytest.raises(Refused, match="leaves no document"):
        house.changes(key="positioning")


@pytest.mark.parametrize("seed", seeds(2))
def test_documents_say_what_is_recomputed_after_any_history(
    house: House, seed: int
) -> None:
    chance = random.Random(seed)
    approved: str | None = None
    for number in range(7):
        act = chance.choice(["claim", "field", "edit", "approve"])
        text = f"Text {chance.randrange(3)}."
        if act == "claim":
            house.correct_claim(text)
        elif act == "field":
            house.update(product=text)
        elif act == "edit":
            house.edit(f"{text}\n")
        elif approved is None and number:
            house.approve()
            approved = house.recomputed()
        card = house.card()
        assert card.digest == house.recomputed()
        if approved is not None:
            assert card.out_of_date == (card.digest != approved)


def test_a_section_of_the_brief_is_content_and_changes_its_document(
    house: House,
) -> None:
    house.approve()
    chosen = {"battlecard": {"sections": {"answer": "We are here for you."}}}
    house.update(documents=chosen)
    text = (house.settings.documents / SLUG / "battlecard-kite.md").read_text("utf-8")
    assert "## In 30 seconds\n\nWe are here for you.\n" in text
    (change,) = house.changes()
    assert (change.cause, change.path) == ("field", "sections.answer")
    assert change.after == "We are here for you."
    assert house.card().out_of_date


def test_a_file_that_is_as_it_would_be_written_is_ours_without_an_entry(
    house: House,
) -> None:
    (house.settings.documents / SLUG / ".launch-kits.json").unlink()
    assert not house.card().edited
    house.edit("Mine.\n")
    assert house.card().edited
