"""What to order of the provider: one of a few usual orders, or what a person ticks."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words
from cases.web.ordering import order_options
from cases.web.ordering.languages import LanguageField
from cases.workflows import provider
from cases.workflows.ordering.session_requests import ResultRequest

FULL, OWNERS, CUSTOM = "full", "owners", "custom"
NOTHING = _("Nothing is ticked. Tick at least one part or report, or choose another order above.")


@dataclass(frozen=True)
class Preset:
    """A usual order: what it is called, what it brings in words, and its ticks; None: those that a person sets."""

    label: Words
    brings: Words
    ticks: tuple[str, ...] | None

    @property
    def words(self) -> list[Words]:
        """What the order brings part by part, where no sentence says it."""
        return (
            []
            if self.brings or self.ticks is None
            else order_options.words_of(provider.contract(), self.ticks)
        )


class OrderForm(forms.Form):
    """The form of what to order, and in which language. The preset decides; ticks count with the preset Custom."""

    preset = forms.ChoiceField(label=_("What to order"), required=False, widget=forms.RadioSelect)
    wanted = forms.MultipleChoiceField(label=_("Parts and reports"), required=False)
    language = LanguageField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        presets = self.presets()
        everything = order_options.everything(provider.contract())
        preset, wanted = self.fields["preset"], self.fields["wanted"]
        assert isinstance(preset, forms.ChoiceField)  # noqa: S101 (for the type checker)
        assert isinstance(wanted, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        preset.choices = [(word, choice.label) for word, choice in presets.items()]
        preset.initial = next(iter(presets))
        wanted.choices = [(value, value) for value in everything]
        wanted.initial = next(iter(presets.values())).ticks

    def presets(self) -> dict[str, Preset]:
        """The orders to choose from, the usual one first."""
        contract = provider.contract()
        every = tuple(order_options.everything(contract))
        owners = tuple(order_options.owners_and_screening(contract))
        return {
            FULL: Preset(_("Full"), _("Every part of the result, and every report."), every),
            OWNERS: Preset(_("Owners and screening"), "", owners),
            CUSTOM: Preset(_("Custom"), _("What is ticked below, and nothing else."), None),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"preset", "wanted"} <= data.keys():
            preset = self.presets()[data["preset"] or (CUSTOM if data["wanted"] else FULL)]
            ticks = data["wanted"] if preset.ticks is None else preset.ticks
            if not ticks:
                self.add_error("wanted", NOTHING)
            data["ticks"] = ticks
        return data

    @property
    def offers(self) -> list[tuple[str, Preset, bool]]:
        """Each preset: its word, itself, and whether it is chosen."""
        chosen = self["preset"].value()
        return [(word, preset, word == chosen) for word, preset in self.presets().items()]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The ticks: title, and value, words and whether it is ticked, group by group."""
        ticked = set(self["wanted"].value() or [])
        return [
            (str(title), [(value, str(words), value in ticked) for value, words in ticks])
            for title, ticks in order_options.groups(provider.contract())
        ]

    def result_request(self) -> ResultRequest:
        """The result request that the form makes. Only after is_valid()."""
        reports, expands = order_options.ordered(provider.contract(), self.cleaned_data["ticks"])
        return ResultRequest(reports=reports, expands=expands, language=self.cleaned_data["language"])
