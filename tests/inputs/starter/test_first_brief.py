from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from launch_kits.errors import Refused
from launch_kits.inputs import brief_parts, team
from launch_kits.inputs.base import Model
from launch_kits.inputs.brand import Brand, Links
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.kit import Kit
from launch_kits.inputs.ledger import SECTIONS
from launch_kits.inputs.loading import load_brief, load_kit
from launch_kits.inputs.patterns import slug_of
from launch_kits.inputs.positioning import Alternative, Attribute, Positioning, Theme
from launch_kits.inputs.schemas import KINDS
from launch_kits.inputs.search import BUILT_IN_KITS
from launch_kits.inputs.starter import brief_text, files, ledger_text, write
from launch_kits.inputs.starter.answers import Answers, read_name
from launch_kits.inputs.validation import validate
from launch_kits.inputs.yaml_source import parse
from launch_kits.lint.check import check
from launch_kits.plan.rollout import Rollout
from launch_kits.plan.suggest import launch_day
from tests.inputs.test_schemas import faults_of
from tests.launches import KIT as SMALL

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LAUNCH_ON = date(2027, 3, 9)
ATLAS = Answers(
    "Atlas 2.0",
    "major_release",
    LAUNCH_ON,
    "Lee",
    "lee@example.com",
    "Grows",
    competitors=("Borealis",),
)
KITS = sorted(path.stem for path in BUILT_IN_KITS.glob("*.yaml"))
KIT = load_kit(BUILT_IN_KITS / "major_release.yaml")


def named(competitor: str | None) -> tuple[str, ...]:
    return (competitor,) if competitor else ()


def begun(
    folder: Path, answers: Answers, kit: Kit = KIT, *, uncomment: bool = False
) -> Path:
    texts = files(answers, kit, today=TODAY)
    write(
        folder,
        {
            place: uncommented(text) if uncomment and "schemas" not in place else text
            for place, text in texts.items()
        },
    )
    return folder / "brief.yaml"


def uncommented(text: str) -> str:
    """The text with each of its examples taken in, as an editor does it."""
    example = re.compile(
        r"^( *)# (?= *(?:[a-z_]+: |[a-z_]+:$|- \{))", flags=re.MULTILINE
    )
    first, _, rest = text.partition("\n")
    return f"{first}\n{example.sub(lambda found: found[1], rest)}"


@pytest.mark.parametrize("kit", KITS)
@pytest.mark.parametrize("competitor", [None, "Borealis"])
def test_a_first_brief_is_doubtful_only_if_a_person_is_asked_for_too_much(
    tmp_path, kit, competitor
):
    recipe = load_kit(BUILT_IN_KITS / f"{kit}.yaml")
    answers = replace(ATLAS, kit=kit, competitors=named(competitor), holidays="US")
    earliest, suggested = launch_day(answers, recipe, today=TODAY)
    path = begun(tmp_path, replace(answers, launch_on=suggested), recipe)
    found = check([tmp_path], now=NOW)
    loaded = load_brief(path).brief
    rollout = Rollout(loaded, begin_on=TODAY, release_on=suggested, launch_on=suggested)
    # one person in every role may be asked for more than there is of them: then the brief says so
    doubts = [] if rollout.load.levelling.holds else ["overcommitted"]
    assert found.faults == ()
    assert [warning.code for warning in found.warnings] == doubts
    assert found.files == (2 if competitor else 1)
    assert rollout.schedule.feasible
    assert earliest is not None
    assert earliest < suggested


@pytest.mark.parametrize("competitor", [None, "Borealis"])
@pytest.mark.parametrize("kit", KITS)
def test_every_example_can_be_taken_in_at_once(tmp_path, kit, competitor):
    recipe = load_kit(BUILT_IN_KITS / f"{kit}.yaml")
    begun(
        tmp_path,
        replace(ATLAS, kit=kit, competitors=named(competitor)),
        recipe,
        uncomment=True,
    )
    found = check([tmp_path], now=NOW)
    assert found.faults == ()
    # one person alone has nobody behind them, and without a ledger there is nothing to prove an
    # attribute by
    doubts = (
        {"no-real-backup"}
        if competitor
        else {"no-real-backup", "attribute-without-proof"}
    )
    # the examples give a person half of each day: that is doubtful for some kits, and said
    of_workload = {"overcommitted", "share-over-capacity"}
    assert {warning.code for warning in found.warnings} - of_workload == doubts


@pytest.mark.parametrize("competitor", [None, "Borealis"])
def test_a_first_brief_shows_every_key_that_a_brief_may_have(competitor):
    text = uncommented(
        brief_text(
            replace(ATLAS, competitors=named(competitor)),
            KIT,
            today=TODAY,
        )
    )
    whole = validate(Brief, parse(text, shown="brief.yaml"))
    lists: list[tuple[Model, type[Model]]] = [
        (whole, Brief),
        (whole.lead, team.Person),
        (whole.blackouts[0], team.Days),
        (whole.positioning, Positioning),
        (whole.positioning.attributes[0], Attribute),
        (whole.positioning.themes[0], Theme),
        (whole.positioning.alternatives[-1], Alternative),
        (whole.personas[0], brief_parts.Persona),
        (whole.partners[0], brief_parts.Partner),
        (whole.goals[0], brief_parts.Goal),
        (whole.commitments[0], brief_parts.Commitment),
        (whole.faq[0], brief_parts.Faq),
    ]
    for value, model in lists:
        # pictures are files, which an example cannot bring
        left_out = {"claims", "pictures"}
        assert model.model_fields.keys() - value.model_fields_set <= left_out, model
    assert "# pictures (files beside this brief" in text
    assert Brand.model_fields.keys() - whole.brand.model_fields_set == {"logo", "font"}
    assert Links.model_fields.keys() == whole.links.model_fields_set
    # a price has an amount or a text
    priced = {name for price in whole.pricing for name in price.model_fields_set}
    assert brief_parts.Price.model_fields.keys() == priced


def test_a_first_ledger_has_an_example_for_every_section_and_states_nothing(tmp_path):
    text = ledger_text(ATLAS, "borealis", today=TODAY)
    assert list(parse(text, shown="ledger").data) == ["card"]  # type: ignore[call-overload]
    shown = uncommented(text)
    assert list(parse(shown, shown="ledger").data) == ["card", "sources", *SECTIONS]  # type: ignore[call-overload]
    assert faults_of(parse(shown, shown="ledger").data) == []


def test_every_example_says_what_it_is_on_its_line():
    lines = brief_text(ATLAS, KIT, today=TODAY).splitlines()
    keys = [line for line in lines if re.match(r"(# )?[a-z_]+:", line)]
    assert [
        line
        for line in keys
        if "  # " not in line and line not in {"team:", "positioning:"}
    ] == []


def test_a_first_brief_names_a_schema_that_lies_beside_it(tmp_path):
    path = begun(tmp_path, ATLAS)
    for file in (path, tmp_path / "claims/borealis.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / named).resolve().is_relative_to(tmp_path.resolve())
        assert (file.parent / named).is_file()
        assert (
            faults_of(parse(file.read_text(encoding="utf-8"), shown=str(file)).data)
            == []
        )
    assert {file.stem for file in (tmp_path / ".schemas").iterdir()} <= set(KINDS)


names = st.text(min_size=1, max_size=60).map(
    lambda text: text.replace("\0", "x")
) | st.sampled_from(
    [
        "null",
        "true",
        "42",
        "NO",
        "1.5",
        "2027-03-02",
        "~",
        "a: b",
        "# x",
        "'",
        '"',
        "{{ product }}",
        "$launch",
        "\\",
        "é",
        "日本",
        "🚀",
        "- x",
        "%",
        "@",
        "\u2028",
        "-",
    ]
)


def readable(text: str) -> bool:
    try:
        read_name(text)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def small_kits(tmp_path_factory):
    """A folder with a kit that is read fast."""
    folder = tmp_path_factory.mktemp("kits")
    (folder / "small.yaml").write_text(yaml.safe_dump(SMALL), encoding="utf-8")
    return folder


@settings(max_examples=100, deadline=None)
@given(written=st.tuples(*[names.filter(readable)] * 4))
def test_whatever_a_name_holds_it_comes_back(small_kits, tmp_path_factory, written):
    product, lead, rival, summary = map(read_name, written)
    answers = replace(
        ATLAS,
        kit="small",
        product=product,
        lead=lead,
        competitors=(rival,),
        summary=summary,
    )
    folder = tmp_path_factory.mktemp("begun")
    path = begun(folder, answers, load_kit(small_kits / "small.yaml"))
    found = check([folder], search=[small_kits], now=NOW)
    assert (found.faults, found.warnings, found.files) == ((), (), 2)
    loaded = load_brief(path, search=[small_kits]).brief
    (alternative,) = loaded.positioning.alternatives
    assert (loaded.launch, loaded.product, loaded.summary) == (
        answers.launch,
        product,
        summary,
    )
    assert {person.name for person in loaded.team.values()} == {lead}
    assert (alternative.name, alternative.key) == (rival, next(iter(answers.rivals)))
    assert alternative.ledger is not None
    assert (alternative.ledger.card.us, alternative.ledger.card.them) == (
        product,
        rival,
    )
    assert Brief.model_validate(loaded.model_dump(mode="json", by_alias=True)) == loaded


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Atlas 2.0", "atlas-2-0"),
        ("Übermut & Söhne", "ubermut-sohne"),
        ("日本", "launch"),
        ("--", "launch"),
        ("a" * 80, "a" * 60),
    ],
)
def test_a_name_becomes_a_key(name, key):
    assert slug_of(name, otherwise="launch") == key


def test_nothing_is_overwritten_and_then_nothing_is_written(tmp_path):
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/borealis.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(
        Refused, match=r"borealis.yaml is there already; nothing was written"
    ):
        begun(tmp_path, ATLAS)
    assert {path.name for path in tmp_path.rglob("*")} == {"claims", "borealis.yaml"}
    assert (tmp_path / "claims/borealis.yaml").read_text(encoding="utf-8") == "mine"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path):
    (tmp_path / "brief.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(Refused, match=r"brief.yaml is there already"):
        begun(tmp_path, ATLAS)
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_second_competitor_beside_the_first_finds_the_schemas_there(tmp_path):
    begun(tmp_path, ATLAS)
    texts = files(replace(ATLAS, competitors=("Cirrus",)), KIT, today=TODAY)
    del texts["brief.yaml"]
    assert write(tmp_path, texts) == [tmp_path / "claims/cirrus.yaml"]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="name another folder"):
        begun(tmp_path / "taken", ATLAS)


def test_a_suggested_day_is_a_tuesday_two_weeks_after_the_first_that_holds():
    earliest, suggested = launch_day(ATLAS, KIT, today=TODAY)
    assert earliest is not None
    assert f"{suggested:%A}" == "Tuesday"
    # a kit for one person may ask for more time than the dates alone; `test_suggest` says how much
    assert (suggested - earliest).days >= 14


def small_kit(**task: object) -> Kit:
    work = {"key": "work", "title": "Work", "role": "lead", "days": 2, **task}
    stages = [{"key": "all", "title": "All", "tasks": [work]}]
    ladder = [{"after": 1, "to": "backup"}, {"after": 2, "to": "boss"}]
    return Kit.model_validate(
        {"kit": "odd", "title": "Odd", "stages": stages, "nudges": {"ladder": ladder}}
    )


def test_a_person_whom_a_kit_names_is_in_the_team():
    text = brief_text(ATLAS, small_kit(role="pmm", review="counsel"), today=TODAY)
    assert list(validate(Brief, parse(text, shown="brief.yaml")).team) == [
        "lead",
        "pmm",
        "counsel",
        "boss",
    ]


def test_a_role_that_no_team_can_name_is_left_to_the_lead():
    text = brief_text(ATLAS, small_kit(role="Product Lead"), today=TODAY)
    assert list(validate(Brief, parse(text, shown="brief.yaml")).team) == [
        "lead",
        "boss",
    ]


def test_a_day_is_suggested_for_a_kit_that_never_holds():
    kit = small_kit(days=20, not_before="T-12", due="T-10")
    assert launch_day(ATLAS, kit, today=TODAY) == (None, date(2027, 2, 23))
