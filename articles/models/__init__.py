"""What the newsroom keeps. Import from here; the modules are its drawers."""

from articles.models.articles import (
    Article,
    ArticleAuthor,
    ArticleQuerySet,
    ArticleTag,
    FormerAddress,
    Recent,
)
from articles.models.comments import FIRST_SHOWN, Comment, first_shown
from articles.models.editions import Edition
from articles.models.media import Image
from articles.models.people import Author
from articles.models.questions import (
    ABOUT,
    IN_EDITION,
    IN_SECTION,
    SIGNED_BY,
    article_at,
    authors_in_print,
    front_articles,
    most_discussed,
    recent_for,
    tag_counts,
    translations_of,
)
from articles.models.stories import Byline, Correction, Genre, Revision, Status, Story, StoryTag
from articles.models.topics import Section, Tag
from articles.models.turns import SITE, TALK, Turn

__all__ = [
    "ABOUT",
    "FIRST_SHOWN",
    "IN_EDITION",
    "IN_SECTION",
    "SIGNED_BY",
    "SITE",
    "TALK",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "ArticleTag",
    "Author",
    "Byline",
    "Comment",
    "Correction",
    "Edition",
    "FormerAddress",
    "Genre",
    "Image",
    "Recent",
    "Revision",
    "Section",
    "Status",
    "Story",
    "StoryTag",
    "Tag",
    "Turn",
    "article_at",
    "authors_in_print",
    "first_shown",
    "front_articles",
    "most_discussed",
    "recent_for",
    "tag_counts",
    "translations_of",
]
