"""The number of an organisation, as a person types it, with what they should know before anything is ordered."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Country, IdentifierKind
from cases.models.casework.case import CaseQuerySet
from cases.models.casework.identity import IdentityKind, Number
from cases.provider.numbers.identifiers import (
    LONGEST_INPUT,
    ORG,
    PLACEHOLDER,
    Identifier,
    NotAnIdentifier,
    display,
    meant_kind,
    parse,
    stands_for_none,
)
from cases.provider.numbers.typed_number import Guess, country_of, fitting, looks_personal, meanings
from cases.web.ordering.earlier_cases import Before, before
from cases.web.sign_in.typed import NUMBER, WAS_PERSONAL

CHECK_DIGIT = _(
    "The check digit is wrong. Numbers with a wrong check digit do exist, but most often it is a slip of the keyboard."
)
PERSONAL = _(
    "This is written like the number of a person. The portal takes numbers of organisations alone, so it was not kept. "
    "The organisation number of a Swedish sole trader is a personal number: use the DUNS number instead."
)
NO_NUMBER = _(
    "Organisation numbers have 9 digits in Norway, 10 in Sweden, 8 in Finland and in Denmark; this is none of them."
)
FITS_BOTH = _("The check digit fits %(one)s and %(other)s alike. Choose the country.")
WHICH_COUNTRY = _("The number does not tell the country. Choose it.")
KNOWN_AS = {
    IdentityKind.ORG: _("This is the organisation number of"),
    IdentityKind.DUNS: _("This is the DUNS number of"),
    IdentityKind.LEI: _("This is the LEI of"),
}
MOST_EARLIER = 5


class NumberForm(forms.Form):
    """The form of a number. No warning stops it: a wrong check digit takes a tick, the rest only has to be seen.

    A warning's word names what was warned of, so that a tick for one number is not one for another.
    """

    CHECK_DIGIT = CHECK_DIGIT
    ANYWAY = _("The number is right, open it anyway")
    GO_ON = _("Open that case, or go on and open another.")

    country = forms.ChoiceField(
        label=_("Country"),
        choices=[("", _("By the number’s form")), *Country.choices],
        required=False,
        help_text=_("Guessed from the number, unless you choose it."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of number"),
        choices=IdentifierKind,
        initial=IdentifierKind.ORG,
        widget=forms.RadioSelect,
    )
    identifier = forms.CharField(
        label=_("Number"),
        max_length=LONGEST_INPUT,
        help_text=_("Spaces, dots and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["identifier"].widget.attrs["autofocus"] = True
        self.number: Identifier | None = None
        self.guess: Guess | None = None
        self.check_digit_is_wrong = False
        self.problem = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if looks_personal(self.data.get(NUMBER) or "") or self.data.get(WAS_PERSONAL):
            self._forget(data)
        elif {"country", "kind", "identifier"} <= data.keys():
            self._read(data["country"], data["kind"], data["identifier"])
        return data

    def _forget(self, data: dict[str, Any]) -> None:
        """Neither keep nor give back the number of a person."""
        data.pop("identifier", None)
        self._fill_in("identifier", "")
        self.errors.pop("identifier", None)
        self.problem = str(PERSONAL)
        self.add_error("identifier", PERSONAL)

    def _read(self, country: str, chosen: str, text: str) -> None:
        guess = None
        try:
            kind = meant_kind(chosen, text)
            if kind != chosen:
                self._choose(kind)
            guess = country_of(text, kind)
            if not country:
                self.guess = guess
            self.number, warnings = parse(country or self._guessed(text, kind), kind, text)
        except NotAnIdentifier as problem:
            field = "identifier" if country or problem.reason != "country" else "country"
            self.problem = problem.message
            if country and guess is not None and guess.country != country:
                other = _("It is written like a number of this country: %(country)s.")
                self.problem += " " + str(other) % {"country": Country(guess.country).label}
            self.add_error(field, self.problem)
        else:
            self.check_digit_is_wrong = bool(warnings)

    def _choose(self, kind: str) -> None:
        """Choose the kind of number that the typed text names, and show it as chosen."""
        self.cleaned_data["kind"] = kind
        self._fill_in("kind", kind)

    def _fill_in(self, name: str, value: str) -> None:
        """Have the form come back with another value in a field."""
        filled_in = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        filled_in[name] = value
        self.data = filled_in

    def _guessed(self, text: str, kind: str) -> str:
        """The country guessed from the number. Raises NotAnIdentifier if it fits none, or more than one."""
        if self.guess is not None:
            return self.guess.country
        if stands_for_none(text):
            raise NotAnIdentifier("placeholder", str(PLACEHOLDER))
        if kind != ORG:
            parse(Country.NO, kind, text)  # of the same form everywhere
            raise NotAnIdentifier("country", str(WHICH_COUNTRY))
        fits = fitting(text)
        if not fits:
            raise NotAnIdentifier("length", str(NO_NUMBER))
        both = [str(Country(land).label) for land, is_right in fits.items() if is_right]
        raise NotAnIdentifier(
            "country", str(FITS_BOTH % {"one": both[0], "other": both[1]} if both else WHICH_COUNTRY)
        )

    @property
    def guessed_country(self) -> str:
        """The country that was guessed, in words; '' if a person chose it, or if nothing could be guessed."""
        return str(Country(self.guess.country).label) if self.guess else ""

    @property
    def number_word(self) -> str:
        number = self.number
        return f"{number.country} {number.kind} {number.value}" if number else ""

    @property
    def number_shown(self) -> str:
        return f"{self.number.country.upper()} {display(self.number)}" if self.number else ""

    @property
    def digit_word(self) -> str:
        """The value of the tick beside the warning of a wrong check digit; '' without that warning."""
        return self.number_word if self.check_digit_is_wrong else ""

    @property
    def digit_is_confirmed(self) -> bool:
        """Is the check digit right, or ticked as right for just this number?"""
        return not self.check_digit_is_wrong or self.data.get("anyway", "") == self.digit_word

    @cached_property
    def earlier(self) -> list[Before]:
        """The latest cases on the same organisation, newest first."""
        return before(self.cases_about(Number.of(self.number))[:MOST_EARLIER]) if self.number else []

    def cases_about(self, number: Number) -> CaseQuerySet:
        """The cases known by a number that are offered for opening, newest first."""
        return Case.objects.known_by(number)

    @cached_property
    def known_otherwise(self) -> list[tuple[str, Case]]:
        """What else is known by these digits, whatever kind of number was chosen: in words, and its newest case."""
        text = self.data.get("identifier") or ""
        if not self.is_bound or looks_personal(text):
            return []
        typed = Number.of(self.number) if self.number else None
        others = [number for meant in meanings(text) if (number := Number(*meant)) != typed]
        shown = {earlier.case.pk for earlier in self.earlier}
        found = []
        for number in others:
            case = self.cases_about(number).select_related("organisation").first()
            if case and case.pk not in shown:
                found.append((str(KNOWN_AS[IdentityKind(number.kind)]), case))
        return found

    @property
    def warnings(self) -> list[str]:
        """A word for each warning other than that of the check digit; it comes back when the warning was seen."""
        words = [f"earlier {earlier.case.reference}" for earlier in self.earlier[:1]]
        words += [f"known {case.reference}" for _words, case in self.known_otherwise]
        return [*words, f"country of {self.number_word}"] if self.guess and not self.guess.certain else words

    @property
    def has_seen_warnings(self) -> bool:
        seen = self.data.getlist("seen_warning") if hasattr(self.data, "getlist") else []
        return set(self.warnings) <= set(seen)

    @property
    def is_confirmed(self) -> bool:
        return self.digit_is_confirmed and self.has_seen_warnings
