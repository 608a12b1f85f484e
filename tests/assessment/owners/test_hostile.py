"""Whatever came: nothing is raised, and much is worked out in little time."""

import time
from typing import Any

from hypothesis import given, settings

from cases.assessment.owners import owners
from cases.assessment.owners.candidates import Answer
from cases.provider.result.bounds import Document
from tests.assessment.owners.made import HOME, TODAY, document, owned_by, person, reckoned
from tests.findings.documents import spoiled
from tests.findings.reading import NAMES, payload, result

MANY = 10_000
MOST_SECONDS = 20  # on a slow machine; much less than comparing each with each


@settings(max_examples=150, deadline=None)
@given(found=spoiled())
def test_any_document_is_reckoned(found: Any) -> None:
    reckoning = owners.reckon(result(found), TODAY)
    keys = [candidate.key for candidate in reckoning.candidates]
    assert len({*keys}) == len(keys)
    for question in reckoning.family_questions:
        assert {*question.members} <= {*keys}
    assert all(str(reckoned.words) for it in reckoning.candidates for reckoned in it.by_rule_set)


def test_every_payload_is_reckoned_the_same_twice() -> None:
    wrong = [name for name in NAMES if reckoned(payload(name)) != reckoned(payload(name))]
    assert wrong == []


def test_ten_thousand_of_one_surname_and_address_are_one_question_each_in_little_time() -> None:
    shares = [person(f"Ola{place} Berg", "0.01") for place in range(MANY)]
    read = result(document(shares, [{"name": f"Ola{place} Berg", "address": HOME} for place in range(MANY)]))
    began = time.monotonic()
    found = owners.reckon(read, TODAY)
    assert time.monotonic() - began < MOST_SECONDS
    assert [len(question.members) for question in found.family_questions] == [MANY]


def test_odd_numbers_and_names_are_not_known_and_raise_nothing() -> None:
    odd: list[Any] = [1e300, "1e999999", "NaN", "Infinity", {}, [], [None], True, "٣٠", 10**400]
    names: list[Any] = [None, "", " ", ",", "\0", "Ø" * 5000, {}, []]
    shares = [{"name": name, "percentage": share, "type": "PERSON"} for share in odd for name in names]
    found = owned_by(*shares, beneficials=[{"percentageControl": share} for share in odd])
    # One number, 10 to the power of 300, is a share of more than all.
    assert {reckoned.answer for it in found.candidates for reckoned in it.by_rule_set} == {Answer.UNKNOWN}


def test_owners_that_were_cut_are_never_nobody() -> None:
    cut = Document(document(), {"ownership": 3})
    found = reckoned(cut)
    assert (found.nobody_found, found.is_known) == (False, True)
    assert [str(words) for words in found.incomplete_because] == [
        "The owners came cut, in several versions, or in a form that is not read."
    ]
