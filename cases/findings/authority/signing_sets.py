"""Valid sets of signers as few readable lines: sets are drawn together only where that says exactly the same."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import comb

from cases.findings.vocabulary.code_words import Word
from cases.provider.result.scalars import Day

MOST_DRAWN_TOGETHER = 12  # names in one line


@dataclass(frozen=True, slots=True)
class Signer:
    """A person whose signature a rule asks for."""

    name: str | None
    born: Day | None
    role: Word | None


Option = tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class SignerMention:
    """A signer at one place of the sets, such as `options[0].required[1]`."""

    place: str
    signer: Signer


@dataclass(frozen=True, slots=True)
class SetLine:
    """Any `need` of these signers, or all if they are so many; a set not `whole` needs more than could be read."""

    signers: Option
    need: int
    whole: bool = True

    @property
    def is_choice(self) -> bool:
        """Do fewer than all of them suffice?"""
        return self.need < len(self.signers)

    @property
    def is_alone(self) -> bool:
        """Does one signature suffice?"""
        return self.need == 1 and self.whole


def signer_mentions(options: Iterable[Option]) -> Iterable[list[SignerMention]]:
    """Give the mentions of each signer; the same name and date of birth, as they came, are one."""
    found: dict[tuple[str | None, str | None], list[SignerMention]] = {}
    for at, option in enumerate(options):
        for number, signer in enumerate(option):
            key = signer.name, signer.born.raw if signer.born else None
            found.setdefault(key, []).append(SignerMention(f"options[{at}].required[{number}]", signer))
    return found.values()


def lines(options: Collection[Option], incomplete: Collection[int]) -> tuple[SetLine, ...]:
    """Give the lines in the order of the result; sets that share a line stand where the first of them stood."""
    whole = [option for place, option in enumerate(options) if place not in incomplete]
    drawn = {size: signers for size in {len(option) for option in whole} if (signers := _choice(whole, size))}
    found: dict[tuple[Option, int], SetLine] = {}
    for place, option in enumerate(options):
        size = len(option)
        if place in incomplete:
            line = SetLine(option, size, whole=False)
        elif size in drawn:
            line = SetLine(drawn[size], size)
        else:
            line = SetLine(option, size)
        found.setdefault((line.signers, line.need if line.whole else -1 - place), line)
    return tuple(found.values())


def _choice(options: Iterable[Option], size: int) -> Option | None:
    """Give the signers of whom any `size` suffice: every set of that size must be there. None if one is not."""
    of_size = {frozenset(option): option for option in options if len(option) == size}
    signers = tuple(dict.fromkeys(member for option in of_size.values() for member in option))
    if (
        not size
        or not size < len(signers) <= MOST_DRAWN_TOGETHER
        or any(len(member) < size for member in of_size)
        or not all(signer.name for signer in signers)
    ):
        return None
    return signers if len(of_size) == comb(len(signers), size) else None
