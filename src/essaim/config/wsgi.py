"""Django as a WSGI application. Views are synchronous; through Django's ASGI handler they ran three times slower."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essaim.config.settings")
application = get_wsgi_application()
