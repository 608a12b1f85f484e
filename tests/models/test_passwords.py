"""What nobody may choose for a password, said in words where it is typed."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from cases.models.people.passwords import VariedPasswordValidator
from tests import factories
from tests.web.pages import words

REFUSED = [
    *(
        "a" * 12,
        "A" * 40,
        "ab" * 8,
        "Kari7Kari7Kari7",
        "abcabcabcabd",
        "aaaabbbbcccc",
        "aaaaaaaaaaa1",
        "ø" * 12,
    ),
    *("abcdefghijkl", "lkjihgfedcba", "ABCDEFGHIJKLM1", "1234567890ab", "qwertyuiopas", "asdfghjklqwertz"),
    *("auditor-auditor", "kari.Kari-KARI", "Ola Nordmann, Ola Nordmann!", "2026/2026/2026"),
    *("poiuytrewq12345", "1111222233334444a", "aaaaaaqqqqqqzz", "", "aAbBcCdDeEfF"),
]
TAKEN = [
    *(
        "correct horse battery staple",
        "!?#%&/()=+*-_.:",
        "Tromsø-ferge-kl-0715",
        "kV7#pQ2!mX9z",
        "en lang setning uten tall",
    ),
    *(
        "a1c9e4b7d0f2",
        "!?#%&/()=+*-_.:",
        "Schifffahrt auf dem Rhein",
        "пароль для портала",
        "1987 var et godt år",
        "hunter2 hunter3",
    ),
]


def test_what_is_monotonous_is_refused_and_nothing_else() -> None:
    def is_refused(password: str) -> bool:
        try:
            VariedPasswordValidator().validate(password)
        except ValidationError:
            return True
        return False

    assert [text for text in REFUSED if not is_refused(text)] == []
    assert [text for text in TAKEN if is_refused(text)] == []


def test_the_portal_asks_it_wherever_a_password_is_set() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("a" * 12)
    assert "password_too_regular" in {error.code for error in refused.value.error_list}


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_of_it(client: Client) -> None:
    client.force_login(factories.kari())
    new = {"new_password1": "a" * 12, "new_password2": "a" * 12}
    answer = client.post("/password/", {"old_password": factories.PASSWORD, **new})
    assert "The password repeats itself, has too few different characters or follows a row" in words(answer)
    assert factories.kari().check_password(factories.PASSWORD)
