import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Author, Revision, Section, Status, Story
from tests.factories import a_section, a_story, an_author
from tests.press.turned import SITE, turned

pytestmark = pytest.mark.django_db

WEIR = """\
The weir at Chak Nine holds
By Mehreen Talpur
3 March 2025

The gate that jammed on Friday was lifted by hand on Sunday, with ropes and forty volunteers.
Water reached the last outlet before dawn.
"""


@pytest.fixture(autouse=True)
def _a_section():
    a_section(slug="first", position=1)
    a_section(slug="news", position=2)


@pytest.fixture
def weir(tmp_path):
    path = tmp_path / "weir.txt"
    path.write_text(WEIR, "utf-8")
    return path


def bring_in(*given, **options):
    call_command("import_stories", "text", *map(str, given), **options)


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Story, Revision, Author, Article)]


def test_a_capture_becomes_a_draft_with_its_byline_and_a_revision(weir):
    bring_in(weir)
    story = Story.objects.get()
    assert story.status == Status.DRAFT
    assert story.section.slug == "news"
    assert story.slug == "the-weir-at-chak-nine-holds"
    assert story.body.count("<p>") == 2
    assert [line.author.name for line in story.bylines.all()] == ["Mehreen Talpur"]
    assert story.revisions.get().data["source"] == {"format": "text", "key": story.slug}
    assert not Article.including_unpublished.exists()


def test_a_published_capture_carries_the_date_of_its_source(weir):
    bring_in(weir, publish=True)
    article = Article.objects.get()
    assert article.get_absolute_url() == "/en/2025/03/03/the-weir-at-chak-nine-holds/"
    assert article.published_at.isoformat() == "2025-03-02T19:00:00+00:00"


@pytest.mark.parametrize("printing", [True, False])
def test_a_second_run_changes_nothing(weir, printing, capsys):
    bring_in(weir, publish=printing)
    before = everything()
    bring_in(weir, publish=printing)
    assert everything() == before
    assert "here already, unchanged" in capsys.readouterr().out


def test_what_an_editor_changed_since_stays(weir):
    bring_in(weir)
    Story.objects.update(headline="The weir holds", slug="weir")
    before = everything()
    bring_in(weir)
    assert everything() == before


def test_another_text_under_the_same_headline_is_left_and_reported(weir, capsys):
    bring_in(weir)
    before = everything()
    weir.write_text(WEIR + "A third sentence came later.\n", "utf-8")
    bring_in(weir)
    assert everything() == before
    assert "here already, and different" in capsys.readouterr().out


def test_a_story_of_the_desk_with_the_same_headline_is_another_story(weir):
    a_story(headline="The weir at Chak Nine holds", slug="the-weir-at-chak-nine-holds")
    bring_in(weir, publish=True)
    assert Story.objects.count() == 2


def test_a_draft_that_came_in_earlier_can_be_printed_by_a_later_run(weir):
    bring_in(weir)
    bring_in(weir, publish=True)
    assert Article.objects.get().story == Story.objects.get()


def test_a_known_author_is_not_made_again(weir):
    known = an_author(slug="mehreen-talpur", name="Mehreen Talpur", bio="Writes about water.")
    bring_in(weir)
    assert list(Author.objects.all()) == [known]
    assert Author.objects.get().bio == "Writes about water."


def test_the_press_refuses_a_story_without_a_byline_and_it_stays_a_draft(tmp_path, weir, capsys):
    nobody = tmp_path / "nobody.txt"
    nobody.write_text(WEIR.replace("By Mehreen Talpur\n", "").replace("weir", "sluice"), "utf-8")
    bring_in(nobody, weir, publish=True)
    assert "Not printed: Nobody stands in the byline." in capsys.readouterr().out
    assert dict(Story.objects.values_list("slug", "status")) == {
        "the-sluice-at-chak-nine-holds": Status.DRAFT,
        "the-weir-at-chak-nine-holds": Status.PRINTED,
    }


def test_a_wire_under_embargo_stays_under_it(weir):
    weir.write_text(WEIR.replace("2025", "2199"), "utf-8")
    bring_in(weir, publish=True)
    assert not Article.objects.exists()
    assert Article.including_unpublished.get().published_on.year == 2199
    assert Story.objects.get().publish_at.year == 2199


def test_a_dry_run_says_what_would_happen_and_stores_nothing(weir, capsys):
    before = everything()
    bring_in(weir, publish=True, dry_run=True)
    assert everything() == before
    out = capsys.readouterr().out
    assert "printed: “The weir at Chak Nine holds”" in out
    assert "nothing was stored" in out


def test_one_unreadable_file_stores_nothing_of_the_others(weir, tmp_path):
    empty, latin = tmp_path / "empty.txt", tmp_path / "latin.txt"
    empty.write_text("  \n", "utf-8")
    latin.write_bytes("Caf\xe9\n".encode("latin-1"))
    with pytest.raises(CommandError) as refused:
        bring_in(weir, tmp_path / "gone.txt", tmp_path, empty, latin)
    said = str(refused.value).splitlines()
    assert [line.split(" is ")[1][:9] for line in said[:4]] == [
        "not there",
        "a folder.",
        "empty. Sa",
        "not UTF-8",
    ]
    assert all(line.startswith(str(tmp_path)) for line in said[:4])
    assert said[-1] == "Nothing was stored."
    assert refused.value.returncode == 1
    assert not Story.objects.exists()
    assert not Author.objects.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"edition": "fr"}, "there are: en, ur"),
        ({"section": "gardens"}, "no section “gardens”. There are: first, news."),
        ({"edition": "ur", "section": "gardens"}, "There are: none yet"),
    ],
)
def test_a_wrong_edition_or_section_is_named_with_those_there_are(weir, options, said):
    with pytest.raises(CommandError, match=said):
        bring_in(weir, **options)
    assert not Story.objects.exists()


def test_an_unknown_format_is_answered_with_the_known_ones(weir):
    with pytest.raises(CommandError, match="There are: text, html"):
        call_command("import_stories", "telex", str(weir))


def test_the_report_holds_the_fate_of_every_line(weir, tmp_path):
    weir.write_text("1 hour ago\n" + WEIR.replace("gate", "gate "), "utf-8")
    report = tmp_path / "report.json"
    bring_in(weir, report=report)
    written = json.loads(report.read_text("utf-8"))
    story = written["stories"][0]
    assert (story["outcome"], story["date"], story["authors"]) == ("draft", "2025-03-03", ["Mehreen Talpur"])
    assert story["receipt"]["dropped"][0]["line"] == 1
    assert story["receipt"]["repaired"] == [{"line": 6, "repairs": ["several spaces for one"]}]
    assert story["receipt"]["kept"] == {
        "2": "headline",
        "3": "byline",
        "4": "date",
        "6": "paragraph",
        "7": "paragraph",
    }


def test_a_report_that_cannot_be_written_takes_everything_back(weir, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        bring_in(weir, report=tmp_path)
    assert not Story.objects.exists()


def test_a_report_tells_of_unreadable_files_too(tmp_path):
    report = tmp_path / "report.json"
    with pytest.raises(CommandError):
        bring_in(tmp_path / "gone.txt", report=report)
    assert "is not there" in json.loads(report.read_text("utf-8"))["errors"][0]


def test_an_urdu_capture_goes_into_its_edition(tmp_path):
    a_section(edition="ur", slug="pakistan")
    path = tmp_path / "پل.txt"
    path.write_text(
        "پل کھل گیا\nویب ڈیسک\n3 مارچ 2025\nگاؤں کے لوگ صبح دودھ لے کر نکلے تو پل کھلا تھا۔\n", "utf-8"
    )
    bring_in(path, edition="ur", publish=True)
    assert Article.objects.get().get_absolute_url().startswith("/ur/2025/03/03/")
    assert Author.objects.get(edition="ur").name == "ویب ڈیسک"


def test_a_saved_page_comes_in_the_same_way(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<h1>Boats come home</h1><p>By Mehreen Talpur</p><p>They came <b>home</b> early &lt;all&gt;.</p>",
        "utf-8",
    )
    call_command("import_stories", "html", str(path), publish=True)
    assert "early &lt;all&gt;." in Article.objects.get().body_html


@pytest.mark.parametrize(("dry", "sections"), [(False, ["news"]), (True, [])])
def test_the_first_stories_of_an_empty_newsroom_get_a_section(tmp_path, dry, sections):
    Section.objects.all().delete()
    page = tmp_path / "page.txt"
    page.write_text(
        "Rain at last\n\nThe river rose in the night and was back in its bed by noon, wardens said.\n"
    )
    call_command("import_stories", "text", str(page), draft=True, dry_run=dry)
    assert list(Section.objects.values_list("slug", flat=True)) == sections


def test_stories_that_come_in_turn_the_site_once_they_are_printed(weir):
    assert turned(lambda: bring_in(weir)) == {}
    weir.write_text(WEIR.replace("Chak Nine", "Chak Ten"), "utf-8")
    assert turned(lambda: bring_in(weir, publish=True)) == SITE
    assert turned(lambda: bring_in(weir, publish=True)) == {}
