"""Run inside the newsroom of two machines: makes whom and what its test needs, and prints that as JSON."""

import io
import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from articles.models import Article  # noqa: E402
from articles.press.turning import turn_site  # noqa: E402
from tests.factories import a_section, an_author, an_editor  # noqa: E402

call_command("migrate", verbosity=0)
call_command("make_archive", stories=400, words=200, stdout=io.StringIO())
turn_site()  # pages are kept from the first turn on
editor, english = an_editor(), Article.objects.in_edition("en")[:50]
print(
    json.dumps(
        {
            "editor": editor.username,
            "password": "a long secret",
            "section": a_section().pk,
            "author": an_author().pk,
            "list": english[0].section.get_absolute_url(),
            "stories": [one.get_absolute_url() for one in english],
        }
    )
)
