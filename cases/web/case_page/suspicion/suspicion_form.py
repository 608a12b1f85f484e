"""The form of a note of suspicion: nothing is chosen when it is served."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import SuspicionConclusion
from cases.web.words_field import WordsField

LONGEST = 5000  # characters


class SuspicionForm(forms.Form):
    """What was suspected or considered, in words, and what came of it."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = WordsField(
        label=_("In your words"),
        max_length=LONGEST,
        help_text=_("What gives rise to it, and what was considered."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say in words what was considered.")},
    )
    conclusion = forms.ChoiceField(
        label=_("Conclusion"),
        choices=SuspicionConclusion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a conclusion.")},
    )

    @property
    def lacks_submission(self) -> bool:
        return "submission" in self.errors

    def to_send_again(self) -> "SuspicionForm":
        """This form with what was filled in, and a submission if its own was lost, so that it can be sent."""
        if self.lacks_submission:
            sent = {name: self.data[name] for name in self.data}
            self.data = {**sent, "submission": str(uuid.uuid4())}
        return self
