from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from launch_kits.cli.app import app
from launch_kits.documents.names import NAMES
from launch_kits.inputs import (
    brand,
    brief,
    brief_parts,
    content,
    gates,
    kit,
    ledger,
    nudges,
    positioning,
    team,
)
from launch_kits.inputs.base import Model
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.kit_faults import kit_faults
from launch_kits.inputs.ledger_faults import ledger_faults
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from launch_kits.lint.codes import CODES, FAULTS
from launch_kits.settings import Settings
from tests.test_broken import DOUBTS, SLIPS

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]

BRIEFS = (
    brief.Brief,
    team.Person,
    positioning.Positioning,
    positioning.Alternative,
    positioning.Attribute,
    positioning.Theme,
    brief_parts.Persona,
    brief_parts.Price,
    brief_parts.Partner,
    brief_parts.Goal,
    brief_parts.Faq,
    team.Days,
    content.Messages,
    content.Research,
    content.Finding,
    content.Segment,
    content.Deal,
    content.Quote,
    content.Press,
    brand.Brand,
    brand.Colours,
    brand.Links,
    brand.NextStep,
    brand.BriefPicture,
    brief_parts.Commitment,
    brief_parts.DocumentChoice,
)
KITS = (
    kit.Kit,
    kit.Stage,
    kit.KitTask,
    kit.After,
    kit.When,
    gates.Gate,
    gates.Check,
    nudges.Nudges,
    nudges.Rung,
)
LEDGERS = (ledger.Ledger, ledger.Card, ledger.Source, ledger.Claim, ledger.Reading)


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def yaml_blocks(page: str) -> list[str]:
    return re.findall(
        r"^```yaml\n(.*?)^```", text_of(page), flags=re.MULTILINE | re.DOTALL
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, heading = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), target
        if heading:
            headings = re.findall(
                r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE
            )
            assert heading in [
                re.sub(r"[^a-z0-9 -]", "", line.lower()).replace(" ", "-")
                for line in headings
            ], target


@pytest.mark.parametrize(
    ("page", "models"),
    [
        ("reference/brief.md", BRIEFS),
        ("reference/kit.md", KITS),
        ("reference/ledger.md", LEDGERS),
    ],
)
def test_every_key_is_in_the_reference(
    page: str, models: tuple[type[Model], ...]
) -> None:
    written = set(re.findall(r"`([A-Za-z_.<>]+)`", text_of(page)))
    for model in models:
        names = {field.alias or name for name, field in model.model_fields.items()}
        assert names <= written, f"{model.__name__}: {names - written}"


def codes_raised() -> set[str]:
    """The codes that the package's source gives to faults and warnings."""
    places = {"fault": 1, "Fault": 2, "_cannot_read": 1}
    found: set[str] = set()
    for file in (ROOT / "launch_kits").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = (
                    node.args[places[name]]
                    if name in places and len(node.args) > places[name]
                    else None
                )
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    found.add(given.value)
    return found


def test_every_code_is_in_the_reference() -> None:
    page = text_of("reference/checks.md")
    told = {
        code
        for row in re.findall(r"^\| (`.+?) \|", page, re.MULTILINE)
        for code in re.findall(r"`([a-z0-9-]+)`", row)
    }
    raised = codes_raised()
    assert "unknown-source" in raised
    assert raised | CODES | {code for _, code, _ in (*SLIPS, *DOUBTS)} <= told
    severe = set(re.findall(r"^\| `([a-z-]+)` \| fault \|", page, re.MULTILINE))
    assert severe == FAULTS


def test_every_setting_is_in_the_reference() -> None:
    page = text_of("reference/settings.md")
    shown = Settings.read({}).shown()
    assert [name for name, _, _ in shown if f"| {name} |" not in page] == []


@pytest.mark.parametrize("block", yaml_blocks("how-to/write-a-brief.md"))
def test_the_briefs_in_the_docs_are_briefs(block: str) -> None:
    validate(brief.Brief, parse(block, shown="write-a-brief.md"))


@pytest.mark.parametrize("block", yaml_blocks("how-to/write-a-kit.md"))
def test_the_kits_in_the_docs_are_kits(block: str) -> None:
    source = parse(block, shown="write-a-kit.md")
    assert kit_faults(validate(Kit, source), source) == []


@pytest.mark.parametrize("block", yaml_blocks("how-to/write-a-ledger.md"))
def test_the_ledgers_in_the_docs_are_ledgers(block: str) -> None:
    source = parse(block, shown="write-a-ledger.md")
    assert ledger_faults(validate(ledger.Ledger, source), source) == []


def commands_of(group: click.Command) -> dict[str, click.Command]:
    assert isinstance(group, click.Group)
    context = click.Context(group)
    found = {
        name: group.get_command(context, name) for name in group.list_commands(context)
    }
    return {name: command for name, command in found.items() if command}


def test_every_command_and_option_is_in_the_reference() -> None:
    page = text_of("reference/commands.md")
    commands = commands_of(app)
    for group in ("claims", "db"):
        commands |= {
            f"{group} {name}": each
            for name, each in commands_of(commands.pop(group)).items()
        }
    commands |= {
        f"outbox {name}": each for name, each in commands_of(commands["outbox"]).items()
    }
    assert [name for name in commands if f"`{name}" not in page] == []
    common = {"--help", "--json"}
    options = {
        option
        for each in commands.values()
        for param in each.params
        if param.param_type_name == "option" and not param.hidden
        for option in param.opts
        if option.startswith("--")
    }
    assert {option for option in options - common if f"`{option}" not in page} == set()


def test_the_readme_names_every_command() -> None:
    words = set(re.findall(r"[a-z]+", (ROOT / "README.md").read_text()))
    assert [name for name in commands_of(app) if name not in words] == []


def test_every_template_and_name_of_one_is_in_the_reference() -> None:
    page = text_of("reference/templates.md")
    names = [path.name for path in (ROOT / "templates").glob("*.md.j2")]
    assert [name for name in names if f"| `{name}` |" not in page] == []
    assert [name for name in NAMES if not re.search(rf"`{name}[`(]", page)] == []


def test_the_words_of_developers_name_code_that_exists() -> None:
    page = text_of("explanation/architecture.md")
    words = page.partition("## The developers' words")[2]
    rows = re.findall(r"^\| (?!word |---)(.+?) \| .+ \| (.+) \|$", words, re.MULTILINE)
    assert len(rows) >= 30
    assert len({word for word, _ in rows}) == len(rows)
    missing = [
        path
        for _, paths in rows
        for path in re.findall(r"`(.+?)`", paths)
        if not any((folder / path).exists() for folder in (ROOT, ROOT / "launch_kits"))
    ]
    assert missing == []
