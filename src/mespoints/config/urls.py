"""The one map of addresses: everything people see belongs to the portal."""

from django.urls import include, path

urlpatterns = [path("", include("mespoints.portal.urls"))]
