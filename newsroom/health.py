"""What operators' programs ask: whether this process lives, and whether it has all that it needs."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nobody: with the database away it still shows readers what it has kept."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when everything is there, else 503; the JSON names each part with "ok" or what is wrong with it."""
    said = {name: _tried(look) for name, look in PARTS.items()}
    return JsonResponse(said, status=200 if set(said.values()) == {"ok"} else 503)


def _tried(look: Callable[[], str]) -> str:
    """Strangers may ask, so the kind of a fault is all they hear; the log has the rest."""
    try:
        return look()
    except Exception as fault:  # whatever is wrong with a part is what is asked for
        return type(fault).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} to run" if waiting else "ok"


def _cache() -> str:
    cache.set("healthz", 1, 5)
    return "ok" if cache.get("healthz") == 1 else "forgets"


PARTS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "cache": _cache}
