from __future__ import annotations

import time

from launch_kits.documents.catalogue import template_files


def test_a_template_has_its_subject_and_its_used_names(tmp_path):
    (tmp_path / "own.md.j2").write_text(
        "{#- Ours,\n  for Europe. -#}\n{% if task %}{{ brief.goals }}{% endif %}{{ today }}",
        "utf-8",
    )
    (own,) = [
        each for each in template_files(folders=(tmp_path,)) if each.name == "own.md.j2"
    ]
    assert own.path == tmp_path / "own.md.j2"
    assert own.about == "Ours, for Europe."
    assert own.uses == ("brief.goals", "task", "today")
    assert own.fault is None


def test_a_template_that_cannot_be_read_has_a_fault(tmp_path):
    (tmp_path / "own.md.j2").write_text("{% if %}", "utf-8")
    (tmp_path / "_part.md.j2").write_text("{% if %}", "utf-8")
    found = {each.name: each for each in template_files(folders=(tmp_path,))}
    assert found["own.md.j2"].fault.startswith("template own.md.j2, line 1: ")
    assert "_part.md.j2" not in found


def test_a_template_that_is_too_large_or_a_link_elsewhere_has_a_fault(tmp_path):
    ours = tmp_path / "ours"
    ours.mkdir()
    (tmp_path / "secret").write_text("s3cret", "utf-8")
    (ours / "link.md.j2").symlink_to(tmp_path / "secret")
    (ours / "large.md.j2").write_text("a" * 70_000, "utf-8")
    (ours / "own.md.j2").write_text("ok", "utf-8")
    found = {each.name: each for each in template_files(folders=(ours,))}
    assert "is a link out of its folder" in found["link.md.j2"].fault
    assert "is larger than 64 KiB" in found["large.md.j2"].fault
    assert found["own.md.j2"].fault is None


def test_a_comment_with_many_blanks_is_read_soon(tmp_path):
    (tmp_path / "own.md.j2").write_text(
        "{# a" + (" " * 9_000 + "b") * 6 + " #}x", "utf-8"
    )
    began = time.process_time()
    (own,) = [
        each for each in template_files(folders=(tmp_path,)) if each.name == "own.md.j2"
    ]
    assert own.about == "a b b b b b b"
    assert time.process_time() - began < 20
