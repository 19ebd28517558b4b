"""All addresses, by room. Names are what the rest of the code uses; paths are the contract with readers."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from newsroom import converters
from newsroom.files import media
from newsroom.health import live, ready

converters.register()
# where another host gives pictures out, ours goes on doing so for that host to ask
door = settings.MEDIA_URL.lstrip("/") if settings.MEDIA_URL.startswith("/") else "media/"

urlpatterns = [
    path("admin/", admin.site.urls),
    path(f"{door}<path:path>", media, name="media"),
    path("healthz/live", live, name="live"),
    path("healthz/ready", ready, name="ready"),
    path("", include("articles.talk.urls")),
    path("", include("articles.site.urls")),
]

handler404 = "articles.site.errors.not_found"
handler500 = "articles.site.errors.server_error"
handler403 = "articles.site.errors.forbidden"
handler400 = "articles.site.errors.bad_request"
