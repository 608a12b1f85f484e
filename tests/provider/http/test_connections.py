"""What only a real socket shows: time, truncation, cuts, and which connection a call went over."""

import gzip
import time

import pytest

from cases.provider.client import ProviderClient
from cases.provider.errors import (
    CannotUnderstand,
    FixConfiguration,
    GiveUp,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    RetryLater,
)
from tests.provider.conftest import config_for
from tests.provider.local_provider import SESSION, Exchange, free_port

LOOK = f"{SESSION}/s1"
CREATE = f"{SESSION}/no"


def halved(it: Exchange) -> None:
    it.begin(200, Content_Length="100")
    it.wfile.write(b'{"jsonData": ')
    it.close_connection = True


def half_a_chunk(it: Exchange) -> None:
    it.begin(200, Transfer_Encoding="chunked")
    it.wfile.write(b"64\r\n{")
    it.close_connection = True


def reset_within(it: Exchange) -> None:
    it.begin(200, Content_Length="100")
    it.wfile.write(b"{")
    it.cut()


def drip_headers(it: Exchange) -> None:
    it.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 1000, every=0.1)


def drip_body(it: Exchange) -> None:
    it.begin(200, Content_Length="1000")
    it.drip(b"x" * 1000, every=0.1)


def drip_without_end(it: Exchange) -> None:
    it.begin(200, Connection="close")
    it.drip(b" " * 1000, every=0.1)


def garbage(it: Exchange) -> None:
    it.wfile.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
    it.close_connection = True


LOST = [
    (halved, "truncated"),
    (half_a_chunk, "truncated"),
    (reset_within, "connection_broken"),
    (Exchange.cut, "connection_broken"),
    (Exchange.stall, "timeout"),
    (drip_headers, "timeout"),
    (drip_body, "timeout"),
    (drip_without_end, "timeout"),
    (garbage, "garbled"),
]


@pytest.mark.parametrize(("answer", "code"), LOST, ids=lambda it: getattr(it, "__name__", it))
def test_a_look_that_breaks_off_is_retried_later(local, hasty, provider, answer, code: str) -> None:
    local.access()
    client = hasty if code == "timeout" else local
    provider.on("GET", LOOK, answer)
    began = time.monotonic()
    with pytest.raises(RetryLater) as error:
        client.session_information("s1")
    assert (type(error.value), error.value.code) == (RetryLater, code)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(("answer", "code"), LOST, ids=lambda it: getattr(it, "__name__", it))
def test_an_order_whose_answer_is_lost_has_an_unknown_outcome_and_is_sent_once(
    local, hasty, provider, order, *, answer, code: str
) -> None:
    local.access()
    provider.on("POST", CREATE, answer)
    with pytest.raises(OutcomeUnknown) as error:
        (hasty if code == "timeout" else local).create_session(order)
    assert error.value.code == code
    assert provider.count("POST", CREATE) == 1


BOMB = gzip.compress(b" " * 5_000_000)


def gzipped(it: Exchange) -> None:
    it.bytes(BOMB, Content_Encoding="gzip")


def oddly_framed(it: Exchange) -> None:
    it.begin(200, Transfer_Encoding="gzip, chunked", Connection="close")


def said_too_large(it: Exchange) -> None:
    it.begin(200, Content_Length=str(2**40))


def endless(it: Exchange) -> None:
    it.begin(200, Connection="close")
    for _ in range(100):
        it.wfile.write(b"x" * 2**16)


REFUSED = [
    (gzipped, "encoding_refused"),
    (oddly_framed, "encoding_refused"),
    (said_too_large, "too_large"),
    (endless, "too_large"),
]


@pytest.mark.parametrize(("answer", "code"), REFUSED)
def test_an_answer_too_large_or_encoded_unasked_is_not_understood(local, provider, answer, code) -> None:
    provider.on("GET", LOOK, answer)
    with pytest.raises(CannotUnderstand) as error:
        local.session_information("s1")
    assert error.value.code == code


@pytest.mark.parametrize(("answer", "code"), REFUSED)
def test_an_order_with_such_an_answer_has_an_unknown_outcome(local, provider, order, answer, code) -> None:
    provider.on("POST", CREATE, answer)
    with pytest.raises(OutcomeUnknown) as error:
        local.create_session(order)
    assert error.value.code == code


def test_identity_is_the_only_encoding_asked_for(local, provider) -> None:
    provider.on("GET", LOOK, lambda it: it.json({"jsonData": "READY"}))
    local.session_information("s1")
    assert all(seen.headers["Accept-Encoding"] == "identity" for seen in provider.seen)


def test_an_error_status_whose_body_breaks_off_is_a_known_outcome(local, hasty, provider, order) -> None:
    local.access()

    def refused(it: Exchange) -> None:
        it.begin(400, Content_Length="1000")
        it.wfile.write(b'{"message')
        it.wfile.flush()
        it.stall()

    provider.on("POST", CREATE, refused)
    with pytest.raises(GiveUp) as error:
        hasty.create_session(order)
    assert error.value.code == "bad_request"


def test_an_error_with_an_endless_body_is_not_read_to_its_end(local, provider) -> None:
    def refused(it: Exchange) -> None:
        it.begin(404, Content_Length=str(2**40))
        for _ in range(100):
            it.wfile.write(b"x" * 2**16)

    provider.on("GET", LOOK, refused)
    with pytest.raises(NotFound):
        local.session_information("s1")


def test_looks_share_a_connection_and_orders_never_do(local, provider, order) -> None:
    provider.on("GET", LOOK, lambda it: it.json({"jsonData": "READY"}))
    provider.on("POST", CREATE, lambda it: it.json({"sessionId": "s1"}, 201))
    for _ in range(3):
        local.session_information("s1")
        local.create_session(order)
    looks = {seen.connection for seen in provider.seen if seen.path == LOOK}
    orders = {seen.connection for seen in provider.seen if seen.path == CREATE}
    assert (len(looks), len(orders)) == (1, 3)
    assert not looks & orders


def test_a_look_that_meets_a_connection_just_closed_is_sent_anew(local, provider) -> None:
    def ready(it: Exchange) -> None:
        it.json({"jsonData": "READY"})

    provider.on("GET", LOOK, ready, Exchange.cut, ready)
    local.session_information("s1")
    assert local.session_information("s1").entities["json"].ready
    assert provider.count("GET", LOOK) == 3


def test_a_look_cut_off_on_a_new_connection_is_not_sent_anew(tmp_path, provider) -> None:
    provider.on("GET", LOOK, Exchange.cut)
    base_url = provider.url.replace("127.0.0.1", "localhost")  # no connection is kept to this name yet
    client = ProviderClient(config_for(tmp_path, issuer=provider.url, base_url=base_url))
    with pytest.raises(RetryLater):
        client.session_information("s1")
    assert provider.count("GET", LOOK) == 1


def test_a_redirect_is_refused_and_our_token_goes_nowhere_else(local, provider) -> None:
    elsewhere = f"{provider.url}/elsewhere"
    provider.on("GET", LOOK, lambda it: it.bytes(b"", 302, Location=elsewhere))
    provider.on("GET", "/elsewhere", lambda it: it.json({"jsonData": "READY"}))
    with pytest.raises(GiveUp) as error:
        local.session_information("s1")
    assert error.value.code == "redirect_refused"
    assert provider.count("GET", "/elsewhere") == 0


@pytest.mark.parametrize(
    "session_id", ["../../token", "%2e%2e", "a/b?c#d", "å & ø", ";x=1", "s1%2Fjson", "@{s}"]
)
def test_a_hostile_session_id_stays_one_segment_of_the_path(local, provider, session_id: str) -> None:
    with pytest.raises(NotFound):
        local.session_information(session_id)
    path = provider.seen[-1].path
    assert path.startswith(f"{SESSION}/")
    assert len(path.split("/")) == 4
    assert "?" not in path
    assert "#" not in path


def test_the_environments_proxy_is_not_asked(local, provider, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    provider.on("GET", LOOK, lambda it: it.json({"jsonData": "READY"}))
    assert local.session_information("s1").entities["json"].ready


def test_no_library_logs_the_session_either(local, provider, caplog) -> None:
    def oddly_headed(it: Exchange) -> None:
        it.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno colon here\r\n\r\n{}")

    provider.on("GET", f"{SESSION}/secret-session", oddly_headed, Exchange.cut)
    with caplog.at_level(0):
        local.session_information("secret-session")
        with pytest.raises(ProviderError):
            local.session_information("secret-session")
    assert "information 200" in caplog.text
    assert "secret-session" not in caplog.text


def test_nothing_raised_names_the_session_not_even_in_its_context(local, provider) -> None:
    provider.on("GET", f"{SESSION}/secret-session", Exchange.cut)
    with pytest.raises(ProviderError) as error:
        local.session_information("secret-session")
    link: BaseException | None = error.value
    while link is not None:
        assert "secret-session" not in f"{link!r} {link}"
        link = link.__cause__ or link.__context__


def test_an_address_that_cannot_be_one_is_a_matter_of_configuration(tmp_path, provider) -> None:
    client = ProviderClient(config_for(tmp_path, issuer=provider.url, base_url=f"https://{'a' * 70}.example"))
    with pytest.raises(FixConfiguration) as error:
        client.session_information("s1")
    assert error.value.code == "bad_address"
