"""A real S3 server for the tests: Ceph's gateway before a cluster of one monitor and one disk in memory.

Everything listens on free ports of loopback, keeps its files in a folder of the test's, and is stopped by process id.
Debian packages: ceph-mon ceph-osd radosgw ceph-common (tests/bucket/run installs them).
"""

import os
import secrets
import shutil
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import boto3
import requests

from amlportal.chaos.stack import free_port, wait_until
from tests.bucket import certificate

PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
START_SECONDS = 90
STOP_SECONDS = 60

CONFIGURATION = """\
[global]
fsid = {fsid}
mon_host = [{monitor}]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 1
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
osd_objectstore = memstore
memstore_device_bytes = 2147483648
run_dir = {folder}
admin_socket = {folder}/$name.asok
log_file = {folder}/$name.log
mon_data = {folder}/mon
osd_data = {folder}/osd
[client.rgw]
ms_mon_client_mode = crc
rgw_frontends = beast endpoint=127.0.0.1:{port} ssl_endpoint=127.0.0.1:{tls_port} ssl_certificate={certificate}
"""


@dataclass
class Server:
    """A running S3 server with one user. Nobody's request is believed without that user's signature."""

    folder: Path
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    access_key: str = "portal"
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def tls_address(self) -> str:
        """The same by https, under the certificate in `certificate`."""
        return f"https://127.0.0.1:{self.tls_port}"

    @property
    def certificate(self) -> Path:
        return self.folder / "server.pem"

    def client(self) -> Any:
        """The user's own view of the server, past everything the portal does."""
        return boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name="default",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
        )

    def new_bucket(self) -> str:
        name = f"evidence-{uuid.uuid4().hex}"
        self.client().create_bucket(Bucket=name)
        return name

    def start(self) -> None:
        fsid = str(uuid.uuid4())
        monitor = f"v2:127.0.0.1:{free_port()},v1:127.0.0.1:{free_port()}"
        certificate.make(self.certificate)
        self._configuration.write_text(
            CONFIGURATION.format(
                fsid=fsid,
                monitor=monitor,
                folder=self.folder,
                port=self.port,
                tls_port=self.tls_port,
                certificate=self.certificate,
            )
        )
        for place in ("mon", "osd"):
            (self.folder / place).mkdir()
        monmap = str(self.folder / "monmap")
        self._run("monmaptool", "--create", "--addv", "a", f"[{monitor}]", "--fsid", fsid, monmap)
        self._run("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap)
        self._start("ceph-mon", "-i", "a")
        disk = str(uuid.uuid4())
        self._run("ceph", "--connect-timeout", str(START_SECONDS), "osd", "new", disk)
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
        self._start("ceph-osd", "-i", "0")
        self.open_door()
        keys = (f"--access-key={self.access_key}", f"--secret-key={self.secret_key}")
        self._administer("user", "create", "--uid=portal", "--display-name=portal", *keys)

    def open_door(self) -> None:
        """Start the part that speaks S3, on the same port as ever."""
        self._start("radosgw", "-n", "client.rgw")
        wait_until(self._answers, START_SECONDS, "the S3 server answers")

    def shut_door(self) -> None:
        """Stop the part that speaks S3, politely: the cluster waits half a minute for one that was killed."""
        door = self._running.pop("radosgw")
        door.terminate()
        door.wait(timeout=STOP_SECONDS)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Connections are accepted, and nothing is ever answered."""
        door = self._running["radosgw"]
        door.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            door.send_signal(signal.SIGCONT)

    def fill(self, bucket: str) -> None:
        """Let the bucket take nothing more."""
        self._administer("quota", "set", "--quota-scope=bucket", f"--bucket={bucket}", "--max-objects=0")
        self._administer("quota", "enable", "--quota-scope=bucket", f"--bucket={bucket}")

    def stop(self) -> None:
        for program in reversed(list(self._running)):
            self._stop(program)

    @property
    def _configuration(self) -> Path:
        return self.folder / "ceph.conf"

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "CEPH_CONF": str(self._configuration)}

    def _answers(self) -> bool:
        door = self._running["radosgw"]
        assert door.poll() is None, f"radosgw ended with status {door.returncode}; see {self.folder}"
        try:
            return requests.get(self.address, timeout=2).ok
        except requests.RequestException:
            return False

    def _administer(self, *words: str) -> None:
        self._run("radosgw-admin", "-n", "client.rgw", *words)

    def _run(self, *command: str) -> None:
        with self._log() as log:
            subprocess.run(
                command, env=self._environment, stdout=log, stderr=log, check=True, timeout=START_SECONDS
            )

    def _start(self, program: str, *words: str) -> None:
        with self._log() as log:
            self._running[program] = subprocess.Popen(
                [program, "-f", *words],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _log(self) -> IO[bytes]:
        return (self.folder / "log").open("ab")

    def _stop(self, program: str) -> None:
        process = self._running.pop(program)
        process.kill()  # its data lives no longer than the tests
        process.wait()


def missing_programs() -> list[str]:
    return [program for program in PROGRAMS if shutil.which(program) is None]


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start it (about 10 s); afterwards nothing of it runs."""
    assert not missing_programs(), f"not installed: {', '.join(missing_programs())}; see tests/bucket/run"
    server = Server(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
