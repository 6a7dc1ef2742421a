"""The addresses people see: in French, and with nothing personal in them."""

from django.urls import path

from mespoints.portal.views import documents, sign_in, verification
from mespoints.portal.views.balance import balance
from mespoints.portal.views.forecast import forecast
from mespoints.portal.views.history import history
from mespoints.portal.views.public import article, data_state, health, help_page, home

app_name = "portal"

urlpatterns = [
    path("", home, name="home"),
    path("connexion/", sign_in.doors, name="sign_in"),
    path("connexion/franceconnect/", sign_in.start, name="franceconnect_start"),
    path("connexion/franceconnect/retour/", sign_in.callback, name="franceconnect_callback"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("deconnexion/retour/", sign_in.signed_out, name="signed_out"),
    path("solde/", balance, name="balance"),
    path("historique/", history, name="history"),
    path("previsions/", forecast, name="forecast"),
    path("documents/", documents.documents, name="documents"),
    path("documents/pour/<slug:slug>/", documents.audience, name="document_for"),
    path("documents/attestation/", documents.attestation, name="attestation"),
    path("documents/releve-integral/", documents.full_statement, name="full_statement"),
    path("documents/releve-partiel/", documents.period_statement, name="period_statement"),
    path("documents/refuse/", documents.refused, name="document_refused"),
    path("documents/refuse/<slug:slug>/", documents.refusal, name="document_refusal"),
    path("verifier/", verification.verify, name="verify"),
    path("verifier/<str:reference>/", verification.by_reference, name="verify_reference"),
    path("etat-des-donnees/", data_state, name="data_state"),
    path("aide/", help_page, name="help"),
    path("articles/<slug:reference>/", article, name="article"),
    path("sante", health, name="health"),
]
