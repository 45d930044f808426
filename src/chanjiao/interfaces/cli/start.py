"""Starting Django for the commands that need it."""

from __future__ import annotations

import os


def start_django() -> None:
    """Django is set up with the site's settings; safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings")
    import django

    django.setup()
