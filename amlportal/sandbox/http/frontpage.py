"""The sandbox's front page: its faults, its organisations and its latest sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from amlportal.sandbox.faults.faults import FAULTS
from amlportal.sandbox.http.exchange import Answer
from amlportal.sandbox.universe.catalogue import NOT_FOUND
from amlportal.sandbox.universe.faulty_organisations import FAULTY_ORGANISATIONS
from amlportal.sandbox.universe.organisation import Organisation

if TYPE_CHECKING:
    from amlportal.sandbox.sandbox import Sandbox

LATEST = 20
KINDS = {
    "example": "Examples",
    "universe": "The connected universe",
    "test": "The provider's test organisations",
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "Cache-Control": "no-store",
}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def front_page(sandbox: Sandbox) -> Answer:
    """Show the faults, the organisations and the latest sessions."""
    template = files(__package__).joinpath("frontpage.html").read_text(encoding="utf-8")
    parts = {
        "url": escape(sandbox.url),
        "issuer": escape(sandbox.issuer),
        "client": escape(sandbox.options.client_id),
        "times": escape(_times(sandbox)),
        "on": _switched_on(sandbox),
        "sessions": _sessions(sandbox),
        "faults": _faults(),
        "standing": _faulty_organisations(),
        "universe": _universe(sandbox.universe.organisations),
        "not_found": _not_found(),
        "organisation_count": str(len(sandbox.universe.organisations)),
    }
    page = re.sub(r"\[\[(\w+)\]\]", lambda found: parts[found[1]], template)
    return Answer(200, page.encode(), "text/html; charset=utf-8", HEADERS)


def _times(sandbox: Sandbox) -> str:
    options = sandbox.options
    return (
        f"JSON after about {options.json_seconds:g} s, reports after about {options.report_seconds:g} s; "
        f"each lives {options.lifetime_seconds:g} s; tokens live {options.token_seconds} s."
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], empty: str) -> str:
    body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>\n" for row in rows)
    if not body:
        return f"<p class=none>{escape(empty)}</p>"
    head = "".join(f"<th scope=col>{escape(one)}</th>" for one in heads)
    return f"<div class=wide><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"


def _cell(value: str) -> str:
    return value if isinstance(value, Markup) else escape(value)


def _code(value: str) -> Markup:
    return Markup(f"<code>{escape(value)}</code>")


def _switched_on(sandbox: Sandbox) -> str:
    rows = [
        (
            _code(scope),
            _code(one["name"]),
            ", ".join(one["on"]),
            _often(one["count"]),
            _seconds(one["seconds"]),
        )
        for scope, faults in sandbox.switchboard.described(permanent=False).items()
        for one in faults
    ]
    return _table(("Scope", "Fault", "On", "Times", "Seconds"), rows, "No fault is switched on.")


def _sessions(sandbox: Sandbox) -> str:
    with sandbox.sessions.lock:
        rows = [
            (
                f"{datetime.fromtimestamp(session.created, UTC):%H:%M:%S}",
                _code(session.organisation.scope),
                session.organisation.name[:80],
                ", ".join(f"{entity.name} {session.status(entity)}" for entity in session.entities.values()),
                str(sum(session.fetches.values())),
            )
            for session in sandbox.sessions.latest(LATEST)
        ]
    return _table(("Made (UTC)", "Organisation", "Name", "Entities", "Calls"), rows, "None yet.")


def _faults() -> str:
    rows = [
        (
            _code(kind.name),
            kind.description,
            ", ".join(kind.endpoints),
            ", ".join(kind.default_on) if kind.default_on != kind.endpoints else "all of them",
            _often(kind.count),
            _seconds(kind.seconds),
        )
        for kind in FAULTS.values()
    ]
    return _table(("Name", "What happens", "Works on", "By default on", "Times", "Seconds"), rows, "")


def _faulty_organisations() -> str:
    rows = [
        (
            _code(row.number),
            row.name,
            Markup("<br>".join(f"<code>{escape(one.name)}</code>" for one in row.faults)),
            Markup("<br>".join(escape(f"{', '.join(one.on)}: {_often(one.count)}") for one in row.faults)),
            " ".join(one.kind.description for one in row.faults),
        )
        for row in FAULTY_ORGANISATIONS
    ]
    return _table(("Number", "Name", "Fault", "Where and how often", "What happens"), rows, "")


def _universe(organisations: Sequence[Organisation]) -> str:
    tables = []
    for kind, title in KINDS.items():
        rows = [
            (one.country, _code(one.number), _code(one.duns or "–"), one.name[:120], one.about)
            for one in organisations
            if one.kind == kind
        ]
        heads = ("Country", "Number", "DUNS", "Name", "What is interesting")
        tables.append(f"<h3>{escape(title)} ({len(rows)})</h3>\n{_table(heads, rows, '')}")
    return "\n".join(tables)


def _not_found() -> str:
    rows = [
        (
            "DUNS number (where it cannot be a Norwegian number)" if country == "DUNS" else country,
            _code(f"{prefix}…"),
        )
        for country, prefix in NOT_FOUND.items()
    ]
    return _table(("Identifiers of", "Beginning with"), rows, "")


def _often(count: int | None) -> str:
    return "always" if count is None else f"{count} ×"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:g}"
