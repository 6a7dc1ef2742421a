"""Coming in by e-mail and password: opening an account, its code, the forgotten password, the second factor."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mespoints.identity.nobody import look_up_nobody
from mespoints.portal.pages.account import forms as words
from mespoints.portal.pages.account.factors import Ceremony, entrance_page
from mespoints.portal.pages.account.forms import Gesture, Way
from mespoints.portal.pages.frame import Place, PlainPage
from mespoints.portal.pages.progress import Step
from mespoints.portal.views.account.asking import Asking
from mespoints.portal.views.account.scripted import render_scripted
from mespoints.portal.views.framing import frame_of


class SignIn(Asking, allauth.LoginView):
    wording = words.SIGN_IN
    here = Place.SIGN_IN

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        by_passkey = Ceremony(verb="get", options="", address=reverse("mfa_login_webauthn"), button="Entrer par ma clé d’accès")
        page = entrance_page(self.form_page(context), by_passkey)
        return render_scripted(self.request, "portal/account/entrance.html", {"page": page})

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:
        return (
            Way(label="Mot de passe oublié", address=reverse("account_reset_password")),
            Way(label="Ouvrir un compte", address=context["signup_url"]),
            Way(label="Toutes les façons de se connecter", address=reverse("portal:sign_in")),
        )


class SignUp(Asking, allauth.SignupView):
    wording = words.SIGN_UP
    step = Step.ACCOUNT
    here = Place.SIGN_IN

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:
        return (Way(label="J’ai déjà un compte", address=context["login_url"]),)


class ConfirmEmail(Asking, allauth.ConfirmEmailVerificationCodeView):
    """The same page whether a code was sent or, to somebody who has an account already, the word that he has one."""

    wording = words.CONFIRM_EMAIL
    step = Step.EMAIL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # allauth loads the account once for the walk and once for the code.
        if _waits_for_nobody(request, EMAIL_VERIFICATION_CODE_SESSION_KEY):
            look_up_nobody(times=2)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_page(self, context: dict[str, Any]) -> words.FormPage:
        return super().form_page(context | {"form": context["verify_form"]})

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        # A message like another: counted, whoever asks for it and whether it leaves or not.
        adapter = get_adapter()
        try:
            adapter.check_may_write_to(self._process.email)
        except ValidationError:
            adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["rate_limited"])
            return redirect("account_email_verification_sent")
        response: HttpResponse = super()._resend_form_valid(form)
        return response

    def gestures(self, context: dict[str, Any]) -> tuple[Gesture, ...]:
        here = reverse("account_email_verification_sent")
        again = Gesture(label="Envoyer un autre code", address=here, action="resend")
        give_up = Gesture(label="Recommencer avec une autre adresse", address=reverse("account_start_again"))
        return ((again,) if context["can_resend"] else ()) + ((give_up,) if self.request.user.is_anonymous else ())


class Forgotten(Asking, allauth.PasswordResetView):
    wording = words.FORGOTTEN

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:
        return (Way(label="Revenir à la connexion", address=context["login_url"]),)


class ConfirmReset(Asking, allauth.ConfirmPasswordResetCodeView):
    wording = words.CONFIRM_RESET

    def form_invalid(self, form: Any) -> HttpResponse:
        # allauth loads the account, to tell its signals of a wrong code.
        if _waits_for_nobody(self.request, PASSWORD_RESET_VERIFICATION_SESSION_KEY):
            look_up_nobody(times=1)
        response: HttpResponse = super().form_invalid(form)
        return response

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:  # noqa: ARG002 – the form of the others
        return (Way(label="Demander un autre code", address=reverse("account_reset_password")),)


class ChoosePassword(Asking, allauth.CompletePasswordResetView):
    wording = words.CHOOSE_PASSWORD


def _waits_for_nobody(request: HttpRequest, key: str) -> bool:
    """A code is asked for, and none was sent: nobody has that address, or he has an account already."""
    state = request.session.get(key)
    return isinstance(state, dict) and "user_id" not in state


sign_in = SignIn.as_view()
sign_up = SignUp.as_view()
confirm_email = login_not_required(ConfirmEmail.as_view())
forgotten = Forgotten.as_view()
confirm_reset = ConfirmReset.as_view()
choose_password = ChoosePassword.as_view()


@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Gives up the code that is waited for: the address was mistyped, or belongs to somebody else."""
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
    clear_login(request)
    return redirect("account_signup")


@require_safe
def password_chosen(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Mot de passe enregistré"))
    return render(request, "portal/account/password_chosen.html", {"page": page})


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Compte fermé"))
    return render(request, "portal/account/closed.html", {"page": page}, status=403)
