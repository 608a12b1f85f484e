"""What a second person confirms or sends back, once: the columns, the moves and the constraints of it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.people.user import User
from cases.models.state_machine import move, one_of


class SecondState(models.TextChoices):
    """What the second person made of it."""

    NOT_NEEDED = "NOT_NEEDED", _("No second person needed")
    AWAITED = "AWAITED", _("Waiting for a second person")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    SENT_BACK = "SENT_BACK", _("Sent back")


_s = SecondState
MOVES: dict[str, set[str]] = {
    _s.NOT_NEEDED: set(),
    _s.AWAITED: {_s.CONFIRMED, _s.SENT_BACK},
    _s.CONFIRMED: set(),
    _s.SENT_BACK: set(),
}
# The columns that change when the second person answers.
ANSWER = ("second_state", "second_by", "second_at", "second_words")


class ByTwo(models.Model):
    """A row that one person makes (`by`), and that another may have to confirm."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_state = models.CharField(max_length=10, choices=SecondState, default=_s.NOT_NEEDED)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_words = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def awaits_second(self) -> bool:
        return self.second_state == _s.AWAITED

    @property
    def is_sent_back(self) -> bool:
        return self.second_state == _s.SENT_BACK

    @property
    def is_confirmed(self) -> bool:
        return self.second_state == _s.CONFIRMED

    def answer(self, answer: SecondState, by: User, at: datetime.datetime, words: str = "") -> None:
        """Confirm it or send it back, as the second person, and save that."""
        move(self, MOVES, answer, "second_state")
        self.second_by, self.second_at, self.second_words = by, at, words
        self.save(update_fields=ANSWER)


def by_another(name: str) -> list[models.BaseConstraint]:
    """The constraints of what is made by two; `name` is what they begin with."""
    return [
        one_of("second_state", SecondState, f"{name}_second_known"),
        # Nobody is their own second person.
        models.CheckConstraint(
            condition=Q(second_by=None) | ~Q(second_by=F("by")), name=f"{name}_second_is_another"
        ),
        models.CheckConstraint(
            condition=(
                ~Q(second_state__in=(_s.CONFIRMED, _s.SENT_BACK))
                & Q(second_by=None, second_at=None, second_words="")
            )
            | Q(second_state=_s.CONFIRMED, second_by__isnull=False, second_at__isnull=False)
            | (
                Q(second_state=_s.SENT_BACK, second_by__isnull=False, second_at__isnull=False)
                & ~Q(second_words="")
            ),
            name=f"{name}_second_is_named",
        ),
    ]
