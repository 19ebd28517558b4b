"""Production's files, started for real. None of these tests has to do with the database of the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.__main__ import free_port
from tests.deploy.front import Front, in_front
from tests.deploy.upstream import Upstream


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream(free_port())
    yield server
    server.go()


@pytest.fixture
def front(upstream: Upstream, tmp_path: Path) -> Iterator[Front]:
    with in_front(tmp_path, upstream.server_port) as started:
        yield started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.once)
