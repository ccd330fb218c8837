"""The files of deploy/: what they name exists, and what they run is accepted."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from prefect.cli._app import _app as prefect
from prefect.settings import Settings as PrefectSettings
from pydantic import BaseModel

from launch_kits.cli.app import app as launch_kits
from scripts.containerfile import read

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
SETTINGS = ROOT / "docs" / "reference" / "settings.md"
STAGES = read(DEPLOY / "Containerfile")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: each for name, each in SERVICES.items() if "build" in each}
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
#: read by prefect-redis, whose settings Prefect does not know
REDIS = {"PREFECT_REDIS_MESSAGING_URL"}


def prefect_variables(model: type[BaseModel] = PrefectSettings) -> Iterator[str]:
    """The names of all variables that Prefect reads."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from prefect_variables(kind)
        elif field.validation_alias is None:
            yield f"{model.model_config['env_prefix']}{name}".upper()
        else:
            choices = getattr(field.validation_alias, "choices", [])
            yield from (each.upper() for each in choices if isinstance(each, str))


def test_the_image_copies_files_of_the_repository() -> None:
    build, image = STAGES
    sources = [
        source
        for stage in STAGES
        for each in stage.all("COPY")
        if "--from" not in each.text
        for source in each.words()[:-1]
    ]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    ignore = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8")
    let_in = re.findall(r"^!(.+)$", ignore, re.MULTILINE)
    assert sorted(let_in) == sorted(sources)
    assert build.base == image.base


def test_the_image_runs_as_a_user_without_rights_and_is_asked_for_its_health() -> None:
    image = STAGES[-1]
    assert image.last("USER").text == "1001:1001"
    assert image.instructions.index(image.last("USER")) > max(
        image.instructions.index(each) for each in image.all("RUN")
    )
    assert "/healthz" in image.health[-1]
    assert image.last("CMD").words() == ["launch-kits", "up", "--without-prefect"]


def test_the_lock_of_the_image_holds_each_dependency_and_agrees_with_the_other() -> (
    None
):
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))

    image = pins("requirements-image.lock")
    runtime = pins("requirements.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    for requirement in map(Requirement, wanted):
        assert image[canonicalize_name(requirement.name)] in requirement.specifier
    assert {name: image.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_write_to_their_volumes_only(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["tmpfs"] == ["/tmp"]
    assert "healthcheck" in service or name == "room"


def test_the_services_name_each_other_their_networks_volumes_and_secrets() -> None:
    apis = [name for name in SERVICES if name.startswith("prefect-api-")]
    workers = [name for name in SERVICES if name.startswith("worker-")]
    assert len(apis) == len(workers) == 2
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            found = (DEPLOY / source).exists() if source[0] == "." else True
            assert found, source
            assert source[0] == "." or source in COMPOSE["volumes"]
        files = [v for k, v in service.get("environment", {}).items() if "_FILE" in k]
        mounted = {f"/run/secrets/{each}" for each in service.get("secrets", [])}
        assert set(files) <= mounted
    proxied = re.findall(r"server ([\w-]+):\d+", (DEPLOY / "nginx.conf").read_text())
    assert sorted(proxied) == sorted([*apis, "room"])


def test_each_variable_is_one_that_its_reader_knows() -> None:
    known = {*prefect_variables(), *REDIS}
    known |= set(re.findall(r"^\| (\w+) \|", SETTINGS.read_text(), re.MULTILINE))
    known |= {f"{name}_FILE" for name in known}
    used = {
        name
        for path in DEPLOY.rglob("*")
        if path.is_file()
        and path.name != "entrypoint.sh"
        and "secrets/" not in str(path)
        for name in re.findall(
            r"\b(?:PREFECT|LAUNCH_KITS|SLACK)_[A-Z0-9_]+\b",
            path.read_text(encoding="utf-8"),
        )
    }
    assert len(used) > 20
    assert used - known == set()


def commands() -> Iterator[list[str]]:
    """Each command of ours that a container or unit runs, without a shell."""
    for service in OURS.values():
        words = service.get("command", [])
        if words[:2] == ["sh", "-c"]:
            yield from (shlex.split(part) for part in words[2].split("&&"))
        else:
            yield words
    for unit in UNITS:
        line = re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)[0]
        program, *words = shlex.split(line)
        yield [Path(program).name, *words]


def test_each_command_is_accepted() -> None:
    asked = list(commands())
    assert len(asked) > 8
    for program, *words in asked:
        if program == "launch-kits":
            cli = launch_kits
            left = words
            while isinstance(cli, click.Group):
                name, command, left = cli.resolve_command(click.Context(cli), left)
                assert command is not None, name
                cli = command
            context = cli.make_context(cli.name, left)
            assert context.command.name in words
        else:
            assert program == "prefect"
            # an option of the program, ahead of its commands
            prefect.parse_args(
                [word for word in words if word != "--no-prompt"],
                exit_on_error=False,
                print_error=False,
            )


def _entrypoint(env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DEPLOY / "entrypoint.sh", "env"],
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_entry_point_reads_prefects_secrets_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "auth"
    secret.write_text("prefect:a b'$c\n", encoding="utf-8")
    done = _entrypoint(
        {"PREFECT_API_AUTH_STRING_FILE": str(secret), "SLACK_BOT_TOKEN_FILE": "/x"}
    )
    given = done.stdout.splitlines()
    assert "PREFECT_API_AUTH_STRING=prefect:a b'$c" in given
    assert "SLACK_BOT_TOKEN_FILE=/x" in given
    assert not any(line.startswith("PREFECT_API_AUTH_STRING_FILE") for line in given)


def test_the_entry_point_names_a_secret_that_is_missing() -> None:
    done = _entrypoint({"PREFECT_API_AUTH_STRING_FILE": "/nowhere"})
    assert done.returncode == 1
    assert 'PREFECT_API_AUTH_STRING_FILE="/nowhere" cannot be read' in done.stderr


def test_secrets_are_made_once_and_fit_the_services(tmp_path: Path) -> None:
    script = shutil.copy(DEPLOY / "make-secrets", tmp_path)
    first = subprocess.run([script, "pm@example.com"], capture_output=True, check=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    again = subprocess.run([script, "pm@example.com"], capture_output=True, check=True)
    assert (bool(first.stdout), bool(again.stdout)) == (True, False)
    assert made == {p.name: p.read_text() for p in (tmp_path / "secrets").iterdir()}
    assert made["visitors"].startswith("pm@example.com:$apr1$")
    assert made["postgresql"].strip() in made["prefect_database_url"]


def test_others_on_the_machine_cannot_reach_the_secrets(tmp_path: Path) -> None:
    script = shutil.copy(DEPLOY / "make-secrets", tmp_path)
    folder = tmp_path / "secrets"
    folder.mkdir()
    folder.chmod(0o711)
    subprocess.run([script, "pm@example.com"], capture_output=True, check=True)
    assert folder.stat().st_mode & 0o777 == 0o700
    # each is mounted alone, into containers of other users
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = re.sub(r"/opt/launch-kits/bin/[\w-]+", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.glob("*.service"))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_values_of_the_charts_use_our_image_twice_over() -> None:
    server = yaml.safe_load((DEPLOY / "helm" / "prefect-server.yaml").read_text())
    worker = yaml.safe_load((DEPLOY / "helm" / "prefect-worker.yaml").read_text())
    assert server["server"]["replicaCount"] == worker["worker"]["replicaCount"] == 2
    ours = worker["worker"]["image"]
    assert server["global"]["prefect"]["image"] == ours
    pools = yaml.safe_load((ROOT / "prefect.yaml").read_text())["definitions"]
    assert worker["worker"]["config"]["workPool"] == pools["pool"]["name"]
    # the charts start it
    targets = [each.words()[-1] for each in STAGES[-1].all("COPY")]
    assert "/opt/prefect/entrypoint.sh" in targets
