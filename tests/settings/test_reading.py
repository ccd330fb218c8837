from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from launch_kits.errors import SettingsError
from launch_kits.settings.reading import folders, number, secret


@pytest.mark.parametrize("written", ["3", "7"])
def test_a_number_may_be_one_of_its_bounds(written: str) -> None:
    assert number({"N": written}, "N", default=5, least=3, most=7) == int(written)


@pytest.mark.parametrize("written", ["2", "8", "x"])
def test_a_number_beyond_its_bounds_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match=f'N="{written}" is not .* from 3 to 7'):
        number({"N": written}, "N", default=5, least=3, most=7)


def test_an_empty_variable_counts_as_unset() -> None:
    assert number({"N": ""}, "N", default=5, least=3, most=7) == 5
    assert secret({"S": ""}, "S") is None
    assert folders({"F": ""}, "F") == folders({}, "F") == ()


def test_folders_are_absolute_and_keep_their_order() -> None:
    env = {"F": f"kits{os.pathsep}/shared"}
    assert folders(env, "F") == (Path.cwd() / "kits", Path("/shared"))


def test_a_path_of_no_user_is_refused_by_its_name() -> None:
    said = 'F="~nobody-of-this-name/x": the ~ in it names no home'
    with pytest.raises(SettingsError, match=re.escape(said)):
        folders({"F": "/shared:~nobody-of-this-name/x"}, "F")
