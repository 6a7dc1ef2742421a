"""The addresses below /api/v1/."""

from django.urls import path
from django.views.generic import RedirectView

from mespoints.api.doors import doors
from mespoints.api.views import docs

app_name = "api"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:docs")),
    path("docs", docs, name="docs"),
    path("", doors.urls),
]
