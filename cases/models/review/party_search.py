"""What people recorded of searches of parties elsewhere: added and never changed; the newest of a party counts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.assessment.searches import terms
from cases.models.capture.artefact import Artefact
from cases.models.casework.case import Case
from cases.models.state_machine import one_of


class SearchTopicWord(models.TextChoices):
    """For what it was searched, as the assessment names it."""

    SANCTIONS = terms.SearchTopic.SANCTIONS, terms.SearchTopic.SANCTIONS.words
    PEP = terms.SearchTopic.PEP, terms.SearchTopic.PEP.words


class SearchMeansWord(models.TextChoices):
    """How it is known; '' where a search is taken back."""

    NONE = terms.SearchMeans.NONE, terms.SearchMeans.NONE.words
    SEARCH = terms.SearchMeans.SEARCH, terms.SearchMeans.SEARCH.words
    DECLARATION = terms.SearchMeans.DECLARATION, terms.SearchMeans.DECLARATION.words


class PartyOutcomeWord(models.TextChoices):
    """What came of it for every party that it names."""

    NOTHING_FOUND = terms.PartyOutcome.NOTHING_FOUND, terms.PartyOutcome.NOTHING_FOUND.words
    FOUND = terms.PartyOutcome.FOUND, terms.PartyOutcome.FOUND.words
    TAKEN_BACK = terms.PartyOutcome.TAKEN_BACK, terms.PartyOutcome.TAKEN_BACK.words


_o = PartyOutcomeWord


class PartySearch(models.Model):
    """One search of some parties for one topic. `parties`: key, name and details of each, as they were known then.

    `source`: the tool or register, or to whom it was declared. `capture`: the JSON result that was read, None if none.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="party_searches")
    number = models.PositiveIntegerField()
    topic = models.CharField(max_length=9, choices=SearchTopicWord)
    parties = models.JSONField()
    outcome = models.CharField(max_length=13, choices=PartyOutcomeWord)
    means = models.CharField(max_length=11, choices=SearchMeansWord, blank=True)
    source = models.CharField(max_length=200, blank=True)
    lists = models.CharField(max_length=500, blank=True)
    day = models.DateField(null=True)
    words = models.TextField(_("in your words"), blank=True)
    capture = models.ForeignKey(Artefact, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))
    # One form makes one row for a topic, however often it is sent.
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("search of parties")
        default_permissions = ()
        ordering = ["case", "-number"]
        constraints = [
            one_of("topic", SearchTopicWord, "search_topic_known"),
            one_of("means", SearchMeansWord, "search_means_known"),
            one_of("outcome", PartyOutcomeWord, "search_outcome_known"),
            models.UniqueConstraint(fields=["case", "number"], name="search_number_once"),
            models.CheckConstraint(
                condition=Q(outcome=_o.TAKEN_BACK, means="", day=None) & ~Q(words="")
                | ~Q(outcome=_o.TAKEN_BACK) & ~Q(means="") & ~Q(source="") & Q(day__isnull=False),
                name="search_says_where_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=_o.FOUND) | ~Q(words=""), name="search_says_what_was_found"
            ),
            models.CheckConstraint(
                condition=Q(outcome=_o.TAKEN_BACK)
                | ~Q(topic=SearchTopicWord.SANCTIONS)
                | Q(means=SearchMeansWord.SEARCH) & ~Q(lists=""),
                name="search_names_its_lists",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.topic} {self.outcome}"
