"""The pages where a passkey is used: browsers speak to it by a script, and by nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class ScriptedResponse(HttpResponse):
    """Served with a policy that lets our own script files run, and no other."""

    runs_scripts = True


def render_scripted(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return ScriptedResponse(render_to_string(template, context, request))
