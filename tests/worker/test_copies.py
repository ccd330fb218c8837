from __future__ import annotations

from pathlib import Path

import pytest

from launch_kits.database.queries import find_launch
from launch_kits.database.store import Store
from launch_kits.documents.files import note_written, write
from launch_kits.inputs.audience import Audience
from launch_kits.settings import Settings
from launch_kits.views.facts import read_facts
from launch_kits.worker.copies import write_copies_again
from tests.launches import NOW, SLUG


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"LAUNCH_KITS_HOME": str(tmp_path / "home")})


def test_stale_copies_are_written_in_the_formats_and_for_the_readers_they_have(
    falcon: Store, settings: Settings
) -> None:
    folder = settings.documents / SLUG
    with falcon.read() as session:
        facts = read_facts(session, SLUG, now=NOW, documents=settings.documents)
    for each in write(facts, folder, formats=("md", "html")):
        note_written(facts, each.task, documents=settings.documents)
    [*write(facts, folder, audiences=[Audience.CUSTOMER])]
    assert write_copies_again(falcon, SLUG, settings=settings, now=NOW) == []
    (folder / "battlecard-kite.html").unlink()
    edited = folder / "battlecard-osprey.md"
    edited.write_text("Our own words\n", encoding="utf-8")
    with falcon.write() as session:
        launch = find_launch(session, SLUG, lock=True)
        launch.brief = {**launch.brief, "product": "Falcon Two"}
        session.add(launch)
    written = write_copies_again(falcon, SLUG, settings=settings, now=NOW)
    names = {str(path.relative_to(folder)) for path in written}
    assert "battlecard-kite.md" in names
    assert "battlecard-kite.html" not in names
    assert "battlecard-osprey.new.md" in names
    assert edited.read_text(encoding="utf-8") == "Our own words\n"
    assert "Falcon Two" in (folder / "battlecard-kite.md").read_text(encoding="utf-8")
