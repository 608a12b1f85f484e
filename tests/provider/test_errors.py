import pickle

import pytest

from cases.provider.errors import Code, GiveUp, ProviderError, RetryLater, plain


def test_a_code_outside_the_list_cannot_be_raised() -> None:
    with pytest.raises(ValueError, match="made_up"):
        RetryLater("made_up")


def test_every_code_is_a_short_safe_word() -> None:
    assert all(code.isascii() and code.replace("_", "").isalnum() and len(code) <= 20 for code in Code)


def test_the_providers_words_are_kept_out_of_what_gets_logged() -> None:
    error = GiveUp(Code.BAD_REQUEST, status=400, message="Ola Nordmann is not in the register")
    assert str(error) == "bad_request (400)"
    assert "Ola" not in repr(error)
    assert error.message == "Ola Nordmann is not in the register"


def test_a_message_is_plain_and_short() -> None:
    message = RetryLater(Code.HTTP_503, message="a\x00b\x1b[31m\r\nc\u202ed" + "x" * 9000).message
    assert message.startswith("a b [31m c d")
    assert len(message) == 500


@pytest.mark.parametrize(
    "text",
    [
        "Invalid bearer abc.def-123",
        'header was {"Authorization": "Bearer abc.def-123"}',
        "client_secret=abc.def-123&x=1",
        '{"access_token": "abc.def-123"}',
        "token eyJabc.def-123.sig expired",
        "you sent abc.def-123",
    ],
)
def test_a_message_never_holds_a_secret(text: str) -> None:
    assert "def-123" not in plain(text, ("abc.def-123",))
    if "you sent" not in text:
        assert "def-123" not in GiveUp(Code.BAD_REQUEST, message=text).message


def test_an_error_survives_a_trip_between_processes() -> None:
    error = pickle.loads(pickle.dumps(RetryLater(Code.HTTP_503, status=503, message="m", retry_after=2.0)))  # noqa: S301
    assert isinstance(error, ProviderError)
    assert (error.code, error.status, error.message, error.retry_after) == ("http_503", 503, "m", 2.0)
