"""The one map of addresses: everything people see belongs to the portal, what programs ask to the API."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("mespoints.api.urls")),
    path("", include("mespoints.portal.urls")),
]
