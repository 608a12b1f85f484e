"""What the portal's own work costs, against the bare thing. Django is set up here, before any model is imported."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
