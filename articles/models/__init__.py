"""What the newsroom keeps. Import from here; the modules are its drawers."""

from articles.models.articles import (
    Article,
    ArticleAuthor,
    ArticleQuerySet,
    ArticleTag,
    FormerAddress,
    Recent,
    newest_of_each,
    tag_counts,
)
from articles.models.comments import Comment
from articles.models.editions import Edition
from articles.models.media import Image
from articles.models.people import Author
from articles.models.stories import Byline, Correction, Genre, Revision, Status, Story, StoryTag
from articles.models.topics import Section, Tag

__all__ = [
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
    "newest_of_each",
    "tag_counts",
]
