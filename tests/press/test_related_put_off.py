import pytest

from articles.models import Recent, recent_for
from articles.press import related
from tests.factories import ago, an_article

pytestmark = pytest.mark.django_db


def test_related_reads_of_a_load_are_chosen_once_at_its_end():
    before = an_article(tags=["Salt"], at=ago(hours=3))
    with related.put_off():
        one, two = (an_article(tags=["Salt"], at=ago(hours=hours)) for hours in (2, 1))
        assert not Recent.objects.exists()
    assert recent_for(one) == [two, before]
    assert recent_for(two) == [one, before]
    assert recent_for(before) == [two, one]


def test_an_interrupted_load_has_its_related_reads_all_the_same():
    printed = []

    def interrupted():
        with related.put_off():
            printed.extend([an_article(), an_article()])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    one, two = printed
    assert recent_for(one) == [two]
    third = an_article()
    assert third in recent_for(one)
