"""The six signs of a list: what is kept, read on a later day."""

import datetime

from cases.findings.caution_codes import Topic
from cases.findings.verdict_signs import signs
from cases.findings.verdicts import TOPICS, State

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
    for captured_on, kept, read in cases:
        found = states({**IN_ORDER, "documents": kept}, captured_on)
        assert found[Topic.DOCUMENTS] == read, (captured_on, kept)
        assert found[Topic.IDENTITY] == "in_order"


def test_each_sign_says_in_words_what_it_is_about_and_what_it_comes_to() -> None:
    told = [f"{sign.title}: {sign.words}" for sign in signs({"sanctions": "alarm"}, None, TODAY)]
    assert "Sanctions: Alarm" in told
    assert "PEP: Not done" in told
