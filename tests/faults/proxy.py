"""A real proxy in front of the portal, which lets in what is meant for webhooks and nothing else."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amlportal.chaos.stack import free_port, wait_until

# nginx alone would drop names with an underscore; other proxies pass them on, so this one does too.
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    underscores_in_headers on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 403; }}
        location /hooks/ {{
            proxy_pass {web};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Proto https;
        }}
    }}
}}
"""


@contextmanager
def in_front_of(web: str, folder: Path) -> Iterator[str]:
    """Run nginx before the address; give its own."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    assert program is not None, "nginx is missing: ./portal setup --dev"
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, port=port, web=web), encoding="utf-8")
    process = subprocess.Popen([program, "-e", str(folder / "nginx.log"), "-c", str(file)])
    try:
        wait_until((folder / "nginx.pid").exists, 20, "nginx runs")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
