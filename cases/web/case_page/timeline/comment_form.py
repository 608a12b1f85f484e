"""The form for a comment in the timeline."""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LONGEST = 5000
TOO_LONG = ngettext_lazy(
    "A comment may have %(limit_value)d character, this has %(show_value)d.",
    "A comment may have %(limit_value)d characters, this has %(show_value)d.",
    "limit_value",
)
EMPTY = _("Write something first.")
INCOMPLETE = _("The form was incomplete. Nothing was kept yet; send it once more.")


class Text(forms.CharField):
    """A field of several lines. A browser ends each with two characters; they count as the one that was typed."""

    def to_python(self, value: Any) -> str | None:
        typed = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(typed)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not any(letter.isprintable() and not letter.isspace() for letter in value):
            raise forms.ValidationError(EMPTY)


class CommentForm(forms.Form):
    """The form of a comment. The browser is not told the limit: it counts emoji as two, and cuts what is pasted."""

    text = Text(
        label=_("Comment"),
        help_text=_("Up to 5,000 characters. It stays in the audit trail under your name."),
        validators=[MaxLengthValidator(LONGEST, TOO_LONG)],
        error_messages={"required": EMPTY},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), INCOMPLETE),
    )

    def to_send_again(self) -> "CommentForm":
        """This form with its words, and a new submission if its own was lost, so that it can be sent."""
        if "submission" in self.errors:
            sent = {name: self.data[name] for name in self.data}
            self.data = {**sent, "submission": str(uuid.uuid4())}
        return self
