import logging

import pytest
from django_q.models import OrmQ

from cases import tasks
from cases.queue import Job
from cases.workflows.capture import advancing


def test_every_job_names_a_task_that_is_there() -> None:
    for job in Job:
        module, _, name = job.value.rpartition(".")
        assert module == tasks.__name__
        assert callable(getattr(tasks, name))


def test_an_exception_in_a_task_is_told_without_its_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_first: int | None) -> int:
        raise LookupError("Kari Nordmann, born 1970")

    monkeypatch.setattr(advancing, "advance_due", fail)
    with caplog.at_level(logging.ERROR):
        tasks.advance(1)
    assert "LookupError at test_tasks.py" in caplog.text
    assert "Kari" not in caplog.text


@pytest.mark.django_db
def test_a_job_enqueued_in_vain_leaves_nothing_behind() -> None:
    tasks.advance(123456)
    tasks.heartbeat()
    assert OrmQ.objects.count() == 0
