"""Numbers of a result that count what it lists: each is held against the list."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from cases.findings.coverage.counted import counted_by
from cases.findings.ownership.holders import Beneficial, Indicator, Shareholder, Subsidiary
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.formats import number_words
from cases.findings.vocabulary.presence import Nothing, did_come

SHAREHOLDERS = re.compile("(direct|registered)*(shareholders?|owners?|aksjonærer|aktieägare|aktionærer)")
BENEFICIALS = re.compile("(ultimate|real)*(beneficial(s|owners?)?|ubos?|reellerettighetshavere)")
SUBSIDIARIES = re.compile("(direct)*(subsidiar(y|ies)|datterselskap(er)?|dotterbolag|datterselskaber)")


class Lists(Protocol):
    """What the chapter of owners lists, and why there is nothing where there is none."""

    @property
    def shareholders(self) -> Sequence[Shareholder]: ...
    @property
    def beneficials(self) -> Sequence[Beneficial]: ...
    @property
    def subsidiaries(self) -> Sequence[Subsidiary]: ...
    @property
    def indicators(self) -> Sequence[Indicator]: ...
    @property
    def shareholders_nothing(self) -> Nothing | None: ...
    @property
    def beneficials_nothing(self) -> Nothing | None: ...
    @property
    def subsidiaries_nothing(self) -> Nothing | None: ...


def of_indicators(lists: Lists) -> Iterator[Caution]:
    """Warn of each indicator that counts a list that came, be it empty, and gives another number than it holds."""
    for indicator in lists.indicators:
        listed = _listed(lists, counted_by(indicator.name.raw))
        if listed is not None and isinstance(indicator.value, Decimal) and indicator.value != listed:
            values = {"name": indicator.name.text, "stated": number_words(indicator.value), "listed": listed}
            text = _("The provider states “%(name)s: %(stated)s”, and lists %(listed)d.") % values
            yield Caution("indicator_differs", text, f"ownership.indicators.{indicator.name.raw}")


def _listed(lists: Lists, what: str) -> int | None:
    """Give the number of entries of the list that is meant; None if it did not come, or none is meant."""
    for words, entries, nothing in (
        (SHAREHOLDERS, lists.shareholders, lists.shareholders_nothing),
        (BENEFICIALS, lists.beneficials, lists.beneficials_nothing),
        (SUBSIDIARIES, lists.subsidiaries, lists.subsidiaries_nothing),
    ):
        if words.fullmatch(what):
            return len(entries) if did_come(nothing) else None
    return None
