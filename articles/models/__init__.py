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
from articles.models.counts import (
    AuthorCount,
    Month,
    MonthCount,
    SectionCount,
    TagCount,
    authors_in_print,
    first_month,
    kept_for,
    month_begins,
    months_in_print,
    most_used_tags,
    tags_in_print,
)
from articles.models.editions import Edition
from articles.models.media import Image
from articles.models.people import Author
from articles.models.questions import (
    ABOUT,
    IN_EDITION,
    IN_MONTH,
    IN_SECTION,
    SIGNED_BY,
    article_at,
    front_articles,
    most_discussed,
    newest_of_each,
    recent_for,
    translations_of,
)
from articles.models.stories import Byline, Correction, Genre, Revision, Status, Story, StoryTag
from articles.models.topics import Section, Tag
from articles.models.turns import SITE, TALK, Turn

__all__ = [
    "ABOUT",
    "FIRST_SHOWN",
    "IN_EDITION",
    "IN_MONTH",
    "IN_SECTION",
    "SIGNED_BY",
    "SITE",
    "TALK",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "ArticleTag",
    "Author",
    "AuthorCount",
    "Byline",
    "Comment",
    "Correction",
    "Edition",
    "FormerAddress",
    "Genre",
    "Image",
    "Month",
    "MonthCount",
    "Recent",
    "Revision",
    "Section",
    "SectionCount",
    "Status",
    "Story",
    "StoryTag",
    "Tag",
    "TagCount",
    "Turn",
    "article_at",
    "authors_in_print",
    "first_month",
    "first_shown",
    "front_articles",
    "kept_for",
    "month_begins",
    "months_in_print",
    "most_discussed",
    "most_used_tags",
    "newest_of_each",
    "recent_for",
    "tags_in_print",
    "translations_of",
]
