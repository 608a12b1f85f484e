from importlib import import_module

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        # Django creates the permissions of one app after the other when all is migrated; the groups that hold them
        # can only follow when the last app is told.
        # Models cannot be imported before the apps are loaded, so the module is named here, not imported above.
        roles = import_module("cases.models.people.roles")
        last = list(apps.get_app_configs())[-1]
        post_migrate.connect(roles.grant_roles, sender=last)
        versions = import_module("cases.workflows.policy.versions")
        post_migrate.connect(versions.install_defaults, sender=last)
        # A contract that cannot be read stops the start, like every other wrong setting.
        import_module("cases.workflows.provider").contract()
