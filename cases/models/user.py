from django.contrib.auth.models import AbstractUser

from cases.findings.plain_text import without_turning


class User(AbstractUser):
    """A person who signs in. What they may do comes from their roles (see roles.py), which are groups."""

    @property
    def name(self) -> str:
        return without_turning(self.get_full_name() or self.username)

    def __str__(self) -> str:
        return self.name
