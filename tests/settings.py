"""The portal's own settings, with an environment that depends on nothing outside the test run."""

import os
import tempfile

_folder = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["PORTAL_ENV_FILE"] = ""
for _name in [
    name for name in os.environ if name.startswith(("AML_", "FILES_", "QUEUE_", "DATABASE_OWNER_"))
]:
    del os.environ[_name]
os.environ.update(
    SECRET_KEY="a-key-for-tests-only-that-is-long-enough-to-be-accepted",
    VAR_DIR=_folder,
    PORTAL_URL="http://testserver",
    ALLOWED_HOSTS="testserver localhost 127.0.0.1",
    AML_ISSUER="http://127.0.0.1:9/auth/realms/sandbox",
    AML_CLIENT_ID="sandbox",
    AML_CLIENT_SECRET="sandbox-secret",
)

from amlportal.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405 - whitenoise warns of a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
AXES_ENABLED = False
WEBHOOK_REFUSALS_SECONDS = 0.0
# Templates that put together, for tests, what pages show in several places.
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests/findings/templates")  # noqa: F405
