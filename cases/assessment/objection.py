"""Why what a person filled in is not kept."""

from dataclasses import dataclass

from cases.findings.vocabulary.wording import Words


@dataclass(frozen=True, slots=True)
class Objection:
    """The field that is wrong, and a sentence that says what to do."""

    field: str
    words: Words
