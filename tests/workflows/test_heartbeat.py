"""Signs of life: only what works now is alive."""

import pytest

from cases.workflows import heartbeat
from tests.workflows.engine_steps import Clock

pytestmark = pytest.mark.django_db


def test_nothing_is_alive_that_never_beat() -> None:
    assert heartbeat.silence() == ["queue", "dispatcher"]


def test_what_beats_is_alive() -> None:
    heartbeat.beat_of_this_cluster()
    assert heartbeat.silence() == ["dispatcher"]
    heartbeat.beat(heartbeat.DISPATCHER)
    assert heartbeat.silence() == []


def test_of_two_clusters_one_that_beats_is_enough(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    heartbeat.beat_of_this_cluster()
    clock.jump(minutes=5)
    monkeypatch.setenv(heartbeat.CLUSTER_NAME_VARIABLE, "another machine")
    heartbeat.beat_of_this_cluster()

    assert heartbeat.silence() == ["dispatcher"]


@pytest.mark.parametrize("hours", [3, -3])
def test_a_beat_of_another_time_is_none_whichever_way_the_clock_was_put(hours: float, clock: Clock) -> None:
    heartbeat.beat_of_this_cluster()
    heartbeat.beat(heartbeat.DISPATCHER)
    clock.jump(hours=hours)

    assert heartbeat.silence() == ["queue", "dispatcher"]
    heartbeat.beat_of_this_cluster()
    heartbeat.beat(heartbeat.DISPATCHER)
    assert heartbeat.silence() == []


def test_a_long_task_beats_no_more_often_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    monkeypatch.setattr(heartbeat, "beat", names.append)
    beats = heartbeat.Beats()

    for _ in range(100):
        beats.beat()

    assert names == [heartbeat.cluster_name()]
