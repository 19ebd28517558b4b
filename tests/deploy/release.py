"""The paper itself, as a release stands on a server: a copy with its own database, pictures and collected files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.front import DEPLOY, running
from tests.deploy.upstream import HERE

HOUSE = DEPLOY.parent
PARTS = ("articles", "newsroom", "templates", "static", "locale")


@dataclass(frozen=True)
class Release:
    folder: Path
    database: Path

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **clean,
            "SECRET_KEY": "only-for-tests-never-for-readers",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "MEDIA_ROOT": str(self.folder / "media"),
        }

    def manage(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=self.folder, env=self.environment, check=True, capture_output=True)

    @contextmanager
    def served(self, port: int) -> Iterator[subprocess.Popen[bytes]]:
        command = [shipped_command(sys.executable), *shipped_words(port)]
        log = self.folder / "granian.log"
        with running(command, port, log, cwd=self.folder, env=self.environment) as process:
            yield process


def shipped_words(port: int) -> list[str]:
    """What the unit gives granian, with the port of the test."""
    unit = (DEPLOY / "systemd/newsroom@.service").read_text()
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    return line.replace("--port 8000", f"--port {port}").split()[1:]


def shipped_command(python: str) -> str:
    return str(Path(python).parent / "granian")


def a_release(folder: Path, database: Path) -> Release:
    """With its files collected, and the demo edition where the database has none."""
    for name in PARTS:
        shutil.copytree(HOUSE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "manage.py", folder)
    database.parent.mkdir(exist_ok=True)
    release = Release(folder, database)
    release.manage("migrate")
    release.manage("demo")
    release.manage("collectstatic", "--no-input")
    return release


def address(port: int, path: str) -> str:
    return f"http://{HERE}:{port}{path}"
