"""Release the version of pyproject.toml: changelog, wheel, a check of the wheel, tag.

`python scripts/release.py` builds and checks the wheel and changes nothing in the repository.
With `--tag` it also dates the changelog, commits that and tags the commit. It never pushes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
import zipfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
EXAMPLE = "valkey-9"
#: the folders that the wheel holds, each with its path in the wheel
PACKED = {
    "launch_kits/": "launch_kits/",
    "templates/": "launch_kits/templates/",
    "flows/": "launch_kits/flows/",
    "automations/": "launch_kits/automations/",
}


class ReleaseError(Exception):
    """A reason not to release, with its remedy."""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command; returns its output.

    Raises ReleaseError with the output if the command fails.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        shown = " ".join(str(part) for part in command)
        raise ReleaseError(f"{shown} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def project_version() -> str:
    """Read the version from pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def dated(changelog: str, version: str, day: str) -> str:
    """Date the unreleased section of a version.

    Returns the changelog with the day in place of the word "unreleased". Raises ReleaseError if
    there is no such section, or if it has no entry.
    """
    heading = f"## [{version}] - unreleased\n"
    if heading not in changelog:
        raise ReleaseError(f'CHANGELOG.md has no section "{heading.strip()}"; add it')
    section = changelog.partition(heading)[2].partition("\n## ")[0]
    if not re.search(r"^- ", section, re.MULTILINE):
        raise ReleaseError(f"CHANGELOG.md: no entry for {version}; add one")
    return changelog.replace(heading, f"## [{version}] - {day}\n")


def missing_from_wheel(tracked: list[str], packed: list[str]) -> list[str]:
    """Compare the tracked files with the files of a wheel.

    Returns the paths in the wheel of the tracked files that it lacks.
    """
    wanted = [
        path.replace(folder, place, 1)
        for folder, place in PACKED.items()
        for path in tracked
        if path.startswith(folder)
    ]
    return sorted(set(wanted) - set(packed))


def check_repository(version: str) -> None:
    """Refuse uncommitted changes and a tag that exists."""
    if changes := run("git", "status", "--porcelain"):
        raise ReleaseError(f"uncommitted changes; commit them first:\n{changes}")
    if run("git", "tag", "--list", f"v{version}"):
        raise ReleaseError(
            f"tag v{version} exists; raise the version in pyproject.toml"
        )


def build(folder: Path) -> Path:
    """Build the source archive and the wheel; returns the path of the wheel."""
    run(sys.executable, "-m", "hatchling", "build", "--directory", folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def check_wheel(wheel: Path, version: str, scratch: Path) -> None:
    """Install a wheel in a fresh environment and use it on an example.

    Raises ReleaseError if a file is missing, or if a command fails or prints another version.
    """
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.namelist()
    if missing := missing_from_wheel(run("git", "ls-files").splitlines(), packed):
        raise ReleaseError(
            f"the wheel lacks {', '.join(missing)}; see [tool.hatch] in pyproject.toml"
        )

    venv.create(scratch / "venv", with_pip=True)
    programs = scratch / "venv" / "bin"
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--no-deps")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, wheel)

    shutil.copytree(ROOT / "examples" / EXAMPLE, scratch / EXAMPLE)
    command = programs / "launch-kits"
    shown = run(command, "--version", cwd=scratch)
    if version not in shown.split():
        raise ReleaseError(f"the wheel says {shown.strip()}, not {version}")
    run(command, "check", EXAMPLE, cwd=scratch)
    run(command, "render", f"{EXAMPLE}/brief.yaml", "--format", "pdf", cwd=scratch)


def release(*, tag: bool) -> None:
    """Check everything, and tag if asked to."""
    version = project_version()
    check_repository(version)
    text = CHANGELOG.read_text(encoding="utf-8")
    changelog = dated(text, version, datetime.now(UTC).date().isoformat())

    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder) / "dist")
        check_wheel(wheel, version, Path(folder))
        print(f"{wheel.name}: complete; its commands work in a fresh environment")
        if not tag:
            print(f"nothing was changed; --tag dates the changelog and tags v{version}")
            return
        CHANGELOG.write_text(changelog, encoding="utf-8")
        run("git", "commit", "--quiet", "--message", f"Release {version}", CHANGELOG)
        run(
            "git", "tag", "--annotate", "--message", f"Release {version}", f"v{version}"
        )
        shutil.copytree(wheel.parent, ROOT / "dist", dirs_exist_ok=True)
    print(f"tagged v{version}; dist/ holds the archive and the wheel")


def main() -> int:
    """Release; returns 1 if something speaks against it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tag", action="store_true", help="date the changelog and tag")
    asked = parser.parse_args()
    try:
        release(tag=asked.tag)
    except ReleaseError as error:
        print(f"not released: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
