"""The environment, read once at the doors into one frozen value.

Plain ``os.environ``: reading fifteen texts through a settings library would cost more start-up time
than everything else that ``check`` imports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from launch_kits.errors import SettingsError
from launch_kits.settings.masking import SECRET, masked
from launch_kits.settings.masters import Masters
from launch_kits.settings.oidc import Oidc
from launch_kits.settings.private_home import keep_private, tighten
from launch_kits.settings.reading import choice, folders, number, path, secret
from launch_kits.settings.retention import Retention
from launch_kits.settings.web import address, endpoint, header, networks

__all__ = ["SECRET", "SECRETS", "Settings"]


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """The settings in force. Every field names its variable and purpose."""

    home: Path = field(
        metadata={
            "env": "LAUNCH_KITS_HOME",
            "doc": "database, documents, Prefect data of the embedded default",
        }
    )
    database_url: str = field(
        repr=False,
        metadata={
            "env": "LAUNCH_KITS_DATABASE_URL",
            "secret": "in part",
            "doc": "SQLite in the home folder, or postgresql+psycopg://…",
        },
    )
    path: tuple[Path, ...] = field(
        metadata={
            "env": "LAUNCH_KITS_PATH",
            "doc": "folders searched for kits and ledgers before the built-in ones",
        }
    )
    templates: tuple[Path, ...] = field(
        metadata={
            "env": "LAUNCH_KITS_TEMPLATES",
            "doc": "folders searched for templates before the built-in ones",
        }
    )
    sweep_every: int = field(
        metadata={"env": "LAUNCH_KITS_SWEEP_EVERY", "doc": "seconds between sweeps"}
    )
    embedded_within: int = field(
        metadata={
            "env": "LAUNCH_KITS_EMBEDDED_WITHIN",
            "doc": "seconds for the run of a start without a server; 0: none",
        }
    )
    log_format: str = field(
        metadata={"env": "LAUNCH_KITS_LOG_FORMAT", "doc": "of the logs: text or json"}
    )
    keep: Retention
    slack_bot_token: str | None = field(
        repr=False,
        metadata={
            "env": "SLACK_BOT_TOKEN",
            "secret": "whole",
            "doc": "without it notices go to the console",
        },
    )
    slack_signing_secret: str | None = field(
        repr=False,
        metadata={
            "env": "SLACK_SIGNING_SECRET",
            "secret": "whole",
            "doc": "checks the requests of Slack over HTTP",
        },
    )
    slack_app_token: str | None = field(
        repr=False,
        metadata={
            "env": "SLACK_APP_TOKEN",
            "secret": "whole",
            "doc": "Socket Mode, beside HTTP or instead of it",
        },
    )
    slack_refresh_token: str | None = field(
        repr=False,
        metadata={
            "env": "SLACK_REFRESH_TOKEN",
            "secret": "whole",
            "doc": "if bot tokens expire: exchanged for the next ones",
        },
    )
    slack_client_id: str | None = field(
        metadata={"env": "SLACK_CLIENT_ID", "doc": "the app, for that exchange"}
    )
    slack_client_secret: str | None = field(
        repr=False,
        metadata={
            "env": "SLACK_CLIENT_SECRET",
            "secret": "whole",
            "doc": "the app's secret, for that exchange",
        },
    )
    slack_work_objects: str = field(
        metadata={
            "env": "SLACK_WORK_OBJECTS",
            "doc": "previews of links as Work Objects, if the app has them: off or on",
        }
    )
    slack_base_url: str | None = field(
        metadata={"env": "SLACK_BASE_URL", "doc": "another Web API endpoint, for tests"}
    )
    prefect_api_url: str | None = field(
        metadata={
            "env": "PREFECT_API_URL",
            "doc": "the Prefect server, unless `up` runs here",
        }
    )
    prefect_auth: str | None = field(
        repr=False,
        metadata={
            "env": "PREFECT_API_AUTH_STRING",
            "secret": "whole",
            "doc": "user:password for that server",
        },
    )
    host: str = field(
        metadata={
            "env": "LAUNCH_KITS_HOST",
            "doc": "the address that the HTTP port listens on",
        }
    )
    port: int = field(
        metadata={
            "env": "LAUNCH_KITS_PORT",
            "doc": "HTTP: the launch room, /slack/events, /healthz, /readyz, /metrics; 0 is any",
        }
    )
    url: str | None = field(
        metadata={
            "env": "LAUNCH_KITS_URL",
            "doc": "public address of the launch room, for links",
        }
    )
    auth_header: str | None = field(
        metadata={
            "env": "LAUNCH_KITS_AUTH_HEADER",
            "doc": "header in which a proxy names the visitor of the launch room by email",
        }
    )
    trusted_proxies: tuple[str, ...] = field(
        metadata={
            "env": "LAUNCH_KITS_TRUSTED_PROXIES",
            "separator": ",",
            "doc": "addresses or networks of the proxies whose header counts",
        }
    )
    oidc: Oidc = field(default_factory=Oidc)
    masters: Masters = field(default_factory=Masters)

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings of an environment, by default the process's own.

        Any user who knows the home may write into it. So from here on this process writes for its
        user alone, and a home that others can look into is made private, which is said on stderr.
        Raises SettingsError, which names the variable.
        """
        env = os.environ if environ is None else environ
        home = _home(env)
        return cls(
            home=home,
            database_url=secret(env, "LAUNCH_KITS_DATABASE_URL")
            or f"sqlite:///{home / 'launch-kits.db'}",
            path=folders(env, "LAUNCH_KITS_PATH"),
            templates=folders(env, "LAUNCH_KITS_TEMPLATES"),
            sweep_every=number(
                env, "LAUNCH_KITS_SWEEP_EVERY", default=300, least=1, most=86_400
            ),
            embedded_within=number(
                env, "LAUNCH_KITS_EMBEDDED_WITHIN", default=30, least=0, most=3_600
            ),
            log_format=choice(env, "LAUNCH_KITS_LOG_FORMAT", among=("text", "json")),
            keep=Retention.read(env),
            slack_bot_token=secret(env, "SLACK_BOT_TOKEN"),
            slack_signing_secret=secret(env, "SLACK_SIGNING_SECRET"),
            slack_app_token=secret(env, "SLACK_APP_TOKEN"),
            slack_refresh_token=secret(env, "SLACK_REFRESH_TOKEN"),
            slack_client_id=env.get("SLACK_CLIENT_ID") or None,
            slack_client_secret=secret(env, "SLACK_CLIENT_SECRET"),
            slack_work_objects=choice(env, "SLACK_WORK_OBJECTS", among=("off", "on")),
            slack_base_url=endpoint(
                env, "SLACK_BASE_URL", like="https://slack.com/api/"
            ),
            prefect_api_url=endpoint(
                env, "PREFECT_API_URL", like="http://127.0.0.1:4200/api"
            ),
            prefect_auth=secret(env, "PREFECT_API_AUTH_STRING"),
            host=env.get("LAUNCH_KITS_HOST") or "127.0.0.1",
            port=number(env, "LAUNCH_KITS_PORT", default=8080, least=0, most=65_535),
            url=address(env, "LAUNCH_KITS_URL"),
            auth_header=header(env, "LAUNCH_KITS_AUTH_HEADER"),
            trusted_proxies=networks(env, "LAUNCH_KITS_TRUSTED_PROXIES"),
            oidc=Oidc.read(env),
            masters=Masters.read(env),
        )

    def __repr__(self) -> str:
        return f"Settings({', '.join(f'{name}={value!r}' for name, value, _ in self.shown())})"

    @property
    def documents(self) -> Path:
        """The folder under which each launch's documents are written."""
        return self.home / "documents"

    @property
    def prefect_home(self) -> Path:
        """Prefect's own folder, for the embedded default."""
        return self.home / "prefect"

    @property
    def up_file(self) -> Path:
        """The file in which a running `up` leaves its addresses."""
        return self.home / "up.json"

    @property
    def auth_file(self) -> Path:
        """The file of the password of `up --auth`."""
        return self.home / "prefect-auth"

    def shown(self) -> list[tuple[str, str, str]]:
        """List (variable, value with secrets masked, purpose), in a fixed order."""
        rows = []
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, Retention | Oidc | Masters):
                rows += value.shown()
                continue
            if isinstance(value, tuple):
                separator = str(item.metadata.get("separator", os.pathsep))
                value = separator.join(map(str, value))
            text = "" if value is None else str(value)
            if item.metadata.get("secret") == "whole" and text:
                text = SECRET
            if item.name.endswith("_url"):
                text = masked(text)
            rows.append((str(item.metadata["env"]), text, str(item.metadata["doc"])))
        return rows


def _home(env: Mapping[str, str]) -> Path:
    """The home folder, made private; raises SettingsError."""
    written = env.get("LAUNCH_KITS_HOME") or ".launch-kits"
    home = path(written, name="LAUNCH_KITS_HOME")
    if "?" in str(home):
        raise SettingsError(
            f'LAUNCH_KITS_HOME="{home}" holds a question mark, which ends the '
            "path in a database URL; "
            "choose another folder"
        )
    keep_private()
    if tighten(home):
        sys.stderr.write(
            f"note: {home} could be read by others; it is yours alone now\n"
        )
    return home


#: the variables that hold a secret; each can be given as a file instead, named by the variable with
#: ``_FILE`` added
SECRETS = tuple(
    str(item.metadata["env"])
    for item in (*fields(Settings), *fields(Oidc))
    if "secret" in item.metadata
)
