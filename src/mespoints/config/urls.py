"""The one map of addresses: drivers meet the portal, the operator the desk, programs the API."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("mespoints.api.urls")),
    path("exploitation/", include("mespoints.desk.urls")),
    path("", include("mespoints.portal.account_urls")),
    path("", include("mespoints.portal.urls")),
]
