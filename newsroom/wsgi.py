"""The production server's door: `granian --interface wsgi newsroom.wsgi:application`."""

import gc
import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django = get_wsgi_application()

from newsroom.pages import with_page_cache  # noqa: E402  (needs the apps, which are there only now)

# behind a proxy REMOTE_ADDR would be the proxy's for every reader, and one reader's flood would silence all
application = wrap_wsgi_with_proxy_headers(django, trusted_hosts=settings.TRUSTED_PROXIES)
if settings.PAGE_CACHE:
    application = with_page_cache(application)

# What was loaded for good need not be walked again by every collection; a page makes some thousands of objects
# and no cycles, so collections may be rarer (a tenth of the time of a page goes to them otherwise).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)

# a kept page takes some microseconds to send; it should not wait five milliseconds for a thread that draws another
sys.setswitchinterval(0.0002)
