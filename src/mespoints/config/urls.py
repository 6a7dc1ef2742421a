"""The one map of addresses: what drivers see belongs to the portal, what the operator sees to the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("mespoints.portal.urls")),
    path("exploitation/", include("mespoints.desk.urls")),
]
