"""Names of organisations and people as rows keep them."""

NAME_LENGTH = 400


def kept_name(name: str | None) -> str:
    """A name on one line, cut where its column ends; '' if there is none."""
    return " ".join((name or "").split())[:NAME_LENGTH]
