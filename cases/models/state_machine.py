"""What every state machine here shares: one table of moves, and one way to make a move."""

from collections.abc import Iterable, Mapping

from django.db import models


class IllegalMove(Exception):
    """A move that the table of moves does not have. The row is unchanged."""

    def __init__(self, row: models.Model, was: str, to: str) -> None:
        super().__init__(f"{row._meta.label} {row.pk}: no move from {was} to {to}")


def move(row: models.Model, moves: Mapping[str, Iterable[str]], to: str, field: str = "state") -> None:
    """Set the state that a row keeps in a field, if the table allows it. Saves nothing."""
    was = getattr(row, field)
    if to not in moves[was]:
        raise IllegalMove(row, was, to)
    setattr(row, field, to)


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
