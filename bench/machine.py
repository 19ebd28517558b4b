"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

import django
import granian


def described() -> str:
    memory = int(_read("/proc/meminfo", r"MemTotal: +(\d+) kB")) / 2**20
    model = _read("/proc/cpuinfo", r"model name\s+: (.+)")
    return (
        f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, "
        f"Linux {platform.release()}; Python {platform.python_version()}, Django {django.__version__}, "
        f"granian {granian.__version__}"
    )


def version_of(program: str) -> str:
    """Of nginx or wrk, whichever way it says it."""
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+[\w.]*", said.stdout + said.stderr)
    return f"{program} {found[0]}" if found else program


def _read(path: str, pattern: str) -> str:
    found = re.search(pattern, Path(path).read_text())
    return found[1] if found else "?"
