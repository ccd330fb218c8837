from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.documents.output_folder import NOTES, Edits, OutputFolder
from launch_kits.errors import DocumentError
from launch_kits.inputs.audience import Audience

NAME = "card.md"


def save(folder: Path, text: str, edits: Edits = Edits.KEEP, **how: Audience):
    return OutputFolder(folder, **how).save(NAME, text.encode(), edits=edits, text=True)


def test_a_document_as_written_is_written_again(tmp_path: Path) -> None:
    save(tmp_path, "one\n")
    assert save(tmp_path, "two\n").draft is None
    assert (tmp_path / NAME).read_text("utf-8") == "two\n"
    entry = json.loads((tmp_path / NOTES).read_text("utf-8"))[NAME]
    assert entry["base"] == "two\n"
    assert entry["sha256"] == sha256(b"two\n").hexdigest()


@pytest.mark.parametrize("known", [True, False])
def test_an_edited_document_is_kept_and_the_draft_lies_beside_it(
    tmp_path: Path, known: bool
) -> None:
    if known:
        save(tmp_path, "one\n")
    (tmp_path / NAME).write_text("mine\n", "utf-8")
    saved = save(tmp_path, "two\n")
    assert saved.draft == tmp_path / "card.new.md"
    assert (tmp_path / NAME).read_text("utf-8") == "mine\n"
    assert saved.draft.read_text("utf-8") == "two\n"


def test_a_document_without_an_entry_is_taken_over_if_it_is_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / NAME).write_text("one\n", "utf-8")
    assert not save(tmp_path, "one\n").edited
    assert not save(tmp_path, "two\n").edited


def test_an_edited_draft_is_kept_too(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("mine\n", "utf-8")
    draft = save(tmp_path, "one\n").draft
    assert draft
    draft.write_text("mine as well\n", "utf-8")
    saved = save(tmp_path, "two\n")
    assert "card.new.md was edited too" in saved.held_back
    assert draft.read_text("utf-8") == "mine as well\n"


def test_force_overwrites_an_edit_and_removes_the_draft(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("mine\n", "utf-8")
    draft = save(tmp_path, "one\n").draft
    assert draft
    save(tmp_path, "two\n", Edits.FORCE)
    assert (tmp_path / NAME).read_text("utf-8") == "two\n"
    assert not draft.exists()


def test_a_merged_document_is_still_an_edited_one(tmp_path: Path) -> None:
    save(tmp_path, "one\ntwo\nthree\n")
    (tmp_path / NAME).write_text("ONE\ntwo\nthree\n", "utf-8")
    saved = save(tmp_path, "one\ntwo\n3\n", Edits.MERGE)
    assert (saved.merged, saved.conflicts) == (True, 0)
    assert (tmp_path / NAME).read_text("utf-8") == "ONE\ntwo\n3\n"
    assert save(tmp_path, "one\ntwo\n33\n").edited
    assert (tmp_path / NAME).read_text("utf-8") == "ONE\ntwo\n3\n"


def test_conflicts_are_counted_until_a_person_has_decided_them(tmp_path: Path) -> None:
    save(tmp_path, "one\n")
    (tmp_path / NAME).write_text("mine\n", "utf-8")
    assert save(tmp_path, "two\n", Edits.MERGE).conflicts == 1
    assert save(tmp_path, "two\n", Edits.MERGE).conflicts == 1
    (tmp_path / NAME).write_text("decided\n", "utf-8")
    assert save(tmp_path, "two\n", Edits.MERGE).conflicts == 0


def test_an_edit_for_colleagues_never_reaches_customers(tmp_path: Path) -> None:
    save(tmp_path, "one\n")
    (tmp_path / NAME).write_text("internal\n", "utf-8")
    reader = Audience.CUSTOMER
    assert OutputFolder(tmp_path, reader).edited_text(NAME) is None
    assert not save(tmp_path, "two\n", Edits.MERGE, reader=reader).merged
    assert OutputFolder(tmp_path).edited_text(NAME) == "internal\n"


def test_an_edited_document_is_not_discarded(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    save(tmp_path, "one\n")
    (tmp_path / NAME).write_text("mine\n", "utf-8")
    folder.discard(NAME)
    assert (tmp_path / NAME).exists()
    save(tmp_path, "one\n", Edits.FORCE)
    folder.discard(NAME)
    assert not (tmp_path / NAME).exists()
    folder.discard(NAME)


def test_a_link_is_kept_and_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("elsewhere\n", "utf-8")
    (tmp_path / NAME).symlink_to(other)
    assert save(tmp_path, "one\n").edited
    assert other.read_text("utf-8") == "elsewhere\n"
    assert (tmp_path / NAME).is_symlink()


@pytest.mark.parametrize("notes", ["", "[]", "{", '{"card.md": {"sha256": 3}}'])
def test_unreadable_entries_overwrite_nothing(tmp_path: Path, notes: str) -> None:
    save(tmp_path, "one\n")
    (tmp_path / NOTES).write_text(notes, "utf-8")
    assert save(tmp_path, "two\n").edited
    assert (tmp_path / NAME).read_text("utf-8") == "one\n"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DocumentError, match="check the folder"):
        save(tmp_path / "file", "one\n")


words = st.sampled_from(["a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "x\n", ""])
steps = st.one_of(
    st.tuples(st.just("edit"), words),
    st.tuples(st.just("edit draft"), words),
    st.tuples(st.just("render"), words),
    st.tuples(st.just("merge"), words),
    st.tuples(st.just("forget"), words),
)


@settings(max_examples=100)
@given(history=st.lists(steps, max_size=9))
def test_no_history_of_edits_and_renders_loses_an_edit(
    history: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        files = [folder / NAME, folder / "card.new.md"]
        #: file → the last text that a render wrote there
        written: dict[Path, str] = {}
        for what, text in history:
            if what == "forget":
                (folder / NOTES).unlink(missing_ok=True)
                written.clear()
                continue
            if what.startswith("edit"):
                files[what == "edit draft"].write_text(text, "utf-8")
                continue
            before = {path: path.read_text("utf-8") for path in files if path.exists()}
            base = written.get(files[0])
            saved = save(folder, text, Edits.MERGE if what == "merge" else Edits.KEEP)
            for path, found in before.items():
                if found in (written.get(path), text):
                    continue
                if saved.merged and path == files[0]:
                    own = set(found.split("\n")) - set((base or "").split("\n"))
                    assert own <= set(path.read_text("utf-8").split("\n"))
                else:
                    assert path.read_text("utf-8") == found
            changed = saved.draft or saved.path
            if not saved.held_back:
                written[changed] = text


def test_entries_that_another_process_wrote_count(tmp_path: Path) -> None:
    one = OutputFolder(tmp_path)
    one.save("a.md", b"as written", text=True)
    notes = tmp_path / NOTES
    kept = json.loads(notes.read_text("utf-8"))
    kept["b.md"] = {**kept["a.md"], "later": "a key of a later version"}
    notes.write_text(json.dumps(kept), "utf-8")
    (tmp_path / "b.md").write_bytes(b"as written")
    assert OutputFolder(tmp_path).edited_text("b.md") is None
    one.save("c.md", b"more", text=False)
    assert json.loads(notes.read_text("utf-8")).keys() == {"a.md", "b.md", "c.md"}
