"""The production server's door: `granian --interface wsgi newsroom.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

# What was loaded for good need not be walked again by every collection; a page makes some thousands of objects
# and no cycles, so collections may be rarer (a tenth of the time of a page goes to them otherwise).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
