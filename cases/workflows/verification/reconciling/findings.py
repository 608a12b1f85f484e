"""What comes of holding the rows of one case against its events."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cases.workflows.audit.recorded_columns import column, plain
from cases.workflows.verification.reconciling.trail import BEFORE, Event

# What a column is called in a sentence, where its name does not say it.
WORDS = {
    "about_us": "answer to whether it is about the organisation",
    "is_active": "answer to whether they may sign in",
    "roles": "set of roles",
    "username": "user name",
    "asked_by_id": "person who asked",
    "assignee_id": "person who has it",
    "beneficial_owner_count": "number of beneficial owners",
    "captured_at": "time of capture",
    "certificate_from": "day of the certificate",
    "evidence": "standing of what was captured",
    "granted_scopes": "set of granted scopes",
    "has_expired": "answer to whether a result of the newest session expired",
    "has_result": "answer to whether the newest session brought its result",
    "hit_count": "number of hits",
    "likely_hit_count": "number of likely hits",
    "unconfirmed_hit_count": "number of judgements that wait for a second person",
    "misses_anew": "answer to whether the newest session lacks what none lacked before",
    "newest_capture": "standing of the newest session",
    "newest_ended_at": "end of the newest session",
    "newest_session_id": "newest session",
    "next_expiry": "time when the next result expires",
    "opened_by_id": "person who opened it",
    "person_id": "person",
    "provider_id": "session at the provider",
    "recused_reason": "reason",
    "requested_by_id": "person who ordered",
    "result_at": "time of the result",
    "sha256": "file",
    "signatures": "set of signatures",
    "unreadable": "answer to whether it can be read",
    "verdicts": "set of verdicts",
    "waits_for": "information it waits for",
    "waits_until": "day until which it waits",
}
# What may be printed: words of ours, and numbers. Everything else may name somebody.
PRINTED = {
    *("evidence", "explanation", "hit_count", "kind", "language", "likely_hit_count", "pages", "reason"),
    "unconfirmed_hit_count",
    *("beneficial_owner_count", "screening", "size", "state", "verdict"),
    *("has_expired", "has_result", "misses_anew", "newest_capture", "newest_session_id"),
}


class Findings:
    """Of one case: how many rows were held against events, what differs, and what could not be compared."""

    def __init__(self) -> None:
        self.rows = 0
        self.problems: list[str] = []
        self.uncompared: Counter[tuple[str, str]] = Counter()

    def differ(self, problem: str) -> None:
        self.problems.append(problem)

    def leave_out(self, what: str, why: str) -> None:
        """Say that something cannot be compared: 'the file of a result', BEFORE."""
        self.uncompared[what, why] += 1

    def compare(self, what: str, name: str, there: Any, recorded: Any, event: Event) -> None:
        """Hold one column of a row against what an event tells of it."""
        if plain(there) == recorded:
            return
        self.other(f"{what} has another {words(name)} than {event} tells", name, there, recorded)

    def other(self, problem: str, name: str, there: Any, right: Any) -> None:
        """Say that a column is another than it should be, with both values where they may be printed."""
        printed = f": {there or 'none'}, not {right or 'none'}" if name in PRINTED else ""
        self.differ(problem + printed)

    def compare_row(self, what: str, kind: str, names: Iterable[str], row: Any, event: Event) -> None:
        """Hold columns of a row against those that an event tells; what it does not tell is left out."""
        recorded = event.row
        if recorded is None:
            self.leave_out(f"columns of {kind}", event.why_not)
            return
        for name in names:
            if name in recorded:
                self.compare(what, name, column(row, name), recorded[name], event)
            else:
                self.leave_out(f"the {words(name)} of {kind}", BEFORE)

    def compare_detail(self, what: str, kind: str, name: str, there: Any, event: Event) -> None:
        """Hold a column against what the detail of an event tells under the same name."""
        if name in event.detail:
            self.compare(what, name, there, event.detail[name], event)
        else:
            self.leave_out(f"the {words(name)} of {kind}", event.why_not)


def words(name: str) -> str:
    return WORDS.get(
        name, name.removesuffix("_at").replace("_", " ") + (" time" if name.endswith("_at") else "")
    )
