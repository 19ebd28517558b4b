def _soon(request, exception=None, **where):
    from django.http import HttpResponse
    return HttpResponse("being written", status=404)


not_found = server_error = forbidden = bad_request = csrf_failure = _soon
