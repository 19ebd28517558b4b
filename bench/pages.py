"""The pages that bench/run.py measures, found in the archive it made: one line each, name and path."""

import django

django.setup()

from articles.models import Article  # noqa: E402

english = Article.objects.in_edition("en")
# an ordinary article; the hot one carries 2,000 comments
article = english.filter(comment_count__lt=100, article_tags__isnull=False).newest_first()[5]
hot = english.order_by("-comment_count")[0]
tag, author = article.tags.all()[0], article.authors.all()[0]

PAGES = {
    "article": article.get_absolute_url(),
    "front": "/en/",
    "front-urdu": "/ur/",
    "section": article.section.get_absolute_url(),
    "tag": tag.get_absolute_url(),
    "author": author.get_absolute_url(),
    "stories": "/en/stories/",
    "stories-by-tag": f"/en/stories/?tags={tag.slug}",
    "feed": "/en/feed.rss",
    "hot-article": hot.get_absolute_url(),
    "discussion": hot.discussion_url(),
}

for name, path in PAGES.items():
    print(name, path)
