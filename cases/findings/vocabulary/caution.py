"""Something a reader must not overlook, with what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import ngettext_lazy

from cases.findings.vocabulary.caution_codes import CODES, GRAVITY, Level, topic_of
from cases.findings.vocabulary.sections import Topic
from cases.findings.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class Caution:
    """A statement, and the place of the result it rests on. How grave it is, its code says (caution_codes.py).

    `in_short` replaces the code's own short words where the finding has a figure.
    """

    code: str
    text: Words
    rests_on: str
    in_short: Words = ""

    @property
    def level(self) -> Level:
        """How grave it is."""
        return CODES[self.code].level

    @property
    def is_alarm(self) -> bool:
        """Is it more than a point to check?"""
        return self.level is Level.ALARM

    @property
    def topic(self) -> Topic:
        """The verdict it bears on."""
        return topic_of(self.code, self.rests_on)

    @property
    def words(self) -> Words:
        """What was found, in a few words."""
        return self.in_short or CODES[self.code].words


LONGEST_NAME = 80  # characters of a name in a sentence
MOST_OF_A_KIND = 10  # said one by one; five thousand of one kind say no more than their number


def about(name: str | None, text: Words) -> Words:
    """Put the name of the party that a text is about before it, if it has one."""
    if not name:
        return text
    return f"{name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + '…'}: {text}"


def gravest_first(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """Sort by the table of codes; those of one code stay in their order."""
    return tuple(sorted(cautions, key=lambda caution: GRAVITY[caution.code]))


def told(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """Keep the first MOST_OF_A_KIND cautions of each code; the next says how many more there are."""
    kinds: dict[str, list[Caution]] = {}
    for caution in cautions:
        kinds.setdefault(caution.code, []).append(caution)
    return tuple(one for kind in kinds.values() for one in _of_a_kind(kind))


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
