"""Hits on people who may be beneficial owners: whose they are, and whom a conclusion must say why of."""

from typing import Any

import pytest

from cases.assessment.owners import owners
from cases.assessment.owners.candidates import Candidate
from cases.assessment.owners.listed import (
    DIFFER,
    LISTED_AT_LIMIT,
    LISTED_NOT_KNOWN,
    NO_OR_NOT_KNOWN,
    SAY_WHY,
    YES_OR_NOT_KNOWN,
    HitsOnPeople,
    PersonHits,
    WordsNeeded,
    lacking_words,
    words_needed,
)
from cases.findings.result import Result, with_dispositions
from cases.findings.screening.chapter import Disposition
from tests.assessment.owners.made import TODAY, document, person
from tests.findings.reading import result

BORN, OTHER_BORN = "1961-04-17", "1970-09-02"
LIV = "Liv Storholm"


def listed(number: int = 1, **fields: Any) -> dict[str, Any]:
    """An entry of a sanctions list that is Liv by name and birth."""
    usual = {"source": "EU_GLOBAL", "externalId": f"EU-{number}", "name": LIV, "birthDate": BORN}
    return {**usual, "matchIndicator": 300, **fields}


def with_hits(*entries: dict[str, Any], holders: tuple[Any, ...] = (), **changes: Any) -> Result:
    chapter = {"status": "SANCTION" if entries else "NONE", "sanctionResults": [*entries]}
    found = document(holders or (person(LIV, 25, BORN), person("Rest Berg", 75)))
    return result({**found, "sanction": chapter}, **changes)


def candidate_of(found: Result, born: str = BORN) -> Candidate:
    reckoned = owners.reckon(found, TODAY)
    (one,) = [who for who in reckoned.candidates if who.born and who.born.raw.startswith(born)]
    return one


def hits_on_liv(found: Result, born: str = BORN) -> PersonHits:
    who = candidate_of(found, born)
    return HitsOnPeople(found.screening).on(who.names, who.places)


def counted(hits: PersonHits) -> tuple[int, int, int, int]:
    return len(hits.likely), len(hits.open), len(hits.confirmed), len(hits.cleared)


def test_hits_are_told_apart_by_what_became_of_them() -> None:
    found = with_hits(listed(1), listed(2, birthDate=OTHER_BORN), listed(3), listed(4))
    marks = [hit.fingerprint for hit in found.screening.hits if hit.is_likely]
    judged = with_dispositions(found, {marks[0]: Disposition.CONFIRMED, marks[1]: Disposition.CLEARED})
    assert counted(hits_on_liv(judged)) == (1, 1, 1, 1)
    assert [hit.is_likely for hit in hits_on_liv(found).waiting] == [True, True, True, False]


def test_a_hit_of_another_name_that_is_compared_with_somebody_is_theirs() -> None:
    found = with_hits(listed(name="Quite Another", aliasList=[]))
    assert len(hits_on_liv(found).waiting) == 1


def test_a_hit_on_somebody_of_the_same_name_and_another_birth_is_not_theirs() -> None:
    both = (person(LIV, 30, BORN), person(LIV, 70, OTHER_BORN))
    found = with_hits(listed(), holders=both)
    assert counted(hits_on_liv(found))[0] == 1
    assert counted(hits_on_liv(found, OTHER_BORN)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "is_known"), [({}, True), ({"expands": ("ownership.shareholders",)}, False)]
)
def test_without_a_screening_no_hit_tells_nothing(changes: dict[str, Any], is_known: bool) -> None:
    found = document((person(LIV, 25, BORN),))
    if is_known:
        found["sanction"] = {"status": "NONE"}
    assert hits_on_liv(result(found, **changes)).is_known is is_known
    assert HitsOnPeople(None).on((LIV,), ()) == PersonHits()


def note(found: Result) -> WordsNeeded | None:
    return words_needed(candidate_of(found), hits_on_liv(found))


@pytest.mark.parametrize(
    ("share", "more", "words"),
    [
        (25, {}, f"{DIFFER} {SAY_WHY}"),
        (41, {}, ""),
        (None, {"percentageControl": 41.0}, f"{YES_OR_NOT_KNOWN} {SAY_WHY}"),
        (None, {"percentageControl": 20.0, "integratedOwnership": 26.0}, f"{YES_OR_NOT_KNOWN} {SAY_WHY}"),
        (None, {"integratedOwnership": 20.0}, f"{NO_OR_NOT_KNOWN} {SAY_WHY}"),
    ],
)
def test_a_note_says_how_the_rule_sets_differ(share: Any, more: dict[str, Any], words: str) -> None:
    named = [{**person(LIV, None, BORN), **more}] if more else []
    holders = [person(LIV, share, BORN)] if share else []
    found = result(document(holders, named))
    found_note = note(found)
    assert (str(found_note.words) if found_note else "") == words
    assert found_note is None or not found_note.is_grave


@pytest.mark.parametrize(
    ("share", "words"), [(41, str(LISTED_AT_LIMIT)), (25, f"{DIFFER} {LISTED_AT_LIMIT}"), (10, "")]
)
def test_a_listed_person_who_reaches_a_limit_is_grave(share: int, words: str) -> None:
    holders = (person(LIV, share, BORN), person("Rest Berg", 100 - share))
    likely = with_hits(listed(), holders=holders)
    if not words:  # nobody concludes on one who reaches nothing
        assert not [who for who in owners.reckon(likely, TODAY).candidates if who.name == LIV]
        return
    found_note = note(likely)
    assert found_note == WordsNeeded(words, is_grave=True)
    (hit,) = likely.screening.hits
    for became, is_grave in ((Disposition.CONFIRMED, True), (Disposition.CLEARED, False)):
        judged = note(with_dispositions(likely, {hit.fingerprint: became}))
        assert bool(judged and judged.is_grave) is is_grave, became


def test_where_the_threshold_is_not_known_the_note_says_so() -> None:
    found = with_hits(listed(), holders=(person(LIV, "much", BORN), person("Rest Berg", 75)))
    assert note(found) == WordsNeeded(str(LISTED_NOT_KNOWN), is_grave=True)


@pytest.mark.parametrize("entry", [listed(birthDate=OTHER_BORN), listed(source="PEP_AC")])
def test_a_hit_that_is_not_likely_and_one_of_a_pep_list_list_nobody(entry: dict[str, Any]) -> None:
    found_note = note(with_hits(entry))
    assert found_note is not None
    assert not found_note.is_grave


@pytest.mark.parametrize(
    ("words", "others", "is_enough"),
    [
        ("Asked the bank, which knows her: another person.", (), True),
        ("ok", (), False),
        ("      no     \n     yes       ", (), False),
        ("Shareholder register of 2025.", ("shareholder  REGISTER of 2025. ",), False),
        ("Shareholder register of 2025.", ("Another register of 2024.",), True),
        ("", (), True),  # that nothing is written is told anyhow
    ],
)
def test_words_on_a_listed_person_are_a_sentence_of_their_own(
    words: str, others: tuple[str, ...], is_enough: bool
) -> None:
    grave = WordsNeeded("why", is_grave=True)
    assert bool(lacking_words(grave, words, others)) is not is_enough
    assert not lacking_words(WordsNeeded("why"), words, others)
    assert not lacking_words(None, words, others)
