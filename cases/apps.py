from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from cases.models.roles import grant_roles

        # Django creates permissions after migrating; the groups that hold them can only follow then.
        post_migrate.connect(grant_roles, sender=self)
