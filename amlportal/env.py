"""Typed readers of the environment. A wrong or missing value stops the start and names the variable.

No message repeats a value, which may hold a password, or be one that stands in the wrong line.

Any value may be given as NAME_FILE, the path of a file that holds it (for secrets kept in files).
"""

import ipaddress
import os
import re
import zoneinfo
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
OWN_PORT = {"http": ":80", "https": ":443"}
FEWEST_CHARACTERS = 8  # different ones
_NOT_A_SECRET = re.compile(
    r"django-insecure-|change[-_ ]?(me|this|it)\b|(your|my|the)[-_ ]secret[-_ ]key", re.IGNORECASE
)
# Prefixes of variables that may be set for another portal, those of the files that hold a value (NAME_FILE) among them.
OF_ANOTHER_PORTAL = (
    "AML_",
    "FILES_",
    "ATTACHMENT_",
    "DATABASE_",
    "QUEUE_",
    "SECRET_",
    "ALLOWED_",
    "BEHIND_",
    "PROXY_",
    "LEASE_",
    "HOST",
    "PORT",
    "VAR_",
    "LOG_",
)
_NOT_THE_WEB = "not an http(s) address; write https:// and the host, without spaces or backslashes"
_DURATION = re.compile(r"(\d+(?:\.\d+)?)")


class MissingSetting(ImproperlyConfigured):
    """A variable that has no default is not set."""


def _fail(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {problem}")


def read_file(path: Path) -> dict[str, str]:
    """What a file of NAME=value lines sets; # begins a comment line, and a pair of quotes around a value is left out.

    Raises ImproperlyConfigured.
    """
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        name, equals, value = entry.partition("=")
        if not equals or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name.strip()):
            raise ImproperlyConfigured(f"{path.name}, line {number}: not of the form NAME=value")
        values[name.strip()] = _unquoted(value.strip())
    return values


def _unquoted(value: str) -> str:
    """The value without the pair of quotes around it; a quote that stands alone belongs to the value."""
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def forget(families: tuple[str, ...]) -> None:
    """Remove from the environment every variable whose name begins with one of these prefixes."""
    for name in [name for name in os.environ if name.startswith(families)]:
        del os.environ[name]


def load_file(path: Path) -> None:
    """Set the variables of a file that the environment does not set already."""
    try:
        values = read_file(path)
    except (OSError, UnicodeDecodeError) as problem:
        raise _fail("PORTAL_ENV_FILE", f"cannot read {path} ({type(problem).__name__})") from problem
    for name, value in values.items():
        os.environ.setdefault(name, value)


def raw(name: str) -> str | None:
    """The text of NAME, or of the file NAME_FILE names, without spaces around; None when neither is set."""
    direct, from_file = (os.environ.get(variable, "").strip() for variable in (name, f"{name}_FILE"))
    if direct and from_file:
        raise _fail(name, f"set either {name} or {name}_FILE, not both")
    if from_file:
        try:
            held = Path(from_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise _fail(f"{name}_FILE", f"cannot read the file ({problem.__class__.__name__})") from problem
        if not held:
            raise _fail(f"{name}_FILE", "the file is empty")
        return held
    return direct or None


def text(name: str, default: str | None = None) -> str:
    value = raw(name)
    if value is not None:
        return value
    if default is None:
        raise MissingSetting(f"{name} is not set. It has no default; see .env.example.")
    return default


def secret(name: str, least: int) -> str:
    """A value of at least so many characters that is not guessable; it is never repeated in a message."""
    value = text(name)
    if len(value) < least or is_guessable(value):
        raise _fail(name, f"must be at least {least} characters long and not guessable")
    return value


def is_guessable(value: str) -> bool:
    """Does a secret have few different characters, repeat one word, or begin like a program's placeholder?"""
    is_repeated = value in (value + value)[1:-1]
    return len(set(value)) < FEWEST_CHARACTERS or is_repeated or bool(_NOT_A_SECRET.match(value))


def flag(name: str, default: bool) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise _fail(name, "neither on nor off")


def whole(name: str, default: int, least: int = 0, most: int = 2**31) -> int:
    value = text(name, str(default))
    if not re.fullmatch(r"-?\d+", value):
        raise _fail(name, "not a whole number")
    if not least <= int(value) <= most:
        raise _fail(name, f"not between {least} and {most}")
    return int(value)


def seconds(name: str, default: float, least: float = 0.0) -> float:
    value = text(name, str(default))
    if not _DURATION.fullmatch(value):
        raise _fail(name, "not a number of seconds")
    if float(value) < least:
        raise _fail(name, f"less than {least}")
    return float(value)


def words(name: str, default: Iterable[str]) -> list[str]:
    """Words parted by commas or spaces, at least one."""
    found = [word for word in re.split(r"[,\s]+", text(name, " ".join(default))) if word]
    if not found:
        raise _fail(name, "holds no word")
    return found


def hosts(name: str, default: Iterable[str]) -> list[str]:
    """Host names as a browser sends them, without scheme, port or path."""
    for place, host in enumerate(found := [word.lower().rstrip(".") for word in words(name, default)], 1):
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]", host):
            raise _fail(name, f"word {place} is not a host name; give it without scheme, port and path")
    return found


def networks(name: str, default: Iterable[str]) -> list[str]:
    """IP addresses, or networks such as 10.0.0.0/24."""
    for place, network in enumerate(found := words(name, default), 1):
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise _fail(name, f"word {place} is neither an IP address nor a network") from None
    return found


def time_zone(name: str, default: str) -> str:
    return _one_of(
        name, text(name, default), zoneinfo.available_timezones(), f"not a time zone such as {default}"
    )


def folder(name: str, default: Path) -> Path:
    """A folder of our own; it is made, for its owner alone, if it is not there."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise _fail(name, f"the folder {path} cannot be made ({type(problem).__name__})") from problem
    return path


def certificates(name: str) -> list[str]:
    """Every certificate, as PEM text, in files whose paths are parted by commas; none when it is not set."""
    found = []
    for place, path in enumerate(filter(None, (word.strip() for word in text(name, "").split(","))), 1):
        try:
            found += certificates_in(path)
        except ValueError as problem:
            raise _fail(name, f"file {place} {problem}") from None
    return list(dict.fromkeys(found))


def certificates_in(path: str) -> list[str]:
    """Every certificate of a file, as PEM text. Raises ValueError with what is wrong."""
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as problem:
        raise ValueError(f"cannot be read ({type(problem).__name__})") from problem
    if b"PRIVATE KEY" in content:
        raise ValueError("holds a private key; name a file that holds certificates alone")
    try:
        held: list[str] = import_module("amlportal.certificates").as_pem(content)
    except ValueError as problem:
        raise ValueError("holds no certificate that can be read; it must be PEM") from problem
    return held


def choice(name: str, default: str, options: Sequence[str]) -> str:
    """The option that the value names in whatever case, spelled as among the options."""
    return _one_of(name, text(name, default), options, f"not one of {', '.join(options)}")


def _one_of(name: str, value: str, options: Iterable[str], otherwise: str) -> str:
    found = next((option for option in options if option.casefold() == value.casefold()), None)
    if found is None:
        raise _fail(name, otherwise)
    return found


def web_address(name: str, default: str | None = None) -> str:
    """An http(s) address as a browser writes it; '' only when that is the default.

    Scheme and host are in small letters; neither the scheme's own port nor a slash stands at the end.
    """
    value = text(name, default)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # which may repeat the password
        raise _fail(name, "not an address; its host or its port cannot be read") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise _fail(name, _NOT_THE_WEB)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _fail(name, "the address must hold no user, password, query or fragment")
    if re.search(r"[\s\\]", value):
        raise _fail(name, _NOT_THE_WEB)
    host = parts.netloc.lower().removesuffix(OWN_PORT[parts.scheme]).removesuffix(":")
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"


def origin(address: str) -> str:
    """Scheme, host and port of an address, as a browser sends them in the Origin header."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def database(name: str, default: str) -> dict[str, object]:
    """Django's settings for sqlite:///path or postgresql://user:password@host:port/name?option=value."""
    try:
        parts = urlsplit(text(name, default))
    except ValueError:  # which may repeat the password
        raise _fail(
            name, "not an address; write [ ] / ? # @ : and % in a user or password as %5B, %5D, %2F …"
        ) from None
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        if not path or path == "/":
            raise _fail(name, "give the whole path of the database file: sqlite:///path/to/portal.sqlite3")
        if not Path(path).parent.is_dir():
            raise _fail(name, f"the folder {Path(path).parent} does not exist")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.path.strip("/"):
            raise _fail(name, "the database's name is missing: postgresql://user:password@host:5432/name")
        try:
            port = parts.port
        except ValueError as problem:
            raise _fail(name, "the port is not a number from 1 to 65535") from problem
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
