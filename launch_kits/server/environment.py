"""The environments of child processes: Prefect's server and the flows."""

from __future__ import annotations

import ipaddress
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from launch_kits.board.address import LOOPBACK, WILDCARDS, reached
from launch_kits.board.password import keep_password, make_password
from launch_kits.errors import SettingsError
from launch_kits.server.logs import log_variables
from launch_kits.settings import SECRETS, Settings

if TYPE_CHECKING:
    from prefect.settings import Settings as PrefectSettings

__all__ = [
    "READY_FD",
    "ServerAddress",
    "for_embedded",
    "for_embedded_server",
    "for_flows",
    "for_server",
    "ui_of",
]

#: the variable with the file descriptor on which the process of the flows reports that it is ready
READY_FD = "LAUNCH_KITS_READY_FD"

#: by default Prefect's server sends nothing to other machines and shows no advertisements
DISCREET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
#: seconds
DAY = 86_400
#: features that a short-lived Prefect server does not need
BARE = {
    "PREFECT_SERVER_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """The address of Prefect's server before it is started."""

    host: str
    port: int
    api_url: str
    ui_url: str
    #: ``user:password`` of its API; None if it has none
    auth: str | None
    #: whether the password is kept in the home folder
    auth_kept: bool


def for_server(
    settings: Settings, *, auth: bool
) -> tuple[dict[str, str], ServerAddress]:
    """The environment of Prefect's server, and its address.

    Prefect's own settings give host, port and paths. ``auth`` makes a password if Prefect's
    settings have none. A password in the home folder is used again. Raises SettingsError if other
    machines could reach the server without a password.
    """
    env = {**DISCREET, **os.environ}
    env.setdefault("PREFECT_HOME", str(settings.prefect_home))
    # Prefect reads it once, on import.
    os.environ["PREFECT_HOME"] = env["PREFECT_HOME"]
    from prefect.settings import get_current_settings

    prefect = get_current_settings()
    api = prefect.server.api
    own = reached(api.host)
    root = f"http://{f'[{own}]' if ':' in own else own}:{api.port}"
    base = api.base_path or "/api"
    ui_url = f"{root}{prefect.server.ui.serve_base}"
    if "ui_url" in prefect.model_fields_set:
        ui_url = str(prefect.ui_url)
    password, kept = _password(settings, prefect, auth=auth)
    origins = _origins(prefect, [root, ui_url])
    env |= log_variables(settings)
    env |= _server_variables(
        settings, prefect, base=base, origins=origins, password=password
    )
    address = ServerAddress(
        host=api.host,
        port=api.port,
        api_url=f"{root}{base}",
        ui_url=ui_url.rstrip("/"),
        auth=password,
        auth_kept=kept,
    )
    return env, address


def _password(
    settings: Settings, prefect: PrefectSettings, *, auth: bool
) -> tuple[str | None, bool]:
    """The password of Prefect's API, and whether the home folder keeps it.

    Raises SettingsError if there is none, but other machines could reach the server.
    """
    api = prefect.server.api
    given = api.auth_string.get_secret_value() if api.auth_string else None
    kept = not given and (auth or settings.auth_file.exists())
    if not (given or kept):
        _check_loopback(api.host)
    return (keep_password(settings.auth_file) if kept else given), kept


def _server_variables(
    settings: Settings,
    prefect: PrefectSettings,
    *,
    base: str,
    origins: list[str],
    password: str | None,
) -> dict[str, str]:
    """The variables of Prefect's server.

    What Prefect's own settings say stays. ``base`` is the path of the API.
    """
    api = prefect.server.api
    env = {
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ",".join(origins),
        "PREFECT_SERVER_API_HOST": api.host,
        "PREFECT_SERVER_API_PORT": str(api.port),
    }
    if password:
        env["PREFECT_SERVER_API_AUTH_STRING"] = password
    if "csrf_protection_enabled" not in api.model_fields_set:
        env["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] = "true"
    env |= _retention(settings, prefect)
    if "api_url" not in prefect.server.ui.model_fields_set:
        # A path without a host: the page asks the server from which it was loaded, under any name.
        env["PREFECT_SERVER_UI_API_URL"] = base
    return env


def _retention(settings: Settings, prefect: PrefectSettings) -> dict[str, str]:
    """The variables by which Prefect deletes ended runs and old events.

    It deletes no run that is suspended. 0 days keep them for ever.
    """
    keep = settings.keep
    services = prefect.server.services
    env: dict[str, str] = {}
    if "enabled" not in services.db_vacuum.model_fields_set:
        kinds = [("events", keep.events), ("flow_runs", keep.runs)]
        wanted = [kind for kind, days in kinds if days]
        env["PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"] = ",".join(wanted) or "None"
    if keep.runs and "retention_period" not in services.db_vacuum.model_fields_set:
        period = str(keep.runs * DAY)
        env["PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD"] = period
    if keep.events and "retention_period" not in prefect.server.events.model_fields_set:
        env["PREFECT_SERVER_EVENTS_RETENTION_PERIOD"] = f"P{keep.events}D"
    return env


def _origins(prefect: PrefectSettings, urls: list[str]) -> list[str]:
    """The origins whose pages may send requests to the server.

    Returns those of its own UI and those in Prefect's settings.
    """
    api = prefect.server.api
    named = (
        api.cors_allowed_origins.split(",")
        if "cors_allowed_origins" in api.model_fields_set
        else []
    )
    for every in {"*", "null"}.intersection(map(str.strip, named)):
        # a frame without an origin of its own says `null`, and any page can make one
        raise SettingsError(
            f"PREFECT_SERVER_CORS_ALLOWED_ORIGINS={every} lets every web page send requests to "
            "Prefect; "
            "name the origins, such as https://prefect.example.com, or unset it"
        )
    loopback = [f"http://{name}:{api.port}" for name in LOOPBACK]
    own = [f"{part.scheme}://{part.netloc}" for part in map(urlsplit, urls)]
    return list(dict.fromkeys([*loopback, *own, *named]))


def _check_loopback(host: str) -> None:
    """Raise SettingsError if other machines reach a server that is bound to a host."""
    if not _is_loopback(host):
        raise SettingsError(
            f"PREFECT_SERVER_API_HOST={host} lets other machines reach Prefect without a login; "
            "run `launch-kits up --auth`, or unset it"
        )


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that is bound to a host."""
    if host in WILDCARDS:
        return False
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return all(
        ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found
    )


def ui_of(api_url: str) -> str:
    """The address of the UI of a Prefect API, from Prefect's own settings."""
    from prefect.settings import PREFECT_UI_URL

    return str(PREFECT_UI_URL.value() or api_url.removesuffix("/api"))


def for_flows(
    settings: Settings, *, api_url: str, auth: str | None, ready: int
) -> dict[str, str]:
    """The environment of the flows.

    ``ready`` is the file descriptor on which they report that they are ready. Paths are absolute,
    because the processes may run in another folder.
    """
    env = {
        "DO_NOT_TRACK": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        **os.environ,
        **log_variables(settings),
    }
    env |= {
        "PREFECT_API_URL": api_url,
        "LAUNCH_KITS_HOME": str(settings.home),
        READY_FD: str(ready),
    }
    for name, folders in (
        ("LAUNCH_KITS_PATH", settings.path),
        ("LAUNCH_KITS_TEMPLATES", settings.templates),
    ):
        if folders:
            env[name] = os.pathsep.join(str(folder) for folder in folders)
    for name in (f"{secret}_FILE" for secret in SECRETS):
        if env.get(name):
            env[name] = str(Path(env[name]).expanduser().absolute())
    if auth:
        # Prefect reads the password only from this variable.
        env.pop("PREFECT_API_AUTH_STRING_FILE", None)
        env["PREFECT_API_AUTH_STRING"] = auth
    return env


def for_embedded_server(settings: Settings, *, port: int) -> tuple[dict[str, str], str]:
    """The environment of a Prefect server for one command, and its password.

    The server only keeps records.
    """
    env = {**os.environ, **DISCREET, **BARE, "PREFECT_SERVER_UI_ENABLED": "false"}
    env.setdefault("PREFECT_HOME", str(settings.prefect_home))
    # A path meant for a server behind a proxy would hide this one.
    env.pop("PREFECT_SERVER_API_BASE_PATH", None)
    password = make_password()
    env |= {
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_AUTH_STRING": password,
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{port}",
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        # Prefect's own setting for a server without a scheduler.
        "PREFECT__SERVER_WEBSERVER_ONLY": "1",
    }
    return env, password


def for_embedded(settings: Settings, *, api_url: str, auth: str) -> dict[str, str]:
    """The environment of this process for a flow on an embedded server.

    It holds the server's address and password, and silences Prefect's log.
    """
    return {
        **BARE,
        "DO_NOT_TRACK": "1",
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_API_URL": api_url,
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
        "PREFECT_HOME": os.environ.get("PREFECT_HOME", str(settings.prefect_home)),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    }
