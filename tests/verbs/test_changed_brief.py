from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch_kits.database.store import Store
from launch_kits.errors import InputError, NotFound
from launch_kits.inputs.loading import load_kit
from launch_kits.verbs import preview_revision
from launch_kits.verbs.changed_brief import updated_brief, upgraded_brief
from tests.launches import KIT, NOW, SLUG, brief_with, dump

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(**changes: Any) -> Path:
        path = tmp_path / "brief.yaml"
        written = brief_with(**changes).model_dump(
            mode="json", by_alias=True, exclude_unset=True
        )
        path.write_text(yaml.safe_dump(written), encoding="utf-8")
        return path

    return write


def kit_file(folder: Path, **changes: Any) -> Path:
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump(KIT | changes), encoding="utf-8")
    return path


def test_the_same_brief_has_no_remarks_and_changes_nothing(
    falcon: Store, write: Write
) -> None:
    before = dump(falcon)
    changed = updated_brief(falcon, SLUG, write(), search=(), now=NOW)
    assert changed.remarks == ()
    assert preview_revision(falcon, SLUG, changed.brief, now=NOW).empty
    assert dump(falcon) == before


def test_an_update_keeps_the_kit_and_says_if_the_brief_has_another(
    falcon: Store, write: Write
) -> None:
    changed = updated_brief(
        falcon, SLUG, write(kit=KIT | {"kit": "other"}), search=(), now=NOW
    )
    assert changed.brief.kit_in_place.kit == "small"
    assert changed.remarks == (
        "note: the launch keeps its kit, small; --kit gives it another",
    )


def test_an_update_with_a_kit_takes_it_without_a_remark(
    falcon: Store, write: Write, tmp_path: Path
) -> None:
    kit = kit_file(tmp_path, kit="other", version=7)
    changed = updated_brief(falcon, SLUG, write(), search=(), kit=kit, now=NOW)
    assert changed.brief.kit_in_place == load_kit(kit)
    assert changed.remarks == ()


def test_an_update_says_which_command_moves_the_days(
    falcon: Store, write: Write
) -> None:
    (remark,) = updated_brief(
        falcon, SLUG, write(launch_on="2027-03-02"), search=(), now=NOW
    ).remarks
    assert remark == (
        "note: the launch keeps its days; `launch-kits move falcon-2 --on 2027-03-02` "
        "changes them"
    )


def test_an_update_says_the_same_if_only_the_release_day_differs(
    falcon: Store, write: Write
) -> None:
    (remark,) = updated_brief(
        falcon, SLUG, write(release_on="2027-02-22"), search=(), now=NOW
    ).remarks
    assert remark.startswith("note: the launch keeps its days")


def test_an_upgrade_finds_the_newest_version_of_the_kit(
    falcon: Store, tmp_path: Path
) -> None:
    kit_file(tmp_path, version=9)
    changed = upgraded_brief(falcon, SLUG, search=(tmp_path,), now=NOW)
    assert changed.brief.kit_in_place.version == 9
    assert changed.remarks == ()


def test_an_upgrade_refuses_a_kit_that_cannot_be_found(falcon: Store) -> None:
    with pytest.raises(InputError, match='unknown kit "small"'):
        upgraded_brief(falcon, SLUG, search=(), now=NOW)


def test_an_upgrade_takes_the_kit_of_a_file(falcon: Store, tmp_path: Path) -> None:
    kit = kit_file(tmp_path, kit="other")
    changed = upgraded_brief(falcon, SLUG, search=(), kit=kit, now=NOW)
    assert changed.brief.kit_in_place.kit == "other"


def test_an_unknown_launch_is_not_found(falcon: Store, write: Write) -> None:
    with pytest.raises(NotFound):
        updated_brief(falcon, "nowhere", write(), search=(), now=NOW)
    with pytest.raises(NotFound):
        upgraded_brief(falcon, "nowhere", search=(), now=NOW)
