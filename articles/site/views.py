from django.http import HttpRequest, HttpResponse


def _soon(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse("being written")


front = home = stories = tags = tag = author = archive_year = archive_month = article = section = _soon
