"""What forms share that are sent whole and may be refused: their own fields, a file, and objections at the fields."""

from collections.abc import Iterable

from django import forms

from cases.assessment.objection import Objection
from cases.workflows.casework.attachments import Upload


class SentForm(forms.Form):
    """A form that is kept whole or not at all. What the workflow objects to is said at its fields."""

    @property
    def is_complete(self) -> bool:
        """Is everything there that the form itself sends?"""
        return not any(field.errors for field in self.hidden_fields())

    @property
    def upload(self) -> Upload | None:
        """The file that was sent with it, in the field `attachment`, if any. Only after is_valid()."""
        file = self.cleaned_data["attachment"]
        return None if file is None else Upload(file.name, file.size, file.read())

    def refuse(self, objections: Iterable[Objection]) -> None:
        """Say what speaks against keeping it, each at its field, or above the form where it has none."""
        for objection in objections:
            name = objection.field if objection.field in self.fields else None
            self.add_error(name, str(objection.words))
