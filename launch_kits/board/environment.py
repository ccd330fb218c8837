"""The environments of the processes that are started beside this one: Prefect's server, and the flows."""

from __future__ import annotations

import os
from dataclasses import dataclass

from launch_kits.settings import Settings

__all__ = ["READY_FD", "Place", "for_embedded", "for_embedded_server", "for_flows", "for_server", "ui_of"]

#: the file descriptor on which the process that serves the flows tells that it is ready
READY_FD = "LAUNCH_KITS_READY_FD"

#: what Prefect's server says and shows by default here: nothing leaves the machine, nothing is advertised
DISCREET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
#: what a short-lived Prefect can do without
BARE = {
    "PREFECT_SERVER_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where Prefect's server will be."""

    host: str
    port: int
    api_url: str
    ui_url: str


def for_server(settings: Settings) -> tuple[dict[str, str], Place]:
    """The environment of Prefect's server, and where Prefect's own settings put it."""
    env = {**DISCREET, **os.environ}
    env.setdefault("PREFECT_HOME", str(settings.prefect_home))
    os.environ["PREFECT_HOME"] = env["PREFECT_HOME"]  # read once, when Prefect is imported
    from prefect.settings import get_current_settings

    found = get_current_settings().server
    host, port = found.api.host, found.api.port
    reached = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  asked for by whoever set it
    root = f"http://{f'[{reached}]' if ':' in reached else reached}:{port}"
    base = found.api.base_path or "/api"
    return env, Place(host, port, f"{root}{base}", f"{root}{found.ui.serve_base}".rstrip("/"))


def ui_of(api_url: str) -> str:
    """Where the UI of a Prefect API is, as Prefect's own settings say."""
    from prefect.settings import PREFECT_UI_URL

    return str(PREFECT_UI_URL.value() or api_url.removesuffix("/api"))


def for_flows(settings: Settings, *, api_url: str, ready: int) -> dict[str, str]:
    """The environment of the flows; folders are absolute in it, since their processes may run elsewhere."""
    env = {"DO_NOT_TRACK": "1", "PREFECT_RUNNER_POLL_FREQUENCY": "2", **os.environ}
    env |= {"PREFECT_API_URL": api_url, "LAUNCH_KITS_HOME": str(settings.home), READY_FD: str(ready)}
    for name, folders in (("LAUNCH_KITS_PATH", settings.path), ("LAUNCH_KITS_TEMPLATES", settings.templates)):
        if folders:
            env[name] = os.pathsep.join(str(folder) for folder in folders)
    server_auth = env.get("PREFECT_SERVER_API_AUTH_STRING")
    if server_auth:
        env.setdefault("PREFECT_API_AUTH_STRING", server_auth)
    return env


def for_embedded_server(settings: Settings) -> dict[str, str]:
    """The environment of the Prefect that lives for one command: it keeps records, and does nothing else."""
    env = {**os.environ, **DISCREET, **BARE, "PREFECT_SERVER_UI_ENABLED": "false"}
    env.setdefault("PREFECT_HOME", str(settings.prefect_home))
    # What is meant for a server that others reach would keep this one from being found.
    for name in ("PREFECT_SERVER_API_AUTH_STRING", "PREFECT_SERVER_API_BASE_PATH"):
        env.pop(name, None)
    return env


def for_embedded(settings: Settings, *, api_url: str) -> dict[str, str]:
    """What this process's own Prefect has to know for a flow on such a server: quiet, and where it is."""
    return {
        **BARE,
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": api_url,
        "PREFECT_HOME": os.environ.get("PREFECT_HOME", str(settings.prefect_home)),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    }
