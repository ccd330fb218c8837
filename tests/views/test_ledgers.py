from __future__ import annotations

import pytest
import yaml

from launch_kits.errors import InputError, NotFound
from launch_kits.verbs import cancel
from launch_kits.views.ledgers import (
    ledger_uses_at,
    ledger_uses_of_launches,
    split_places,
)
from tests.launches import NOW, SLUG, brief_with, ledger_of


@pytest.fixture
def folder(tmp_path):
    """A brief with two ledgers in place, and a ledger of its own."""
    brief = brief_with().model_dump(mode="json", by_alias=True)
    for name, value in (("brief", brief), ("merlin", ledger_of("merlin"))):
        text = yaml.safe_dump(value, sort_keys=False)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    return tmp_path


def test_ledgers_of_a_folder_are_those_of_its_briefs_and_its_own(folder):
    found = ledger_uses_at(folder, now=NOW)
    assert [(use.where, use.key) for use in found] == [
        (str(folder / "brief.yaml"), "osprey"),
        (str(folder / "brief.yaml"), "kite"),
        (str(folder / "merlin.yaml"), "merlin"),
    ]


def test_file_that_is_neither_brief_nor_ledger_is_refused_by_name(folder):
    with pytest.raises(InputError, match="neither a brief"):
        ledger_uses_at(folder / "notes.yaml", now=NOW)


@pytest.mark.parametrize("written", ["y1", "osprey.y1"])
def test_claim_is_found_by_its_name(folder, written):
    use = ledger_uses_at(folder / "brief.yaml", now=NOW)[0]
    claim = use.find(written)
    assert claim is not None
    assert use.ref(claim) == "osprey.y1"
    assert use.find("kite.y1") is None


def test_documents_are_those_that_print_the_claim(folder):
    use = ledger_uses_at(folder / "brief.yaml", now=NOW)[0]
    claim = use.find("y1")
    assert claim is not None
    found = use.documents([claim])["y1"]
    assert [each.task for each in found] == ["battlecard:osprey"]
    alone = ledger_uses_at(folder / "merlin.yaml", now=NOW)[0]
    assert alone.documents([claim]) == {"y1": []}


def test_ledgers_of_launches_are_those_of_the_running_ones(falcon, tmp_path):
    def keys(*slugs: str) -> list[str] | None:
        with falcon.read() as session:
            found = ledger_uses_of_launches(session, slugs, now=NOW, documents=tmp_path)
        return None if found is None else [f"{use.where}/{use.key}" for use in found]

    assert keys() == keys(SLUG) == [f"{SLUG}/osprey", f"{SLUG}/kite"]
    with pytest.raises(NotFound):
        keys("kestrel")
    cancel(falcon, SLUG, now=NOW)
    assert keys() is None
    assert keys(SLUG) == [f"{SLUG}/osprey", f"{SLUG}/kite"]


def test_places_are_paths_or_names_of_launches(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "claims").mkdir()
    paths, slugs = split_places(["brief.yaml", "claims", "a/b", "falcon-2"])
    assert [str(path) for path in paths] == ["brief.yaml", "claims", "a/b"]
    assert slugs == ["falcon-2"]
