"""nginx: as the measure of what a web server can do at all, and as it ships before the application."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.newsrooms import HOUSE
from bench.reading import Answer
from bench.servers import a_free_port, wait_for_answer
from newsroom.start import HOST

# two workers, as the application has; the same as is usual where speed is wanted
STATIC = """
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=100;
    default_type "text/html; charset=utf-8";
    {temporary}
    server {{
        listen {host}:{port} reuseport;
        root {folder};
        location / {{
            add_header Content-Encoding "{encoding}";
            try_files /page =404;
        }}
    }}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
SHIPPED = HOUSE / "deploy" / "nginx.conf"


def is_there() -> bool:
    return shutil.which("nginx") is not None


def is_shipped() -> bool:
    return SHIPPED.is_file()


@contextmanager
def with_the_same_bytes(answer: Answer, folder: Path) -> Iterator[tuple[int, list[int]]]:
    """nginx on a port of its own, giving that answer's body as a file; its port and its processes."""
    folder.mkdir()
    (folder / "page").write_bytes(answer.body)
    port = a_free_port()
    temporary = "\n    ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    written = STATIC.format(
        folder=folder, host=HOST, port=port, encoding=answer.encoding or "identity", temporary=temporary
    )
    (folder / "nginx.conf").write_text(written)
    with _running(folder, port) as processes:
        yield port, processes


@contextmanager
def as_shipped(upstream: int, folder: Path) -> Iterator[tuple[int, list[int]]]:
    """deploy/nginx.conf before the application on that port, with the places of this machine in it."""
    shutil.copytree(SHIPPED.parent, folder)
    port = a_free_port()
    places = {
        "user www-data;": "",
        "include /etc/nginx/modules-enabled/*.conf;": "",
        "/etc/nginx/newsroom/": f"{folder}/nginx/",
        "/var/cache/nginx": f"{folder}",
        "/var/log/nginx": f"{folder}",
        "/run/nginx.pid": f"{folder}/pid",
        "127.0.0.1:8000": f"{HOST}:{upstream}",
        "listen 80 default_server": f"listen {HOST}:{port}",
    }
    for path in (folder / "nginx.conf", *(folder / "nginx").glob("*.conf")):
        text = path.read_text()
        for shipped, here in places.items():
            text = text.replace(shipped, here)
        path.write_text(text)
    with _running(folder, port) as processes:
        yield port, processes


@contextmanager
def _running(folder: Path, port: int) -> Iterator[list[int]]:
    if os.geteuid() == 0:
        for path in (folder.parent, folder):
            path.chmod(0o777)  # its workers are not root
    process = subprocess.Popen(["nginx", "-e", "stderr", "-c", folder / "nginx.conf", "-g", "daemon off;"])
    try:
        wait_for_answer(port, "/en/", process)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        yield [process.pid, *map(int, children.split())]
    finally:
        process.terminate()
        process.wait(timeout=20)
