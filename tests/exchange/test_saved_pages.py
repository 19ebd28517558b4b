import datetime

import pytest

from articles.exchange.manuscripts import Unreadable
from articles.exchange.saved_pages import read_html

PAGE = """<!doctype html><html><head><title>Ignored</title><script>var a = "<p>no</p>";</script></head><body>
<nav><a>Home</a><a>News</a></nav>
<article><p>Coast</p>
<h1>Boats come home <em>early</em></h1>
<p>By Mehreen Talpur</p><time datetime="2025-03-03T08:00:00+05:00">1 hour ago</time>
<p>The boats of Sandhi Goth came in at noon, hours before the wind that had been forecast&nbsp;for the evening.</p>
<h2>Ice.</h2>
<p>There was no ice to be had at the harbour, and the catch was sold on the sand &amp; the road.</p>
</article><footer><p>Small print</p></footer></body></html>"""


def test_a_saved_page_is_read_by_its_marks():
    manuscript = read_html(PAGE.encode())
    assert manuscript.headline == "Boats come home early"
    assert manuscript.authors == ("Mehreen Talpur",)
    assert (manuscript.date, manuscript.time) == (datetime.date(2025, 3, 3), datetime.time(8, 0))
    assert manuscript.headings == ["Ice."]
    assert len(manuscript.body) == 3
    assert manuscript.body[-1].text.endswith("the sand & the road.")
    assert [line.number for line in manuscript.receipt.lines if line.kept == "headline"] == [4]
    assert [line.dropped for line in manuscript.receipt.dropped] == [
        "stands above the headline",
        "how long ago, seen from the day of the capture",
    ]


@pytest.mark.parametrize("page", ["", "<html></html>", "<script>1</script>", "<h1>Only a headline</h1>"])
def test_a_page_without_a_story_is_refused(page):
    with pytest.raises(Unreadable):
        read_html(page.encode())
