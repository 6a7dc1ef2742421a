"""What the owner of a password changes: address, password; and the proof that is asked before."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from allauth.mfa.base import views as factors
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy

from mespoints.identity import sessions
from mespoints.identity.factors import address
from mespoints.identity.step_up import Sensitive
from mespoints.portal.pages.account import forms as words
from mespoints.portal.pages.account.forms import FormPage, Way
from mespoints.portal.pages.frame import Place
from mespoints.portal.views.account.asking import Asking, Proving
from mespoints.portal.views.destinations import to_the_door
from mespoints.portal.views.stepping_up import lost_factor, proofs, stepped_up

View = Callable[..., HttpResponse]


def password_only(view: View) -> View:
    """For accounts that have a password. One that FranceConnect opens must never be given one: it would be a second door."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_the_door(request)
        if sessions.has_password(request):
            return view(request, *args, **kwargs)
        return redirect("portal:account")

    return guarded


def setting(view: View) -> View:
    """The two together, in that order."""
    return password_only(stepped_up(Sensitive.SETTINGS)(view))


class ChangePassword(Asking, allauth.PasswordChangeView):
    wording = words.CHANGE_PASSWORD
    here = Place.ACCOUNT
    success_url = reverse_lazy("portal:account")


class ChangeEmail(Asking, allauth.EmailView):
    wording = words.CHANGE_EMAIL
    here = Place.ACCOUNT

    def form_page(self, context: dict[str, Any]) -> FormPage:
        known = sessions.account(self.request)
        return super().form_page(context | {"email": (address(known) if known is not None else None) or ""})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # allauth chooses here between several gestures; this page has one.
        response: HttpResponse = super(allauth.EmailView, self).post(request, *args, **kwargs)
        return response


class ProveByPassword(Proving, allauth.ReauthenticateView):
    wording = words.PROVE_BY_PASSWORD

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:
        forgotten = Way(label="Mot de passe oublié", address=reverse("account_reset_password"))
        return (*other_proofs(self.request, context), forgotten)


class ProveByCode(Proving, factors.ReauthenticateView):
    wording = words.PROVE_BY_CODE

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:
        return (*other_proofs(self.request, context), lost_factor())


def other_proofs(request: HttpRequest, context: dict[str, Any]) -> tuple[Way, ...]:
    """Never the password after a second factor: for a paper with points it would lead back here, again and again."""
    back = context.get("redirect_field_value") or ""
    return tuple(way for way in proofs(request, back, with_password=False) if not way.address.startswith(f"{request.path}?"))


change_password = password_only(ChangePassword.as_view())
change_email = setting(ChangeEmail.as_view())
prove_by_password = password_only(ProveByPassword.as_view())
prove_by_code = password_only(ProveByCode.as_view())
