"""Django's admin: people and their roles, and nothing else.

It is a site of our own: whatever other apps register, before or after this is read, goes to Django's, which has no
address. A row of the queue's tables calls any function, and one of the sign-in's says who was there.
"""

import copy
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cases.models import User
from cases.workflows.people import people
from cases.workflows.people.people import By


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


class OthersPasswordForm(AdminPasswordChangeForm):
    """A password for somebody else, who must change it; or none."""

    def __init__(self, user: User, *args: Any, by: By, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.by = by

    def save(self, commit: bool = True) -> User:
        usable = self.cleaned_data["set_usable_password"]
        people.set_password(self.user, self.cleaned_data["password1"] if usable else None, self.by)
        return self.user


class NewPersonForm(AdminUserCreationForm):
    """Somebody new. Their password is hashed before the form is read, and so before Django's transaction begins:
    hashing is slow on purpose, and on SQLite nobody else can write meanwhile."""

    hashed = ""

    class Meta(AdminUserCreationForm.Meta):
        model = User

    def set_password_and_save(self, user: User, commit: bool = True, **words: Any) -> User:
        if not self.cleaned_data["set_usable_password"]:
            return super().set_password_and_save(user, commit=commit, **words)
        user.password = self.hashed
        if commit:
            user.save()
        return user


@admin.register(User, site=site)
class PeopleAdmin(UserAdmin):
    """People with their roles. An administrator can neither make a superuser nor change their own roles.

    Django runs adding and changing in a transaction; what was changed is told in it.
    """

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
    add_form = NewPersonForm
    readonly_fields = ("last_login", "date_joined")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        if obj is not None and obj.pk == request.user.pk:
            return (*fields, "groups", "is_staff", "is_active")
        return fields

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        of_request = copy.copy(self)
        if request.method == "POST" and self.has_add_permission(request):
            of_request.add_form = _with_hashed(request.POST.get("password1", ""))
        return super(PeopleAdmin, of_request).add_view(request, form_url, extra_context)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save what was changed and nothing else: the rest may be older than what others changed meanwhile."""
        form.access_before = people.access_before(obj)
        if change:
            obj.save(update_fields=[name for name in form.changed_data if name != "groups"])
        else:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        people.record_changes(form.instance, form.access_before, _by(request))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set the password of somebody else; who means their own is led to the page that asks for the old one."""
        if id == str(request.user.pk):
            return redirect("password_change")
        of_request = copy.copy(self)
        of_request.change_password_form = partial(OthersPasswordForm, by=_by(request))
        return super(PeopleAdmin, of_request).user_change_password(request, id, form_url)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are deactivated, never deleted: the audit trail refers to them."""
        return False


def _with_hashed(password: str) -> type[NewPersonForm]:
    class WithHashed(NewPersonForm):
        hashed = make_password(password)

    return WithHashed


def _by(request: HttpRequest) -> By:
    assert isinstance(request.user, User)  # noqa: S101 - the site lets nobody else in
    return By(request.user)
