"""Processes of the portal that a test starts."""

import os


def environment(**changes: str) -> dict[str, str]:
    """The environment for them: the portal's real settings, on this test's database and files."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "amlportal.settings", **changes}
