from __future__ import annotations

import pytest
from pydantic import ValidationError

from launch_kits.errors import InputError
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.brief_keys import BriefKeys
from launch_kits.inputs.loading import resolve
from tests.launches import brief_with


def test_a_brief_has_these_keys_and_no_others() -> None:
    assert list(Brief.model_fields) == list(BriefKeys.model_fields)
    assert brief_with().goods == "software"


def test_an_earlier_snapshot_lacks_keys_that_briefs_got_since() -> None:
    brief = brief_with()
    snapshot = brief.model_dump(mode="json", by_alias=True)
    for key in ("goods", "brand", "links", "pictures", "commitments", "documents"):
        del snapshot[key]
    assert Brief.kept(snapshot) == brief


def test_a_document_is_chosen_by_a_task_of_the_kit() -> None:
    chosen = {"audience": "customer", "sections": {"intro": "Read this."}}
    with pytest.raises(InputError) as told:
        resolve(brief_with(documents={"battlecrad": chosen, "dry_run": chosen}))
    assert [(fault.code, "known" in fault.message) for fault in told.value.faults] == [
        ("unknown-task", False),
        ("unknown-task", True),
    ]
    with pytest.raises(ValidationError, match="pattern"):
        brief_with(documents={"Battle card": chosen})


def test_a_promise_is_kept_by_a_role_of_the_team() -> None:
    promise = {"text": "Fixes for five years.", "until": "2032-03-02"}
    kept = resolve(brief_with(commitments=[{**promise, "role": "lead"}]))
    assert kept.commitments[0].audience == "internal"
    with pytest.raises(InputError, match='unknown role "nurse"'):
        resolve(brief_with(commitments=[{**promise, "role": "nurse"}]))
