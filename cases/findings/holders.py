"""The entries of the chapter `ownership`: shareholders, beneficial owners and subsidiaries, one for each as it came."""

from dataclasses import dataclass
from decimal import Decimal

from cases.findings.address import Address
from cases.findings.births import born
from cases.findings.identity import names_apart
from cases.findings.words import Word
from cases.provider.placeholders import is_placeholder, says_something
from cases.provider.scalars import FLAGS, Day
from cases.provider.wire import HolderType

# Words for whether somebody lives, beside yes and no.
DEAD = "deceased|dead|død|doed|avdød|död|avliden|kuollut"
ALIVE = "alive|living|not deceased|notdeceased|levende|lever|ikke død|ikke registrert som død|ej avliden|levande|elossa"
LIFE = {**dict.fromkeys(DEAD.split("|"), True), **dict.fromkeys(ALIVE.split("|"), False)}
Share = Decimal | str | None
KINDS = {each.value: each for each in HolderType}


def stated_kind(kind: Word | None) -> HolderType | None:
    """Give what an owner is, if it is called by a word that is known."""
    return KINDS.get(kind.code) if kind else None


@dataclass(frozen=True, slots=True)
class Shareholder:
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

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last name where the name does not show them."""
        return names_apart([self.name], [self.first_name, self.last_name])


@dataclass(frozen=True, slots=True)
class Beneficial:
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
    said_deceased: bool | str | None
    deceased_date: Day | None

    @property
    def names_apart(self) -> tuple[str, ...]:
        """First and last name where the name does not show them."""
        return names_apart([self.name], [self.first_name, self.last_name])

    @property
    def reason_apart(self) -> Word | None:
        """The reason, where its phrase does not begin with the same words."""
        if self.reason is None or not self.reason_phrase:
            return self.reason
        said = str(self.reason.text).casefold()
        return None if said and self.reason_phrase.casefold().startswith(said) else self.reason

    @property
    def deceased(self) -> bool | str | None:
        """What is said of whether it lives, if it can be read; else as it came."""
        return LIFE.get(str(self.said_deceased).casefold(), self.said_deceased)

    @property
    def deceased_on(self) -> Day | None:
        """The date it died; an empty one, one that stands for none, or a text without a year says nothing."""
        said = self.deceased_date
        return said if said and says_something(said) and born([said]).is_stated else None

    @property
    def is_deceased(self) -> bool:
        """Does the result say so, by the word or by a date?"""
        return self.deceased is True or self.deceased_on is not None

    @property
    def deceased_in_words(self) -> str:
        """What stands in the place of a date of death, and is none."""
        said = self.deceased_date
        return said.raw if said and not said.day and not self.deceased_on else ""

    @property
    def life_not_read(self) -> str:
        """What was said of whether it lives, and is not understood; '' if there is nothing like that."""
        if isinstance(self.deceased, str) and not is_placeholder(self.deceased):
            return self.deceased
        said = self.deceased_in_words
        is_alive = {**FLAGS, **LIFE}.get(said.casefold()) is False
        return "" if is_alive or is_placeholder(said) else said


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
