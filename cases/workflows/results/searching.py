"""What cases are found by: derived from their rows and newest results, in the transaction that changes these."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q

from amlportal.compiled import Compiled
from cases.findings.search import folded_words, searchable
from cases.findings.search.searchable import Entry
from cases.models import Artefact, Case, CaseSearch, OrganisationIdentity
from cases.models.casework.identity import IdentityKind, Number, firm_of
from cases.models.casework.search import own_entries
from cases.provider.result.names import searched
from cases.workflows.results.case_result import CaseResult

# Characters: the input is hostile, and PostgreSQL takes no search vector of more than a megabyte.
MOST_ENTRY_CHARACTERS, MOST_WORDS = 200_000, 500_000
TOGETHER = 500
CASE = Compiled(lambda case: Case.objects.select_related("organisation").filter(pk=case), int)
KINDS: dict[str, str] = {
    IdentityKind.ORG: searchable.NUMBER,
    IdentityKind.DUNS: searchable.DUNS,
    IdentityKind.LEI: searchable.LEI,
}


def take_in(case: Case, artefact: Artefact, read: CaseResult) -> None:
    """Keep what the newest result of a case tells; inside the caller's transaction, after its columns."""
    save(rows({CASE.get(case.pk): result_entries(artefact, read)}))


def result_entries(artefact: Artefact, read: CaseResult) -> Sequence[Entry]:
    """Give what a result tells that its case is found by; nothing if it is about another organisation."""
    if artefact.about_us is False:
        return []
    return [*_up_to(MOST_ENTRY_CHARACTERS, searchable.entries(read.result, searched(read.document)))]


def refresh(cases: Iterable[Case]) -> None:
    """Derive anew what cases are found by after their own rows have changed; what results told of them stays."""
    cases = list(cases)
    if not cases:
        return
    entries = dict(CaseSearch.objects.filter(case__in=cases).values_list("case", "stated"))
    save(rows({case: entries.get(case.pk, []) for case in sorted(cases, key=lambda case: case.pk)}))


def rows(of_cases: Mapping[Case, Iterable[Entry]]) -> list[CaseSearch]:
    """Make the rows of cases, unsaved; what a firm is known by is asked once for all its cases.

    Most firms have one number and one name: of these nothing more is asked.
    """
    names = {case.organisation_id: case.organisation.name for case in of_cases}
    values = {case.organisation.value for case in of_cases}
    learned = OrganisationIdentity.objects.filter(Q(organisation__in=names) | Q(value__in=values))
    found = [*learned.values_list("organisation", "kind", "value")]
    several = {pk for pk, kind, value in found if kind != IdentityKind.NAME or value != names.get(pk)}
    by_others = {value for _pk, _kind, value in found}
    known_as: dict[int, list[Entry]] = {}
    for case in of_cases:
        if case.organisation_id not in known_as:
            is_plain = case.organisation_id not in several and case.organisation.value not in by_others
            known_as[case.organisation_id] = [] if is_plain else _known_as(case)
    return [row(case, entries, known_as[case.organisation_id]) for case, entries in of_cases.items()]


def row(case: Case, entries: Iterable[Entry], known_as: Sequence[Entry] | None = None) -> CaseSearch:
    """Make the row of a case, unsaved. `known_as`: what its firm is known by besides; asked if it is not given."""
    entries, known_as = list(entries), _known_as(case) if known_as is None else known_as
    found: dict[str, None] = {}
    for text, _what in (*own_entries(case), *entries, *known_as):
        found.update(dict.fromkeys(sorted(folded_words.words(text))))
    return CaseSearch(
        case=case,
        stated=[[text, what] for text, what in entries],
        known_as=[[text, what] for text, what in known_as],
        words=" ".join(_words_up_to(MOST_WORDS, found)),
    )


def _known_as(case: Case) -> list[Entry]:
    """What the firm of a case is known by besides, and was called before, as its captures tell."""
    own = Number.of(case.organisation.identifier)
    firm = firm_of(own)
    names = OrganisationIdentity.objects.filter(organisation__in=firm.organisations, kind=IdentityKind.NAME)
    former = names.exclude(value=case.organisation.name).values_list("value", flat=True)
    return [
        *((number.text, [KINDS[number.kind]]) for number in sorted(firm.numbers - {own})),
        *((name, [searchable.FORMER_NAME]) for name in dict.fromkeys(former)),
    ]


def save(rows: list[CaseSearch]) -> None:
    """Save rows, new or known, in few statements."""
    CaseSearch.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["stated", "known_as", "words"],
        batch_size=TOGETHER,
    )


@contextmanager
def room_for_many() -> Iterator[None]:
    """Let PostgreSQL keep all that is found in memory: without, it forgets which rows it were, and reads each anew."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', '32MB', true), set_config('jit', 'off', true)")
        yield


def _up_to(most: int, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries that fit into so many characters; one too long is left out by itself and hides none behind it."""
    for entry in entries:
        if len(entry[0]) <= most:
            most -= len(entry[0])
            yield entry


def _words_up_to(most: int, words: Iterable[str]) -> Iterator[str]:
    for word in words:
        most -= len(word.encode()) + 1
        if most < 0:
            return
        yield word
