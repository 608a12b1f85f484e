"""Django's admin: people and their roles, and nothing else.

It is a site of our own: whatever other apps register, before or after this is read, goes to Django's, which has no
address. A row of the queue's tables calls any function, and one of the sign-in's says who was there.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cases.models import User


class PeopleSite(admin.AdminSite):
    """The one site that has an address."""

    site_header = site_title = _("AML portal administration")

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one page to sign in, with its limits."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def password_change(  # type: ignore[override]  # Django itself would show a page
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """There is one page to change one's own password, with its limits."""
        return redirect("password_change")


site = PeopleSite()


@admin.register(User, site=site)
class PeopleAdmin(UserAdmin):
    """People with their roles. An administrator can neither make a superuser nor change their own roles."""

    list_display = ("username", "name", "email", "is_active", "is_staff")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "groups",
                ),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        if obj is not None and obj.pk == request.user.pk:
            return (*fields, "groups", "is_staff", "is_active")
        return fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are deactivated, never deleted: the audit trail refers to them."""
        return False
