from django.http import HttpRequest, HttpResponse


def discussion(request: HttpRequest, **where: object) -> HttpResponse:
    return HttpResponse("being written")
