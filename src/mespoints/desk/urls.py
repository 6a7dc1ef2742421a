"""The addresses of the desk."""

from django.urls import path

from mespoints.desk.views import night, nights, quarantine

app_name = "desk"

urlpatterns = [
    path("", nights, name="nights"),
    path("nuits/<int:number>/", night, name="night"),
    path("quarantaine/", quarantine, name="quarantine"),
    path("quarantaine/suite/<int:after>/", quarantine, name="quarantine_after"),
]
