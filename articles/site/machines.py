from articles.site.views import _soon

robots = sitemap_index = sitemap_page = news_sitemap = _soon
