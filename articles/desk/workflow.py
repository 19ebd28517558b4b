"""Which verbs the desk offers for a story, to whom, and carrying them out."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy

from articles.models import Article, Status, Story
from articles.press import publishing
from articles.press.publishing import PressError


class Verb(models.TextChoices):
    """What a button of the story's page does after saving."""

    SUBMIT = "submit", pgettext_lazy("button", "Submit")
    RETURN = "return", pgettext_lazy("button", "Return to the writer")
    PUBLISH = "publish", pgettext_lazy("button", "Publish")
    UPDATE = "update", pgettext_lazy("button", "Print update")
    CORRECT = "correct", pgettext_lazy("button", "Correct…")
    WITHDRAW = "withdraw", pgettext_lazy("button", "Withdraw…")

    @property
    def is_forward(self) -> bool:
        """May stand as the main button: the story's next step."""
        return self in {Verb.SUBMIT, Verb.PUBLISH, Verb.UPDATE}

    @property
    def asks_first(self) -> bool:
        """Has a page of its own, where words to the readers are written."""
        return self in {Verb.CORRECT, Verb.WITHDRAW}

    def allowed_to(self, user: User | AnonymousUser) -> bool:
        may_print = user.has_perm("articles.publish_story")
        return may_print or self is Verb.SUBMIT


# The main button stands last.
_OFFERED = {
    Status.DRAFT: (Verb.SUBMIT, Verb.PUBLISH),
    Status.SUBMITTED: (Verb.RETURN, Verb.PUBLISH),
    Status.PRINTED: (Verb.WITHDRAW, Verb.CORRECT, Verb.UPDATE),
    Status.WITHDRAWN: (Verb.PUBLISH,),
}


def offered(story: Story, user: User | AnonymousUser) -> list[Verb]:
    return [verb for verb in _OFFERED[Status(story.status)] if verb.allowed_to(user)]


def permitted(verb: Verb, user: User | AnonymousUser) -> Verb:
    """The verb, when this person may use it; else PermissionDenied, however the request was made."""
    if not verb.allowed_to(user):
        raise PermissionDenied(gettext("Only editors may print stories or take them back."))
    return verb


def carry_out(verb: Verb, story: Story, *, by: AbstractBaseUser) -> str:
    """Do what the button says and return what to tell the editor. PressError when it cannot be done."""
    match verb:
        case Verb.SUBMIT:
            _move(story, Status.SUBMITTED)
            return gettext("Submitted. An editor will see it among the stories that wait.")
        case Verb.RETURN:
            _move(story, Status.DRAFT)
            return gettext("Returned to the writer.")
        case Verb.PUBLISH:
            return _when_readers_see(publishing.publish(story, by=by))
        case Verb.UPDATE:
            return _when_readers_see(publishing.update(story, by=by), again=True)
    raise ValueError(f"{verb!r} needs words to the readers; it has a page of its own")


@transaction.atomic
def _move(story: Story, to: Status) -> None:
    """A step that readers do not see."""
    story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if not Status(story.status).may_become(to) or story.printed_revision is not None:
        now = story.get_status_display()
        raise PressError(gettext("Saved, but not moved on: the story is now “%(status)s”.") % {"status": now})
    story.status = to
    story.save(update_fields=["status"])


def _when_readers_see(article: Article, *, again: bool = False) -> str:
    if article.published_at > timezone.now():
        moment = date_format(timezone.localtime(article.published_at), "DATETIME_FORMAT")
        return gettext("Scheduled. Readers will see it on %(moment)s.") % {"moment": moment}
    return (
        gettext("Printed again. Readers see the new version.")
        if again
        else gettext("Printed. Readers see it now.")
    )
