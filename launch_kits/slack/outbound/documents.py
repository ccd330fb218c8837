"""The document in the thread of a message, and how to tell two of its states apart."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from launch_kits.database.records import LaunchStatus, Notice, NoticeKind, TaskStatus
from launch_kits.settings.small_file import NotAFile, TooLarge, read_file
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.context import MessageContext

__all__ = ["LARGEST", "document_of", "fingerprint", "shows"]

#: the most bytes of a document that is uploaded, many times those of the longest one
LARGEST = 16 * 1024 * 1024
#: the day on which a document was written, as its own heading says it
_AS_OF = re.compile(rb"As of \*\*[^*\n]*\*\*")


def fingerprint(task: TaskView, content: bytes) -> str:
    """Return the SHA-256 of a document's text, in hexadecimal.

    ``content`` is the file that Slack shows. Its Markdown counts if there is one, without the day
    on which it was written: the same text written again is the same document.
    """
    try:
        text = read_file(task.document, most=LARGEST) if task.document else content
    except (NotAFile, TooLarge, OSError):
        text = content
    return hashlib.sha256(_AS_OF.sub(b"", text)).hexdigest()


def shows(known: str | None, task: TaskView, content: bytes) -> bool:
    """Return whether a file is current, by its hash.

    Files of earlier versions are known by the hash of their bytes.
    """
    return known in (fingerprint(task, content), hashlib.sha256(content).hexdigest())


def document_of(
    notice: Notice, context: MessageContext
) -> tuple[TaskView, Path] | None:
    """Return the task and the file to upload to a message, or None.

    Slack shows a PDF, and HTML only as source. A document that is too long for PDF goes as
    Markdown. The owner gets the document if it is written, the approver as long as they are asked
    about it.
    """
    task = context.view.task(notice.task) if notice.task else None
    if (
        task is None
        or task.document is None
        or context.view.status == LaunchStatus.CANCELLED
    ):
        return None
    wanted = {
        NoticeKind.TASK: notice.to.lower() == task.owner.lower(),
        NoticeKind.REVIEW: task.status is TaskStatus.REVIEW
        and "until" not in notice.facts,
    }
    if not wanted.get(NoticeKind(notice.kind), False):
        return None
    paths = (task.document.with_suffix(".pdf"), task.document)
    return next(((task, path) for path in paths if path.is_file()), None)
