"""Readers' addresses. The paths are fixed (README, "Addresses"); the names are what our code uses."""

from django.urls import include, path

from articles.site import feeds, machines, views

in_an_edition = [
    path("", views.front, name="front"),
    path("stories/", views.stories, name="stories"),
    path("tag/", views.tags, name="tags"),
    path("tag/<word:slug>/", views.tag, name="tag"),
    path("author/<word:slug>/", views.author, name="author"),
    path("archive/", views.archive, name="archive"),
    path("archive/<yyyy:year>/", views.archive_year, name="archive_year"),
    path("archive/<yyyy:year>/<mm:month>/", views.archive_month, name="archive_month"),
    path("feed.<slug:form>", feeds.edition_feed, name="edition_feed"),
    path("tag/<word:slug>/feed.<slug:form>", feeds.tag_feed, name="tag_feed"),
    path("author/<word:slug>/feed.<slug:form>", feeds.author_feed, name="author_feed"),
    path("<yyyy:year>/<mm:month>/<dd:day>/<word:slug>/", views.article, name="article"),
    path("<word:slug>/", views.section, name="section"),
    path("<word:slug>/feed.<slug:form>", feeds.section_feed, name="section_feed"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path(
        "sitemap-<edition:edition>-<yyyy:year>-<mm:month>.xml", machines.sitemap_month, name="sitemap_month"
    ),
    path("news-sitemap.xml", machines.news_sitemap, name="news_sitemap"),
    path("speculation-rules.json", machines.speculation_rules, name="speculation_rules"),
    path("<edition:edition>/", include(in_an_edition)),
]
