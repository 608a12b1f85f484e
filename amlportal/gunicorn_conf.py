"""How gunicorn serves the portal: for `serve` and for a systemd unit alike (--config python:amlportal.gunicorn_conf).

It writes no access log: addresses of webhooks hold tokens.
"""

from typing import Any

from amlportal import before_fork
from amlportal import settings as portal

wsgi_app = "amlportal.wsgi"
bind = f"{portal.WEB_HOST}:{portal.WEB_PORT}"
worker_class = "gthread"
workers = 2
threads = 8
# The application is loaded before there are workers, which share its memory. A new version needs a restart, no HUP.
preload_app = True
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"

# Gunicorn itself lets whoever comes from loopback, and so whatever a proxy passes on, say which part of an address is
# the portal's own (SCRIPT_NAME). Nobody may: a proxy that lets in one folder would let in everything.
forwarder_headers = ""
# Who may say that the browser spoke https, and by which header; by no other name for it.
forwarded_allow_ips = ",".join(portal.PROXY_ADDRESSES) if portal.BEHIND_PROXY else ""
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}


def when_ready(_server: Any) -> None:
    before_fork.freeze()
