"""The discussion of an article: readers read it whole here, and write into it.

The form stands in cached pages, so it carries neither token nor cookie. Posted without a script it leads to a
page that asks “is this what you mean?”; that page has a token, and only it can store. Our own script needs no
second step: its header cannot be sent from another site.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from articles.models import Article, Comment, Edition
from articles.press.pagecache.keeping import with_talk_of
from articles.press.pagecache.layer import AWAY
from articles.talk import flood
from articles.talk.forms import CommentForm, answerable, kept
from articles.talk.origin import by_script, domestic, foreign
from articles.talk.posting import TalkClosed, post

PAGE = 50
MOST_BYTES = 200 * 2**10  # of one posting; a comment of 5,000 letters needs at most a third of it
POSITION = re.compile(r"[0-9a-f]{8,12}(/[0-9a-f]{8,12}){0,2}")

logger = logging.getLogger(__name__)


class TakenBack(Exception):
    """There was an article, and readers may not see it any more."""


class TooMuch(Exception):
    """So much was sent that nobody reads it, not even this program."""


# What forbids a comment: the answer's status, a word for our script, and what the reader is told.
REFUSALS: dict[type[Exception], tuple[HTTPStatus, str, Promise]] = {
    TalkClosed: (HTTPStatus.FORBIDDEN, "closed", _("Comments on this article are closed.")),
    TakenBack: (
        HTTPStatus.GONE,
        "withdrawn",
        _("We have taken this story back, and it takes no comments any more."),
    ),
    TooMuch: (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too much",
        _("This is far more than a comment can hold. Shorten it to 5,000 characters and send it again."),
    ),
    flood.Flood: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "flood",
        _("Many comments came from your connection in a short time. Wait ten minutes and send this again."),
    ),
    DatabaseError: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "not taken",
        _("Your comment could not be taken just now. Please try again in a minute."),
    ),
}
PATIENCE = {HTTPStatus.TOO_MANY_REQUESTS: flood.SPELL, HTTPStatus.SERVICE_UNAVAILABLE: 60}  # seconds


class SeeOther(HttpResponseRedirect):
    status_code = HTTPStatus.SEE_OTHER


@csrf_exempt  # see above: whatever stores asks for a token or for our own script
@require_http_methods(["GET", "HEAD", "POST"])
def discussion(
    request: HttpRequest, *, edition: Edition, year: int, month: int, day: int, slug: str
) -> HttpResponse:
    if request.method == "POST":
        response = _posted(request, edition, (year, month, day), slug)
        response.headers["Cache-Control"] = "no-store"
        return response
    try:
        article = _find(edition, (year, month, day), slug)
    except TakenBack as gone:
        return render(request, "site/gone.html", {"article": gone.args[0]}, status=HTTPStatus.GONE)
    if article.slug != slug:
        return redirect(article.discussion_url(), permanent=True)
    return with_talk_of(_page(request, article), article)


def _find(edition: Edition, day: tuple[int, int, int], slug: str) -> Article:
    """The article at that address, or the one that has moved away from it. Raises TakenBack with its notice."""
    try:
        there = {"edition": edition.code, "published_on": date(*day), "slug": slug}
    except ValueError as no_such_day:
        raise Http404 from no_such_day
    articles = Article.objects.for_cards()
    moved = {f"former_addresses__{name}": value for name, value in there.items()}
    article: Article | None = articles.filter(**there).first() or articles.filter(**moved).first()
    if article is None:
        gone = Article.taken_back.filter(**there).first() or Article.taken_back.filter(**moved).first()
        raise TakenBack(gone) if gone else Http404
    return article


# -- reading


def _page(request: HttpRequest, article: Article, form: CommentForm | None = None) -> HttpResponse:
    comments, more = _part(article, request.GET.get("after", ""))
    context = {
        "article": article,
        "comments": comments,
        "more": more,
        "comment_form": form,
        "answering": form.answered if form else answerable(article, request.GET.get("reply", "")),
        "sent": "sent" in request.GET,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.errors else HTTPStatus.OK
    return render(request, "talk/discussion.html", context, status=status)


def _part(article: Article, after: str) -> tuple[list[Comment], str | None]:
    """The comments after a position, and the address of those that follow. Any other word: the first."""
    thread = Comment.objects.filter(article=article).shown().in_thread_order()
    later = list(thread.after(after)[: PAGE + 1]) if POSITION.fullmatch(after) else []
    found = later or list(thread[: PAGE + 1])
    comments = found[:PAGE]
    goes_on = len(found) > PAGE
    more = f"{article.discussion_url()}?{urlencode({'after': comments[-1].path})}" if goes_on else None
    return _with_context(comments) if later else comments, more


def _with_context(comments: list[Comment]) -> list[Comment]:
    """When the first is an answer, what it answers is shown before it once more."""
    above = [int(number, 16) for number in comments[0].path.split("/")[:-1]]
    return [*Comment.objects.shown().filter(pk__in=above).in_thread_order(), *comments] if above else comments


# -- writing


def _posted(request: HttpRequest, edition: Edition, day: tuple[int, int, int], slug: str) -> HttpResponse:
    if foreign(request) or (by_script(request) and not domestic(request)):
        raise PermissionDenied
    if request.META.get(AWAY):  # known already: nobody need wait to hear it
        return _refused(request, *REFUSALS[DatabaseError])
    try:
        if _length(request) > MOST_BYTES:
            raise TooMuch
        return _taken(request, _find(edition, day, slug))
    except (TalkClosed, TakenBack, TooMuch, flood.Flood) as refusal:
        return _refused(request, *REFUSALS[type(refusal)])
    except Article.DoesNotExist:  # taken back between two steps
        return _refused(request, *REFUSALS[TakenBack])
    except DatabaseError:
        logger.exception("A comment on %s could not be taken", request.path)
        return _refused(request, *REFUSALS[DatabaseError])


def _length(request: HttpRequest) -> int:
    """How many bytes are being sent, as far as the sender says; Django reads no others."""
    said = request.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else 0


def _taken(request: HttpRequest, article: Article) -> HttpResponse:
    if not article.comments_open:
        raise TalkClosed
    take = _take_at_once if by_script(request) else _take_in_two_steps
    return take(request, article, CommentForm(request.POST, article=article))


def _take_at_once(request: HttpRequest, article: Article, form: CommentForm) -> HttpResponse:
    if not form.is_valid():
        again = {"errors": form.errors, "form": _form_html(article, form)}
        return JsonResponse(again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    comment = _store(request, article, form)
    answer = {
        "status": "waiting",
        "html": render_to_string("talk/parts/pending.html", {"comment": comment}),
        "parent": comment.parent_id,
        "form": _form_html(article),
        "notice": gettext("Thank you. A moderator reads it before it appears."),
    }
    return JsonResponse(answer, status=HTTPStatus.CREATED)


def _form_html(article: Article, form: CommentForm | None = None) -> str:
    context = {"article": article, "comment_form": form, "answering": form.answered if form else None}
    return render_to_string("talk/parts/form.html", context)


def _take_in_two_steps(request: HttpRequest, article: Article, form: CommentForm) -> HttpResponse:
    if not form.is_valid() or "change" in request.POST:
        return _page(request, article, form)
    if "confirm" not in request.POST:
        return _confirmation(request, article, form)
    answer = _store_with_token(request, article, form)
    if answer.status_code == HTTPStatus.FORBIDDEN:  # the token or its cookie did not come back: ask once more
        return _confirmation(request, article, form, HTTPStatus.FORBIDDEN)
    return answer


def _confirmation(
    request: HttpRequest, article: Article, form: CommentForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "article": article,
        "comment_form": form,
        "draft": Comment(**_written(form)),
        "again": status != 200,
    }
    return render(request, "talk/confirm.html", context, status=status)


@csrf_protect
def _store_with_token(request: HttpRequest, article: Article, form: CommentForm) -> HttpResponse:
    _store(request, article, form)
    return SeeOther(f"{article.discussion_url()}?sent=1#comments")


def _store(request: HttpRequest, article: Article, form: CommentForm) -> Comment:
    flood.admit(request)
    return post(article, **_written(form), parent=form.answered, spam=form.from_a_machine)


def _written(form: CommentForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("name", "email", "body")}


def _refused(request: HttpRequest, status: HTTPStatus, word: str, said: Promise) -> HttpResponse:
    """Say why, and give the text back. Asks the database for nothing: it may be what is missing."""
    if by_script(request):
        response: HttpResponse = JsonResponse({"status": word, "notice": said}, status=status)
    else:
        typed = None if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else kept(request.POST)
        context = {"typed": typed, "said": said, "again": status in PATIENCE, "sections": ()}
        response = render(request, "talk/refused.html", context, status=status)
    if status in PATIENCE:
        response.headers["Retry-After"] = str(PATIENCE[status])
    return response
