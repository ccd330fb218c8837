from __future__ import annotations

from launch_kits.room.kept_files import KeptFiles


def test_a_file_is_made_once_for_a_state_and_the_oldest_go_first() -> None:
    made: list[str] = []
    kept = KeptFiles(most_bytes=8)

    def asked(key: str, state: int = 1) -> bytes:
        def make() -> bytes:
            made.append(f"{key}{state}")
            return f"{key}{state}".encode() * 2

        return kept.of(key, state=state, make=make)

    assert asked("a") == asked("a") == b"a1a1"
    assert asked("a", 2) == b"a2a2"
    asked("b")
    asked("a", 2)
    assert made == ["a1", "a2", "b1"]
    asked("c")  # b, asked for longest ago, is forgotten
    asked("a", 2)
    asked("b")
    assert made == ["a1", "a2", "b1", "c1", "b1"]


def test_a_file_larger_than_all_that_is_kept_is_given_all_the_same() -> None:
    kept = KeptFiles(most_bytes=1)
    assert kept.of("a", state=1, make=lambda: b"large") == b"large"
