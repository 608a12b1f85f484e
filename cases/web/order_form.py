"""What to order of the provider, as a person ticks it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.web import wishes
from cases.web.languages import LanguageField
from cases.workflows import provider
from cases.workflows.sessions import Wish


class OrderForm(forms.Form):
    """The parts of the result and the reports that are wanted, and in which language."""

    wanted = forms.MultipleChoiceField(label=_("What to ask for"), required=False)
    language = LanguageField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = wishes.everything(provider.contract())
        field = self.fields["wanted"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(value, value) for value in everything]
        field.initial = everything

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The ticks: title, and value, words and whether it is ticked, group by group."""
        ticked = set(self["wanted"].value() or [])
        return [
            (str(title), [(value, str(words), value in ticked) for value, words in ticks])
            for title, ticks in wishes.groups(provider.contract())
        ]

    def wish(self) -> Wish:
        """What is ordered. Only after is_valid()."""
        reports, expands = wishes.chosen(self.cleaned_data["wanted"])
        return Wish(reports=reports, expands=expands, language=self.cleaned_data["language"])
