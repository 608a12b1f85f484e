"""Owners and subsidiaries of one number and quite different names: one that changed its name, or two taken for one."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.one_number import are_near
from cases.findings.identity.same_party import Identity, by_number
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.parties import Party
from cases.findings.vocabulary.caution import LONGEST_NAME, Caution

MOST_COMPARED = 20  # names with the first


def cautions(parties: Sequence[Party]) -> Iterator[Caution]:
    """Warn of a number with two quite different names, whether its entries were taken for one party or parted."""
    sharing: dict[Identity, list[Party]] = {}
    for party in parties:
        if number := next(filter(None, map(by_number, party.numbers)), None):
            sharing.setdefault(number, []).append(party)
    for group in sharing.values():
        named = [name for party in group for name in party.names if not names_nobody(name)]
        one, *others = named[:MOST_COMPARED] or [""]
        other = next((name for name in others if not are_near(one, name)), None)
        if other is not None:
            text = AS_ONE if len(group) == 1 else APART
            values = {"number": group[0].number, "one": one[:LONGEST_NAME], "other": other[:LONGEST_NAME]}
            yield Caution("one_number_two_names", text % values, group[0].places[0])


AS_ONE = _(
    "Entries with the number %(number)s have the names “%(one)s” and “%(other)s”: they are shown as one, "
    "and may be two."
)
APART = _(
    "Entries with the number %(number)s have the names “%(one)s” and “%(other)s”, and are of another birth or kind: "
    "they are shown apart. One of them may have a wrong number."
)
