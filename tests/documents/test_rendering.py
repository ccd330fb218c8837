from pathlib import Path

import pytest

from launch_kits.documents import file_stem, render
from launch_kits.errors import DocumentError
from tests.samples import (
    CUSTOMER,
    INTERNAL,
    PARTNER,
    brief,
    card_facts,
    claim,
    facts,
    ledger,
    task,
)


@pytest.fixture
def written(tmp_path):
    """Renders a template written into a folder of its own, with facts or a product name."""

    def render_text(
        text: str, *, product: str = "Acme 2", given=None, **others: str
    ) -> str:
        for name, source in {"own": text, **others}.items():
            (tmp_path / f"{name}.md.j2").write_text(source, "utf-8")
        return render(
            "own.md.j2", given or facts(brief(product=product)), folders=[tmp_path]
        )

    return render_text


def fault(written, text: str, **more) -> str:
    with pytest.raises(DocumentError) as raised:
        written(text, **more)
    return str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ brief.product }}",
        "{% set x %}{{ brief.product }}{% endset %}{{ x }}",
        "{% macro say(x) %}{{ x }}{% endmacro %}{{ say(brief.product) }}",
        "{% macro say() %}{{ caller() }}{% endmacro %}{% call say() %}{{ brief.product }}{% endcall %}",
        "{{ [brief.product] | join(' ') }}",
        "{{ '' | safe ~ brief.product }}",
        "{{ '' | safe + brief.product }}",
        "{{ ('%s' | safe) % brief.product }}",
        "{{ brief.product | upper | lower }}",
        "{{ brief.product if true else 'x' }}",
        "{% filter trim %}{{ brief.product }}{% endfilter %}",
        "{% include 'part.md.j2' %}",
        "{% from 'part.md.j2' import word with context %}{{ word() }}",
        "{{ brief.product | e }}",
        "{{ brief.product | forceescape }}",
        "{{ ('a' | safe | replace('a', brief.product)) }}",
    ],
)
def test_a_value_is_escaped_once_however_it_is_printed(written, text):
    part = "{% macro word() %}{{ brief.product }}{% endmacro %}{{ brief.product }}"
    assert written(text, product="*a* <b>", part=part).strip() == r"\*a\* &lt;b>"


def test_the_texts_of_a_template_are_its_own(written):
    assert (
        written("""{{ "**it's** " if brief else "" }}{{ " [x] " ~ brief.product }}""")
        == "**it's**  [x] Acme 2"
    )


def test_escaping_cannot_be_switched_off(written):
    message = fault(
        written, "one\n{% autoescape false %}{{ brief.product }}{% endautoescape %}"
    )
    assert message.startswith(
        "template own.md.j2, line 2: escaping cannot be switched off; "
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a\n{{ breif }}",
            'own.md.j2, line 2: unknown name "breif"; did you mean "brief"?',
        ),
        (
            "{{ brief.prodct }}",
            'own.md.j2, line 1: a Brief has no "prodct"; did you mean "product"?',
        ),
        (
            "{{ task.owner }}",
            'own.md.j2, line 1: cannot take "owner" from an empty value; test the value first, as in {% if task %}',
        ),
        (
            "\n\n{% if %}",
            "own.md.j2, line 3: Expected an expression, got 'end of statement block'; fix the template",
        ),
        (
            "{{ 1 / 0 }}",
            "own.md.j2, line 1: ZeroDivisionError: division by zero; fix the template",
        ),
        ("{{ fail('no owner; name one') }}", "own.md.j2, line 1: no owner; name one"),
        ("a\n{% include 'part.md.j2' %}", "part.md.j2, line 2: "),
        (
            "{% include 'own.md.j2' %}",
            "own.md.j2, line 1: includes or calls itself endlessly; remove the include or the call",
        ),
        (
            "{{ range(10000000) | list }}",
            "own.md.j2, line 1: a list grows longer than 50,000 elements; collect less",
        ),
        ("{{ brief.calendar.__globals__ }}", "own.md.j2, line 1: "),
        ("{{ ''.__class__.__mro__ }}", "own.md.j2, line 1: "),
        (
            "{{ brief.parse_file('/etc/passwd') }}",
            "own.md.j2, line 1: access to attribute 'parse_file'",
        ),
        (
            "{{ [brief] | map(attribute='parse_file') | join }}",
            "own.md.j2, line 1: access to attribute 'parse_file'",
        ),
        (
            "{{ brief['model_dump'] }}",
            "own.md.j2, line 1: access to attribute 'model_dump'",
        ),
        (
            "{{ [brief] | map(attribute='__class__') | join }}",
            "own.md.j2, line 1: access to attribute '__class__'",
        ),
    ],
)
def test_a_fault_names_the_template_the_line_and_the_remedy(written, text, message):
    assert fault(written, text, part="\n{{ nothing }}").startswith(
        f"template {message}"
    )


def test_a_missing_template_is_named_with_the_one_that_was_meant(written):
    with pytest.raises(
        DocumentError,
        match=r'^template "battlecrd.md.j2" is in none .*mean "battlecard.md.j2"\?',
    ):
        render("battlecrd.md.j2", facts(brief()))
    assert 'needs another template: template "gone.md.j2" is in none' in fault(
        written, "{% include 'gone.md.j2' %}"
    )


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "/etc/passwd", "templates/../battlecard.md.j2"]
)
def test_a_template_cannot_lie_outside_its_folders(name):
    with pytest.raises(DocumentError, match="none of the template folders"):
        render(name, facts(brief()))


def test_a_users_template_takes_the_place_of_a_built_in_one_and_may_build_on_it(
    tmp_path,
):
    given = card_facts(ledger(why_we_win=[claim()]))
    built_in = render("battlecard.md.j2", given)
    source = "{% include 'built-in/battlecard.md.j2' %}\n\nFor Europe.\n"
    (tmp_path / "battlecard.md.j2").write_text(source, "utf-8")
    ours = render("battlecard.md.j2", given, folders=[tmp_path])
    assert ours.startswith(built_in.split("## Sources", maxsplit=1)[0].rstrip())
    assert "For Europe." in ours


def test_a_template_is_read_again_when_its_file_changes(written):
    assert written("one") == "one"
    assert written("two, longer") == "two, longer"


def test_an_edited_folder_does_not_touch_another(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.md.j2").write_text(name, "utf-8")
    given = facts(brief())
    assert [render("own.md.j2", given, folders=[tmp_path / name]) for name in "ab"] == [
        "a",
        "b",
    ]


def test_sources_are_numbered_in_the_order_of_their_use_and_listed_at_the_end(written):
    claims = ledger(
        why_we_win=[
            claim("y1", "One.", src=["theirs", "ours"]),
            claim("y2", "Two.", src="ours"),
        ]
    )
    given = card_facts(claims)
    text = (
        "{% for line in sheet(item).sections.why_we_win %}{{ say(line) }}\n{% endfor %}"
    )
    assert written(text, given=given) == (
        "One.[^1][^2]\n"
        "Two.[^2]\n"
        "\n"
        "## Sources\n"
        "\n"
        "[^1]: [globex.example/…/sso](https://globex.example/docs/sso): theirs, 2026-09\n"
        "[^2]: [acme.example/blog](https://acme.example/blog): ours, 2026-10-01\n"
    )


def test_a_document_bears_the_eyes_of_those_it_is_meant_for(written):
    text = "{{ reader }} {{ inside }}"
    assert written(text, given=facts(brief(), task())) == "internal True"
    assert (
        written(text, given=facts(brief(), task(audience=CUSTOMER))) == "customer False"
    )
    assert (
        written(text, given=facts(brief(), task(), reader=CUSTOMER)) == "customer False"
    )


def test_what_is_missing_is_told_inside_with_who_supplies_it_and_not_outside(written):
    text = "{{ gap('the need', 'positioning.need') }}"
    told = "*Missing: the need.* Pam (pam@example.com) to supply `positioning.need` in the brief."
    assert written(text, given=facts(brief(), reader=INTERNAL)) == told
    assert written(text, given=facts(brief(), reader=CUSTOMER)) == ""


def test_a_document_about_a_competitor_needs_one():
    with pytest.raises(
        DocumentError,
        match="needs a competitor with claims; give its task `each: competitors`",
    ):
        render("battlecard.md.j2", facts(brief(), task()))


def test_a_file_is_named_after_its_task():
    assert file_stem("battlecard:redis") == "battlecard-redis"
    assert file_stem("launch_plan") == "launch_plan"


def test_a_working_copy_asks_for_what_its_readers_may_read(written):
    text = "{{ gap('limits', 'positioning.alternatives, claims: disqualifiers') }}{{ gap('cost', '', 'lead') }}"
    assert written(text, given=facts(brief(), task(audience=PARTNER))) == (
        "*Missing: limits (that partners may read).* Pam (pam@example.com) to supply `positioning.alternatives, "
        "claims: disqualifiers` in the brief."
        "*Missing: cost.* Lee (lee@example.com) to write it into the finished document."
    )
