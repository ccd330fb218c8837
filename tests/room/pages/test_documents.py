from __future__ import annotations

import io
from datetime import timedelta

from pypdf import PdfReader

from launch_kits.documents.output_folder import OutputFolder
from launch_kits.inputs.audience import Audience
from launch_kits.inputs.brief import Brief
from launch_kits.verbs import approve, done, revise
from launch_kits.worker import step
from tests.launches import LEGAL, PMM, SLUG, dump, launch
from tests.room.visiting import text_of

PAGE = f"/launches/{SLUG}/documents"
KEY = "battlecard:kite"
CARD = f"{PAGE}/{KEY}"


def write(visit) -> None:
    step.write_documents(visit.store, SLUG, settings=visit.settings, now=visit.now)


def claim_becomes(visit, text: str) -> None:
    brief = launch(visit.store).brief
    for each in brief["positioning"]["alternatives"]:
        if each["key"] == "kite":
            each["claims"]["why_we_win"][0]["claim"] = text
    visit.now += timedelta(minutes=1)
    revise(visit.store, SLUG, Brief.kept(brief), now=visit.now, accept_late=True)
    write(visit)


def approved(visit) -> None:
    for key in ("positioning", KEY):
        done(visit.store, SLUG, key, by=PMM, now=visit.now)
    write(visit)
    visit.now += timedelta(minutes=1)
    approve(visit.store, SLUG, KEY, by=LEGAL, now=visit.now)


def test_the_page_lists_each_document_with_its_approval(visit):
    page = visit.text(PAGE)
    for text in ("Battlecard: Kite", "Battlecard: Osprey", "not yet", "a draft"):
        assert text in page
    approved(visit)
    assert "Lou, Mon 11 Jan" in visit.text(PAGE)
    claim_becomes(visit, "Falcon is lighter")
    assert "out of date" in visit.text(PAGE)


def test_a_change_is_shown_word_by_word(visit):
    approved(visit)
    assert "has not changed since" in visit.text(CARD)
    claim_becomes(visit, "Falcon is lighter")
    page = visit.get(CARD).text
    assert "<del>" in page
    assert "faster</del>" in page.replace("\n", "")
    assert "lighter</ins>" in page
    assert "an earlier one was approved by Lou" in text_of(page)


def test_a_document_is_read_and_downloaded_as_of_now(visit):
    before = dump(visit.store)
    read = visit.get(f"{CARD}/internal/html")
    assert "Kite" in read.text
    policy = read.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script" not in policy
    kept = visit.get(f"{CARD}/internal/pdf")
    assert "falcon-2-battlecard-kite.pdf" in kept.headers["content-disposition"]
    assert "Kite" in PdfReader(io.BytesIO(kept.content)).pages[0].extract_text()
    assert dump(visit.store) == before
    assert not (visit.settings.documents / SLUG).exists(), "nothing is written"


def test_edits_of_people_are_what_is_read(visit):
    approved(visit)
    path = visit.settings.documents / SLUG / "battlecard-kite.md"
    path.write_text(f"{path.read_text('utf-8')}\n## Ours\n\nBy hand.\n", "utf-8")
    assert "By hand." in visit.get(f"{CARD}/internal/html").text
    assert "By hand." in visit.get(f"{CARD}/internal/md").text
    assert "edited by hand" in visit.text(CARD)


def test_a_copy_for_readers_outside_says_that_it_lacks_the_edits(visit):
    audience = {"documents": {KEY.partition(":")[0]: {"audience": "customer"}}}
    visit.now += timedelta(minutes=1)
    brief = Brief.kept({**launch(visit.store).brief, **audience})
    revise(visit.store, SLUG, brief, now=visit.now, accept_late=True)
    write(visit)
    lacks = "It does not have the edits of battlecard-kite.md"
    assert lacks not in text_of(visit.get(CARD).text)
    folder = visit.settings.documents / SLUG
    (folder / "customer").mkdir(parents=True)
    (folder / "battlecard-kite.md").write_text("Our own words.", "utf-8")
    page = text_of(visit.get(CARD).text)
    assert page.count(lacks) == 2, "for partners and for customers"
    assert "Our own words." not in visit.get(f"{CARD}/customer/md").text
    output = OutputFolder(folder / "customer", Audience.CUSTOMER)
    output.save("battlecard-kite.md", b"As made.", text=True)
    (folder / "customer" / "battlecard-kite.md").write_text("For them.", "utf-8")
    assert text_of(visit.get(CARD).text).count(lacks) == 1
    assert visit.get(f"{CARD}/customer/md").text == "For them."


def test_no_file_is_made_for_readers_outside_its_circle(visit):
    page = visit.text(CARD)
    assert "For internal readers" in page
    assert "For customer readers" not in page
    for reader in ("partner", "customer"):
        refused = visit.get(f"{CARD}/{reader}/html")
        assert refused.status_code == 409
        assert "Falcon is faster" not in refused.text
        assert "does not go to" in text_of(refused.text)


def test_a_document_that_is_not_there_says_so(visit):
    for path in (
        f"{PAGE}/nope",
        f"{PAGE}/positioning",
        f"{CARD}/everybody/pdf",
        f"{CARD}/internal/exe",
        f"{PAGE}/positioning/internal/md",
    ):
        assert visit.get(path).status_code == 404, path
    assert visit.get(f"{CARD}/internal/pptx").status_code in (200, 409)
