"""How often a preview in the launch room reads its launch and validates the launch's brief."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event

from launch_kits.inputs.brief import Brief
from tests.launches import LEAD, SLUG
from tests.room.visiting import Visit, confirmed

#: the row of a launch with its whole brief; the load of all launches takes parts of theirs
ROW = re.compile(r"SELECT\b.*(?<!JSON_EXTRACT\()\blaunch\.brief\b", re.DOTALL)
PAGE = f"/launches/{SLUG}/tasks/positioning"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts the rows of launches read and the briefs validated."""
    counts: Counter[str] = Counter()
    validate = Brief.model_validate

    def counting(*given: object, **named: object) -> Brief:
        counts["validations"] += 1
        return validate(*given, **named)

    def count(_connection, _cursor, statement: str, *_: object) -> None:
        counts["reads"] += bool(ROW.match(statement))

    monkeypatch.setattr(Brief, "model_validate", counting)
    event.listen(Engine, "before_cursor_execute", count)
    yield counts
    event.remove(Engine, "before_cursor_execute", count)


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("extend", {"until": "2027-01-29"}),
        ("extend", {"until": "2027-03-01"}),
        ("reassign", {"to": LEAD}),
        ("edit", {"title": "Another title", "days": "5", "due": "2027-02-01"}),
        ("drop", {}),
    ],
)
def test_a_preview_reads_once_and_so_does_its_confirmation(
    visit: Visit, counted: Counter[str], verb: str, fields: dict[str, str]
) -> None:
    visit.sign_in(LEAD)
    address = f"{PAGE}/{verb}"
    assert visit.get(address).status_code == 200
    counted.clear()
    shown = visit.send(address, **fields)
    assert shown.status_code == 200, shown.text
    assert (counted["reads"], counted["validations"]) == (1, 1)
    counted.clear()
    assert confirmed(visit, address, shown, **fields).status_code == 303
    assert (counted["reads"], counted["validations"]) == (1, 1)
