"""Which party of the chapter `ownership` a person or organisation is that another chapter names."""

from collections import defaultdict
from collections.abc import Iterable

from cases.findings.identity.same_party import Identity, forms_of, traits
from cases.findings.identity.same_person import have_one_name
from cases.findings.ownership.parties import Party
from cases.provider.result.scalars import Day


class Directory:
    """Finds the party that is named in another chapter, by the rule that tells the parties apart."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._by_number: defaultdict[Identity, list[Party]] = defaultdict(list)
        self._by_other: defaultdict[Identity, list[tuple[Identity | None, Party]]] = defaultdict(list)
        for party in parties:
            mentions = party.traits
            number = next((mention.number for mention in mentions if mention.number), None)
            if number:
                self._by_number[number].append(party)
            for trait in {trait for mention in mentions for trait in mention.others}:
                self._by_other[trait].append((number, party))

    def party_of(
        self, names: Iterable[str | None], numbers: Iterable[str | None], births: Iterable[Day | None]
    ) -> Party | None:
        """Give the party with this number, else the one with a name and date of birth of these.

        Of several with the number, the one with such a name.
        """
        names = [*names]
        who = traits(names, numbers, births)
        forms = forms_of(who.number) if who.number else ()
        numbered = [party for form in forms for party in self._by_number.get(form, ())]
        if len(numbered) > 1:
            called = [name for name in names if name]
            numbered = [party for party in numbered if have_one_name(called, party.names)]
        if len(numbered) == 1:
            return numbered[0]
        near = {id(party): (number, party) for other in who.others for number, party in self._by_other[other]}
        without = [party for number, party in near.values() if number is None]
        found = [party for _number, party in near.values()]
        if who.number or len(found) > 1:
            found = without
        return found[0] if len(found) == 1 else None
