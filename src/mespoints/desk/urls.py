"""The addresses of the desk."""

from django.urls import path

from mespoints.desk.views import linking, nights, quarantine

app_name = "desk"

urlpatterns = [
    path("", nights.nights, name="nights"),
    path("nuits/<int:number>/", nights.night, name="night"),
    path("quarantaine/", quarantine.quarantine, name="quarantine"),
    path("quarantaine/suite/<int:after>/", quarantine.quarantine, name="quarantine_after"),
    path("rattachements/", linking.waiting, name="linking"),
    path("rattachements/<int:number>/", linking.review, name="linking_review"),
    path("rattachements/<int:number>/litige/", linking.dispute, name="linking_dispute"),
]
