"""The six signs of a list: what is kept, read on a later day."""

import datetime

from cases.findings.screening.chapter import Screening
from cases.findings.verdicts.signs import kept, signs
from cases.findings.verdicts.verdicts import TOPICS, State
from cases.findings.vocabulary.sections import Topic
from tests.findings.verdicts.test_verdicts import WITHOUT, changed, good, judged

TODAY = datetime.date(2026, 11, 26)
IN_ORDER = {str(topic): "in_order" for topic in TOPICS}


def states(kept: dict[str, object], certificate_from: datetime.date | None = None) -> dict[str, str]:
    return {str(sign.topic): str(sign.state) for sign in signs(kept, certificate_from, TODAY)}


def test_every_state_is_read_as_it_is_kept_in_the_order_of_the_chips() -> None:
    kept: dict[str, object] = dict(zip(map(str, TOPICS), [*map(str, State), "in_order"], strict=True))
    assert list(states(kept).items()) == list(kept.items())


def test_what_is_not_kept_or_not_understood_is_never_in_order() -> None:
    assert states({}) == {str(topic): "not_done" for topic in TOPICS}
    for word in (None, "", "IN_ORDER", "fine", 1, [], {}):
        assert states({**IN_ORDER, "owners": word})["owners"] == "not_done", word


def test_a_certificate_grows_old_while_nobody_looks() -> None:
    day = datetime.date
    cases = [
        (None, "in_order", "in_order"),
        (day(2026, 8, 26), "in_order", "in_order"),
        (day(2026, 8, 25), "in_order", "points_to_check"),
        (day(2026, 8, 25), "alarm", "alarm"),
        (day(2026, 8, 25), "not_done", "not_done"),
    ]
    for captured_on, state, read in cases:
        found = states({**IN_ORDER, "documents": state}, captured_on)
        assert found[Topic.DOCUMENTS] == read, (captured_on, state)
        assert found[Topic.IDENTITY] == "in_order"


def test_each_sign_says_in_words_what_it_is_about_and_what_it_comes_to() -> None:
    shown = [f"{sign.title}: {sign.words}" for sign in signs({"sanctions": "alarm"}, None, TODAY)]
    assert "Sanctions: Alarm" in shown
    assert "PEP: Not done" in shown


def test_a_sign_has_the_alarm_that_its_chip_has() -> None:
    """Also where the state says that nothing was done: nobody was screened."""
    table = [
        judged(good()),
        judged(good(), expands=WITHOUT["sanctions"]),
        judged(None, expands=WITHOUT["sanctions"], capture="waiting"),
        judged(None, capture="waiting"),
        judged(None, capture="failed"),
        judged(changed("sanction.status", "UNKNOWN")),
        judged(changed("sanction", None), expands=WITHOUT["sanctions"]),
    ]
    for found in table:
        read = signs(kept(found.verdicts, Screening(None)), None, TODAY)
        assert [(sign.topic, sign.state, sign.has_alarm) for sign in read] == [
            (verdict.topic, verdict.state, verdict.has_alarm) for verdict in found.verdicts
        ]
    without = table[-1].verdict(Topic.SANCTIONS)
    assert (str(without.state), without.has_alarm) == ("not_done", True)


def test_before_a_result_a_screening_that_nobody_ordered_is_an_alarm() -> None:
    def is_alarm(found: dict[str, object], *, ordered: bool) -> bool:
        return next(
            sign.has_alarm
            for sign in signs(found, None, TODAY, is_screening_ordered=ordered)
            if sign.topic is Topic.SANCTIONS
        )

    assert is_alarm({}, ordered=False)
    assert not is_alarm({}, ordered=True)
    assert not is_alarm({"sanctions": "points_to_check"}, ordered=False)
