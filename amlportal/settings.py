"""The portal's settings, read once from the environment. .env.example documents every variable."""

import os
import socket
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import DEBUG as DEBUG_LEVEL
from django.contrib.messages import ERROR as ERROR_LEVEL
from django.utils.translation import gettext_lazy as _

from amlportal import env
from amlportal.private_files import make_private
from amlportal.private_sqlite import PrivateConnection

# Here, because every process of the portal reads this before it writes anything.
make_private()

BASE_DIR = Path(__file__).resolve().parent.parent

# The environment comes first; a file may fill the rest: the one PORTAL_ENV_FILE names (none if it is empty), or .env,
# or what `./portal demo` left behind, so that commands in a second terminal speak to the demo.
_demo = BASE_DIR / "var" / "demo" / "env"
_named = os.environ.get("PORTAL_ENV_FILE")
if _named and _named.strip():
    env.load_file(Path(_named.strip()))
elif _named is None:
    for _file in (BASE_DIR / ".env", _demo):
        if _file.exists():
            env.load_file(_file)
            break

VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

# --- The web -------------------------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY", least=32)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
PORTAL_URL = env.web_address("PORTAL_URL", "http://localhost:8000")
SECURE = PORTAL_URL.startswith("https://")
# Where gunicorn listens, and whose word it takes for https: amlportal/gunicorn_conf.py.
WEB_HOST = env.text("HOST", "127.0.0.1")
WEB_PORT = env.whole("PORT", 8000, least=1, most=65535)
BEHIND_PROXY = env.flag("BEHIND_PROXY", False)
PROXY_ADDRESSES = env.networks("PROXY_ADDRESSES", ["127.0.0.1", "::1"])

ROOT_URLCONF = "amlportal.urls"
WSGI_APPLICATION = "amlportal.wsgi.application"
CSRF_TRUSTED_ORIGINS = [env.origin(PORTAL_URL)]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Seconds: from signing in, however much it is used; and without anything done by a person.
SESSION_COOKIE_AGE = env.whole("SESSION_HOURS", 10, least=1, most=72) * 3600
SESSION_IDLE_SECONDS = env.whole("SESSION_IDLE_MINUTES", 60, least=5, most=72 * 60) * 60
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the provider's PDFs are viewed inside our own page
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
# No form takes a file unless its view says so (cases/web/files_of_people.py), and nobody fills the disk with one.
FILE_UPLOAD_HANDLERS: list[str] = []
ATTACHMENT_BYTES = env.whole("ATTACHMENT_MB", 10, least=1, most=50) * 2**20
ATTACHMENT_SCANNER = env.text("ATTACHMENT_SCANNER", "")

INSTALLED_APPS = [
    "cases",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cases.web.webhook.first.WebhooksFirst",
    "csp.middleware.CSPMiddleware",
    "cases.web.caching.KeptNowhere",
    "cases.web.readable.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cases.web.sign_in.sign_in_end.EndOfSignIn",  # looks before the next one does, when all have let the request in
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cases.web.sign_in.middleware.BackToThePage",
    "cases.web.sign_in.own_password.OwnPasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cases.web.context_processors.portal",
            ],
        },
    }
]

# The colours of the alerts in which messages stand; the other levels are called as their colours are.
MESSAGE_TAGS = {DEBUG_LEVEL: "info", ERROR_LEVEL: "danger"}

# --- Who may come in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cases.models.people.passwords.VariedPasswordValidator"},
]
CSRF_FAILURE_VIEW = "cases.web.sign_in.views.stale"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "login"
# Wrong passwords of one name from one address, and all from one address; and for how long they count.
AXES_FAILURE_LIMIT = 10
SIGN_IN_FAILURES_OF_ADDRESS = 50
AXES_COOLOFF_TIME = 0.25  # hours
AXES_HANDLER = "cases.workflows.people.sign_in_limits.ByPairAndByAddress"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "amlportal.client_address.counted"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "cases.web.sign_in.views.locked_out"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "typed", "old_password", "new_password1", "new_password2"]

# --- What we keep --------------------------------------------------------------------------------------------

# The owner's, in a process that is given it: for migrations and what else the portal's own role may not do.
if env.text("DATABASE_OWNER_URL", ""):
    _database = env.database("DATABASE_OWNER_URL", "")
else:
    _database = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Django's defaults lost 147 of 240 concurrent writes; these, with 20 s, lost none (docs/engine.md).
    _database["ENGINE"] = "amlportal.sqlite"
    _database["OPTIONS"] = {
        "factory": PrivateConnection,
        "timeout": 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DATABASES = {
    "default": {
        **_database,
        # A new connection for every request or task costs ten times the work itself.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

FILES_DIR = Path(env.text("FILES_DIR", str(VAR_DIR / "files")))
_bucket = env.text("FILES_BUCKET", "")
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "default": {
        "BACKEND": "amlportal.bucket.WriteOnceBucket",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": env.web_address("FILES_ENDPOINT", "") or None,
            "region_name": env.text("FILES_REGION", "") or None,
            "access_key": env.text("FILES_ACCESS_KEY", "") or None,
            "secret_key": env.text("FILES_SECRET_KEY", "") or None,
        },
    }
    if _bucket
    else {
        "BACKEND": "amlportal.storage.WriteOnceFiles",
        "OPTIONS": {
            "location": FILES_DIR,
            "file_permissions_mode": 0o400,
            "directory_permissions_mode": 0o700,
        },
    },
}
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- The provider (contract: docs/provider/contract.md) ------------------------------------------------------

AML_ISSUER = env.web_address("AML_ISSUER", "https://auth.current.bankid.no/auth/realms/current")
AML_CLIENT_ID = env.text("AML_CLIENT_ID", "")
AML_CLIENT_SECRET = env.text("AML_CLIENT_SECRET", "")
AML_CLIENT_AUTH = env.choice(
    "AML_CLIENT_AUTH", "client_secret_basic", ["client_secret_basic", "client_secret_post", "private_key_jwt"]
)
AML_PRIVATE_KEY = env.text("AML_PRIVATE_KEY", "")
AML_KEY_ID = env.text("AML_KEY_ID", "")
AML_SCOPES = env.words("AML_SCOPES", ["aml_organization/basic", "aml_organization/OFAC"])
AML_BASE_URL = env.web_address("AML_BASE_URL", "")
AML_TOKEN_URL = env.web_address("AML_TOKEN_URL", "")
AML_CONTRACT_FILE = env.text("AML_CONTRACT_FILE", "")
# The certificates, as PEM, that the signatures of the provider's PDFs must lead to.
AML_TRUST_ROOTS = env.certificates("AML_TRUST_ROOTS")
AML_LANGUAGE = env.choice("AML_LANGUAGE", "en", ["no", "nb", "nn", "en"])
AML_WEBHOOKS = env.flag("AML_WEBHOOKS", True)
WEBHOOK_REFUSALS_SECONDS = 1.0  # they are written down as often as that; 0: each at once
AML_CREATE_ADOPT_SECONDS = env.seconds("AML_CREATE_ADOPT_SECONDS", 30)
AML_CREATE_RETRIES = env.whole("AML_CREATE_RETRIES", 1, most=5)
# Another order on a firm that was captured within so many days needs a reason; 0 asks for none.
RECENT_CAPTURE_DAYS = env.whole("RECENT_CAPTURE_DAYS", 30, most=3650)
# How long we wait for a result to become ready, and for the provider to answer at all, before giving up; and how long
# once a webhook announced a failure that the provider does not confirm.
AML_PATIENCE_SECONDS = env.seconds("AML_PATIENCE_SECONDS", 72 * 3600, least=1)
AML_FAILED_PATIENCE_SECONDS = env.seconds("AML_FAILED_PATIENCE_SECONDS", 600, least=1)
AML_POLL_SECONDS = env.seconds("AML_POLL_SECONDS", 2, least=0.1)
# A download that brings less a second over half a minute is broken off and begun anew later; 0 lets it drip.
AML_LEAST_BYTES_PER_SECOND = env.whole("AML_LEAST_BYTES_PER_SECOND", 1024)

# --- The queue (why these values: docs/engine.md) ------------------------------------------------------------

# Two at least: one may make a report for minutes, and captures must not wait for it.
QUEUE_WORKERS = env.whole("QUEUE_WORKERS", 2, least=2, most=64)
QUEUE_THREADS = env.whole("QUEUE_THREADS", 16, least=1, most=128)
# Silence of the queue after which its cluster is replaced; must exceed a cold start (about 5 s).
QUEUE_PATIENCE_SECONDS = env.seconds("QUEUE_PATIENCE_SECONDS", 60, least=5)
LEASE_SECONDS = env.seconds("LEASE_SECONDS", 60, least=2)
_task_timeout = 600  # longer than any step: the lease, not the queue, decides who may work
Q_CLUSTER = {
    "name": "amlportal",
    "orm": "default",
    "workers": QUEUE_WORKERS,
    "queue_limit": QUEUE_WORKERS,  # more, and tasks outlive their lock in the prefetch queue
    "bulk": 1,
    "timeout": _task_timeout,
    "retry": _task_timeout * 2 + 60,
    "max_attempts": 1,  # a task is a hint; our own rows remember what is due
    "ack_failures": True,
    "save_limit": -1,
    "poll": 0.1,
    "scheduler": False,
    "catch_up": False,
    "recycle": 5000,
    "label": "Queue",
    "log_level": "WARNING",
}
HOST_NAME = socket.gethostname()

# --- Words, times, logs --------------------------------------------------------------------------------------

USE_I18N = True
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "cases" / "locale"]
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", "Europe/Oslo")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%d %H:%M:%S%z",
        }
    },
    "filters": {"tokens": {"()": "amlportal.logs.HideTokens"}, "one_line": {"()": "amlportal.logs.OneLine"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]},
        "refusals": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["tokens", "one_line"],
        },
    },
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"]),
    },
    "loggers": {
        "django-q": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        # Wrong addresses are everyday noise; what matters of a refusal is in the audit trail or the counts.
        "django.request": {"level": "ERROR"},
        # A wrong Host header and its like: said once and shortly, and never by mail.
        "django.security": {"handlers": ["refusals"], "level": "WARNING", "propagate": False},
        # Its warnings name the addresses it calls, which name sessions (cases/provider/http/connections.py).
        "urllib3": {"level": "ERROR"},
    },
}
