"""The pages that the bench measures, found in the archive that was made: one line each, name and path."""

import django

django.setup()

from articles.models import Article  # noqa: E402
from articles.models.shelves import Place  # noqa: E402

english = Article.objects.in_edition("en")
# an ordinary article; the hot one carries 2,000 comments
article = english.filter(comment_count__lt=100, article_tags__isnull=False).newest_first()[5]
hot = english.order_by("-comment_count")[0]
old = list(english.order_by("published_at", "pk")[:200])[-1]
tag, author = article.tags.all()[0], article.authors.all()[0]
deep = f"?before={Place.of(old)}"  # the place near the end of a long list

PAGES = {
    "article": article.get_absolute_url(),
    "front": "/en/",
    "front-urdu": "/ur/",
    "section": article.section.get_absolute_url(),
    "section-deep": article.section.get_absolute_url() + deep,
    "tag": tag.get_absolute_url(),
    "tag-deep": tag.get_absolute_url() + deep,
    "author": author.get_absolute_url(),
    "tags": "/en/tag/",
    "year": f"/en/archive/{article.published_on:%Y}/",
    "month": f"/en/archive/{article.published_on:%Y/%m}/",
    "stories": "/en/stories/",
    "stories-deep": f"/en/stories/{deep}",
    "stories-by-tag": f"/en/stories/?tags={tag.slug}",
    "feed": "/en/feed.rss",
    "hot-article": hot.get_absolute_url(),
    "discussion": hot.discussion_url(),
}

for name, path in PAGES.items():
    print(name, path)
