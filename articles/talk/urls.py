"""The discussion of an article: read it whole, and write into it."""

from django.urls import path

from articles.press.pagecache.keeping import kept
from articles.talk import views

urlpatterns = [
    path(
        "<edition:edition>/<yyyy:year>/<mm:month>/<dd:day>/<word:slug>/comments/",
        kept(views.discussion),
        name="discussion",
    ),
]
