"""allauth's forms, held to three rules of ours: every try is counted, a code is compared by its digest, and whether an
address is known shows neither in what is said nor in the work done.
"""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from mespoints.identity.codes import is_code
from mespoints.identity.password_limits import is_first_use, may_try_code, may_try_factor, may_try_password
from mespoints.identity.unfinished import forget_unfinished
from mespoints.messages.templates import TemplateCode


class SignUpForm(forms.SignupForm):
    def clean_email(self) -> str:
        # An address nobody proved for a day is free again: a code that was lost must not keep its owner out.
        forget_unfinished(timezone.now())
        email: str = super().clean_email()
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            get_adapter().check_may_write_to(cleaned["email"])
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        if self.account_already_exists:
            # The hashing that a new account would have cost.
            make_password(self.cleaned_data["password1"])
        saved: tuple[Any, Any] = super().try_save(request)
        return saved


class ResetPasswordForm(forms.ResetPasswordForm):
    def clean_email(self) -> str:
        email: str = super().clean_email()
        get_adapter().check_may_write_to(email)
        return email


class ChangeEmailForm(forms.AddEmailForm):
    def clean_email(self) -> str:
        email: str = super().clean_email()
        get_adapter().check_may_write_to(email)
        return email


class _TypedOnce:
    """The new password is typed once: it can be shown, and a forgotten one is replaced by a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # type: ignore[attr-defined]


class NewPasswordForm(_TypedOnce, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_TypedOnce, forms.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        adapter = get_adapter()
        if not may_try_password(f"account {self.user.pk}", adapter.network(adapter.request), timezone.now()):
            raise adapter.validation_error("too_many_login_attempts")
        password: str = super().clean_oldpassword()
        return password


def checked_code(typed: str, kept: str) -> str:
    adapter = get_adapter()
    # Where no code was sent, the session stands for it: as much is done, and as much is said.
    may_try = may_try_code(kept or str(adapter.request.session.session_key), timezone.now())
    if not (is_code(typed, kept) and may_try):
        raise adapter.validation_error("incorrect_code")
    return typed


class ConfirmResetForm(forms.ConfirmPasswordResetCodeForm):
    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"], self.expected_code)


class ConfirmEmailForm(forms.ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        code = checked_code(self.cleaned_data["code"], self.expected_code)
        forms.email_already_exists(user=self.user, email=self.email, always_raise=True)
        return code


def check_may_try_factor(account_id: int) -> None:
    if not may_try_factor(account_id, timezone.now()):
        raise get_adapter().validation_error("too_many_login_attempts")


class _FactorForm(factor_forms.BaseAuthenticateForm):
    def clean_code(self) -> str:
        check_may_try_factor(self.user.pk)
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not self._is_first_use(code):
            raise get_factor_adapter().validation_error("incorrect_code")
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            get_adapter().tell(self.user, TemplateCode.RECOVERY_CODE_USED)
        return code

    def _is_first_use(self, code: str) -> bool:
        return is_first_use(self.user.pk, normalize_user_code(code), timezone.now())


class AuthenticateForm(_FactorForm, factor_forms.AuthenticateForm):
    pass


class ReauthenticateForm(_FactorForm, factor_forms.ReauthenticateForm):
    pass


MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
"""What the reader of passkeys raises on an answer that no browser gives."""


class _ReadsPasskey:
    def clean_credential(self) -> Authenticator:
        try:
            read: Authenticator = super().clean_credential()  # type: ignore[misc]
        except MALFORMED as error:
            raise get_factor_adapter().validation_error("incorrect_code") from error
        return read


class SignInByPasskeyForm(_ReadsPasskey, passkey_forms.LoginWebAuthnForm):
    pass


class AuthenticateByPasskeyForm(_ReadsPasskey, passkey_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateByPasskeyForm(_ReadsPasskey, passkey_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_factor_adapter().validation_error("incorrect_code") from error
        return cleaned


class ActivateTotpForm(totp_forms.ActivateTOTPForm):
    def clean_code(self) -> str:
        check_may_try_factor(self.user.pk)
        code: str = super().clean_code()
        return code
