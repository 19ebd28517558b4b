"""An editor in a process of her own: prints a story for each line of her input, and says which and when."""

import json
import sys
import time

import django

django.setup()

from articles.models import Author, Byline, Section, Story  # noqa: E402
from articles.press.publishing import publish  # noqa: E402

section = Section.objects.filter(edition="en")[0]
author = Author.objects.filter(edition="en")[0]


def a_story(number: int) -> Story:
    story: Story = Story.objects.create(
        edition="en",
        section=section,
        headline=f"Measured news, number {number} of {time.time_ns()}",
        body="<p>The river rose in the night and was back in its bed by noon.</p>",
    )
    Byline.objects.create(story=story, author=author)
    story.tags.set(["Measured"])
    return story


print("ready", flush=True)
for number, _line in enumerate(sys.stdin):
    story = a_story(number)
    begun = time.monotonic()  # one clock for all processes of a machine
    publish(story, by=None)
    print(json.dumps({"headline": story.headline, "begun": begun, "done": time.monotonic()}), flush=True)
