"""In which language an order asks for reports and phrases. The contract decides what there is."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models.capture.languages import name
from cases.workflows import provider


def choices() -> list[tuple[str, str | Promise]]:
    """The languages of the contract, each in words, the one of the settings first."""
    known = provider.contract().languages
    return [(word, name(word)) for word in sorted(known, key=lambda word: word != settings.AML_LANGUAGE)]


class LanguageField(forms.ChoiceField):
    """A language of the contract; the one of the settings where a form does not say."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Language"),
            help_text=_("Of the provider’s reports and phrases."),
            choices=choices,
            required=False,
        )

    def clean(self, value: Any) -> str:
        return str(super().clean(value)) or str(settings.AML_LANGUAGE)
