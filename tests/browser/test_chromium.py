"""The browser that drives the tests is there and sees the newspaper."""

from __future__ import annotations

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def test_a_browser_opens_the_front_page(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/robots.txt")
    assert "User-agent" in page.content()
