"""Checks and waivers that were stored by number, migrated to the keys of their launch's kit."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlmodel import col, select

import launch_kits
from launch_kits.database.records import GateCheck, Waiver
from launch_kits.database.store import Store, _unlinked
from launch_kits.inputs.gates import Check
from tests.launches import SLUG, brief_with

FOLDER = Path(launch_kits.__file__).parent / "database/migrations"
AT = "2027-01-15 15:00:00.000000"
CHECKS = [
    {"key": "told", "title": "Everybody tells it"},
    {"title": "Trained sellers ≥ 80%"},
    {"title": "売り手は訓練済み"},
]


def migrate(connection: Connection, revision: str, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, revision)


def snapshot() -> str:
    """The small brief as launches kept it before checks had keys."""
    brief: dict[str, Any] = brief_with().model_dump(mode="json", by_alias=True)
    brief["kit"]["stages"][0]["gate"]["checks"] = CHECKS
    brief["kit"]["stages"][1]["gate"] = None
    return json.dumps(brief)


@pytest.fixture
def numbered(empty_url: str, open_store: Callable[[str], Store]) -> Store:
    """A database of migration 0005 with a launch, its checks and its waivers."""
    store = open_store(empty_url)
    with store._writer.begin() as connection:
        migrate(connection, "0005")
        connection.execute(
            text(
                "INSERT INTO launch (slug, product, kit, tier, status, brief, begin_on, "
                "release_on, launch_on, baseline_release_on, baseline_launch_on, "
                "planned_at, opened_at, revision, drawn) VALUES (:slug, 'Falcon 2', "
                "'small', 1, 'running', :brief, '2027-01-11', '2027-02-09', "
                "'2027-02-09', '2027-02-09', '2027-02-09', :at, :at, 0, -1)"
            ),
            {"slug": SLUG, "brief": snapshot(), "at": AT},
        )
        for number in (1, 2, 9):
            connection.execute(
                text(
                    'INSERT INTO gate_check (launch, stage, number, "by", at, link) '
                    "VALUES (:slug, 'story', :number, 'lead@example.com', :at, :link)"
                ),
                {
                    "slug": SLUG,
                    "number": number,
                    "at": AT,
                    "link": f"https://example.com/{number}",
                },
            )
        for number, note in ((3, "first"), (2, "second"), (3, "third")):
            connection.execute(
                text(
                    'INSERT INTO waiver (launch, stage, number, "by", at, note, until) '
                    "VALUES (:slug, 'story', :number, 'lead@example.com', :at, :note, "
                    "'2027-02-01')"
                ),
                {"slug": SLUG, "number": number, "at": AT, "note": note},
            )
    return store


def test_a_number_becomes_the_key_of_the_launchs_own_kit(numbered: Store) -> None:
    numbered.upgrade()
    with numbered.read() as session:
        checks = session.exec(select(GateCheck)).all()
        waivers = session.exec(select(Waiver).order_by(col(Waiver.id))).all()
    assert {each.check_key: each.link for each in checks} == {
        "told": "https://example.com/1",
        "trained-sellers-80": "https://example.com/2",
        "9-of-an-earlier-kit": "https://example.com/9",
    }
    assert checks[0].at.isoformat() == "2027-01-15T15:00:00+00:00"
    slug = Check.model_validate(CHECKS[2]).key
    assert slug.startswith("check-")
    assert [(each.check_key, each.note) for each in waivers] == [
        (slug, "first"),
        ("trained-sellers-80", "second"),
        (slug, "third"),
    ]


def test_a_downgrade_gives_the_numbers_back(numbered: Store) -> None:
    numbered.upgrade()
    with (
        numbered._writer.connect() as connection,
        _unlinked(connection) if numbered.sqlite else nullcontext(),
        connection.begin(),
    ):
        migrate(connection, "0005", down=True)
        checks = connection.execute(
            text("SELECT number, link FROM gate_check ORDER BY number")
        ).all()
        waivers = connection.execute(
            text("SELECT number, note FROM waiver ORDER BY id")
        ).all()
    assert checks == [(n, f"https://example.com/{n}") for n in (1, 2, 9)]
    assert waivers == [(3, "first"), (2, "second"), (3, "third")]
