"""Something a reader must not overlook, with what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import ngettext_lazy

from cases.findings.presence import Words


class Level(StrEnum):
    """How loud a caution is, in the words the page's alerts use."""

    DANGER = "danger"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Caution:
    """A statement, and the place of the result it rests on."""

    code: str
    text: Words
    rests_on: str
    level: Level = Level.WARNING


MOST_OF_A_KIND = 10  # said one by one; five thousand of one kind say no more than their number


def told(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """Keep the first of each kind, and of the others how many there are, where the first of them would stand."""
    kinds: dict[str, list[Caution]] = {}
    for each in cautions:
        kinds.setdefault(each.code, []).append(each)
    return tuple(each for kind in kinds.values() for each in _of_a_kind(kind))


def _of_a_kind(kind: list[Caution]) -> list[Caution]:
    if len(kind) <= MOST_OF_A_KIND + 1:
        return kind
    text = ngettext_lazy(
        "There is %(count)d more of this kind: “%(text)s” is the next.",
        "There are %(count)d more of this kind: “%(text)s” is the next.",
        "count",
    )
    rest = kind[MOST_OF_A_KIND:]
    more = replace(rest[0], text=text % {"count": len(rest), "text": rest[0].text})
    return [*kind[:MOST_OF_A_KIND], more]
