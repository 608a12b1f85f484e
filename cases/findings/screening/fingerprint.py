"""A name for an entry of a list by which it is known again in later results."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence

from cases.findings.identity.same_party import folded
from cases.provider.result import wire
from cases.provider.result.placeholders import is_placeholder


def fingerprints(entries: Sequence[wire.SanctionResult]) -> list[str]:
    """Give each entry its fingerprint, in their order.

    Made of the list and the entry's number on it; without a number, of the list, the name and the date of birth. All
    else (match number, metadata, aliases, addresses) may change from one result to the next. Entries that are alike
    in this are numbered, in an order that does not depend on the order they came in.
    """
    found = [_hash(entry) for entry in entries]
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for place, fingerprint in enumerate(found):
        alike[fingerprint].append(place)
    for fingerprint, places in alike.items():
        for turn, place in enumerate(sorted(places, key=lambda index: _rest(entries[index]))):
            found[place] = f"{fingerprint}-{turn + 1}" if turn else fingerprint
    return found


def _hash(entry: wire.SanctionResult) -> str:
    listed = folded(entry.source or "")
    if not is_placeholder(entry.external_id):
        described: list[object] = [listed, entry.external_id]
    elif not is_placeholder(entry.name):
        described = [listed, None, folded(entry.name or ""), _born(entry)]
    else:
        described = [listed, None, None, _born(entry), *_rest(entry)]
    return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:32]


def _born(entry: wire.SanctionResult) -> str:
    if entry.birth_date is None:
        return ""
    return entry.birth_date.day.isoformat() if entry.birth_date.day else folded(entry.birth_date.raw)


def _rest(entry: wire.SanctionResult) -> tuple[object, ...]:
    """What else describes the party, to tell entries apart that have nothing better."""
    return (
        entry.first_update.raw if entry.first_update else "",
        folded(entry.name or ""),
        sorted(folded(text) for text in entry.birth_date_info or () if text),
        sorted(folded(text) for text in entry.alias_list or () if text),
        [folded(text or "") for text in (entry.title, entry.function, entry.comment)],
        sorted(
            [folded(text or "") for text in (a.country_code, a.country_name, a.city, a.street, a.post_code)]
            for a in entry.address_list or ()
            if a
        ),
    )
