import pytest

from articles.models import Article, Comment
from articles.press.counts import recount_comments
from tests.factories import a_comment, an_article

pytestmark = pytest.mark.django_db


def test_shown_comments_are_counted_and_no_others():
    quiet, loud = an_article(), an_article()
    for status in (*["shown"] * 3, "waiting", "rejected", "spam"):
        a_comment(on=loud, status=status)
    Comment.objects.filter(article=loud, status="shown").first().delete()
    Article.objects.update(comment_count=9)
    recount_comments([quiet.pk, loud.pk])
    assert dict(Article.objects.values_list("pk", "comment_count")) == {quiet.pk: 0, loud.pk: 2}
