from __future__ import annotations

from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.slack.outbound.pages import cards_of, page_of
from launch_kits.views.notices.context import ContextLoader
from tests.launches import NOW, SLUG, opened


def test_a_launch_has_its_page_and_cards_once_they_are_written(
    store: Store, tmp_path: Path
) -> None:
    opened(store)
    context = ContextLoader(store, documents=tmp_path).of(SLUG, now=NOW)
    reader = context.reader(f"#{context.view.channel}", now=NOW)
    assert [*cards_of(store, context)] == []
    page = page_of(context, reader=reader, links={})
    assert (page.card, page.title, page.stem) == ("", "Falcon 2", "falcon-2-page")
    assert page.markdown.startswith("# Falcon 2\n")
    assert (page.pdf() or b"").startswith(b"%PDF")
