"""Why nothing is stated of a requirement."""

from cases.workflows.refusal import Refusal


class NotStated(Refusal):
    """The person may not say this, or not now; `words` say why. Nothing was written."""
