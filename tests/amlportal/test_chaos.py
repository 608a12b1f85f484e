"""The load under faults: what is drawn, what is counted, and that it touches nobody's portal."""

from collections import Counter
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from amlportal.chaos import options, plan
from amlportal.chaos.verdict import Account
from amlportal.sandbox.faults.faults import read_fault


def complete(*words: str) -> dict[str, object]:
    return vars(options.complete(options.parser().parse_args(words)))


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    drawn = plan.drawn(7, 60, 200, 20, 2)
    assert drawn == plan.drawn(7, 60, 200, 20, 2)
    assert drawn != plan.drawn(8, 60, 200, 20, 2)


def test_what_is_drawn_is_what_was_asked_for_in_the_order_of_its_times() -> None:
    drawn = plan.drawn(7, 60, 400, 30, 2)
    kinds = Counter(blow.kind for blow in drawn.blows)
    assert (len(drawn.orders), len({order.number for order in drawn.orders})) == (400, 400)
    assert (kinds.pop(plan.DATABASE), kinds.total()) == (2, 30)
    assert set(kinds) <= set(plan.VICTIMS)
    for times in ([order.at for order in drawn.orders], [blow.at for blow in drawn.blows]):
        assert times == sorted(times)
        assert 0 <= times[0] <= times[-1] <= 60
    assert {order.results for order in drawn.orders} == {0, 1, 3}


def test_the_sandbox_knows_every_fault() -> None:
    faults = [*plan.CREATES, *plan.RESULTS, *plan.WEBHOOK_FAULTS, plan.NONE_MADE, plan.NO_REPORTS]
    assert [read_fault(fault).name for fault in faults] == [fault["name"] for fault in faults]


def test_a_lost_create_keeps_the_webhooks_by_which_it_is_found() -> None:
    drawn = plan.drawn(7, 60, 2000, 0, 0)
    names = [{fault["name"] for fault in order.faults} for order in drawn.orders]
    assert any("create_lost" in name for name in names)
    assert not any("create_lost" in name and name & plan.FIND_NOTHING for name in names)


@pytest.mark.parametrize(
    ("words", "sessions", "kills", "restarts"),
    [
        (["--minutes", "2", "--database", "postgresql"], 200, 14, 2),
        (["--minutes", "2", "--database", "sqlite"], 200, 14, 0),
        (["--minutes", "0.1", "--database", "postgresql"], 10, 1, 1),
        (["--sessions", "5", "--kills", "0", "--restarts", "3", "--database", "postgresql"], 5, 0, 3),
    ],
)
def test_what_is_not_said_follows_from_the_minutes(
    words: list[str], sessions: int, kills: int, restarts: int
) -> None:
    completed = complete(*words)
    assert (completed["sessions"], completed["kills"], completed["restarts"]) == (sessions, kills, restarts)
    assert complete(*options.words(options.parser().parse_args(words)), "--seed=1") == {
        **completed,
        "seed": 1,
    }


def test_a_day_is_the_most_in_minutes_as_in_seconds() -> None:
    for name, day in (("minutes", 24 * 60), ("life", 24 * 60 * 60)):
        assert complete(f"--{name}={day}")[name] == day
        with pytest.raises(SystemExit, match="2"):
            complete(f"--{name}={day + 1}")


@pytest.mark.parametrize("minutes", ["0.001", "1001", "1440"])
def test_what_follows_from_the_minutes_is_never_refused(minutes: str) -> None:
    completed = options.complete(options.parser().parse_args(["--minutes", minutes, "--seed", "1"]))
    assert complete(*options.words(completed)) == vars(completed)


def test_one_count_too_many_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        complete("--sessions", str(options.MOST + 1))
    assert f"--sessions: must be a whole number from 0 to {options.MOST}" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--minutes", "0"], ["--kills", "-1"], ["--life", "x"], ["--more"]])
def test_nonsense_is_refused_before_anything_is_made(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        complete(*words)


GOOD = Account(
    ordered=4,
    seconds=8.0,
    states=Counter(COMPLETE=2, PARTIAL=1, FAILED=1),
    results=7,
    captured=7,
    again=1,
    hashes_held=7,
    chains=4,
    chains_held=4,
    rows=60,
)


@pytest.mark.parametrize(
    ("account", "good"),
    [
        (GOOD, True),
        (replace(GOOD, expired=1), True),  # whatever expired and could be had is lost too
        (replace(GOOD, lost=1), False),
        (replace(GOOD, twice=1), False),
        (replace(GOOD, hashes_held=6), False),
        (replace(GOOD, chains_held=3), False),
        (replace(GOOD, is_portal_chain_held=False), False),
        (replace(GOOD, rows_differ=1), False),
        (replace(GOOD, chains=3, chains_held=3), False),
        (replace(GOOD, states=Counter(COMPLETE=3, UNKNOWN=1)), False),
    ],
)
def test_only_what_all_held_is_good(account: Account, good: bool) -> None:
    assert account.is_good is good
    assert list(account.lines())[-1] == ("Everything held." if good else "NOT EVERYTHING HELD.")


def test_the_table_tells_each_number_under_its_name() -> None:
    rows = dict(line.split(maxsplit=1) for line in GOOD.lines())
    assert rows["sessions"] == "4"
    assert rows["sessions/s"] == "0.50  (4 ended in 8 s)"
    assert (rows["complete"], rows["partly"], rows["failed"]) == ("2", "1", "1")
    assert (rows["lost"], rows["expired"], rows["twice"]) == ("0 of 7 that the provider made", "0", "0")
    assert (rows["hashes"], rows["chains"]) == ("7 of 7 files are as captured", "4 of 4 hold")
    assert rows["rows"] == "0 of 60 differ from events and stored results"


def test_it_refuses_to_break_a_portal_that_is_not_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(options.OWN_FOLDER, "/another/folder")
    with pytest.raises(CommandError, match=r"\./portal chaos"):
        call_command("chaos")
