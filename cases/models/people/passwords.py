"""What a password must not be, beside what Django itself refuses."""

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIFFERENT = 5  # characters
FEWEST_STEPS = 6  # characters that the one before them does not foretell
ROWS = ("qwertyuiopåasdfghjkløæzxcvbnm", "qwertzuiopüasdfghjklöäyxcvbnm", "azertyuiopqsdfghjklmwxcvbn")


class VariedPasswordValidator:
    """Refuses what is one word over and over, whatever parts it, has few different characters, or runs along the
    alphabet or the keys."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if the password is too regular; in which way is not told."""
        word = password.casefold()
        letters = "".join(filter(str.isalnum, word))
        is_repeated = any(map(_is_repeated, filter(None, (word, letters))))
        if is_repeated or len(set(word)) < FEWEST_DIFFERENT or _surprises(word) < FEWEST_STEPS:
            raise ValidationError(
                _(
                    "The password repeats itself, has too few different characters or follows a row such as "
                    "abcd, 1234 or qwerty."
                ),
                code="password_too_regular",
            )

    def get_help_text(self) -> str:
        return _(
            "Your password can’t be one word or character repeated, or a row such as abcd, 1234 or qwerty."
        )


def _is_repeated(word: str) -> bool:
    return word in (word + word)[1:-1]


def _surprises(word: str) -> int:
    """How many characters neither repeat nor follow the one before them, in the alphabet or on the keys, either way."""
    return 1 + sum(not _is_foretold(one, next_one) for one, next_one in pairwise(word)) if word else 0


def _is_foretold(one: str, next_one: str) -> bool:
    pair = one + next_one
    return abs(ord(one) - ord(next_one)) <= 1 or any(pair in row or pair[::-1] in row for row in ROWS)
