"""Faults of the disk and of permissions, in words with a remedy."""

from __future__ import annotations

import errno

__all__ = ["ELSEWHERE", "FULL", "in_words"]

FULL = "the disk is full; free some space, then run the command again"
ELSEWHERE = (
    "make it writable for this user, or set LAUNCH_KITS_HOME to a folder that is"
)
#: error number → the fault and its remedy
REMEDIES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "this user's quota of the disk is used up; free some space",
    errno.EACCES: f"this user may not use it; {ELSEWHERE}",
    errno.EPERM: f"this user may not use it; {ELSEWHERE}",
    errno.EROFS: f"it is on a read-only disk; {ELSEWHERE}",
    errno.EEXIST: "it is a file, and a folder is needed; name another, or move the file",
    errno.ENOTDIR: "a part of its path is a file; name another folder, or move the file",
    errno.ENOENT: "there is no such file or folder; correct its path",
    errno.EIO: "the disk cannot be read or written; check it",
    errno.EMFILE: "too many files are open; raise the limit with `ulimit -n`",
}


def in_words(error: OSError) -> str | None:
    """An error of the system with its remedy; None if no file or disk is to blame."""
    if error.errno is None or (error.filename is None and error.errno != errno.ENOSPC):
        return None
    reason = REMEDIES.get(error.errno, f"{error.strerror}; check it")
    return f"{error.filename}: {reason}" if error.filename else reason
