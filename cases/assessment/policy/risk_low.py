"""How a risk model lets 'low' be earned."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import Checked
from cases.assessment.policy.risk_gates import OTHER_QUESTIONS
from cases.assessment.policy.risk_terms import Low, LowReason, LowTest, Need

OF_TEST = {
    LowTest.FORM: ("forms",),
    LowTest.ANSWER: ("id_of", "value"),
    LowTest.PLAIN_OLD: ("years",),
}
OLDEST = 200  # years


def read_low(checked: Checked, value: object) -> Low:
    """Read it; what is not known must keep a case from being 'low', so that one need cannot be left out."""
    found = checked.mapping(value, "low")
    checked.only(found, "low", ("max_points", "needs_one_of", "needs_all"))
    entries = checked.entries(found.get("needs_one_of"), "low.needs_one_of")
    reasons = [_reason(checked, entry, f"low.needs_one_of[{place}]") for place, entry in enumerate(entries)]
    needs = [
        checked.choice(word, f"low.needs_all[{place}]", [*Need])
        for place, word in enumerate(checked.texts(found.get("needs_all"), "low.needs_all"))
    ]
    if Need.ALL_KNOWN not in needs:
        words = _("Let ‘low’ need “%(need)s”: what is not known is no reason for it.")
        checked.refuse("low.needs_all", words % {"need": Need.ALL_KNOWN})
    return Low(
        max_points=checked.whole(found.get("max_points"), "low.max_points"),
        one_of=tuple(reason for reason in reasons if reason),
        needs=tuple(Need(word) for word in needs if word),
    )


def _reason(checked: Checked, value: object, place: str) -> LowReason | None:
    found = checked.mapping(value, place)
    word = checked.choice(found.get("test"), f"{place}.test", [*LowTest])
    if not word:
        return None
    test = LowTest(word)
    checked.only(found, place, ("id", "test", "basis", *OF_TEST[test]))
    return LowReason(
        id=checked.text(found.get("id"), f"{place}.id"),
        test=test,
        basis=checked.text(found.get("basis"), f"{place}.basis"),
        **_of_test(checked, test, found, place),
    )


def _of_test(checked: Checked, test: LowTest, found: Mapping[str, Any], place: str) -> dict[str, Any]:
    match test:
        case LowTest.FORM:
            return {"forms": checked.texts(found.get("forms"), f"{place}.forms")}
        case LowTest.ANSWER:
            return {
                "question": checked.choice(found.get("id_of"), f"{place}.id_of", OTHER_QUESTIONS),
                "value": checked.text(found.get("value"), f"{place}.value"),
            }
        case LowTest.PLAIN_OLD:
            return {"years": checked.whole(found.get("years"), f"{place}.years", 1, OLDEST)}
