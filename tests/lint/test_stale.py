from __future__ import annotations

from datetime import date

from tests.lint.brief_codes import codes, linted
from tests.spoilt import Folder

#: the sound ledger's source, of January 2027
SITE = "as_of: 2027-01"


def findings(folder: Folder, **day: date) -> list[str]:
    found = linted(folder, **day).warnings
    return [each.message for each in found if each.code == "stale-source"]


def test_a_source_that_is_too_old_is_told_with_its_line(folder: Folder) -> None:
    folder.spoil("ledger.yaml", (SITE, "as_of: 2025-12-31"))
    assert codes(folder) == [("ledger.yaml", 3, "stale-source")]
    (message,) = findings(folder)
    assert message.startswith('source "site" of 2025-12-31 is stale; ')
    assert "stale_after_days: never" in message


def test_a_source_that_will_be_too_old_on_the_launch_day_is_told_today(
    folder: Folder,
) -> None:
    folder.spoil("ledger.yaml", (SITE, "as_of: 2026-01-20"))
    (message,) = findings(folder)
    assert "will be stale on the launch day 2027-02-09" in message


def test_a_source_of_unknown_date_is_stale(folder: Folder) -> None:
    folder.spoil("ledger.yaml", (SITE, "as_of: unknown"))
    (message,) = findings(folder)
    assert "no known date" in message


def test_a_source_has_its_own_age(folder: Folder) -> None:
    folder.spoil("ledger.yaml", (SITE, "as_of: 2020, stale_after_days: never"))
    assert findings(folder) == []
    folder.spoil("ledger.yaml", ("never", "20000"))
    assert findings(folder) == []
    folder.spoil("ledger.yaml", ("as_of: 2020, stale_after_days: 20000", SITE))
    folder.spoil("ledger.yaml", (SITE, f"{SITE}, stale_after_days: 7"))
    assert len(findings(folder)) == 1
    assert findings(folder, today=date(2027, 1, 1))[0].count("launch day") == 1


def test_a_source_on_which_no_line_rests_may_be_old(folder: Folder) -> None:
    folder.spoil(
        "ledger.yaml",
        ("sources:", "sources:\n  old: {url: https://a.example, as_of: 2001}"),
    )
    assert findings(folder) == []


def test_a_card_past_its_review_is_stale_unless_it_is_still_empty(
    folder: Folder,
) -> None:
    def cards(today: date) -> list[str]:
        found = linted(folder, today=today).warnings
        return [each.message for each in found if each.code == "stale-card"]

    assert cards(date(2027, 4, 4)) == []
    (message,) = cards(date(2027, 4, 5))
    assert message.startswith('card "osprey" was last verified on 2027-01-04, ')
    head = (folder.path / "ledger.yaml").read_text(encoding="utf-8").splitlines()[0]
    folder.spoil(
        "brief.yaml", (", proof: [osprey.y1]", ""), (", proof: [osprey.y1]", "")
    )
    folder.spoil("brief.yaml", (", objections: [osprey.q1]", ""))
    (folder.path / "ledger.yaml").write_text(f"{head}\n", encoding="utf-8")
    assert cards(date(2027, 4, 5)) == []
