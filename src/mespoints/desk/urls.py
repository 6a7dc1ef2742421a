"""The addresses of the desk."""

from django.urls import path

from mespoints.desk.views import access, incidents, linking, nights, quarantine, reconciliation, sign_in

app_name = "desk"

urlpatterns = [
    path("", nights.nights, name="nights"),
    path("nuits/<int:number>/", nights.night, name="night"),
    path("quarantaine/", quarantine.quarantine, name="quarantine"),
    path("quarantaine/suite/<int:after>/", quarantine.quarantine, name="quarantine_after"),
    path("quarantaine/rejeu/", quarantine.replay, name="quarantine_replay"),
    path("quarantaine/fichier/<int:sequence>/<str:code>/", quarantine.dismiss_alike, name="quarantine_alike"),
    path("quarantaine/<int:number>/", quarantine.one_row, name="quarantine_row"),
    path("quarantaine/<int:number>/correction/", quarantine.correct, name="quarantine_correct"),
    path("quarantaine/<int:number>/ecart/", quarantine.dismiss, name="quarantine_dismiss"),
    path("rapprochement/", reconciliation.reconciliation, name="reconciliation"),
    path("rapprochement/suite/<int:after>/", reconciliation.reconciliation, name="reconciliation_after"),
    path("rapprochement/<int:number>/", reconciliation.one_difference, name="difference"),
    path("incidents/", incidents.all_incidents, name="incidents"),
    path("incidents/nouveau/", incidents.declare, name="incident_declare"),
    path("incidents/<int:number>/fin/", incidents.close, name="incident_close"),
    path("rattachements/", linking.waiting, name="linking"),
    path("rattachements/<int:number>/", linking.review, name="linking_review"),
    path("rattachements/<int:number>/litige/", linking.dispute, name="linking_dispute"),
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
