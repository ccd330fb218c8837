from concurrent.futures import ThreadPoolExecutor

import pytest

from launch_kits.documents.formats.typst import TypstCompiler, compiler
from tests.samples import TODAY


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (b'#read("/etc/passwd")', "file not found"),
        (b'#read("/../../../../../../etc/passwd")', "escape|denied|not found"),
        (b'#read("page.typ")', "file not found|cannot access"),
        (b'#image("fonts/SourceSans3.ttf")', "file not found|cannot access"),
        (b'#import "@local/x:1.0.0": y', "package not found"),
    ],
)
def test_typst_can_read_no_file(program, why):
    with pytest.raises(RuntimeError, match=why):
        compiler()._compile(program, "{}", TODAY)


def test_threads_take_turns_at_the_one_compiler():
    assert compiler() is compiler()
    assert isinstance(compiler(), TypstCompiler)
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(
                lambda number: compiler()._compile(f"#{number}".encode(), "{}", TODAY),
                range(12),
            )
        )
    assert len({*made}) == 12


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
    '{}<rect width="9" height="9"/></svg>'
)


@pytest.mark.parametrize(("kind", "magic"), [("pdf", b"%PDF-"), ("png", b"\x89PNG")])
def test_a_picture_becomes_a_file_and_reads_no_other(kind, magic):
    def made(inside: str) -> bytes:
        return compiler().picture(
            SVG.format(inside),
            width=100,
            title="A",
            description="B",
            kind=kind,
            day=TODAY,
        )

    assert made("").startswith(magic)
    with pytest.raises(RuntimeError, match="passwd"):
        made('<image href="/etc/passwd"/>')
