from __future__ import annotations

from dataclasses import replace

import pytest

from launch_kits.documents.making import make_now
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience
from launch_kits.views.facts import read_facts
from tests.launches import NOW, SLUG


def made(store, folder, name="md", *, audience=None, reader=Audience.INTERNAL):
    with store.read() as session:
        facts = read_facts(session, SLUG, now=NOW, documents=folder)
    task = next(each for each in facts.tasks if each.key == "battlecard:kite")
    if audience:
        task = replace(task, audience=audience)
    return make_now(facts, task, name, reader=reader, folder=folder)


def test_a_document_is_made_and_nothing_is_written(falcon, tmp_path):
    assert b"Falcon is faster" in made(falcon, tmp_path)
    assert made(falcon, tmp_path, "html").startswith(b"<!doctype html>")
    assert list(tmp_path.iterdir()) == []


def test_edits_go_to_the_readers_that_they_were_made_for(falcon, tmp_path):
    (tmp_path / "battlecard-kite.md").write_text("# Mine\n", "utf-8")
    assert made(falcon, tmp_path) == b"# Mine\n"
    outside = made(
        falcon, tmp_path, audience=Audience.CUSTOMER, reader=Audience.CUSTOMER
    )
    assert b"Mine" not in outside


def test_conflicts_are_decided_before_other_formats_are_made(falcon, tmp_path):
    marked = "<<<<<<< edited\na\n=======\nb\n>>>>>>> draft\n"
    (tmp_path / "battlecard-kite.md").write_text(marked, "utf-8")
    assert made(falcon, tmp_path) == marked.encode()
    with pytest.raises(DocumentError, match="marked conflicts"):
        made(falcon, tmp_path, "html")


@pytest.mark.parametrize(
    ("name", "reader", "why"),
    [
        ("md", Audience.PARTNER, "does not go to partner readers"),
        ("odt", Audience.INTERNAL, "not offered as odt"),
    ],
)
def test_a_document_stays_in_its_circle_and_its_formats(
    falcon, tmp_path, name, reader, why
):
    with pytest.raises(DocumentError, match=why):
        made(falcon, tmp_path, name, reader=reader)
