"""Run inside the newsroom of a bad day: makes its paper, or does what an editor does. Prints what it did as JSON."""

import io
import json
import sys
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Story  # noqa: E402
from articles.press import publishing  # noqa: E402
from tests.factories import a_story  # noqa: E402


def paper() -> list[str]:
    call_command("migrate", verbosity=0)
    call_command("make_archive", stories=60, words=300, stdout=io.StringIO())
    return [one.get_absolute_url() for one in Article.objects.in_edition("en").newest_first()]


def publish(headline: str) -> dict[str, Any]:
    publishing.publish(a_story(headline=headline), by=None)
    return {"at": time.time()}


def address(headline: str) -> str:
    return str(Article.objects.get(headline=headline).get_absolute_url())


def withdraw(headline: str) -> dict[str, Any]:
    publishing.withdraw(Story.objects.get(headline=headline), by=None, reason="It was invented.")
    return {"at": time.time()}


def schedule(headline: str, seconds: float) -> dict[str, Any]:
    due = timezone.now() + timedelta(seconds=seconds)
    publishing.publish(a_story(headline=headline, publish_at=due), by=None)
    return {"due": due.timestamp()}


VERBS = {verb.__name__: verb for verb in (paper, publish, address, withdraw, schedule)}
name, *words = json.loads(sys.argv[1])
print(json.dumps(VERBS[name](*words)))
