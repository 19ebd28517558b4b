import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from articles.text.html import comment_html, sanitised
from articles.text.render import Picture, pictured, pictured_again, render

PICTURE = Picture(
    src="/media/a-480.jpeg", srcset="/media/a-480.webp 480w", avif="/media/a-480.avif 480w", width=480, height=320,
    alt="A dam", caption="A dam.", credit="Desk",
)  # fmt: skip

OLD_IMG = (
    '<img src="/media/a-480.webp" srcset="/media/a-480.webp 480w" sizes="94vw" width="480" height="320"'
    ' alt="A &quot;dam&quot; &gt; river" loading="lazy" decoding="async">'
)


def printed(body, **pictures):
    return render(body, pictures={int(number[1:]): picture for number, picture in pictures.items()})


def test_headings_get_ids_and_stand_in_the_contents():
    page = printed("<h2>The accord</h2><p>x</p><h2>The accord</h2><h3>Who may look</h3><h4>Small</h4>")
    assert [(part["id"], part["level"]) for part in page.contents] == [
        ("s-the-accord", 2), ("s-the-accord-2", 2), ("s-who-may-look", 3),
    ]  # fmt: skip
    assert '<h2 id="s-the-accord-2">The accord</h2>' in page.html


def test_an_urdu_heading_keeps_its_letters_in_its_id():
    assert printed("<h2>پانی کا حساب</h2>").contents[0]["id"] == "s-پانی-کا-حساب"


def test_an_empty_heading_is_left_out():
    page = printed("<h2> <em></em> </h2><p>Text</p>")
    assert page.html == "<p>Text</p>"
    assert page.contents == []


def test_a_figure_is_written_from_the_library_not_from_the_editor():
    page = printed(
        '<figure data-image-id="7"><img src="https://evil.example/"><figcaption>Mine</figcaption></figure>',
        n7=PICTURE,
    )
    assert "evil.example" not in page.html
    assert 'src="/media/a-480.jpeg"' in page.html
    assert '<figcaption>Mine <span class="credit">Desk</span></figcaption>' in page.html


def test_a_figure_without_a_caption_has_the_librarys():
    assert "A dam. <span" in printed('<figure data-image-id="7"></figure>', n7=PICTURE).html


def test_a_browser_is_offered_the_smallest_format_first():
    html = printed('<figure data-image-id="7"></figure>', n7=PICTURE).html
    assert html.index("image/avif") < html.index("image/webp") < html.index("a-480.jpeg")
    assert 'width="480" height="320" alt="A dam" loading="lazy"' in html


def test_a_figure_that_was_printed_in_webp_gets_all_formats_and_keeps_its_words():
    figure = '<figure data-image-id="7"><figcaption>As printed &amp; so</figcaption></figure>'
    whole = printed(f"<p>x</p>{figure}", n7=PICTURE).html
    old = re.sub("<picture>.*</picture>", OLD_IMG, whole)
    assert "avif" not in old
    again = pictured_again(old, {"/media/a-480.webp": PICTURE})
    assert again == whole.replace('alt="A dam"', 'alt="A &quot;dam&quot; &gt; river"')
    assert pictured_again(again, {"/media/a-480.webp": PICTURE}) == again
    assert pictured_again(old, {}) == old


def test_a_figure_of_an_unknown_picture_is_left_out_with_its_caption():
    assert (
        printed('<figure data-image-id="8"><figcaption>Lost</figcaption></figure><p>x</p>').html == "<p>x</p>"
    )


def test_a_table_can_be_scrolled_by_keyboard():
    html = printed("<table><tr><td>1</td></tr></table>").html
    assert html.startswith('<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>')
    assert html.endswith("</table></div>")


def test_a_pull_quote_is_a_quotation():
    assert (
        printed('<aside class="pullquote"><p>So.</p></aside>').html
        == '<blockquote class="pull margin"><p>So.</p></blockquote>'
    )


def test_the_text_has_a_line_for_each_block_and_no_markup():
    assert (
        printed("<h2>One</h2><p>Two <b>three</b></p><ul><li>four</li><li>five</li></ul>").text
        == "One\nTwo three\nfour\nfive"
    )


def test_words_are_counted_in_both_scripts():
    assert printed("<p>Don’t count twice: well-known</p>").words == 4
    assert printed("<p>دریا کا پانی کم ہے۔</p>").words == 5


def test_the_pictures_of_a_body_are_found():
    assert pictured(
        '<figure data-image-id="3"></figure><figure data-image-id="x"></figure><figure data-image-id="12">'
    ) == {3, 12}


def test_scripts_handlers_and_styles_never_come_through():
    wicked = (
        '<p onclick="x()" style="color:red">a<script>alert(1)</script></p><a href="javascript:alert(1)">b</a>'
        '<svg onload=alert(1)><iframe src="//evil.example"></iframe><img src=x onerror=alert(1)>'
    )
    html = printed(wicked).html
    for word in ("script", "onclick", "style", "onload", "iframe", "onerror", "<img"):
        assert word not in html


class Balance(HTMLParser):
    void = ("br", "hr", "img", "source")

    def __init__(self):
        super().__init__()
        self.open = []
        self.attributes = set()

    def handle_starttag(self, tag, attrs):
        self.attributes |= {name for name, _value in attrs}
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


PIECES = st.sampled_from(
    ["<p>", "</p>", "<h2>", "</h2>", '<figure data-image-id="7">', "</figure>", "<figcaption>", "</figcaption>", "<table>",
     "<tr><td>", "</table>", "<script>", "</script>", "<a href='javascript:x'>", "</a>", "<aside class=pullquote>", "</aside>",
     "<div data-embed-url='https://x.example/'>", "<div>", "</div>", "<li>", "<ul>", "&lt;script&gt;", "onload=", '"', "\x00", "ہے"]
)  # fmt: skip


@example(['<figure data-image-id="7">', "<figcaption>", '<figure data-image-id="7">'])
@given(st.lists(PIECES | st.text(max_size=8), max_size=25))
def test_whatever_is_typed_prints_as_balanced_harmless_html(pieces):
    page = render("".join(pieces), pictures={7: PICTURE})
    reader = Balance()
    reader.feed(page.html)
    reader.close()
    assert reader.open == []
    assert not {name for name in reader.attributes if name.startswith("on") or name == "style"}
    assert "<script" not in page.html


@given(st.text(max_size=300))
def test_a_comment_is_text_and_nothing_else(body):
    html = str(comment_html(body))
    assert set(re.findall(r"<\s*(/?\w+)", html)) <= {"p", "/p", "br", "a", "/a"}
    assert html == sanitised_comment(html)


def sanitised_comment(html):
    """The same HTML if there is nothing in it to take away."""
    reader = Balance()
    reader.feed(html)
    assert reader.attributes <= {"dir", "href", "rel"}
    return html


def test_addresses_in_comments_are_links_without_weight():
    html = comment_html("See https://example.org/a?b=1&c=2.\nNext line\n\n<b>bold</b>")
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener"' in html
    assert html.count("<p") == 2
    assert "<br>" in html
    assert "&lt;b&gt;" in html


def test_links_of_editors_keep_only_known_schemes():
    html = sanitised(
        '<a href="https://a.example/">a</a><a href="data:text/html,x">b</a><a href="mailto:x@example.org">c</a>'
    )
    assert "data:" not in html
    assert 'href="mailto:x@example.org"' in html
