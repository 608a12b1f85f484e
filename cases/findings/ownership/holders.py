"""The entries of the chapter `ownership`: shareholders, beneficial owners and subsidiaries, one for each as it came."""

from dataclasses import dataclass
from decimal import Decimal

from cases.findings.identity.life import Living, Sign
from cases.findings.identity.same_party import names_apart
from cases.findings.vocabulary.address import Address
from cases.findings.vocabulary.code_words import Word
from cases.provider.result.scalars import Day
from cases.provider.result.wire import HolderType

Share = Decimal | str | None
KINDS = {holder_type.value: holder_type for holder_type in HolderType}


def stated_kind(kind: Word | None) -> HolderType | None:
    """Give the kind of an owner, if it is stated by a word that is known."""
    return KINDS.get(kind.code) if kind else None


@dataclass(frozen=True, slots=True)
class Shareholder(Living):
    """One direct owner."""

    place: str
    name: str | None
    first_name: str | None
    last_name: str | None
    number: str | None
    born: Day | None
    kind: Word | None
    share: Share
    is_itself: bool
    lives: tuple[Sign, ...] = ()

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last name where the name does not show them."""
        return names_apart([self.name], [self.first_name, self.last_name])


@dataclass(frozen=True, slots=True)
class Beneficial(Living):
    """One beneficial owner; `control` is None when the control is by role or indirect (contract §7)."""

    place: str
    name: str | None
    first_name: str | None
    last_name: str | None
    number: str | None
    born: Day | None
    control: Share
    integrated: Share
    reason: Word | None
    reason_phrase: str | None
    roles: tuple[Word, ...]
    address: Address | None
    lives: tuple[Sign, ...] = ()

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last name where the name does not show them."""
        return names_apart([self.name], [self.first_name, self.last_name])

    @property
    def reason_apart(self) -> Word | None:
        """The reason, where its phrase does not begin with the same words."""
        if self.reason is None or not self.reason_phrase:
            return self.reason
        text = str(self.reason.text).casefold()
        return None if text and self.reason_phrase.casefold().startswith(text) else self.reason


@dataclass(frozen=True, slots=True)
class Subsidiary:
    """One organisation the customer owns a part of."""

    place: str
    name: str | None
    number: str | None
    share: Share


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number that describes the structure, as named by the provider."""

    name: Word
    value: Share
