"""What a case keeps of its results against what its stored results yield: no event tells of it, the files do.

Columns of lists, the organisation's name, what it is known by and what the case is found by. `reread` writes them anew.
"""

import datetime
from typing import Any

from django.db import DatabaseError, transaction

from cases.findings.names.collation import sort_key
from cases.models import Artefact, Case, CaseSearch, OrganisationIdentity
from cases.models.audit.subject import EventSubject
from cases.workflows.casework import assessed_columns
from cases.workflows.results import derive, derived_anew, identities
from cases.workflows.results.derived_anew import Read
from cases.workflows.results.parsed_result import ParsedResult
from cases.workflows.safe_errors import described
from cases.workflows.verification.reconciling.findings import Findings, words

NOT_THERE = "a stored result of it cannot be had"
YIELD = "than its stored results yield"


def held(key: int) -> Findings:
    """Hold what a case keeps against its results. Raises DatabaseError.

    Files are read before anything is locked, and nothing is locked unless something differs: somebody may have worked
    meanwhile.
    """
    try:
        case = Case.objects.select_related("organisation").filter(pk=key).first()
        found = _compared(case, derived_anew.read(key)) if case else Findings()
        return _again(key) if found.problems else found
    except DatabaseError:
        raise
    except Exception as problem:  # a forged row need not be one that can be read at all
        found = Findings()
        found.differ(f"what follows from its results cannot be compared: {described(problem)}")
        return found


def _again(key: int) -> Findings:
    """Compare while nobody can take in a result of the case, or of another of its firm."""
    while True:
        read = derived_anew.read(key)
        with transaction.atomic():
            case = Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key)
            identities.organisation_of(case.organisation.identifier)
            if read.is_of_now(case):
                case = Case.objects.select_related("organisation").get(pk=key)
                return _compared(case, read)


def _compared(case: Case, read: Read) -> Findings:
    found = Findings()
    _compare_columns(case, read, found)
    _compare_columns_of_sessions(case, found)
    _compare_assessed(case, found)
    _compare_name(case, read, found)
    _compare_identities(case, read, found)
    _compare_search(case, read, found)
    return found


# --- Columns -------------------------------------------------------------------------------------------------


def _compare_columns(case: Case, read: Read, found: Findings) -> None:
    derived = derived_anew.columns(case, read)
    if not derived and derived_anew.result_read(case)[0] is not None:
        found.leave_out("what a case keeps of its results", NOT_THERE)
        return
    differ = _differing(case, derived or _unset())
    # A certificate grows old by itself, and what is kept is of the day when a document changed last.
    if differ and derived:
        then = derived_anew.columns(case, read, today=datetime.date.min)
        differ = {name: value for name, value in _differing(case, then).items() if name in differ}
    for name, value in differ.items():
        found.other(f"the case has another {words(name)} {YIELD}", name, getattr(case, name), value)


def _compare_columns_of_sessions(case: Case, found: Findings) -> None:
    for name, value in _differing(case, derived_anew.columns_of_sessions(case)).items():
        found.other(
            f"the case has another {words(name)} than its sessions yield", name, getattr(case, name), value
        )


def _compare_assessed(case: Case, found: Findings) -> None:
    for name, value in assessed_columns.held(case).items():
        what = f"the case has another {words(name)} than is worked out for it"
        found.other(what, name, getattr(case, name), value)


def _unset() -> dict[str, Any]:
    """The derived columns of a case for which nothing was ordered."""
    empty = Case()
    return {name: getattr(empty, name) for name in derive.COLUMNS}


def _differing(case: Case, derived: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in derived.items() if getattr(case, name) != value}


# --- Name and identities -------------------------------------------------------------------------------------


def _compare_name(case: Case, read: Read, found: Findings) -> None:
    """Compare the organisation's name: the newest result of all its cases names it, so one of them must have."""
    about = case.organisation
    if about.sort_key != (sort_key(about.name) or None):
        found.differ("its organisation stands elsewhere in lists than its name says")
    derived_names = {
        derive.name_for(capture, parsed) for capture in read.captures if (parsed := read.of(capture))
    }
    if about.name in derived_names:
        return
    if not about.name:
        if _is_named(case, read):
            found.differ("its organisation has no name, and the result that is read names it")
        return
    others = derived_anew.captured().filter(session__case__organisation=about).exclude(session__case=case)
    names = [_name(other) for other in others.order_by("-captured_at")]
    if about.name in names:
        return
    if read.spoiled or None in names:
        found.leave_out("the name of an organisation", NOT_THERE)
    else:
        found.differ("its organisation has a name that none of its stored results states")


def _is_named(case: Case, read: Read) -> bool:
    result, _of_case = derived_anew.result_read(case)
    parsed = read.of(result) if result else None
    return bool(result and parsed and derive.name_for(result, parsed))


def _name(artefact: Artefact) -> str | None:
    """The name that a stored result states; None if its file cannot be had, or read."""
    parsed = derived_anew.read_one(artefact)
    return derive.name_for(artefact, parsed) if isinstance(parsed, ParsedResult) else None


def _compare_identities(case: Case, read: Read, found: Findings) -> None:
    """Compare identities: each was learned from a result that states it, and all that results state was learned."""
    about = case.organisation
    stated = {
        capture.pk: {_key(row) for row in identities.stated_by(capture, parsed.key_information, about)}
        for capture in read.captures
        if (parsed := read.of(capture))
    }
    there = OrganisationIdentity.objects.filter(learned_from__session__case=case)
    for row in there.select_related("learned_from__session"):
        found.rows += 1
        source = str(EventSubject.result(row.learned_from.session.number, row.learned_from.kind))
        if row.organisation_id != about.pk:
            found.differ(f"the identity in row {row.pk} is of another organisation than {source}")
        elif row.learned_from_id in read.spoiled:
            found.leave_out("what an organisation is known by", NOT_THERE)
        elif _key(row) not in stated.get(row.learned_from_id, ()):
            found.differ(f"the identity in row {row.pk} is not one that {source} states")
    known = {*about.identities.values_list("kind", "country", "value")}
    for capture in read.captures:
        if missing := len(stated.get(capture.pk, set()) - known):
            says = f"session {capture.session.number} {capture.kind} states {missing} identities"
            found.differ(f"{says} of its organisation of which there is no row")


def _key(row: OrganisationIdentity) -> tuple[str, str, str]:
    return row.kind, row.country, row.value


# --- Search --------------------------------------------------------------------------------------------------


def _compare_search(case: Case, read: Read, found: Findings) -> None:
    found.rows += 1
    known = CaseSearch.objects.filter(case=case).first()
    if known is None:
        found.differ("there is no row of what the case is found by")
        return
    derived = derived_anew.search(case, read, known)
    names = ("stated", "known_as", "words")
    if any(getattr(known, name) != getattr(derived, name) for name in names):
        found.differ("the case is found by other words than its rows and stored results yield")
