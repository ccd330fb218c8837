from __future__ import annotations

from sqlmodel import delete, select

from launch_kits.database.records import Launch, OverviewRow
from launch_kits.database.store import Store
from launch_kits.views.overview import keep_overviews
from tests.launches import NOW, SLUG


def test_figures_go_with_their_launch(falcon: Store) -> None:
    keep_overviews(falcon, now=NOW)
    with falcon.write() as session:
        assert session.exec(select(OverviewRow.launch)).all() == [SLUG]
        session.exec(delete(Launch))
        assert session.exec(select(OverviewRow.launch)).all() == []
