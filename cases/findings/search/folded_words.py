"""Texts and searches as words that match each other: letters folded, numbers in all their forms."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.findings.names.folding import plain
from cases.provider.countries import CODES, COUNTRIES
from cases.provider.numbers.number_forms import (
    NUMBER_WORDS,
    finnish,
    in_ascii_digits,
    without_label,
    without_sequence,
)

LONGEST_WORD = 60
SHORTEST_INNER = 4
SHORTEST_NUMBER = 3
WHOLE_NUMBERS = range(
    8, 13
)  # digits: what has so many between spaces is one number, whose parts nobody means
LEI_LENGTH = 20
INNER = "·"  # before the inner part of a word, which must not be found as the beginning of one

PIECE = re.compile(r"[^\W_]+")
# ø oe o, å aa a, æ ä ae, ü ue: one letter, however it is typed.
TYPED = re.compile(r"a[ae]+|oe+|ue+")
REFERENCE = re.compile(r"c-?(?:([0-9]{4})-)?([0-9]{1,9})")
# The same as people say it: C 42, C–42, C 2026 42.
SAID = re.compile(r"c[\W_]*(?:([0-9]{4})[\W_]+)?([0-9]{1,9})")
# Beside what a number is called: D-U-N-S no., Business ID.
BEFORE_A_NUMBER = frozenset({"identity", *(word.lower() for word in (*COUNTRIES, *NUMBER_WORDS))})
AFTER_A_NUMBER = "mva"
NUMBER = re.compile(rf"(?:{CODES.lower()}|duns)*([0-9]+)(?:mva)?")
# A number written with spaces, by _shape of each chunk: what stands before it, digits, what stands behind it.
# Few may stand before it: of a text of nothing else each would be gone over again from every one of them.
RUN = re.compile("[AB]{0,4}(?:[ND]D*[AE]?|E)|.")
DIGIT = re.compile("[0-9]")
LONGER = re.compile(r"[^\W\d_]{2}")
# G, G., J.R. and J.-P.; but not a/s, which is a word.
INITIALS = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.-?)+[^\W\d_]?")
INITIAL_IN_FRONT = re.compile(r"(?:[^\W\d_]\.)+(?=[^\W\d_]{2})")  # G.Brattholmen
DIGITS = re.compile(rf"[0-9]{{{SHORTEST_NUMBER},}}")
CENTURIES = ("16", "19", "20")  # before the ten digits of Swedish registers
SWEDISH_VAT = "01"  # behind them


@dataclass(frozen=True, slots=True)
class Term:
    """A word to be found: the beginning of one, of an inner part too (`inside`), or the whole one (not `begins`).

    An initial is the beginning of very many words: no index is asked for it, but the words of what the rest finds.
    """

    word: str
    begins: bool = True
    inside: bool = False
    is_initial: bool = False

    def is_in(self, words: Iterable[str]) -> bool:
        """Is it among the words of a text?"""
        if not self.begins:
            return self.word in words
        beginnings = (self.word, INNER + self.word) if self.inside else (self.word,)
        return any(word.startswith(beginnings) for word in words)


@dataclass(frozen=True, slots=True)
class Part:
    """One word or number of a search. Each of `ways` finds it, if all its terms are there."""

    ways: tuple[tuple[Term, ...], ...]

    def is_in(self, words: Iterable[str]) -> bool:
        """Is it found among the words of a text?"""
        return any(all(term.is_in(words) for term in way) for way in self.ways)

    def may_be_in(self, text: str) -> bool:
        """May the part be in this text? A quick test that is sure only when it says no."""
        bare = "".join(PIECE.findall(folded(text)))
        has_number = not bare.isalpha()
        return any(
            all(term.word in bare if term.word.isalpha() else has_number for term in way) for way in self.ways
        )


@dataclass(frozen=True)
class Query:
    """What somebody searches for. All its parts must be found; without any it finds nothing."""

    text: str

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The words and numbers that are searched for. Beside a longer word a letter is an initial: gunhild b."""
        runs = [*_runs(_as_reference(self.text))]
        is_with_others = any(LONGER.search(folded(chunk)) for run in runs for chunk in run)
        return tuple(part for run in runs if (part := _part(run, is_with_others)).ways)

    @property
    def has_initials(self) -> bool:
        """Does the search have initials, for which no index is asked?"""
        return any(term.is_initial for part in self.parts for way in part.ways for term in way)

    def finds(self, texts: Iterable[str]) -> bool:
        """Are all parts of the search found in these texts together?"""
        found = {word for text in texts for word in words(text)}
        return bool(self.parts) and all(part.is_in(found) for part in self.parts)


def folded(text: str) -> str:
    """Fold case, accents, digits of other scripts, and the ways in which a letter is typed."""
    text = plain(text)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    return TYPED.sub(lambda found: found[0][0], text)


def words(text: str) -> set[str]:
    """Give every word by which a text is found: its words, their inner parts, what hyphens join, and its numbers."""
    found: set[str] = set()
    for run in _runs(text):
        pieces = [piece for chunk in run for piece in _pieces(chunk)]
        found.update(pieces, _numbers(run))
        found.update(inner for piece in pieces for inner in _inner(piece))
        found.update(
            digits for piece in pieces for digits in DIGITS.findall(piece)
        )  # HE412345, also as HE 412345
        for chunk in run:
            found.add(_joined(chunk))
            if reference := REFERENCE.fullmatch(folded(chunk)):
                found.add(_exact(reference))
                found.add(f"c{int(reference[2])}")
    return found - {""}


def _runs(text: str) -> Iterator[list[str]]:
    """Part a text at its spaces, but for those inside a number."""
    chunks = text.split()
    if lei := _lei("".join(chunks)):
        yield [lei]
        return
    shape = "".join(_shape(_joined(chunk)) for chunk in chunks)
    for run in RUN.finditer(shape):
        yield chunks[run.start() : run.end()]


def _shape(word: str) -> str:
    if word.isdigit():
        return "D"
    if NUMBER.fullmatch(_without_label(word)):
        return "E" if word[0].isdigit() else "N"
    if word == AFTER_A_NUMBER:
        return "A"
    return "B" if word in BEFORE_A_NUMBER or not _without_label(f"{word}0").rstrip("0") else "-"


def _lei(text: str) -> str:
    """An LEI without what it is called; '' if it is none."""
    compact = _without_label("".join(PIECE.findall(text)))
    is_one = len(compact) == LEI_LENGTH and compact.isascii() and compact[-2:].isdigit()
    return compact if is_one else ""


def _pieces(chunk: str) -> list[str]:
    return [piece[:LONGEST_WORD] for piece in PIECE.findall(folded(chunk))]


def _joined(*chunks: str) -> str:
    return "".join(piece for chunk in chunks for piece in _pieces(chunk))[:LONGEST_WORD]


def _without_label(word: str) -> str:
    """Drop what a number is called: orgnr, y-tunnus."""
    return without_label(word.upper()).lower()


def _inner(word: str) -> Iterator[str]:
    """Give the ends of a compound word that may be a word: skjærgård of Østskjærgård."""
    if word.isalpha():
        for at in range(2, len(word) - SHORTEST_INNER + 1):
            yield INNER + word[at:]


def _as_reference(text: str) -> str:
    """Write a text that is nothing but a case's reference as pages print it; any other stays as it is."""
    match = SAID.fullmatch(folded(text.strip())) if len(text) <= LONGEST_WORD else None
    return "-".join(["c", *(part for part in match.groups() if part)]) if match else text


def _exact(reference: re.Match[str]) -> str:
    """Give what stands for a case's number, with its year if it is told: C-42 must not find C-420."""
    year, number = reference.groups()
    return f"c{year}n{int(number)}" if year else f"c{int(number)}"


def _numbers(run: list[str]) -> Iterator[str]:
    """Give a number in the forms that registers and tax offices know it by."""
    found = NUMBER.fullmatch(_without_label(_joined(*run)))
    if not found or len(found[1]) < SHORTEST_NUMBER:
        return
    digits = found[1]
    yield digits
    if short := finnish("", digits):
        yield short  # as electronic invoices address it: 0037 0112038 9
    digits = "".join(DIGIT.findall(in_ascii_digits(without_sequence(" ".join(run)))))  # as 700501-1234-001
    yield digits
    if len(digits) == 7:
        yield f"0{digits}"  # of an old Finnish number the first zero is left out
    if len(digits) == 12 and digits.startswith(CENTURIES):
        yield digits[2:]
    if len(digits) == 12 and digits.endswith(SWEDISH_VAT):
        yield digits[:10]


def _part(run: list[str], is_with_others: bool) -> Part:
    has_initials = is_with_others and bool(INITIALS.fullmatch(run[0]) or INITIAL_IN_FRONT.match(run[0]))
    pieces = [piece for chunk in run for piece in _pieces(chunk)]
    numbers = [*_numbers(run)]
    is_one_number = len(run) > 1 and any(len(number) in WHOLE_NUMBERS for number in numbers)
    ways: list[tuple[Term, ...]] = [(Term(number),) for number in numbers]
    if len(run) == 1 and (reference := REFERENCE.fullmatch(folded(run[0]))):
        ways.append((Term(_exact(reference), begins=False),))
        if reference[1] or len(reference[2]) >= 4:
            ways.append((Term(_joined(*run)),))  # the beginning of a whole one
    elif pieces and not is_one_number:
        ways.extend([(_term(_joined(*run)),)] if len(run) == 1 else [])
        ways.append(tuple(_initial(piece) if has_initials else _term(piece) for piece in pieces))
    return Part(tuple(dict.fromkeys(ways)))


def _initial(word: str) -> Term:
    return Term(word, is_initial=True) if len(word) == 1 else _term(word)


def _term(word: str) -> Term:
    """Make a term of a word; a single letter is a whole word: as the beginning of one it would find everything."""
    begins = len(word) > 1 or not word.isascii()
    return Term(word, begins, inside=len(word) >= SHORTEST_INNER and word.isalpha())
