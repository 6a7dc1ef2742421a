"""The addresses of the desk."""

from django.urls import path

from mespoints.desk.views import access, nights, quarantine, sign_in

app_name = "desk"

urlpatterns = [
    path("", nights.nights, name="nights"),
    path("nuits/<int:number>/", nights.night, name="night"),
    path("quarantaine/", quarantine.quarantine, name="quarantine"),
    path("quarantaine/suite/<int:after>/", quarantine.quarantine, name="quarantine_after"),
    path("acces/", access.access, name="access"),
    path("acces/inviter/", access.invite, name="invite"),
    path("acces/<int:number>/approuver/", access.approve, name="approve"),
    path("acces/<int:number>/retirer/", access.revoke, name="revoke"),
    path("mon-compte/", access.own_account, name="own_account"),
    path("connexion/", sign_in.door, name="sign_in"),
    path("connexion/proconnect/", sign_in.start, name="proconnect_start"),
    path("connexion/proconnect/retour/", sign_in.callback, name="proconnect_callback"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("deconnexion/retour/", sign_in.signed_out, name="signed_out"),
]
