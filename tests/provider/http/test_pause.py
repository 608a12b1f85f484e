import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.provider.errors import RateLimited
from cases.provider.http import rate_limit
from cases.provider.http.rate_limit import Pause, http_date, retry_after_seconds
from cases.provider.http.shared_state import SharedState

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@given(st.text(max_size=40) | st.integers().map(str) | st.floats().map(str))
def test_whatever_retry_after_says_the_wait_is_bounded(text: str) -> None:
    seconds = retry_after_seconds(text, NOW)
    assert seconds is None or 1 <= seconds <= 900


@given(st.integers(min_value=1, max_value=900))
def test_seconds_are_honoured_exactly_as_number_and_as_date(seconds: int) -> None:
    assert retry_after_seconds(str(seconds)) == seconds
    assert retry_after_seconds(format_datetime(NOW + timedelta(seconds=seconds), usegmt=True), NOW) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 1),
        ("100000", 900),
        ("9" * 5000, 900),
        (" 7 ", 7),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("\u0667", None),
        ("Wed, 21 Oct 1999 07:28:00 GMT", 1),
    ],
)
def test_odd_values_end_at_the_bounds_or_say_nothing(text: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(text, NOW) == seconds


@given(st.text(max_size=70))
def test_no_date_header_raises(text: str) -> None:
    moment = http_date(text)
    assert moment is None or moment.tzinfo is UTC


def test_a_pause_is_seen_by_every_worker_with_the_same_folder(tmp_path: Path) -> None:
    ours, theirs = (Pause(SharedState(tmp_path / "new", "issuer")) for _ in range(2))
    ours.hold(60)
    with pytest.raises(RateLimited) as error:
        theirs.check()
    assert 55 < (error.value.retry_after or 0) <= 60


def test_a_shorter_pause_does_not_end_a_longer_one(tmp_path: Path) -> None:
    pause = Pause(SharedState(tmp_path, "issuer"))
    pause.hold(60)
    pause.hold(1)
    assert pause.until() > time.time() + 50


def test_of_two_pauses_at_once_the_longer_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = (Pause(SharedState(tmp_path, "issuer")) for _ in range(2))
    other = threading.Thread(target=theirs.hold, args=(60,))
    read = ours.until

    def read_while_another_holds() -> float:
        until = read()
        other.start()
        other.join(0.2)
        return until

    monkeypatch.setattr(ours, "until", read_while_another_holds)
    ours.hold(5)
    other.join()
    assert theirs.until() > time.time() + 50


def test_a_pause_holds_where_its_lock_cannot_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "LOCK_SECONDS", 0.1)
    state = SharedState(tmp_path, "issuer")
    (tmp_path / "file").write_text("")
    with state.lock("pause", 1):
        for pause in (Pause(state), Pause(SharedState(tmp_path / "file" / "state", "issuer"))):
            pause.hold(60)
            assert pause.until() > time.time() + 50


def test_a_pause_ends_by_itself(tmp_path: Path) -> None:
    state = SharedState(tmp_path, "issuer")
    state.write("pause", {"until": time.time() - 0.1})
    Pause(state).check()


@pytest.mark.parametrize("until", [4e9, "soon", None, True, [1]])
def test_a_pause_that_cannot_be_ours_holds_nobody(tmp_path: Path, until: object) -> None:
    state = SharedState(tmp_path, "issuer")
    state.write("pause", {"until": until})
    Pause(state).check()
    assert Pause(state).until() == 0
