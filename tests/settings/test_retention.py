from __future__ import annotations

import pytest

from launch_kits.errors import SettingsError
from launch_kits.settings.retention import Retention


def test_each_kind_has_a_variable_and_is_shown() -> None:
    keep = Retention.read({"LAUNCH_KITS_KEEP_RUNS": "7", "LAUNCH_KITS_KEEP_LOGS": "0"})
    assert keep == Retention(runs=7, logs=0)
    shown = {name: value for name, value, _ in keep.shown()}
    assert shown["LAUNCH_KITS_KEEP_RUNS"] == "7"
    assert shown["LAUNCH_KITS_KEEP_EVENTS"] == str(Retention().events)


@pytest.mark.parametrize("written", ["-1", "36501", "month"])
def test_a_time_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match=f'KEEP_EVENTS="{written}" is not a whole'):
        Retention.read({"LAUNCH_KITS_KEEP_EVENTS": written})
