from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from launch_kits.board.runs import start_run
from launch_kits.inputs.brief import Brief
from tests.browser import chromium
from tests.served import PATIENCE, Served, eventually

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def page(served: Served) -> Iterator[Page]:
    """A page of a browser in the Prefect UI."""
    with chromium() as browser:
        page = browser.new_page(
            viewport={"width": 1400, "height": 1400},
            base_url=str(served.addresses["prefect_ui_url"]),
        )
        page.set_default_timeout(1000 * PATIENCE)
        yield page


def test_ops_see_the_launch_on_its_run_page(
    served: Served, slug: str, opened: Callable[..., Brief], page: Page
) -> None:
    opened()
    start_run(served.store, slug, settings=served.settings, patience=PATIENCE)
    run = served.await_run(slug, "Suspended")["id"]
    with page.expect_response(
        lambda answer: f"/flow_runs/{run}/graph-v2" in answer.url
    ) as graph:
        page.goto(f"/v2/runs/flow-run/{run}?tab=TaskRuns")
    labels = {node["label"] for _, node in graph.value.json()["nodes"]}
    assert {
        "Story · Positioning",
        "Sales readiness · Battlecard: Kite",
        "Launch · Go live",
    } <= labels
    page.locator("canvas").first.wait_for()
    page.get_by_text(f"Product {slug}").first.wait_for()
    page.get_by_text("Story · Positioning").first.wait_for()
    page.get_by_text("AwaitingOwner").first.wait_for()


def test_ops_see_the_timeline_of_the_launch_among_its_artifacts(
    served: Served, slug: str, opened: Callable[..., Brief], page: Page
) -> None:
    opened()
    start_run(served.store, slug, settings=served.settings, patience=PATIENCE)
    served.await_run(slug, "Suspended")
    wanted = {"artifacts": {"key": {"any_": [f"{slug}-timeline"]}}}

    def there() -> list[dict[str, str]]:
        found: list[dict[str, str]] = served.api.post(
            "/artifacts/filter", json=wanted
        ).json()
        return found

    artifact, *_ = eventually(there, what="the timeline of the launch")
    page.goto(f"/v2/artifacts/artifact/{artifact['id']}")
    picture = page.locator('img[src^="data:image/svg+xml;base64,"]').first
    picture.wait_for(timeout=60_000)
    # the browser drew it: a picture that it cannot read has no width
    size = picture.evaluate("each => [each.naturalWidth, each.naturalHeight]")
    assert min(size) > 100, size
    drawn = b64decode(str(picture.get_attribute("src")).partition(",")[2]).decode()
    for task in ("positioning", "battlecard:kite", "go_live"):
        assert f'data-task="{task}"' in drawn
    page.get_by_text(f"launch-kits timeline {slug}").first.wait_for()


def submit(page: Page, form: str, slug: str) -> None:
    """Fill Prefect's form in and submit it."""
    page.goto(form)
    page.get_by_text("Recipe of the launch").wait_for()
    asked = page.locator("textarea")
    asked.nth(4).wait_for()
    asked.nth(0).fill(slug)
    asked.nth(1).fill("From the form")
    page.get_by_label("Select Built-in kit").click()
    page.get_by_role("option", name="major_release").click()
    page.get_by_text("Pick a date").first.click()
    page.get_by_placeholder("yyyy-MM-dd").fill("2031-10-01")
    page.get_by_placeholder("yyyy-MM-dd").press("Enter")
    page.keyboard.press("Escape")
    asked.nth(3).fill("Lee")
    asked.nth(4).fill("lee@example.com")
    page.get_by_role("button", name="Submit").click()


def taken(served: Served, deployment: str, slug: str) -> bool:
    """Whether Prefect took the form: there is a run with its words, within half a minute."""
    wanted = {"deployments": {"id": {"any_": [deployment]}}}
    for _ in range(30):
        runs = served.api.post("/flow_runs/filter", json=wanted).json()
        if any(run["parameters"]["brief"]["launch"] == slug for run in runs):
            return True
        time.sleep(1)
    return False


def test_a_launch_can_be_started_from_prefects_form(
    served: Served, slug: str, page: Page
) -> None:
    deployment = served.api.get("/deployments/name/launch/launch").json()["id"]
    for _ in range(3):
        submit(page, f"/v2/deployments/deployment/{deployment}/run", slug)
        # a page that is slow to build takes words back and does not submit the rest
        if taken(served, deployment, slug):
            break

    def there() -> bool:
        wanted = {
            "flow_runs": {
                "tags": {"all_": [f"launch:{slug}"]},
                "state": {"name": {"any_": ["Suspended"]}},
            }
        }
        return bool(served.api.post("/flow_runs/filter", json=wanted).json())

    eventually(there, what="the launch from the form")
    assert served.launch(slug).product == "From the form"
    assert served.run(slug)["name"] == "From the form"
