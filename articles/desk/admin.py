"""Every page of the desk."""

from articles.desk.library import ArticleAdmin, AuthorAdmin, ImageAdmin, SectionAdmin, TagAdmin
from articles.desk.people import PersonAdmin
from articles.desk.stories import StoryAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "ImageAdmin",
    "PersonAdmin",
    "SectionAdmin",
    "StoryAdmin",
    "TagAdmin",
]
