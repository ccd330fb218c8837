"""The logs of `up` and its processes: their format, and their size."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from launch_kits.settings import Settings

__all__ = ["JsonFormatter", "log_variables", "rotate", "setup"]

MEGABYTE = 1_000_000


class JsonFormatter(logging.Formatter):
    """One JSON object a line, with names that Prefect's own formatter has too."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        fields = {
            "name": record.name,
            "msg": record.getMessage(),
            "levelname": record.levelname,
            "created": record.created,
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "process": record.process,
            "launch": getattr(record, "launch", None),
        }
        if record.exc_info:
            fields["exc_info"] = self.formatException(record.exc_info)
        return json.dumps(fields)


def setup(settings: Settings) -> None:
    """Have this process write its log to standard error, in the format of the settings."""
    handler = logging.StreamHandler()
    if settings.log_format == "json":
        handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def log_variables(settings: Settings) -> Mapping[str, str]:
    """The variables for logs of a process with Prefect, in the format of the settings."""
    if settings.log_format != "json":
        return {}
    return {
        "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
        "PREFECT_LOGGING_COLORS": "false",
    }


def rotate(log: Path, *, megabytes: int) -> bool:
    """Begin a log anew if it is too large; the one before is kept beside it as ``.1``.

    It is emptied in place, because a process that still writes to it appends. On a full disk the
    one before is given up. 0 megabytes is no limit. Returns whether it was emptied.
    """
    try:
        if not megabytes or log.stat().st_size < megabytes * MEGABYTE:
            return False
        earlier = log.with_name(f"{log.name}.1")
        try:
            shutil.copyfile(log, earlier)
        except OSError:
            earlier.unlink(missing_ok=True)
        os.truncate(log, 0)
    except OSError:
        return False
    return True
