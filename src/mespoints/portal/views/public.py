"""The pages anybody may read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mespoints.feed.freshness import freshness
from mespoints.portal.french import typeset
from mespoints.portal.pages.articles import article_page, paragraphs_of
from mespoints.portal.pages.data_state import data_state_page
from mespoints.portal.pages.frame import Place, PlainPage
from mespoints.portal.pages.home import home_page
from mespoints.portal.views.doors import open_doors
from mespoints.portal.views.framing import frame_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    page = home_page(
        frame_of(request, "Accueil"),
        doors=open_doors(),
        freshness=freshness(timezone.now()),
    )
    return render(request, "portal/home.html", {"page": page})


@require_safe
def data_state(request: HttpRequest) -> HttpResponse:
    page = data_state_page(frame_of(request, "État des données"), freshness(timezone.now()))
    return render(request, "portal/data_state.html", {"page": page})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html", {"page": PlainPage(frame=frame_of(request, "Aide", Place.HELP))})


@require_safe
def article(request: HttpRequest, reference: str) -> HttpResponse:
    paragraphs = paragraphs_of(reference)
    if not paragraphs:
        raise Http404
    title = typeset(paragraphs[0].reference)
    page = article_page(paragraphs, frame_of(request, f"Article {title}"))
    return render(request, "portal/article.html", {"page": page})


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """For the machine that watches: the process answers. Nothing is read, so that a slow database does not get it killed."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
