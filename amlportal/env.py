"""Typed readers of the environment. A wrong or missing value stops the start and names the variable.

Any value may be given as NAME_FILE, the path of a file that holds it (for secrets kept in files).
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)")


class MissingSetting(ImproperlyConfigured):
    """A variable that has no default is not set."""


def _fail(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {problem}")


def read_file(path: Path) -> dict[str, str]:
    """What a file of NAME=value lines sets; # begins a comment line. Raises ImproperlyConfigured."""
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        name, equals, value = entry.partition("=")
        if not equals or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name.strip()):
            raise ImproperlyConfigured(f"{path.name}, line {number}: not of the form NAME=value")
        values[name.strip()] = value.strip().strip("\"'")
    return values


def load_file(path: Path) -> None:
    """Fill what the environment does not set from a file."""
    for name, value in read_file(path).items():
        os.environ.setdefault(name, value)


def raw(name: str) -> str | None:
    """The text of NAME, or of the file NAME_FILE names; None when neither is set."""
    direct, from_file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if direct and from_file:
        raise _fail(name, f"set either {name} or {name}_FILE, not both")
    if from_file:
        try:
            return Path(from_file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as problem:
            raise _fail(f"{name}_FILE", f"cannot read the file ({problem.__class__.__name__})") from problem
    return direct or None


def text(name: str, default: str | None = None) -> str:
    value = raw(name)
    if value is not None:
        return value.strip()
    if default is None:
        raise MissingSetting(f"{name} is not set. It has no default; see .env.example.")
    return default


def flag(name: str, default: bool) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise _fail(name, f"{value!r} is neither on nor off")


def whole(name: str, default: int, least: int = 0, most: int = 2**31) -> int:
    value = text(name, str(default))
    if not re.fullmatch(r"-?\d+", value):
        raise _fail(name, f"{value!r} is not a whole number")
    if not least <= int(value) <= most:
        raise _fail(name, f"{value} is not between {least} and {most}")
    return int(value)


def seconds(name: str, default: float, least: float = 0.0) -> float:
    value = text(name, str(default))
    if not _DURATION.fullmatch(value):
        raise _fail(name, f"{value!r} is not a number of seconds")
    if float(value) < least:
        raise _fail(name, f"{value} is less than {least}")
    return float(value)


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """Words parted by commas or spaces."""
    value = text(name, " ".join(default))
    return [word for word in re.split(r"[,\s]+", value) if word]


def choice(name: str, default: str, options: Iterable[str]) -> str:
    value = text(name, default)
    if value not in options:
        raise _fail(name, f"{value!r} is not one of {', '.join(options)}")
    return value


def web_address(name: str, default: str | None = None) -> str:
    """An http(s) address without a trailing slash; '' only when that is the default."""
    value = text(name, default)
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _fail(name, f"{value!r} is not an http(s) address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _fail(name, "the address must hold no user, password, query or fragment")
    return value.rstrip("/")


def database(name: str, default: str) -> dict[str, object]:
    """Django's settings for sqlite:///path or postgresql://user:password@host:port/name?option=value."""
    parts = urlsplit(text(name, default))
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        if not path or path == "/":
            raise _fail(name, "give the path of the database file: sqlite:///path/to/portal.sqlite3")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.path.strip("/"):
            raise _fail(name, "the database's name is missing: postgresql://user:password@host:5432/name")
        try:
            port = parts.port
        except ValueError as problem:
            raise _fail(name, "the port is not a number") from problem
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise _fail(name, "only sqlite:///path and postgresql://user:password@host:port/name are understood")
