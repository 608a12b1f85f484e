"""The one form of every step that a person may not do, or not now."""

from cases.findings.vocabulary.wording import Words


class Refusal(Exception):
    """Nothing was written; `words` say why, in a sentence for the person. It is logged by its kind alone."""

    def __init__(self, words: Words) -> None:
        super().__init__(type(self).__name__)
        self.words = words
