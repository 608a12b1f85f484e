"""The words of a verdict, and what is not believed of the process that gives it."""

from typing import Any

import pytest

from cases.models import Verdict
from cases.signatures import signature_result, signature_words
from cases.signatures.signature_result import result_from
from tests.signatures.test_signatures import SIGNED, check


def test_every_word_has_a_sentence_of_its_own() -> None:
    words = [word for known in signature_words.EXPLANATIONS.values() for word in known]
    assert len(words) == len(set(words))
    assert all(len(word) <= 40 for word in words)
    assert set(signature_words.EXPLANATIONS) == set(Verdict)
    assert len({str(signature_words.sentence(word)) for word in words}) == len(words)


@pytest.mark.parametrize("word", [signature_words.NOT_IN_TIME, signature_words.BROKE_OFF])
def test_no_file_is_accused_of_what_may_be_the_fault_of_the_machine(word: str) -> None:
    assert "harm" not in str(signature_words.sentence(word))
    assert "this machine" in str(signature_words.sentence(word))


def test_a_word_nobody_knows_is_never_shown_bare() -> None:
    assert "does not know" in str(signature_words.sentence("made_up"))
    assert signature_words.sentence("") == ""


def answer(**changes: Any) -> dict[str, Any]:
    return {"verdict": "UNSIGNED", "explanation": "unsigned", "signatures": [], **changes}


@pytest.mark.parametrize(
    "said_by_process",
    [
        None,
        [],
        "VERIFIED",
        {},
        answer(verdict="GOOD"),
        answer(explanation="verified"),
        answer(more=1),
        answer(signatures=None),
        answer(signatures=[{}]),
        answer(signatures=[{"kind": "signature"}] * 1000),
    ],
)
def test_an_answer_in_another_form_tells_nothing(said_by_process: object) -> None:
    found = result_from(said_by_process)
    assert (found.verdict, found.explanation) == (Verdict.CANNOT_TELL, "no_answer")


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 301, 5, None])
def test_a_text_no_database_or_page_could_take_is_refused(text: object) -> None:
    (signature,) = check(SIGNED).as_json
    answered = answer(verdict="VERIFIED", explanation="verified", signatures=[{**signature, "field": text}])
    assert result_from(answered).explanation == "no_answer"


def test_what_is_kept_is_read_again_and_what_another_version_kept_is_left_out() -> None:
    found = check(SIGNED)
    assert signature_result.kept(found.as_json) == list(found.signatures)
    assert signature_result.kept([{"old": "form"}, *found.as_json]) == list(found.signatures)
    assert signature_result.kept(None) == []
