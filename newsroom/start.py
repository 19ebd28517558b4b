"""`make run` and `make dev`: what a first start needs is made, then this process becomes the server."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

HOUSE = Path(__file__).resolve().parent.parent
SECRET = HOUSE / "var" / "secret_key"
HOST = "127.0.0.1"
SERVER = ["granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
# a worker that is told to stop in the moment it begins, or twice at once as Ctrl-C does (at the terminal and by
# granian), would keep the port for good: hence a limit, and a short one, for somebody waits at the terminal
CREW = ["--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "1"]


class CannotStart(Exception):
    """One line for the person at the terminal."""


def main(dev: bool) -> None:
    try:
        port = free_port(os.environ.get("PORT") or "8000")
        furnish(port, dev=dev)
        prepare(dev=dev)
    except OperationalError as fault:
        sys.exit(
            f"The newsroom cannot start: the database of DATABASE_URL does not answer: {str(fault).strip()}"
        )
    except (CannotStart, CommandError, ImproperlyConfigured) as fault:
        sys.exit(f"The newsroom cannot start: {str(fault).strip()}")
    sys.stdout.write(
        f"The newspaper: http://{HOST}:{port}/   The desk: http://{HOST}:{port}/admin/   Stop: Ctrl-C\n"
    )
    become(server(port, dev=dev))


def free_port(given: str) -> int:
    """The port, if it is one and nobody listens there."""
    if not (given.isascii() and given.isdecimal()) or not 0 < int(given) < 65536:
        raise CannotStart(f"PORT is {given!r}, which is no port. Example: PORT=8001")
    port = int(given)
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError as taken:
            # below 1024 a port is root's, and above 65534 there is no next one
            other = port + 1 if 1024 <= port < 65535 else 8001
            raise CannotStart(
                f"port {port} cannot be had ({taken.strerror}). Try another: make run PORT={other}"
            ) from taken
    return port


def furnish(port: int, *, dev: bool) -> None:
    """Give the settings what nobody gave them. Production's own values stay."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    os.environ["DEBUG"] = "1" if dev else "0"
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    SECRET.parent.mkdir(mode=0o700, exist_ok=True)  # readers’ addresses and passwords’ hashes are in there
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = kept_secret(SECRET)


def kept_secret(path: Path) -> str:
    """The secret in this file, made on the first call; nobody else may read the file."""
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def prepare(*, dev: bool) -> None:
    django.setup()
    call_command("prepare", static=not dev)


def server(port: int, *, dev: bool) -> list[str]:
    if dev:
        return ["manage.py", "runserver", f"{HOST}:{port}"]
    return ["-m", *SERVER, *CREW, "--host", HOST, "--port", str(port), "newsroom.wsgi:application"]


def become(arguments: list[str]) -> None:
    sys.stdout.flush()
    os.chdir(HOUSE)
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


if __name__ == "__main__":
    main(dev="--dev" in sys.argv[1:])
