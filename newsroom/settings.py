"""All settings. Every outside value is read here, once, by a typed reader that refuses wrong ones."""

import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


# -- readers of the environment: NAME → a value of one type, or a start that fails with one line


def refuse(name: str, fault: str, example: str) -> NoReturn:
    """From nothing: what a parser has to say may hold a part of a password."""
    raise ImproperlyConfigured(f"{name} {fault}. Example: {name}={example}") from None


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    match text(name, str(int(default))).lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
        case other:
            return refuse(name, f"is {other!r}, which is neither yes nor no", "0")


def names(name: str, default: str) -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def proxies() -> list[str]:
    """Addresses or networks such as 10.0.0.0/8."""
    given = names("TRUSTED_PROXIES", "127.0.0.1,::1")
    for one in given:
        try:
            ip_network(one, strict=False)
        except ValueError:
            refuse(
                "TRUSTED_PROXIES", f"is {one!r}, which is no address and no network", "127.0.0.1,10.0.0.0/8"
            )
    return given


def address(name: str, default: str) -> str:
    """An http(s) address without a slash at its end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        refuse(name, f"is {value!r}, which is not an http address", "https://news.example.org")
    return value


def masked(value: str) -> str:
    """As much of an address as may be printed: its scheme and its host."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return "…"
    return f"{parts.scheme}://{parts.hostname}/…" if parts.hostname else "…"


def parsed(
    name: str, parse: Callable[[str], dict[str, Any]], schemes: set[str], example: str
) -> dict[str, Any]:
    """What is read from an address such as postgres://…; {} when the variable is unset."""
    value = text(name)
    if not value:
        return {}
    if "://" not in value or value.partition("://")[0] not in schemes:
        starts = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
        refuse(name, f"is {masked(value)!r}, which starts with none of {starts}", example)
    try:
        return parse(value)
    except ValueError:
        why = "which cannot be read: its port is no number, or a sign of its password is not written like %2F"
        return refuse(name, f"is {masked(value)!r}, {why}", example)


# -- secrets and hosts

DEBUG = flag("DEBUG")
SECRET_KEY = text("SECRET_KEY", "only-for-debugging-never-for-readers" if DEBUG else "")
if not SECRET_KEY:
    refuse(
        "SECRET_KEY",
        "is not set (or set DEBUG=1 while developing; `make run` makes its own)",
        '"$(openssl rand -hex 32)"',
    )
TRUSTED_PROXIES = proxies()  # they say who their visitor is
ALLOWED_HOSTS = names("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SITE_URL = address("SITE_URL", "http://127.0.0.1:8000")
SECURE = SITE_URL.startswith("https://")

# -- what is installed

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "articles.apps.DeskConfig",  # in place of django.contrib.admin: our own AdminSite
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # widget templates are looked for in templates/ too
    "django_prose_editor",
    "django_filters",
    "taggit",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.compression.TextGZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "articles.site.middleware.EditionMiddleware",
    "articles.site.hints.HintsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.site.middleware.ReplicaMiddleware",  # the last: it calls the view
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {  # readers' pages, in templates/site and templates/talk
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "newsroom.templates.environment",
            "context_processors": ["articles.site.context.edition"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- database: SQLite in var/ unless DATABASE_URL says otherwise

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "newsroom.sqlite3",
    "CONN_MAX_AGE": None,  # opening the file anew costs more than most pages do
    "OPTIONS": {
        # writers wait for each other at BEGIN instead of failing half-way
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
    },
}


POSTGRESQL = {"postgres", "postgresql"}
POOL = {"min_size": 1, "max_size": 8, "timeout": 3}  # seconds; a reader who waits longer has left
# Where a replica does not answer, the primary does: nobody waits for it. A line that went dead is noticed in seconds.
IMPATIENT = {
    "connect_timeout": 2,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 2000,
}
# A primary that vanished without a word is given up after some seconds, not after a quarter of an hour.
PATIENT = {"tcp_user_timeout": 5000, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}


def database() -> dict[str, Any]:
    given = parsed(
        "DATABASE_URL",
        environ.Env.db_url_config,
        POSTGRESQL | {"sqlite"},
        "postgres://newsroom@127.0.0.1:5432/newsroom",
    )
    if not given:
        return SQLITE
    if given["ENGINE"].endswith("sqlite3"):
        return {**SQLITE, "NAME": given["NAME"]}
    return pooled(given, POOL, **PATIENT)


def pooled(given: dict[str, Any], pool: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {
        **given,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {**options, **given.get("OPTIONS", {}), "pool": pool},
    }


def watch(of: dict[str, Any]) -> dict[str, Any]:
    """The same database for the page cache's watch: a connection of its own that fails fast and waits in no pool."""
    options = {name: value for name, value in of.get("OPTIONS", {}).items() if name != "pool"}
    if not of["ENGINE"].endswith("sqlite3"):
        options |= {"connect_timeout": 2, "tcp_user_timeout": 3000, "options": "-c statement_timeout=3000"}
    return {**of, "OPTIONS": options, "CONN_MAX_AGE": None, "TEST": {"MIRROR": "default"}}


def replica(primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A standby of PostgreSQL's that readers' pages are drawn from, when there is one."""
    example = "postgres://newsroom@10.0.0.6:5432/newsroom"
    given = parsed("DATABASE_REPLICA_URL", environ.Env.db_url_config, POSTGRESQL, example)
    if not given:
        return {}
    if primary["ENGINE"].endswith("sqlite3"):
        refuse(
            "DATABASE_REPLICA_URL", "is set, but DATABASE_URL names no PostgreSQL to be a replica of", example
        )
    return {"replica": {**pooled(given, {**POOL, "timeout": 1}, **IMPATIENT), "TEST": {"MIRROR": "default"}}}


_primary = database()
DATABASES = {"default": _primary, "watch": watch(_primary), **replica(_primary)}
DATABASE_ROUTERS = ["articles.press.reading.Router"]

# -- cache and mail


def redis(value: str) -> dict[str, Any]:
    """The addresses are used as they were given; a Redis that is away costs a second and not a page."""
    for one in re.split("[;,]", value):
        _a_number_or_an_error = urlsplit(one).port
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": value,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }


CACHES = {
    "default": parsed(
        "CACHE_URL",
        redis if text("CACHE_URL").startswith("redis") else environ.Env.cache_url_config,
        {"redis", "rediss", "locmemcache"},
        "redis://127.0.0.1:6379/0",
    )
    or {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "newsroom"}
}

# -- kept pages (articles/press/pagecache): beside the cache, if that is Redis, else in a folder

PAGE_CACHE = flag("PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_BYTES = 64 * 2**20  # in the memory of each process
PAGE_FOLDER = VAR_DIR / "pages"

_mail = parsed(
    "EMAIL_URL",
    environ.Env.email_url_config,
    {"smtp", "smtps", "smtp+tls", "consolemail"},
    "smtp+tls://user:secret@mail.example.org:587",
)
EMAIL_BACKEND = _mail.pop("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
globals().update({key: value for key, value in _mail.items() if key.startswith("EMAIL_")})

# -- the paper: its editions

SITE_NAME = "The Doab"
EDITIONS: list[dict[str, str]] = [
    {
        "code": "en",
        "language": "en",
        "direction": "ltr",
        "time_zone": "Asia/Karachi",
        "name": "The Doab",
        "label": "English",
        "tagline": "News in English and Urdu",
    },
    {
        "code": "ur",
        "language": "ur",
        "direction": "rtl",
        "time_zone": "Asia/Karachi",
        "name": "دوآب",
        "label": "اردو",
        "tagline": "خبریں، اردو اور انگریزی میں",
    },
]

MENU_KEPT = 5  # seconds that a process shows the menu of sections without asking the database again

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ur", "اردو")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "django"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = "Asia/Karachi"
USE_TZ = True

# -- files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]


def media_address(name: str, default: str) -> str:
    """A path of ours, or an http(s) address, with a slash at its end."""
    value = text(name, default).rstrip("/") + "/"
    if value == "/" or not value.startswith(("/", "http://", "https://")):
        refuse(
            name,
            f"is {value!r}, which is neither a path nor an http address",
            "https://pictures.example.org/",
        )
    return value


def bucket(value: str) -> dict[str, Any]:
    """Of s3://key:secret@host/bucket?region=eu-central-1&acl=public-read; s3+http:// where no TLS is spoken."""
    parts, asked = urlsplit(value), dict(parse_qsl(urlsplit(value).query))
    name = parts.path.strip("/")
    if not parts.hostname or not name or "/" in name or asked.keys() - {"region", "acl"}:
        refuse(
            "STORAGE_URL",
            f"is {masked(value)!r}, which names no bucket, or asks for more than region and acl",
            S3,
        )
    # without a key: what the machine itself may do
    key, secret = (unquote(one) if one else None for one in (parts.username, parts.password))
    _a_number_or_an_error = parts.port
    return {
        "bucket_name": name,
        "endpoint_url": f"{SPOKEN[parts.scheme]}://{parts.netloc.rpartition('@')[2]}",
        "access_key": key,
        "secret_key": secret,
        "region_name": asked.get("region"),
        "printed_acl": asked.get("acl", ""),
    }


def storage() -> dict[str, Any]:
    """Where pictures are: in a folder, or in a bucket that every machine reaches."""
    given_as = text("STORAGE_URL")
    if given_as.startswith("/"):
        return FOLDER
    if given_as and "://" not in given_as:
        said = f"is {masked(given_as)!r}, which starts with none of s3://, s3+http:// and, as a folder, /"
        refuse("STORAGE_URL", said, "/srv/newsroom/media")
    given = parsed("STORAGE_URL", bucket, set(SPOKEN), S3)
    if given and find_spec("boto3") is None:
        how = "`pip install --require-hashes -r requirements-s3.txt`, or a folder"
        refuse("STORAGE_URL", f"names a bucket, which needs more packages: {how}", "/srv/newsroom/media")
    return {"BACKEND": "newsroom.storage.Bucket", "OPTIONS": given} if given else FOLDER


S3 = "s3://key:secret@s3.example.org/newsroom"
SPOKEN = {"s3": "https", "s3+http": "http"}
FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
MEDIA_URL = media_address("MEDIA_URL", "/media/")
# MEDIA_ROOT is the older name of a folder
_folder = text("STORAGE_URL") if text("STORAGE_URL").startswith("/") else text("MEDIA_ROOT")
MEDIA_ROOT = Path(_folder or VAR_DIR / "media")
STORAGES = {
    "default": storage(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.staticfiles.BundledStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes; a long story with its markup is well under one

# -- tags

TAGGIT_CASE_INSENSITIVE = True

# -- walls

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "articles.site.errors.csrf_failure"

_pictures = urlsplit(MEDIA_URL)
PICTURES_FROM = [f"{_pictures.scheme}://{_pictures.netloc}"] if _pictures.netloc else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *PICTURES_FROM],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The desk: the editor's import map needs a nonce; ProseMirror and select2 inject styles (README, Decisions).
DESK_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-ancestors": [SELF],
}

LOGIN_URL = "admin:login"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
