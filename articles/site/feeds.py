from articles.site.views import _soon

edition_feed = tag_feed = author_feed = section_feed = _soon
