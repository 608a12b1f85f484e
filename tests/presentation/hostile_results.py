"""Results as large as the provider's may be (20 MiB), each full of something that costs much to read or show."""

import json
from collections.abc import Callable, Iterable

from tests.findings.reading import payload

SIZE = 20 * 2**20
FIRST = ["Anna", "Berit", "Carl", "Dag", "Erik", "Frida", "Geir", "Hanna", "Ivar", "Jon"]
NAMED = '{"keyInformation": {"name": "Stor AS", "organizationNumber": "910000001"}, '


def _filled(before: str, unit: str, after: str) -> bytes:
    """As many of a unit, with commas between, as there is room for."""
    times = (SIZE - len((before + after).encode())) // (len(unit.encode()) + 1)
    return (before + ",".join([unit] * times) + after).encode()


def _joined(before: str, parts: Iterable[str], after: str) -> bytes:
    """The parts with commas between, as many as there is room for."""
    kept, room = [], SIZE - len((before + after).encode())
    for part in parts:
        room -= len(part.encode()) + 1
        if room < 0:
            break
        kept.append(part)
    return (before + ",".join(kept) + after).encode()


def owners_and_hits(name: Callable[[int], str], owners: int = 5000, hits: int = 5000) -> bytes:
    """A result with so many owners and hits, named by their number, and aliases as long as there is room."""
    found = payload("no_full")
    hit = dict.fromkeys(found["sanction"]["sanctionResults"][0])
    found["ownership"]["shareholders"] = [{"name": name(n), "type": "PERSON"} for n in range(owners)]
    found["sanction"]["sanctionResults"] = [
        {**hit, "name": name(n), "externalId": f"EU-{n}", "aliasList": [name(n + k) for k in range(3)]}
        for n in range(hits)
    ]
    return json.dumps(found, ensure_ascii=False).encode()


def long_names(letter: str) -> bytes:
    room = SIZE * 9 // 10 // 5000 // len(letter.encode())
    return owners_and_hits(lambda n: f"{n} " + letter * room, hits=0)


def odd_fields() -> bytes:
    """Owners of which each has eleven fields that nobody knows, each with a name of its own."""
    padding = "x" * 160
    owner = (
        "{" + ",".join(f'"odd{n}of{k}{padding}": "{padding}"' for k in range(11)) + "}" for n in range(9000)
    )
    return _joined(NAMED + '"ownership": {"shareholders": [', owner, "]}}")


def wide_strings() -> bytes:
    """Unknown chapters of long strings, in letters that take four bytes each."""
    chapters = (f'"chapter {n}": ["{chr(0x1F600) * 2000} {n}"]' for n in range(90_000))
    return _joined(NAMED, chapters, "}")


def one_string() -> bytes:
    return (NAMED + '"purpose": "' + "word " * (SIZE // 5 - 50) + '"}').encode()


def with_one_wide(result: bytes) -> bytes:
    """The same with one letter that makes Python keep four bytes for each of all the others."""
    return result[:-20] + "\N{WOMAN}".encode() + result[-16:]


def _first_and_last(n: int) -> str:
    return f"{FIRST[n % 10]} {FIRST[n // 10 % 10]}"


def strangers(owners: int = 5000, born: str = "", share: float = 0.0) -> bytes:
    """Shareholders, as many beneficial owners who are none of them, roles and signers: each may be any other."""
    found = payload("no_full")
    people = [{"name": f"{_first_and_last(n)} Sen{n}", "dateOfBirth": born} for n in range(owners)]
    found["ownership"]["shareholders"] = [
        {**who, "type": "PERSON", "percentage": share or 100 / owners} for who in people
    ]
    found["ownership"]["beneficials"] = [
        {
            "name": f"{_first_and_last(n)} Dottir{n}",
            "dateOfBirth": born,
            "percentageControl": 30,
            "reason": "DIRECT_OWNERSHIP",
        }
        for n in range(owners)
    ]
    found["roles"]["boardMembers"] = [
        {"name": f"{_first_and_last(n)} Bakken{n}", "dateOfBirth": born} for n in range(owners)
    ]
    return json.dumps(found).encode()


def signers(born: str = "", most: int = 4000) -> bytes:
    """As many signers of one rule as people with a role and owners."""
    found = json.loads(strangers(most, born))
    found["authorities"]["signatureRights"]["options"] = [
        {"required": [{"name": f"{_first_and_last(n)} Haug{n}", "dateOfBirth": born, "role": "BOARD_MEMBER"}]}
        for n in range(most)
    ]
    return json.dumps(found).encode()


ALL: dict[str, Callable[[], bytes]] = {
    "hostile: empty lists": lambda: _filled(NAMED + '"ownership": {"shareholders": [', "[]", "]}}"),
    "hostile: tiny objects": lambda: _filled(NAMED + '"ownership": {"shareholders": [', '{"a":1}', "]}}"),
    "hostile: tiny objects everywhere": lambda: _filled(NAMED + '"x": [', '[{},[],{"a":[]}]', "]}"),
    "hostile: chapters": lambda: _joined(NAMED, (f'"c{n}": {{"a": []}}' for n in range(2_000_000)), "}"),
    "hostile: nests": lambda: _filled(NAMED + '"ownership": {"a": [', "[" * 95 + "]" * 95, "]}}"),
    "hostile: nests of objects": lambda: _filled(
        NAMED + '"ownership": {"a": [', '{"a":' * 90 + "1" + "}" * 90, "]}}"
    ),
    "hostile: one name again and again": lambda: _joined(NAMED, (f'"a": {n}' for n in range(3_000_000)), "}"),
    "hostile: one string": one_string,
    "hostile: one string with one wide letter": lambda: with_one_wide(one_string()),
    "hostile: strangers": strangers,
    "hostile: large strangers": lambda: strangers(share=30),
    "hostile: strangers of one day": lambda: strangers(born="1961-03-07"),
    "hostile: signers": signers,
    "hostile: signers of one day": lambda: signers("1961-03-07"),
    "hostile: long names": lambda: long_names("x"),
    "hostile: names in wide letters": lambda: long_names("\U0001d4b3"),
    "hostile: escapes": lambda: _filled(
        NAMED + '"ownership": {"shareholders": [', '{"name":"' + "\\u0000" * 600 + '"}', "]}}"
    ),
    "hostile: odd fields": odd_fields,
    "hostile: wide strings": wide_strings,
    "hostile: 5,000 owners, 5,000 hits": lambda: owners_and_hits(
        lambda n: f"Ivan Petrov {n % 70} Nummer {n}"
    ),
    "hostile: words without end": lambda: owners_and_hits(
        lambda n: " ".join(f"a{n * 7 + k}b" for k in range(90))
    ),
    "hostile: digits": lambda: _filled(NAMED + '"financials": {"a": [', "9" * 300, "]}}"),
}
