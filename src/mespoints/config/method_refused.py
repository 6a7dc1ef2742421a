"""A page instead of nothing, when an address is opened in a way that it does not answer: typed by hand, kept as a bookmark."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponse]


def method_refused(next_answer: Answer) -> Answer:
    """Django middleware. Django has a template for the other refusals, and an empty answer for this one."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = next_answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return answer
