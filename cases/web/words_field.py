"""The form field for what people type in words."""

from typing import Any

from django import forms

from cases.findings.vocabulary.plain_text import says_nothing, without_turning


class WordsField(forms.CharField):
    """A text field without characters that make a line read backwards; what shows no letter or sign is empty."""

    def to_python(self, value: Any) -> str | None:
        words = without_turning(str(value or ""))
        return super().to_python("" if says_nothing(words) else words)
