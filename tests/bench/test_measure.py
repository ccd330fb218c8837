from __future__ import annotations

import pytest

from bench import __main__ as bench
from bench.measure import Comparison, Measurement, print_table


def _fail() -> Comparison:
    raise AssertionError("3 clicks were worked on\nand more")


ROWS = (
    Measurement("fast", lambda: Comparison(1.0, 2.0, 1.0)),
    Measurement("broken", _fail),
    Measurement("slow", lambda: Comparison(3.0, 2.0, 1.0)),
    Measurement("against nothing", lambda: Comparison(0, 0, 0)),
)


def test_the_table_goes_on_after_a_failed_measurement(capsys) -> None:
    assert print_table(ROWS) == ["broken"]
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split("  ")[0] for line in lines] == [row.name for row in ROWS]
    assert lines[0].split()[-2:] == ["0.50", "1.00"]
    assert lines[1].endswith("failed: AssertionError: 3 clicks were worked on")
    assert lines[2].endswith("too much")
    assert lines[3].split()[-1] == "0.00"


def test_the_command_goes_on_after_a_module_that_cannot_be_prepared(
    capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Working:
        @staticmethod
        def measurements() -> tuple[Measurement, ...]:
            return ROWS[:1]

    class Broken:
        @staticmethod
        def measurements() -> tuple[Measurement, ...]:
            raise OSError("no port")

    modules = {"bench.sweep": Broken, "bench.board": Working}
    monkeypatch.setattr(bench, "import_module", modules.__getitem__)
    assert bench.main(["sweep", "board"]) == 1
    captured = capsys.readouterr()
    assert "preparation of sweep" in captured.out
    assert "failed: OSError: no port" in captured.out
    assert "fast" in captured.out
    assert captured.err == "failed: preparation of sweep\n"
    assert bench.main(["board"]) == 0
    assert bench.main(["typo"]) == 2


@pytest.mark.parametrize("name", bench.MODULES)
def test_every_module_can_be_imported(name: str) -> None:
    assert callable(bench.import_module(f"bench.{name}").measurements)
