"""Where allauth asks what this service wants: whom it writes to, what it refuses, how its sessions open.

allauth calls without a moment, so the clock is read here.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mespoints.identity import sessions
from mespoints.identity.codes import FreshCode
from mespoints.identity.models import Account
from mespoints.identity.open_sessions import close_all_but
from mespoints.identity.password_limits import may_send_message, may_try_password
from mespoints.identity.words import Word
from mespoints.messages.channels import ChannelName, is_usable
from mespoints.messages.outbox import UnusableRecipient, enqueue
from mespoints.messages.templates import TemplateCode
from mespoints.rate_limits.address import address_of, range_of

MESSAGES: Mapping[str, TemplateCode] = {
    "account/email/email_confirmation": TemplateCode.EMAIL_CODE,
    "account/email/email_confirmation_signup": TemplateCode.EMAIL_CODE,
    "account/email/password_reset_code": TemplateCode.PASSWORD_CODE,
    "account/email/account_already_exists": TemplateCode.ACCOUNT_EXISTS,
    "account/email/unknown_account": TemplateCode.NO_ACCOUNT,
    "account/email/password_changed": TemplateCode.PASSWORD_CHANGED,
    "account/email/password_reset": TemplateCode.PASSWORD_CHANGED,
    "account/email/email_changed": TemplateCode.EMAIL_CHANGED,
    "mfa/email/totp_activated": TemplateCode.FACTOR_ADDED,
    "mfa/email/webauthn_added": TemplateCode.FACTOR_ADDED,
    "mfa/email/totp_deactivated": TemplateCode.FACTOR_REMOVED,
    "mfa/email/webauthn_removed": TemplateCode.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": TemplateCode.RECOVERY_CODES_RENEWED,
}
"""By the names allauth gives them. One that is not here is a bug and fails as one: nothing leaves in words that are not ours."""

WORDS: Mapping[str, Word] = {
    "account/messages/email_confirmed.txt": Word.EMAIL_CONFIRMED,
    "account/messages/password_changed.txt": Word.PASSWORD_CHANGED,
    "mfa/messages/totp_activated.txt": Word.FACTOR_ADDED,
    "mfa/messages/webauthn_added.txt": Word.FACTOR_ADDED,
    "mfa/messages/totp_deactivated.txt": Word.FACTOR_REMOVED,
    "mfa/messages/webauthn_removed.txt": Word.FACTOR_REMOVED,
}
"""What is worth telling on the next page; allauth tells more."""

TOO_MANY_TRIES = "Trop d’essais. Attendez un quart d’heure, puis recommencez ; ou passez par « Mot de passe oublié »."
TOO_MANY_MESSAGES = "Nous venons déjà d’écrire à cette adresse. Regardez vos messages, ou recommencez dans une heure."
WRONG_CODE = "Ce code n’est pas le bon, ou il a déjà servi. Vérifiez les chiffres et réessayez."

NETWORK_END = re.compile(r"/\d+$")


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé.",
        "duplicate_email": "C’est déjà l’adresse de votre compte.",
        "email_password_mismatch": "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez-les l’un et l’autre.",
        "email_taken": "Cette adresse sert déjà à un autre compte. Choisissez-en une autre.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": TOO_MANY_MESSAGES,
    }

    def new_user(self, request: HttpRequest) -> Account:  # noqa: ARG002 – allauth's form
        return Account(opened_at=timezone.now())

    def clean_email(self, email: str) -> str:
        if not is_usable(ChannelName.EMAIL, email):
            raise ValidationError("Nous ne savons pas écrire à cette adresse : il en faut une de la forme nom@domaine.fr.")
        return email

    # Codes: the digest goes to the session, the code to the message.

    def generate_email_verification_code(self) -> FreshCode:
        return FreshCode.sealing(super().generate_email_verification_code())

    def generate_password_reset_code(self) -> FreshCode:
        return FreshCode.sealing(super().generate_password_reset_code())

    # Messages: by the outbox and by nothing else.

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        code = context.get("code")
        # An address that was taken once and that we could not write to any more must not keep its owner out.
        with suppress(UnusableRecipient):
            enqueue(
                template=MESSAGES[template_prefix],
                recipient=email,
                now=timezone.now(),
                code=code.plain if isinstance(code, FreshCode) else None,
            )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,  # noqa: ARG002 – the address and the browser it holds are told to nobody
        email: str | None = None,
    ) -> None:
        recipient = email or EmailAddress.objects.get_primary_email(user)
        if recipient:
            self.send_mail(template_prefix, recipient, {})

    def add_message(
        self,
        request: HttpRequest,
        level: int,  # noqa: ARG002 – allauth's form
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 – same
        extra_tags: str = "",  # noqa: ARG002 – same
        message: str | None = None,
    ) -> None:
        word = WORDS.get(message_template or "")
        match message:
            case None:
                pass
            case _ if message == TOO_MANY_TRIES:
                word = Word.TOO_MANY_TRIES
            case _ if message == TOO_MANY_MESSAGES:
                word = Word.TOO_MANY_MESSAGES
            case _:
                word = Word.PASSKEY_REFUSED
        if word is not None:
            sessions.leave_word(request, word)

    # Limits.

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if not may_try_password(credentials.get("email", ""), self.network(request), timezone.now()):
            raise self.validation_error("too_many_login_attempts")

    def check_may_write_to(self, email: str) -> None:
        """Raises ``ValidationError``; the same for an address that is known and for one that is not."""
        if not may_send_message(email, self.network(self.request), timezone.now()):
            raise self.validation_error("rate_limited")

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: EmailAddress, signup: bool) -> bool:  # noqa: FBT001 – allauth's form
        """To open an account is counted by its form; to sign in before the address is proved sends a code too."""
        if not signup and not may_send_message(email_address.email, self.network(request), timezone.now()):
            sessions.leave_word(request, Word.TOO_MANY_MESSAGES)
            raise ImmediateHttpResponse(redirect("account_login"))
        return True

    def network(self, request: HttpRequest) -> str:
        return range_of(address_of(request.META, settings.TRUSTED_PROXIES))

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the list of open sessions keeps: the network, never the machine."""
        return NETWORK_END.sub("", self.network(request)) or "0.0.0.0"  # noqa: S104 – no address is known

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages answer with pages. One address alone answers a script: the challenge of a passkey."""
        asked = request.resolver_match
        return asked is not None and asked.url_name == "mfa_login_webauthn" and bool(super().is_ajax(request))

    # Sessions.

    def set_password(self, user: Account, password: str) -> None:
        """Whoever came in by the former one goes out. Django would stop at not believing those sessions; they are erased."""
        super().set_password(user, password)
        close_all_but(self.request.session.session_key, user)

    def login(self, request: HttpRequest, user: Account) -> None:
        if not hasattr(user, "backend"):
            user.backend = "mespoints.identity.backends.PasswordBackend"
        sessions.open_password_session(request, user, timezone.now())

    def post_login(self, request: HttpRequest, user: Account, **known: Any) -> HttpResponse:
        if not known["signup"]:
            self.tell(user, TemplateCode.SIGN_IN_NOTICE)
        response: HttpResponse = super().post_login(request, user, **known)
        return response

    def tell(self, user: Account, template: TemplateCode) -> None:
        """What allauth has no notice for."""
        recipient = EmailAddress.objects.get_primary_email(user)
        with suppress(UnusableRecipient):
            if recipient:
                enqueue(template=template, recipient=recipient, now=timezone.now())


class FactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, str]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Ajoutez d’abord une clé d’accès ou une application de codes.",
        "unverified_email": "Confirmez d’abord votre adresse électronique.",
    }

    def _get_user_identifier(self, user: Account) -> str:
        """What a telephone shows beside the key: the account's address, which its owner knows."""
        return EmailAddress.objects.get_primary_email(user) or str(user)

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": entity["name"]}

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002 – allauth's form
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Clé d’accès" if number == 1 else f"Clé d’accès nᵒ {number}"

    # Secrets: whoever reads the table cannot use them without the secret of the installation.

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()


def _vault() -> MultiFernet:
    """A former secret key, while it is kept as a fallback, still opens what it closed."""
    return MultiFernet([_lock(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _lock(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mespoints.identity.factors {secret}".encode()).digest()))
