"""Readers' addresses. The paths are fixed (README, "Addresses"); the names are what our code uses."""

from django.urls import include, path

from articles.press.pagecache.keeping import kept
from articles.site import feeds, machines, views

in_an_edition = [
    path("", kept(views.front), name="front"),
    path("stories/", kept(views.stories), name="stories"),
    path("tag/", kept(views.tags), name="tags"),
    path("tag/<word:slug>/", kept(views.tag), name="tag"),
    path("author/<word:slug>/", kept(views.author), name="author"),
    path("archive/", views.archive, name="archive"),
    path("archive/<yyyy:year>/", kept(views.archive_year), name="archive_year"),
    path("archive/<yyyy:year>/<mm:month>/", kept(views.archive_month), name="archive_month"),
    path("feed.<slug:form>", kept(feeds.edition_feed), name="edition_feed"),
    path("tag/<word:slug>/feed.<slug:form>", kept(feeds.tag_feed), name="tag_feed"),
    path("author/<word:slug>/feed.<slug:form>", kept(feeds.author_feed), name="author_feed"),
    path("<yyyy:year>/<mm:month>/<dd:day>/<word:slug>/", kept(views.article), name="article"),
    path("<word:slug>/", kept(views.section), name="section"),
    path("<word:slug>/feed.<slug:form>", kept(feeds.section_feed), name="section_feed"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("robots.txt", kept(machines.robots), name="robots"),
    path("sitemap.xml", kept(machines.sitemap_index), name="sitemap"),
    path(
        "sitemap-<edition:edition>-<yyyy:year>-<mm:month>.xml",
        kept(machines.sitemap_month),
        name="sitemap_month",
    ),
    path(
        "sitemap-<edition:edition>-<yyyy:year>-<mm:month>-<dd:day>.xml",
        kept(machines.sitemap_day),
        name="sitemap_day",
    ),
    path("news-sitemap.xml", kept(machines.news_sitemap), name="news_sitemap"),
    path("speculation-rules.json", machines.speculation_rules, name="speculation_rules"),
    path("<edition:edition>/", include(in_an_edition)),
]
