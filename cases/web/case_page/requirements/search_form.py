"""The form in which a person records a search of parties: nobody is chosen when it is served, and no outcome."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.assessment.searches.draft import SearchDraft
from cases.assessment.searches.terms import PartyOutcome, SearchMeans, SearchTopic
from cases.presentation.requirement_statuses import CaseRequirements
from cases.web.sent_form import SentForm
from cases.web.words_field import WordsField
from cases.workflows.casework.requirements.party_searching import SeenSearches, parties_mark

LONGEST = 5000  # characters
_day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
# What was filled in, and is shown again where it is refused.
FILLED_IN = ("topics", "of_the_rest", "parties", "outcome", "means", "source", "lists", "day", "words")


class PartiesField(forms.MultipleChoiceField):
    """Keys of parties: whether the case has them, the workflow says."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return len(value) <= 80


class SearchForm(SentForm):
    """What a person fills in; `newest`, `capture` and `known` are what the form showed, `on` its requirement."""

    on = forms.CharField(max_length=8, widget=forms.HiddenInput)
    newest = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    capture = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    known = forms.CharField(max_length=32, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    parties = PartiesField(required=False)
    of_the_rest = forms.BooleanField(label=_("Everybody who is not known yet"), required=False)
    topics = forms.MultipleChoiceField(
        label=_("Searched for"),
        required=False,
        choices=[(topic.value, topic.words) for topic in SearchTopic],
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[(outcome.value, outcome.words) for outcome in PartyOutcome],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what came of it.")},
    )
    means = forms.ChoiceField(
        label=_("How it is known"),
        required=False,
        choices=[(means.value, means.words) for means in SearchMeans if means],
        widget=forms.RadioSelect,
    )
    source = WordsField(
        label=_("Where"),
        required=False,
        max_length=200,
        help_text=_("The tool or register, another case of ours, or to whom it was declared."),
    )
    lists = WordsField(
        label=_("Lists"), required=False, max_length=500, help_text=_("Needed for sanctions lists: which.")
    )
    day = forms.DateField(label=_("On which day"), required=False, widget=_day)
    words = WordsField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where something was found, or something is taken back."),
    )
    attachment = forms.FileField(
        label=_("Attach a file"), required=False, allow_empty_file=True, help_text=_("Only if there is one.")
    )

    @property
    def ticked(self) -> set[str]:
        """The keys of the parties that are chosen."""
        if self.is_bound:
            return set(self.data.getlist("parties"))  # type: ignore[attr-defined]
        return set(self.initial.get("parties", ()))

    @property
    def seen(self) -> SeenSearches:
        """What the form showed. Only after is_valid()."""
        data = self.cleaned_data
        return SeenSearches(data["newest"], data["capture"] or None, data["known"])

    @property
    def draft(self) -> SearchDraft:
        """What was filled in. Only after is_valid()."""
        data = self.cleaned_data
        return SearchDraft(
            topics=tuple(topic for topic in SearchTopic if topic.value in data["topics"]),
            parties=tuple(sorted(set(data["parties"]))),
            outcome=PartyOutcome(data["outcome"]),
            of_the_rest=data["of_the_rest"],
            means=SearchMeans(data["means"]),
            source=data["source"],
            lists=data["lists"],
            day=data["day"],
            words=data["words"],
        )

    def to_send_again(self, requirement: str, present: CaseRequirements) -> "SearchForm":
        """This form with what was filled in, to be held against what is so now, and as a sending of its own."""
        again = self.data.copy()  # type: ignore[attr-defined]
        for name, value in shown_of(requirement, present).items():
            again[name] = value
        return SearchForm(again)


def shown_of(requirement: str, present: CaseRequirements) -> dict[str, str]:
    """What a form says of what it shows."""
    return {
        "on": requirement,
        "newest": str(present.searches.newest),
        "capture": str(present.capture or 0),
        "known": parties_mark(present),
        "submission": str(uuid.uuid4()),
    }


def served(requirement: str, topic: SearchTopic, present: CaseRequirements, party: str) -> SearchForm:
    """The form as it is served under a requirement; `party` is the key of one who is chosen already, or ''."""
    chosen = {"topics": [topic.value], "parties": [party] if party else []}
    return SearchForm(initial={**shown_of(requirement, present), **chosen})
