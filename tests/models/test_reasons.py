"""Every word that may be kept as a reason has its sentence."""

import pytest

from cases.models import reasons
from cases.provider.errors import Code


def test_every_word_of_the_provider_package_has_a_sentence(subtests: pytest.Subtests) -> None:
    for code in Code:
        with subtests.test(code=code):
            assert code.value in reasons.SENTENCES


def test_every_word_of_our_own_has_a_sentence() -> None:
    ours = {value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)}
    assert ours <= reasons.SENTENCES.keys()


def test_the_words_that_raise_the_alarm_have_sentences() -> None:
    assert set(reasons.CONFIGURATION) <= reasons.SENTENCES.keys()
