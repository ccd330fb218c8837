from __future__ import annotations

from pathlib import Path

from launch_kits.database.store import Store
from launch_kits.slack.outbound.pages import pages_of
from launch_kits.views.notices.context import ContextLoader
from tests.launches import NOW, SLUG, opened


def test_the_first_page_is_the_launchs_and_cards_follow_once_they_are_written(
    store: Store, tmp_path: Path
) -> None:
    opened(store)
    context = ContextLoader(store, documents=tmp_path).of(SLUG, now=NOW)
    reader = context.reader(f"#{context.view.channel}", now=NOW)
    (page,) = pages_of(store, context, reader=reader)
    assert (page.card, page.title, page.stem) == ("", "Falcon 2", "falcon-2-page")
    assert page.markdown.startswith("# Falcon 2\n")
    assert (page.pdf() or b"").startswith(b"%PDF")
