"""Carry out deploy/Containerfile without an engine, and use the result as its containers do.

In mounts of its own that end with it, as root on Linux: the steps run as written, except those that
install packages of Debian. Then the root is read-only and the commands run as the image's user.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from scripts.containerfile import Instruction, Stage, read  # noqa: E402

CONTAINERFILE = ROOT / "deploy" / "Containerfile"
#: the folders that the steps write to; each becomes an empty one
MOUNTS = ("/opt", "/srv", "/var/lib")
#: where steps find the system's own Python, which every user may run
PATH = "/usr/bin:/bin"
#: the mark of the process that has mounts of its own
INSIDE = "LAUNCH_KITS_IMAGE"

#: run in the image, one after the other; each must succeed
CHECKS = """
test "$(id -u)" = 1001
! touch /srv/launch-kits/x 2>/dev/null
! touch /opt/launch-kits/x 2>/dev/null
launch-kits --version
launch-kits kits >/dev/null
prefect version --omit-integrations >/dev/null
python -c 'import joserfc, psycopg, prefect_redis.messaging, prefect_redis.lease_storage'
"""
#: the room starts without Prefect's server, and the health check of the image finds it
ROOM = """
launch-kits up --without-prefect >/tmp/up.log 2>&1 & up=$!
for _ in $(seq 300); do {health} 2>/dev/null && break; sleep 0.2; done
{health} || {{ cat /tmp/up.log; kill $up; exit 1; }}
kill $up && wait $up
"""
#: a server of Prefect with its UI, which it copies before it serves it
SERVER = """
prefect server start --port 42117 >/tmp/server.log 2>&1 & server=$!
look='import urllib.request as r; r.urlopen("http://127.0.0.1:42117/'
for _ in $(seq 300); do python -c "${look}api/health\\")" 2>/dev/null && break; sleep 0.4; done
python -c "${look}api/health\\")" && python -c "${look}\\")" || {
    cat /tmp/server.log; kill $server; exit 1
}
kill $server
wait $server || test $? = 143
"""


def run(*command: str, **options: object) -> None:
    """Run a command; raises CalledProcessError if it fails."""
    subprocess.run(command, check=True, **options)  # type: ignore[call-overload]


def copy(instruction: Instruction, source: Path) -> None:
    """Carry out a COPY from a folder."""
    *names, target = [w for w in instruction.words() if not w.startswith("--")]
    into = Path(target)
    for name in names:
        path = source / name.lstrip("/")
        if path.is_dir():
            shutil.copytree(path, into, dirs_exist_ok=True, symlinks=True)
            continue
        place = into / path.name if target.endswith("/") else into
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)


def build(stages: list[Stage], source: Path) -> None:
    """Carry out both stages; a stage starts with empty folders, as in a fresh image."""
    first, last = stages
    for each in first.instructions:
        if each.word == "COPY":
            copy(each, source)
        elif each.word == "RUN":
            print(f"RUN {each.text[:100]}", file=sys.stderr)
            run("sh", "-euc", each.text, env={**os.environ, "PATH": PATH})
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        taken = [each for each in last.all("COPY") if "--from=build" in each.text]
        for each in taken:
            path = each.words()[-1]
            (built / path.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, built / path.lstrip("/"))
        for mount in MOUNTS:
            run("umount", mount)
            run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", mount)
        for each in last.all("COPY"):
            copy(each, built if each in taken else source)
    home = Path(last.environment["LAUNCH_KITS_HOME"])
    home.mkdir(mode=0o700)
    uid, gid = map(int, last.last("USER").text.split(":"))
    os.chown(home, uid, gid)


def use(image: Stage) -> None:
    """Run the commands of the containers as their user, with a read-only root."""
    for mount in ("/opt", "/srv", "/"):
        run("mount", "-o", "remount,bind,ro", mount)
    run("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", "/tmp")  # noqa: S108
    user, group = image.last("USER").text.split(":")
    ids = [f"--reuid={user}", f"--regid={group}", "--clear-groups"]
    entry = image.last("ENTRYPOINT").words()[-1]
    environment = {**image.environment, "HOME": "/tmp"}  # noqa: S108
    health = shlex.join(image.health)
    for name, script in (
        ("its programs", CHECKS),
        ("the launch room", ROOM.format(health=health)),
        ("a server of Prefect", SERVER),
    ):
        environment["PREFECT_API_URL"] = "http://127.0.0.1:9/api"
        if script == SERVER:
            del environment["PREFECT_API_URL"]
        run(
            "setpriv",
            *ids,
            "--bounding-set=-all",
            "--no-new-privs",
            entry,
            *("sh", "-euc", script),
            env=environment,
            cwd=image.last("WORKDIR").text,
        )
        print(f"{name}: works as user {user}, the root read-only")


def main() -> int:
    """Build and use the image; returns 1 if a step fails."""
    if os.environ.get(INSIDE):
        stages = read(CONTAINERFILE)
        for mount in MOUNTS:
            run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", mount)
        try:
            build(stages, ROOT)
            use(stages[-1])
        except subprocess.CalledProcessError as error:
            print(f"exit code {error.returncode}: {error.cmd}", file=sys.stderr)
            return 1
        return 0
    if os.geteuid() != 0 or not shutil.which("unshare"):
        print("make image needs root on Linux, for mounts of its own", file=sys.stderr)
        return 1
    command = ["unshare", "--mount", "--propagation", "private"]
    done = subprocess.run(
        [*command, "/usr/bin/env", f"{INSIDE}=1", sys.executable, __file__], check=False
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
