"""The units, the compose file and the certificates' variant: read by the programs that will run them."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from articles.management import commands
from tests.__main__ import free_port
from tests.deploy.front import DEPLOY, in_front, lay_out, moved, tool
from tests.deploy.release import HOUSE, shipped_command
from tests.deploy.upstream import HERE, SHARED, Page, Upstream

UNITS = DEPLOY / "systemd"
COMPOSE = DEPLOY / "compose.yaml"
GIVEN = {
    "SECRET_KEY": "a-secret",
    "POSTGRES_PASSWORD": "a-password",
    "SITE_URL": "https://news.example.org",
    "ALLOWED_HOSTS": "news.example.org",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        command, env={**clean, **environment}, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


# -- systemd


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The shipped units, with the programs of this machine: systemd looks whether they are there."""
    for path in [*UNITS.glob("*.service"), *UNITS.glob("*.timer")]:
        text = re.sub(
            r"/srv/newsroom/[^/]+/\.venv/bin/granian", shipped_command(sys.executable), path.read_text()
        )
        text = re.sub(r"/srv/newsroom/[^/]+/\.venv/bin/python", sys.executable, text)
        (tmp_path / path.name.replace("@", "@one")).write_text(text)
    return tmp_path


def test_systemd_reads_every_unit_without_a_complaint(units: Path) -> None:
    names = [str(path) for path in sorted(units.iterdir())]
    assert len(names) == 3
    said = run(tool("systemd-analyze", "systemd"), "verify", "--recursive-errors=no", *names)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.mark.parametrize("unit", ["newsroom@one.service", "newsroom-sessions.service"])
def test_a_unit_can_do_little_harm(units: Path, unit: str) -> None:
    """systemd's own measure, from 0 (none) to 10; 2.0 is what it still calls OK."""
    limits = ["security", "--offline=true", "--no-pager", "--threshold=20"]
    judged = run(tool("systemd-analyze", "systemd"), *limits, str(units / unit))
    assert judged.returncode == 0, judged.stdout + judged.stderr


def test_a_timer_runs_only_what_there_is() -> None:
    ours = {path.stem for path in Path(commands.__path__[0]).glob("*.py")}
    called = re.findall(r"manage\.py (\w+)", "".join(path.read_text() for path in UNITS.glob("*.service")))
    assert called == ["clearsessions"]
    assert set(called) <= ours | {"clearsessions"}


# -- compose


def compose(**given: str) -> subprocess.CompletedProcess[str]:
    return run(tool("docker-compose", "docker-compose"), "-f", str(COMPOSE), "config", **given)


def test_compose_reads_its_file_when_the_secrets_are_given() -> None:
    read = compose(**GIVEN)
    assert read.returncode == 0, read.stderr
    for service in ("app:", "web:", "database:", "cache:", "migrate:"):
        assert f"  {service}" in read.stdout


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_compose_starts_nothing_while_a_value_is_not_given(name: str) -> None:
    refused = compose(**{key: value for key, value in GIVEN.items() if key != name})
    assert refused.returncode != 0
    assert "is not set" in refused.stderr


def test_every_image_is_named_with_its_version() -> None:
    images = re.findall(r"^\s*image: (\S+)", COMPOSE.read_text(), re.MULTILINE)
    images += re.findall(r"^FROM (\S+:\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) >= 6
    bare = [image for image in images if ":" not in image or image.endswith(":latest")]
    assert not bare


def test_what_the_images_are_made_of_is_there_and_reaches_them() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    copied = {line.split()[1] for line in text.splitlines() if re.match(r"COPY (?!--from)", line)}
    let_in = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().split() if line[0] == "!"}
    assert copied == let_in
    assert all((HOUSE / name).exists() for name in copied)


def test_nginx_takes_the_files_as_its_image_changes_them(tmp_path: Path) -> None:
    changes = moved(tmp_path, free_port(), 8000)
    kept = ("user", "/run/nginx.pid", "/var/log/nginx", "server 127")  # these are for the image to change
    main = lay_out(tmp_path, {name: to for name, to in changes.items() if not name.startswith(kept)})
    image = (DEPLOY / "Dockerfile").read_text().partition(" AS web")[2].replace("\\\n", "")
    (script,) = re.findall(r"^RUN (.*)$", image, re.MULTILINE)
    script = script.replace("/etc/nginx/newsroom", f"{tmp_path}/nginx").replace(
        "/etc/nginx/nginx.conf", str(main)
    )
    assert run("sh", "-ec", script).returncode == 0
    shown = main.read_text()
    assert "user www-data" not in shown
    assert "access_log /dev/stdout" in shown
    assert "error_log /dev/stderr" in shown
    other = tmp_path / "nginx/upstream.conf"
    assert other.read_text().count("server app:8000") == 2
    other.write_text(other.read_text().replace("app:8000", "127.0.0.1:8000"))  # no such machine here
    pid = main.read_text().replace("/tmp/nginx.pid", f"{tmp_path}/nginx.pid")
    main.write_text(pid)
    tried = run(tool("nginx", "nginx-light"), "-t", "-c", str(main))
    assert tried.returncode == 0, tried.stderr


# -- certificates


def a_certificate(folder: Path) -> None:
    folder.mkdir()
    made = run(
        *[tool("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"],
        *["-subj", "/CN=news.example.org", "-addext", "subjectAltName=DNS:news.example.org"],
        *["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
    )
    assert made.returncode == 0, made.stderr


def test_with_certificates_the_paper_is_reached_by_https_only(upstream: Upstream, tmp_path: Path) -> None:
    a_certificate(tmp_path / "certificate")
    upstream.pages["/en/"] = Page("the front page", headers=SHARED)
    by_tls = {f"include {tmp_path}/nginx/plain.conf;": f"include {tmp_path}/nginx/tls.conf;"}
    with in_front(tmp_path, upstream.server_port, by_tls) as front:
        moved = front.ask("/en/?q=a")
        assert (moved.status, moved.headers["location"]) == (301, "https://news.example.org/en/?q=a")
        trusting = ssl.create_default_context(cafile=str(tmp_path / "certificate/fullchain.pem"))
        page = over_tls(front.port + 1, trusting, "news.example.org")
        assert "200 OK" in page
        assert page.endswith("|the front page")
        assert upstream.asked[0].headers["x-forwarded-proto"] == "https"
        with pytest.raises(ssl.SSLError):
            over_tls(front.port + 1, trusting, "another.example.org")


def over_tls(port: int, trusting: ssl.SSLContext, name: str) -> str:

    asked = f"GET /en/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
    with (
        socket.create_connection((HERE, port), timeout=10) as door,
        trusting.wrap_socket(door, server_hostname=name) as sealed,
    ):
        sealed.sendall(asked.encode())
        return b"".join(iter(lambda: sealed.recv(65536), b"")).decode()
