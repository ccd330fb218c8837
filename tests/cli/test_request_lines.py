from __future__ import annotations

from datetime import date
from pathlib import Path

from launch_kits.cli.request_lines import request_lines
from launch_kits.database.store import Store
from launch_kits.verbs import approve, extend
from launch_kits.views.launch import read_launch
from tests.launches import LEAD, NOW, SLUG


def lines(store: Store) -> list[str]:
    with store.read() as session:
        view = read_launch(session, SLUG, now=NOW, documents=Path())
    return list(request_lines(view.open_tasks))


def test_a_request_has_a_line_until_it_is_answered(falcon: Store) -> None:
    assert lines(falcon) == []
    extend(falcon, SLUG, "training", until=date(2027, 2, 12), now=NOW)
    (line,) = lines(falcon)
    assert f"`launch-kits approve {SLUG} training --until 2027-02-12`" in line
    approve(falcon, SLUG, "training", by=LEAD, now=NOW)
    assert lines(falcon) == []
