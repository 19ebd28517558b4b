"""A real Chromium, the machine's own: nothing is downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.__main__ import chromium

# Playwright keeps an event loop in the test's thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = (
    "--no-sandbox",  # as root, where CI runs
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = chromium()
    if path is None:
        pytest.skip("No Chromium: apt install chromium, or set CHROMIUM to its path.")
    return {"executable_path": path, "args": list(QUIET), "headless": True}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Tests name the live server themselves; the plug-in's own fixture is one that pytest warns about."""


@pytest.fixture(autouse=True)
def _pages_end_before_their_server(live_server: LiveServer, browser: Browser) -> Iterator[None]:
    """A connection that a browser keeps open outlives the test's database, and fails when it is closed."""
    yield
    for context in browser.contexts:
        context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
