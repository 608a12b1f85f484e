"""Whatever a document may name has words to choose it by."""

from enum import StrEnum
from typing import Any

import pytest

from cases.assessment.policy.hit_reason_terms import HitVerdict, SecondIf, Weight
from cases.assessment.policy.hit_reasons import KINDS_STATED
from cases.assessment.policy.requirement_set import OF_SETS
from cases.assessment.policy.requirement_terms import When, Who
from cases.assessment.policy.risk_factors import INVOLVED, Judged, Test
from cases.assessment.policy.risk_gates import OTHER_QUESTIONS
from cases.assessment.policy.risk_terms import Condition, LowTest, Need
from cases.presentation.policy import options
from cases.presentation.policy.parts import Options

KNOWN: list[tuple[Any, Options]] = [
    (Test, options.TESTS),
    (Judged, options.JUDGED),
    (Condition, options.CONDITIONS),
    (LowTest, options.LOW_TESTS),
    (Need, options.NEEDS),
    (OTHER_QUESTIONS, options.QUESTIONS),
    (INVOLVED, options.INVOLVED_IN),
    (Weight, options.WEIGHTS),
    (SecondIf, options.SECOND_IF),
    (HitVerdict, options.VERDICTS),
    (KINDS_STATED, options.STATED),
    (OF_SETS, options.CHECKS),
    (When, options.WHENS),
    (Who, options.WHO),
]


@pytest.mark.parametrize(("known", "offered"), KNOWN)
def test_every_word_that_a_reader_knows_can_be_chosen(known: type[StrEnum], offered: Options) -> None:
    words = dict(offered({}))
    assert [str(word) for word in known] == [*words]
    assert all(str(text).strip() and str(text) != word for word, text in words.items())
