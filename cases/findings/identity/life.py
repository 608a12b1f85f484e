"""Whether somebody lives, as far as the result says so: where nothing is stated, nothing is said."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.identity.dates_of_birth import born
from cases.findings.identity.known_days import says_something
from cases.findings.vocabulary.formats import day_words
from cases.provider.result.holders import Holder
from cases.provider.result.placeholders import is_placeholder
from cases.provider.result.scalars import FLAGS, Day

# Words for whether somebody lives, beside yes and no.
DEAD = "deceased|dead|død|doed|avdød|död|avliden|kuollut"
ALIVE = "alive|living|not deceased|notdeceased|levende|lever|ikke død|ikke registrert som død|ej avliden|levande|elossa"
LIFE = {**dict.fromkeys(DEAD.split("|"), True), **dict.fromkeys(ALIVE.split("|"), False)}


@dataclass(frozen=True, slots=True)
class Sign:
    """What one place of the result says: `stated` whether somebody is deceased, `date` since when."""

    stated: bool | str | None = None
    date: Day | None = None

    @property
    def deceased(self) -> bool | str | None:
        """Whether the person is deceased, if the word for it can be read; else the word as it came."""
        return LIFE.get(str(self.stated).casefold(), self.stated)

    @property
    def deceased_on(self) -> Day | None:
        """The date of death; None if it is empty, a placeholder, or a text without a year."""
        day = self.date
        return day if day and says_something(day) and born([day]).is_stated else None

    @property
    def is_deceased(self) -> bool:
        """Does this place say that the person is deceased, by the word or by a date?"""
        return self.deceased is True or self.deceased_on is not None

    @property
    def is_denied(self) -> bool:
        """Does this place say that the person is not deceased?"""
        words = {**FLAGS, **LIFE}
        return self.deceased is False or words.get(self.date_in_words.casefold()) is False

    @property
    def date_in_words(self) -> str:
        """The text that stands in the place of a date of death, and is no date; '' if there is none."""
        return self.date.raw if self.date and not self.date.day and not self.deceased_on else ""

    @property
    def not_read(self) -> str:
        """The word or date that is not understood; '' if there is nothing like that."""
        if isinstance(self.deceased, str) and not is_placeholder(self.deceased):
            return self.deceased
        day = self.date_in_words
        return "" if self.is_denied or is_placeholder(day) else day

    @property
    def words(self) -> Iterator[str]:
        """Everything that this place says, in words; an unknown word stands beside a date."""
        if self.is_deceased:
            yield _died(self.deceased_on)
        if self.deceased is False:
            yield str(_("not registered as deceased"))
        elif self.deceased and self.deceased is not True:
            yield f"{_('deceased:')} {self.deceased}"
        if self.date_in_words:
            yield f"{_('date of death:')} {self.date_in_words}"


class Living:
    """Somebody of whom the result may say, in several places, whether they live."""

    __slots__ = ()

    @property
    @abstractmethod
    def lives(self) -> tuple[Sign, ...]:
        """What each place of the result says of whether the person lives."""

    @property
    def is_deceased(self) -> bool:
        """Does any place of the result say that the person is deceased?"""
        return any(live.is_deceased for live in self.lives)

    @property
    def deceased_on(self) -> Day | None:
        """The date they died, if it is stated."""
        return next((live.deceased_on for live in self.lives if live.deceased_on), None)

    @property
    def deceased(self) -> bool | None:
        """Whether the person is deceased; None if that is not stated, or not understood."""
        if self.is_deceased:
            return True
        is_denied = any(live.is_denied for live in self.lives)
        return False if is_denied and not self.life_not_read else None

    @property
    def life_not_read(self) -> str:
        """The first statement on the person's life that is not understood; '' if there is nothing like that."""
        return next((live.not_read for live in self.lives if live.not_read), "")

    @property
    def life_words(self) -> tuple[str, ...]:
        """All that is said of the person's life, except that they died, and the first date of death."""
        words = dict.fromkeys(word for live in self.lives for word in live.words)
        shown = {_died(None), _died(self.deceased_on)}
        return tuple(word for word in words if word not in shown)


def signs(read: Holder) -> tuple[Sign, ...]:
    """Give what an entry says of a person's life, itself and in its further information."""
    other = read.other_information
    found = [Sign(read.deceased, read.deceased_date)]
    found += [Sign(other.deceased, other.deceased_date)] if other else []
    return tuple(sign for sign in found if sign.stated is not None or sign.date is not None)


def _died(day: Day | None) -> str:
    return f"{_('deceased')} {day_words(day)}" if day else str(_("deceased"))
