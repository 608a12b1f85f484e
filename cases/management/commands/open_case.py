"""`manage.py open_case`: open a case from the shell, and wait for its results if asked to."""

import json
import math
import sys
import time
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Iterator
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.db import connection

from cases.findings.vocabulary.plain_text import without_turning
from cases.management.database import require_database
from cases.models import AmlSession, Artefact, Case, SessionState, reasons
from cases.presentation.capture_status import status_of
from cases.provider.contract import Contract
from cases.provider.numbers.identifiers import DUNS, ORG, Identifier, NotAnIdentifier, meant_kind, parse
from cases.provider.numbers.typed_number import looks_personal
from cases.workflows import heartbeat, provider
from cases.workflows.casework.cases import NewCase, open_case
from cases.workflows.database_away import AWAY
from cases.workflows.ordering.ordered_lately import OrderedLately
from cases.workflows.ordering.session_requests import ResultRequest

CAPTURED, FAILED, NOT_YET = 0, 1, 2
GLANCE_SECONDS = 0.1
LONGEST_WORDS = 300
PERSONAL = "This is written like the number of a person. Give the number of an organisation, or --duns."
EPILOG = """\
exit status:
  0  everything that was ordered is captured
  1  it failed, was captured in part, or needs a person; also when the words of this command are wrong
  2  not yet: no --wait, or still under way when the wait ended or was broken off (Ctrl-C). The case goes on.

--json prints one object: reference; session: state (requested, creating, doubtful, open, complete, partial,
failed, unknown, quarantined) and provider_id (null before there is one); artefacts: kind (json, aml,
certificate_of_registration), state (asked, ready, captured, failed, expired), and sha256, size in bytes and
seconds_to_capture (from when it was ready until it was captured), which are null until it is captured.
Warnings go to stderr. A wrong check digit is one, and does not stop the order.
"""


def seconds(text: str) -> float:
    """Parse a number of seconds to wait; ArgumentTypeError if it is none."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not value >= 0:
        raise ArgumentTypeError("give a number of seconds")
    return value


class _Help(RawDescriptionHelpFormatter, DjangoHelpFormatter):
    """Help text whose line breaks stay as they are written."""


class Command(BaseCommand):
    """Open a case and order its results; the queue does the work, here it is only watched."""

    help = "Open a case on an organisation and order its results."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Make the parser one that does not exit with 2 when it is misused: 2 means 'not yet' here."""
        parser = super().create_parser(prog_name, subcommand, epilog=EPILOG, formatter_class=_Help, **kwargs)

        def misused(message: str) -> NoReturn:
            parser.print_usage(sys.stderr)
            parser.exit(FAILED, f"{message}\n")

        parser.error = misused  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what the form of a new case takes."""
        parser.add_argument("--country", required=True, help="no, se, fi or dk")
        parser.add_argument(
            "--identifier", required=True, metavar="N", help="organisation number as people write it"
        )
        parser.add_argument(
            "--duns", action="store_true", help="the identifier is a DUNS number (or write DUNS before it)"
        )
        parser.add_argument(
            "--reports", metavar="WORDS", help="PDFs to order, parted by commas; '' for none [all]"
        )
        parser.add_argument(
            "--expands", metavar="WORDS", help="elements of the result to order [all that fit]"
        )
        parser.add_argument(
            "--language", metavar="WORD", help="of reports and phrases: no, nb, nn or en [AML_LANGUAGE]"
        )
        parser.add_argument("--purpose", default="", help="why, in words")
        parser.add_argument(
            "--reason", default="", metavar="WORDS", help="why again, for a firm that was ordered lately"
        )
        parser.add_argument("--wait", type=seconds, metavar="SECONDS", help="wait so long for the results")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the case, wait for its results if asked to, and print how they stand."""
        identifier = self._identifier(
            options["country"], DUNS if options["duns"] else ORG, options["identifier"]
        )
        result_request = _result_request(options["reports"], options["expands"], options["language"])
        purpose, reason = (_words(options[name]) for name in ("purpose", "reason"))
        new = NewCase(identifier, result_request, purpose, again_reason=reason)
        require_database()
        try:
            case = open_case(new, actor=None)
        except OrderedLately as problem:
            raise CommandError(
                f"{problem.earlier.words} Another order is charged again. If it is needed, say why with --reason WORDS."
            ) from problem
        session = self._wait(case, options["wait"] or 0)
        artefacts = list(session.artefacts.all())
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(case, session, artefacts), indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in _lines(case, session, artefacts))
        if status := _status(session):
            raise SystemExit(status)

    def _identifier(self, country: str, kind: str, text: str) -> Identifier:
        if looks_personal(text):
            raise CommandError(PERSONAL)
        try:
            identifier, warnings = parse(country, meant_kind(kind, text), text)
        except NotAnIdentifier as problem:
            raise CommandError(problem.message) from problem
        if warnings:
            self._note("Warning: the check digit of this number is wrong. It is ordered all the same.")
        return identifier

    def _wait(self, case: Case, wait: float) -> AmlSession:
        """Read the session until it is no longer active or the time is over."""
        ends = time.monotonic() + wait
        try:
            self._note(f"{case.reference} is opened.")
            if "queue" in heartbeat.silence():
                self._note(
                    "Warning: nothing works on the queue at the moment, so this order is not sent. "
                    "Start `./portal serve`; the case goes on then."
                )
            while True:
                session, is_over = _latest_session(case), time.monotonic() >= ends
                if session is not None and (is_over or not session.is_active):
                    return session
                if is_over:
                    raise CommandError(
                        "The database cannot be reached any more. The case goes on when it is back."
                    )
                time.sleep(GLANCE_SECONDS)
        except KeyboardInterrupt:
            self._note("No longer waiting. The case goes on.")
            # If a query was interrupted, its connection may be of no use any more, which the first try finds out.
            return _latest_session(case) or case.sessions.get()

    def _note(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE)


def _words(text: str) -> str:
    """A text as the form of a new case keeps it."""
    return " ".join(without_turning(text).split())[:LONGEST_WORDS]


def _latest_session(case: Case) -> AmlSession | None:
    """Read the session; None while the database is away for a moment."""
    try:
        return case.sessions.get()
    except AWAY:
        connection.close()
        return None


def _result_request(reports: str | None, expands: str | None, language: str | None) -> ResultRequest:
    """The result request that the options make; by default without elements that imply a report not wanted."""
    try:
        contract = provider.contract()
    except ImproperlyConfigured as problem:
        raise CommandError(str(problem)) from problem
    wanted = contract.reports if reports is None else _known(reports, contract.reports, "reports")
    unwanted = _words_of_others(contract, wanted)
    elements = tuple(word for word in contract.expands if word not in unwanted)
    return ResultRequest(
        reports=wanted,
        expands=elements if expands is None else _known(expands, contract.expands, "expands"),
        language=settings.AML_LANGUAGE if language is None else _one(language, contract.languages),
    )


def _one(language: str, known: tuple[str, ...]) -> str:
    word = language.strip().lower()
    if word not in known:
        raise CommandError(f"--language: {language!r} is not among {', '.join(known)}.")
    return word


def _words_of_others(contract: Contract, wanted: tuple[str, ...]) -> set[str]:
    others = [kind for kind in contract.kinds if kind.report and kind.report not in wanted]
    return {word for kind in others for word in kind.implied_by}


def _known(text: str, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    unknown = [word for word in words if word not in known]
    if unknown:
        raise CommandError(f"--{option}: {', '.join(unknown)} is not among {', '.join(known)}.")
    return words


def _status(session: AmlSession) -> int:
    if session.is_active:
        return NOT_YET
    return CAPTURED if session.state == SessionState.COMPLETE else FAILED


def _as_json(case: Case, session: AmlSession, artefacts: list[Artefact]) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "session": {"state": session.state.lower(), "provider_id": session.provider_id or None},
        "artefacts": [
            {
                "kind": artefact.kind,
                "state": artefact.state.lower(),
                "sha256": artefact.sha256 or None,
                "size": artefact.size,
                "seconds_to_capture": artefact.seconds_to_capture,
            }
            for artefact in artefacts
        ],
    }


def _lines(case: Case, session: AmlSession, artefacts: list[Artefact]) -> Iterator[str]:
    yield f"{case.reference}  {case.organisation.number}: {status_of(session).words}"
    if session.reason:
        yield f"  {session.why} {session.reason_text}".rstrip()
    for artefact in artefacts:
        line = f"  {artefact.get_kind_display():<27} {artefact.get_state_display()}"
        if artefact.is_captured:
            line += f", {artefact.size:,} bytes, {artefact.seconds_to_capture:.1f} s after it was ready"
            line += f"\n  {'':<27} sha256 {artefact.sha256}"
        elif artefact.reason:
            line += f": {reasons.sentence(artefact.reason, of_an_order=not session.provider_id)}"
        yield line
