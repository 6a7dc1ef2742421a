"""Between a view of allauth and a page of ours: the form becomes questions, its refusals become sentences."""

from dataclasses import replace
from typing import Any, ClassVar

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mespoints.identity import sessions
from mespoints.portal.pages.account.forms import Answers, FormPage, Gesture, Question, Way, Wording, form_page
from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.progress import Step, progress
from mespoints.portal.views.framing import frame_of


def answered(questions: tuple[Question, ...], form: Form) -> tuple[Question, ...]:
    """The questions with what was written, and what was wrong with it."""
    return tuple(
        replace(question, value=written(question, form), problems=problems(form, question.name, question.missing))
        for question in questions
    )


def written(question: Question, form: Form) -> str:
    return str(form[question.name].value() or "") if question.kind == "email" else ""


def problems(form: Form, name: str, missing: str = "") -> tuple[str, ...]:
    found = form.errors.as_data().get(name, []) if form.is_bound else []
    return tuple(
        missing if refusal.code in {"required", "invalid"} and missing else " ".join(str(said) for said in refusal.messages)
        for refusal in found
    )


class Asking:
    """Put before a view of allauth. It keeps the walk; what it would render is replaced by a page."""

    wording: ClassVar[Wording]
    here: ClassVar[Place | None] = None
    template: ClassVar[str] = "portal/account/form.html"
    step: ClassVar[Step | None] = None
    """Of the path to a record by its number; nobody who is signed in is on the way to open an account."""
    request: HttpRequest

    def form_page(self, context: dict[str, Any]) -> FormPage:
        form = context["form"]
        page = form_page(
            self.wording,
            frame_of(self.request, self.wording.title, self.here),
            answers=Answers(questions=answered(self.wording.questions, form), problems=problems(form, "__all__")),
            word=sessions.take_word(self.request),
            email=str(context.get("email", "")),
            next_address=context.get("redirect_field_value") or "",
            gestures=self.gestures(context),
            ways=self.ways(context),
        )
        if self.step is None or not self.request.user.is_anonymous:
            return page
        return replace(page, progress=progress(self.step))

    def gestures(self, context: dict[str, Any]) -> tuple[Gesture, ...]:  # noqa: ARG002 – for those that have some
        return ()

    def ways(self, context: dict[str, Any]) -> tuple[Way, ...]:  # noqa: ARG002 – same
        if self.here is Place.ACCOUNT:
            return (Way(label="Revenir à mon compte, sans rien changer", address=reverse("portal:account")),)
        return ()

    def page(self, context: dict[str, Any]) -> Any:
        return self.form_page(context)

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        return render(self.request, self.template, {"page": self.page(context)})


class Proving(Asking):
    """A proof given by somebody already signed in: the session changes its key."""

    def form_valid(self, form: Form) -> HttpResponse:
        # Nothing that was sent before the proof is sent again by itself: the person presses the button once more.
        self.request.session.pop(STATE_SESSION_KEY, None)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        sessions.renew_key(self.request)
        return response
