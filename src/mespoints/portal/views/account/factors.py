"""Adding, showing, renewing and removing second factors."""

import json
from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from mespoints.identity import sessions
from mespoints.identity.step_up import Sensitive
from mespoints.identity.words import Word
from mespoints.portal.pages.account import factors as words
from mespoints.portal.pages.account.factors import (
    Ceremony,
    application_page,
    entrance_page,
    passkey_page,
    recovery_codes_page,
    recovery_codes_text,
)
from mespoints.portal.pages.account.forms import SECOND_FACTOR, FormPage, Way
from mespoints.portal.pages.frame import Place
from mespoints.portal.views.account.asking import Asking, Proving
from mespoints.portal.views.account.scripted import render_scripted
from mespoints.portal.views.account.settings import View, other_proofs, password_only
from mespoints.portal.views.destinations import route
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.stepping_up import lost_factor, stepped_up

TEXT_SECONDS = 10 * 60
"""How long after they were shown the codes may still be taken as a file, by the same session."""
_CODES_SHOWN_AT = "recovery_codes_shown_at"


def factor_setting(view: View) -> View:
    """For accounts that have a password. One that has a second factor shows it first: the password alone changes none of this."""
    return password_only(stepped_up(Sensitive.FACTORS)(view))


class AddApplication(Asking, totp.ActivateTOTPView):
    wording = words.APPLICATION
    here = Place.ACCOUNT
    template = "portal/account/application.html"

    def page(self, context: dict[str, Any]) -> words.ApplicationPage:
        svg = context["totp_svg"]
        # Drawn by the library from an address of our own making.
        drawing = mark_safe(svg[svg.index("<svg") :])  # noqa: S308
        return application_page(self.form_page(context), drawing=drawing, secret=context["form"].secret)

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        sessions.note_factor_added(self.request)
        return response


class RemoveApplication(Asking, totp.DeactivateTOTPView):
    wording = words.REMOVE_APPLICATION
    here = Place.ACCOUNT
    success_url = reverse_lazy("portal:account")


class Scripted(Asking):
    template = "portal/account/passkey.html"

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        return render_scripted(self.request, self.template, {"page": self.page(context)})


class AddPasskey(Scripted, webauthn.AddWebAuthnView):
    wording = words.PASSKEY
    here = Place.ACCOUNT

    def page(self, context: dict[str, Any]) -> words.PasskeyPage:
        ceremony = Ceremony(verb="create", options=discoverable(context), address="", button=self.wording.button)
        # allauth begins again with an empty form: what was refused is in the one that was sent.
        return passkey_page(self.form_page(context), ceremony, is_refused=self.request.method == "POST")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        sessions.note_factor_added(self.request)
        return response


def discoverable(context: dict[str, Any]) -> str:
    """The key itself knows whose it is, and asks for a finger or a code: it can open the account alone."""
    options = plain(context["js_data"]["creation_options"])
    selection = options["publicKey"].setdefault("authenticatorSelection", {})
    selection |= {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    return json.dumps(options)


def plain(options: Any) -> Any:
    return json.loads(json.dumps(options, default=dict))


class ProveByPasskey(Proving, Scripted, webauthn.ReauthenticateWebAuthnView):
    wording = words.PROVE_BY_PASSKEY

    def page(self, context: dict[str, Any]) -> words.PasskeyPage:
        options = json.dumps(plain(context["js_data"]["request_options"]))
        ceremony = Ceremony(verb="get", options=options, address="", button=self.wording.button)
        return passkey_page(self.form_page(context), ceremony, is_refused=False)

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:
        return other_proofs(self.request, context)

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002 – the form of Django
        sessions.leave_word(self.request, Word.PASSKEY_REFUSED)
        return redirect(self.request.get_full_path())


class RemovePasskey(Asking, webauthn.RemoveWebAuthnView):
    wording = words.REMOVE_PASSKEY
    here = Place.ACCOUNT
    success_url = reverse_lazy("portal:account")

    def form_page(self, context: dict[str, Any]) -> FormPage:
        return super().form_page(context | {"email": self.object.wrap().name})


class ShowFactor(Scripted, base.AuthenticateView):
    """The step after the password, for an account that has a second factor."""

    wording = SECOND_FACTOR
    template = "portal/account/entrance.html"

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:  # noqa: ARG002 – the form of the others
        return (lost_factor(),)

    def page(self, context: dict[str, Any]) -> words.EntrancePage:
        options = plain(context["js_data"]["request_options"])
        ceremony = None
        if options["publicKey"].get("allowCredentials"):
            ceremony = Ceremony(verb="get", options=json.dumps(options), address="", button="Utiliser ma clé d’accès")
        is_refused = context["webauthn_form"].is_bound and bool(context["webauthn_form"].errors)
        return entrance_page(self.form_page(context), ceremony, is_refused=is_refused)


class RenewCodes(Asking, recovery.GenerateRecoveryCodesView):
    wording = words.RENEW_CODES
    here = Place.ACCOUNT


add_application = factor_setting(AddApplication.as_view())
remove_application = factor_setting(RemoveApplication.as_view())
add_passkey = factor_setting(AddPasskey.as_view())
remove_passkey = factor_setting(RemovePasskey.as_view())
renew_codes = factor_setting(RenewCodes.as_view())
prove_by_passkey = password_only(ProveByPasskey.as_view())
show_factor = ShowFactor.as_view()
sign_in_by_passkey = webauthn.login_webauthn


@require_safe
@factor_setting
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, once; afterwards, how many are left."""
    held, can_view = view_recovery_codes(request)
    if held is None:
        return redirect("portal:account")
    left = tuple(held.get_unused_codes())
    if can_view:
        request.session[_CODES_SHOWN_AT] = timezone.now().timestamp()
    word = sessions.take_destination(request) if can_view else ""
    then = Way(label="C’est fait, reprendre où j’en étais", address=reverse(route(word))) if word else None
    frame = frame_of(request, "Codes de secours", Place.ACCOUNT)
    page = recovery_codes_page(frame, left if can_view else (), left=len(left), then=then)
    return render(request, "portal/account/recovery_codes.html", {"page": page})


@require_POST
@password_only
@stepped_up(Sensitive.FACTORS, back="mfa_view_recovery_codes")
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same as a file, for the session that has just been shown them."""
    shown_at = request.session.pop(_CODES_SHOWN_AT, 0.0)
    if timezone.now().timestamp() - shown_at > TEXT_SECONDS:
        return redirect("mfa_view_recovery_codes")
    held, _ = view_recovery_codes(request)
    if held is None:
        raise Http404
    text = recovery_codes_text(tuple(held.get_unused_codes()))
    headers = {"Content-Disposition": 'attachment; filename="codes-de-secours.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
