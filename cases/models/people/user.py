from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.plain_text import without_turning


class User(AbstractUser):
    """A person who signs in. What they may do comes from their roles (see roles.py), which are groups.

    Whatever changes who may sign in, and as what, goes through workflows.people.
    """

    # Somebody else knows the password: nothing else can be done before it is changed.
    must_change_password = models.BooleanField(_("must change the password"), default=False, editable=False)
    # When somebody else last changed password, roles or activation, if they have not signed in since.
    access_changed_at = models.DateTimeField(null=True, editable=False)

    @property
    def name(self) -> str:
        return without_turning(self.get_full_name() or self.username)

    def __str__(self) -> str:
        return self.name
