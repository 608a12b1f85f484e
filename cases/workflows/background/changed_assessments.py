"""Works out how cases are assessed, when a capture came, a case moved, a day passed or a risk model is in force.

What is still to be done the rows themselves tell, so that whoever breaks off, or is killed, leaves nothing behind.
"""

import logging
from itertools import islice

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from cases.models import Case, PolicyKind, PolicyVersion
from cases.models.casework.assessed import BY_MODEL_IN_FORCE
from cases.models.casework.case import CaseQuerySet
from cases.workflows import heartbeat
from cases.workflows.casework import assessed_columns
from cases.workflows.safe_errors import described

log = logging.getLogger(__name__)

# Cases of one piece of work, each in a transaction of its own; other work has its turn after so many.
TOGETHER = 20


def is_due() -> bool:
    """Is anything to be worked out anew?"""
    return any(waiting.exists() for waiting in _due())


def do(beats: heartbeat.Beats) -> bool:
    """Work some cases out, those first of which something changed; False if none is due."""
    keys = [key for waiting in _due() for key in waiting.values_list("pk", flat=True)[:TOGETHER]]
    for key in islice(dict.fromkeys(keys), TOGETHER):
        beats.beat()
        try:
            _work_out(key)
        except DatabaseError:
            raise
        except Exception as problem:  # what is wrong with one case keeps no other from its turn
            log.error("how case %s is assessed cannot be worked out: %s", key, described(problem))
            assessed_columns.put_off(key)
    return bool(keys)


@transaction.atomic
def _work_out(key: int) -> None:
    assessed_columns.keep(
        Case.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key)
    )


def _due() -> list[CaseQuerySet]:
    """The cases that are to be worked out anew, the longest first; those whose class is by another model."""
    marked = Case.objects.filter(assess_at__lte=timezone.now()).order_by("assess_at")
    model = PolicyVersion.objects.key_in_force(PolicyKind.RISK_MODEL)
    if model is None:
        return [marked]
    by_another = Q(risk_model__lt=model) | Q(risk_model__gt=model)
    return [marked, Case.objects.filter(BY_MODEL_IN_FORCE, by_another).order_by()]
