from __future__ import annotations

import pytest

from launch_kits.documents import render
from tests.samples import brief, facts


@pytest.fixture
def written(tmp_path):
    """Render a template in a folder of its own, with facts or a product name."""

    def render_text(
        text: str, *, product: str = "Acme 2", given=None, **others: str
    ) -> str:
        for name, source in {"own": text, **others}.items():
            (tmp_path / f"{name}.md.j2").write_text(source, "utf-8")
        return render(
            "own.md.j2", given or facts(brief(product=product)), folders=[tmp_path]
        )

    return render_text
