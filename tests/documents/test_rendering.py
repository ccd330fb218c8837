from launch_kits.documents import file_stem


def test_a_file_is_named_after_its_task():
    assert file_stem("battlecard:redis") == "battlecard-redis"
    assert file_stem("launch_plan") == "launch_plan"


def test_a_document_has_one_empty_line_between_its_blocks(written):
    assert written("a\n\n\n\n\nb\n{% if false %}x{% endif %}\n\n\nc") == "a\n\nb\n\nc"
