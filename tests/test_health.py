"""What operators' programs hear of the newsroom's health."""

import pytest
from django.core.cache.backends.dummy import DummyCache
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor

from newsroom import health

pytestmark = pytest.mark.django_db


def test_a_newsroom_that_has_everything_is_ready(client):
    answer = client.get("/healthz/ready")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "migrations": "ok", "cache": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_it_lives_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz/live").status_code == 200


def test_without_its_database_it_lives_but_is_not_ready(client, monkeypatch):
    def away():
        raise OperationalError("connection to 10.0.0.7 refused, password secret")

    monkeypatch.setitem(health.PARTS, "database", away)
    answer = client.get("/healthz/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] == "OperationalError"
    assert b"secret" not in answer.content
    assert client.get("/healthz/live").status_code == 200


def test_a_migration_that_waits_is_told(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one", "two"])
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "2 to run")


def test_a_cache_that_forgets_is_told(client, monkeypatch):
    monkeypatch.setattr(health, "cache", DummyCache("nothing", {}))
    assert client.get("/healthz/ready").json()["cache"] == "forgets"


def test_only_reading_is_asked(client):
    assert client.post("/healthz/live").status_code == 405
