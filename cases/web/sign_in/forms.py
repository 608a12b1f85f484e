"""Forms that take a password. What they take has a length, and a wrong one is counted wherever it is typed."""

from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import CharField, Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.models import User
from cases.workflows.people import people, sign_in_limits

LONGEST_PASSWORD = 1000  # characters


def _limit(form: Form) -> None:
    """Hold every field to a length: Django tells it to the browser alone, or has none."""
    for field in form.fields.values():
        if isinstance(field, CharField):
            longest = field.max_length or LONGEST_PASSWORD
            field.validators.append(MaxLengthValidator(longest))
            field.widget.attrs["maxlength"] = str(longest)


class SignInForm(AuthenticationForm):
    """The form of name and password. A name too long to be one is refused before it is looked up or counted."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        _limit(self)

    def confirm_login_allowed(self, user: User) -> None:
        """Refuse the right password too, where the limit was reached while it was looked at."""
        super().confirm_login_allowed(user)
        if self.request and not sign_in_limits.is_still_open(self.request, user.get_username()):
            raise self.get_invalid_login_error()


class NewPasswordForm(PasswordChangeForm):
    """The form of a new password for who knows the old one; guesses of it count as those of signing in do."""

    def __init__(self, user: Any, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request
        _limit(self)

    def clean_old_password(self) -> str:
        old, name = str(self.cleaned_data["old_password"]), self.user.get_username()
        is_right = authenticate(self.request, username=name, password=old) == self.user
        if not is_right or not sign_in_limits.is_still_open(self.request, name):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old

    def clean(self) -> dict[str, Any]:
        """Refuse the old password as the new one: who set it for somebody else knows it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("new_password1") and cleaned["new_password1"] == cleaned.get("old_password"):
            self.add_error("new_password1", _("This is the old password. Choose another."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        people.change_own_password(self.user, self.cleaned_data["new_password1"])
        return self.user
