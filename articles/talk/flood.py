"""A guard against floods of comments from one address. Without a cache to count in, everybody may write."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MOST = 10  # comments from one address
SPELL = 600  # seconds that begin with the first of them

logger = logging.getLogger(__name__)


class Flood(Exception):
    """More comments came from one address than its people write."""


def admit(request: HttpRequest) -> None:
    """Count one more comment from where the request comes. Raises Flood when these are too many.

    The cache holds the address only as a digest made with our secret. A process with a cache of its own counts
    for itself.
    """
    address = request.META.get("REMOTE_ADDR")
    if address and _counted(f"flood-{salted_hmac(__name__, address).hexdigest()}") > MOST:
        raise Flood


def _counted(key: str) -> int:
    try:
        cache.add(key, 0, SPELL)
        return cache.incr(key)
    except Exception as away:  # every cache has faults of its own, and none is worth a reader's comment
        logger.warning("Comments are not counted: %s", away)
        return 0
