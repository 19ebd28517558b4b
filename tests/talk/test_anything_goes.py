"""Whatever is thrown at the door: an answer, never a 500, and a whole comment or none."""

from __future__ import annotations

import time
import unicodedata

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Comment
from articles.talk import flood
from articles.talk.forms import DIRECTIONS, KEPT, CommentForm, kept, printable
from tests.factories import a_comment, an_article

pytestmark = pytest.mark.django_db
OURS = {"x-newsroom": "talk", "origin": "http://testserver"}
SANE = {200, 201, 303, 400, 403, 404, 413, 422}

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "9" * 30,
        "\x00",
        "\u202eabc",
        "a@b.org",
        "hina@example.org",
        "Hina",
        "x" * 5001,
        "٣",
    ]
)
forms = st.dictionaries(
    st.sampled_from(["name", "email", "body", "parent", "website", "confirm", "change", "x"]),
    anything,
    max_size=8,
)
headers = st.sampled_from([OURS, {}, {"origin": "http://testserver"}, {"x-newsroom": "talk"}])
whatever = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def whole(comment: Comment) -> bool:
    return (
        2 <= len(comment.name) <= 60
        and 2 <= len(comment.body) <= 5000
        and "@" in comment.email
        and bool(comment.path)
        and not DIRECTIONS.search(comment.name)
        and not {"\x00", "\x08"} & set(comment.name + comment.body + comment.email)
        and comment.status in {Comment.Status.WAITING, Comment.Status.SPAM}
    )


@pytest.fixture(autouse=True)
def _no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred comments come from one address here."""
    monkeypatch.setattr(flood, "MOST", 10_000)


@pytest.fixture
def address() -> str:
    article = an_article()
    a_comment(on=article)
    return article.discussion_url()


@whatever
@given(form=forms, headers=headers)
def test_any_words(address: str, form: dict[str, str], headers: dict[str, str]) -> None:
    response = Client().post(address, form, headers=headers)
    assert response.status_code in SANE
    assert all(whole(comment) for comment in Comment.objects.exclude(status=Comment.Status.SHOWN))


@whatever
@given(name=anything, body=anything, parent=anything)
def test_any_words_with_a_good_address(address: str, name: str, body: str, parent: str) -> None:
    form = {"name": name, "body": body, "email": "hina@example.org", "parent": parent}
    before = Comment.objects.count()
    response = Client().post(address, form, headers=OURS)
    assert response.status_code in {201, 422}
    assert Comment.objects.count() - before in ({0, 1} if response.status_code == 201 else {0})
    assert all(whole(comment) for comment in Comment.objects.exclude(status=Comment.Status.SHOWN))


@whatever
@given(
    raw=st.binary(max_size=300)
    | st.binary(max_size=60).map(lambda some: b"name=Hina&email=h@example.org&body=" + some),
    kind=st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/x-www-form-urlencoded; charset=nonsense",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json",
            "",
        ]
    ),
    headers=headers,
)
def test_any_bytes(address: str, raw: bytes, kind: str, headers: dict[str, str]) -> None:
    response = Client().generic("POST", address, raw, content_type=kind, headers=headers)
    assert response.status_code in SANE
    assert all(whole(comment) for comment in Comment.objects.exclude(status=Comment.Status.SHOWN))


@whatever
@given(after=anything, reply=anything)
def test_any_place_to_read_from(address: str, after: str, reply: str) -> None:
    assert Client().get(address, {"after": after, "reply": reply}).status_code == 200


@pytest.mark.parametrize("field", ["name", "email", "body", "parent", "website"])
def test_too_much_of_everything(address: str, field: str) -> None:
    form = {"name": "Hina", "email": "hina@example.org", "body": "Hm.", field: "x" * 200_000}
    assert Client().post(address, form, headers=OURS).status_code in ({422} if field != "website" else {201})


@settings(max_examples=150, deadline=None)
@given(body=st.text(max_size=60))
def test_what_is_taken_is_taken_unchanged_the_second_time(body: str) -> None:
    """Cleaning twice is cleaning once, so the confirmed words are the words that were shown."""
    field = CommentForm.base_fields["body"]
    once = field.to_python(printable(body))
    assert field.to_python(printable(once)) == once


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_only_control_characters_are_taken_out(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    wanted = [char for char in lines if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}]
    assert printable(text) == "".join(wanted)


def test_of_megabytes_only_the_beginning_is_looked_at() -> None:
    begun = time.process_time()
    typed = kept(dict.fromkeys(CommentForm.base_fields, "x\x00" * 2_500_000))
    assert time.process_time() - begun < 0.2
    assert {len(text) for text in typed.values()} == {KEPT // 2}
