"""The newsroom's settings as tests run them: nothing to collect first, and passwords that cost no time."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-never-for-readers")

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATABASES, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # straight from static/, for the browser
MENU_KEPT = 0  # every page pays for its menu, so that counted queries are the most there can be
# a live server's threads end with their requests, and their connections with them
DATABASES["default"]["CONN_MAX_AGE"] = 0
