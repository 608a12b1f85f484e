"""The options of the load, `./portal chaos`."""

import argparse
import secrets
import signal

from amlportal.chaos import postgresql

# Variable that names the folder in which everything is the load's own, and may be broken.
OWN_FOLDER = "PORTAL_CHAOS"
# The signals that end it. They wait from before the folder is made until `manage.py chaos` removes it at its end.
STOPS = (signal.SIGTERM, signal.SIGINT)
SQLITE, POSTGRESQL = "sqlite", "postgresql"
SESSIONS_A_MINUTE, KILLS_A_MINUTE, RESTARTS_A_MINUTE = 100, 7, 1
TWO_HOURS = 7200.0
MINUTES_OF_A_DAY = 24 * 60
# Of sessions, kills and restarts each: as many as a day of them has.
MOST = SESSIONS_A_MINUTE * MINUTES_OF_A_DAY


def parser() -> argparse.ArgumentParser:
    """The parser of the options of `./portal chaos`; those not given are filled in by `complete`."""
    arguments = argparse.ArgumentParser(
        prog="./portal chaos",
        description=(
            "Start the whole portal with a sandbox provider, on this machine alone and in a folder of its own, order "
            "many cases under faults of the provider, kill its processes at random meanwhile, crash its database if "
            "that is PostgreSQL, and count what became of it. Exits 1 if a result is lost, anything was ordered twice, "
            "or a file or an audit chain is not as it should be. It takes about a minute longer than --minutes."
        ),
    )
    add_arguments(arguments)
    return arguments


def add_arguments(to: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    to.add_argument("--seed", type=int, metavar="N", help="what is drawn by chance, the same again [any]")
    to.add_argument("--minutes", type=_minutes, default=3.0, metavar="M", help="how long [3]")
    to.add_argument("--sessions", type=_count, metavar="N", help=f"[{SESSIONS_A_MINUTE} a minute]")
    to.add_argument("--kills", type=_count, metavar="N", help=f"kill -9, in all [{KILLS_A_MINUTE} a minute]")
    to.add_argument(
        "--restarts",
        type=_count,
        metavar="N",
        help=f"crashes of PostgreSQL, in all [{RESTARTS_A_MINUTE} a minute]",
    )
    to.add_argument(
        "--life",
        type=_seconds,
        default=TWO_HOURS,
        metavar="SECONDS",
        help="how long a result can be had [7200]",
    )
    to.add_argument(
        "--database", choices=[SQLITE, POSTGRESQL], help="[postgresql, if a server of it can be started here]"
    )


def complete(options: argparse.Namespace) -> argparse.Namespace:
    """Fill in the options not given; a drawn seed becomes one of them, so that it can be given next time."""
    minutes = options.minutes
    if options.seed is None:
        options.seed = secrets.randbelow(100_000)
    if options.database is None:
        options.database = POSTGRESQL if postgresql.is_at_hand() else SQLITE
    if options.sessions is None:
        options.sessions = max(1, round(SESSIONS_A_MINUTE * minutes))
    if options.kills is None:
        options.kills = max(1, round(KILLS_A_MINUTE * minutes))
    if options.restarts is None:
        options.restarts = max(1, round(RESTARTS_A_MINUTE * minutes))
    if options.database == SQLITE:
        options.restarts = 0
    return options


def words(options: argparse.Namespace) -> list[str]:
    """The options as words of a command line."""
    return [f"--{name}={value}" for name, value in sorted(vars(options).items()) if value is not None]


def _minutes(text: str) -> float:
    return _at_most_a_day(float(text), MINUTES_OF_A_DAY)


def _seconds(text: str) -> float:
    return _at_most_a_day(float(text), 60 * MINUTES_OF_A_DAY)


def _at_most_a_day(value: float, day: float) -> float:
    if not 0 < value <= day:
        raise argparse.ArgumentTypeError("must be more than 0, and not more than a day")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value <= MOST:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to {MOST}")
    return value
