"""Why nothing is stated of a requirement."""

from cases.findings.vocabulary.wording import Words


class NotStated(Exception):
    """The person may not say this, or not now; `words` say why. Nothing was written."""

    def __init__(self, words: Words) -> None:
        super().__init__("nothing is stated")
        self.words = words
