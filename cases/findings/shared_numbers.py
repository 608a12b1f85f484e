"""Owners and subsidiaries of one number and quite different names: one that changed its name, or two taken for one."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from cases.findings import likeness, names
from cases.findings.caution import Caution
from cases.findings.ownership_doubts import LONGEST_NAME
from cases.findings.parties import Party
from cases.provider.placeholders import is_placeholder
from cases.provider.wire import HolderType

QUITE_ANOTHER = 0.75  # alike below this
MOST_COMPARED = 20  # names with the first


def cautions(parties: Sequence[Party]) -> Iterator[Caution]:
    """Say which names they have: the number alone made them one."""
    for party in parties:
        called = [name for name in party.names if not is_placeholder(name)][:MOST_COMPARED]
        other = next((each for each in called[1:] if _alike(called[0], each) < QUITE_ANOTHER), None)
        if other is not None and party.numbers:
            text = _(
                "Entries with the number %(number)s have the names “%(one)s” and “%(other)s”: they are shown as one, "
                "and may be two."
            )
            values = {"number": party.number, "one": called[0][:LONGEST_NAME], "other": other[:LONGEST_NAME]}
            yield Caution("one_number_two_names", text % values, party.places[0])


def _alike(one: str, other: str) -> float:
    return max(
        (
            likeness.alike(left, right)
            for left in names.readings(one, HolderType.ORGANIZATION)
            for right in names.readings(other, HolderType.ORGANIZATION)
        ),
        default=0.0,
    )
