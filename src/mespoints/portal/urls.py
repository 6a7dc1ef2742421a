"""The addresses people see: in French, and with nothing personal in them."""

from django.urls import path

from mespoints.identity.words import Provider
from mespoints.portal.views import (
    documents,
    issued,
    licence_number,
    opened_share,
    second_proof,
    share,
    sign_in,
    status_list,
    verification,
)
from mespoints.portal.views.account import overview
from mespoints.portal.views.balance import balance
from mespoints.portal.views.forecast import forecast
from mespoints.portal.views.history import history
from mespoints.portal.views.lost_access import lost_access
from mespoints.portal.views.providers import encryption_keys
from mespoints.portal.views.public import article, data_state, health, help_page, home

app_name = "portal"

BY_FRANCECONNECT = {"provider": Provider.FRANCECONNECT}
BY_FRANCECONNECT_PLUS = {"provider": Provider.FRANCECONNECT_PLUS}

urlpatterns = [
    path("", home, name="home"),
    path("connexion/", sign_in.doors, name="sign_in"),
    path("connexion/franceconnect/", sign_in.start, BY_FRANCECONNECT, name="franceconnect_start"),
    path("connexion/franceconnect/retour/", sign_in.callback, BY_FRANCECONNECT, name="franceconnect_callback"),
    path("connexion/franceconnect-plus/", sign_in.start, BY_FRANCECONNECT_PLUS, name="franceconnect_plus_start"),
    path("connexion/franceconnect-plus/retour/", sign_in.callback, BY_FRANCECONNECT_PLUS, name="franceconnect_plus_callback"),
    path("franceconnect-plus/jwks", encryption_keys, name="franceconnect_plus_keys"),
    path("connexion/numero/", second_proof.second_proof, name="second_proof"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("deconnexion/retour/", sign_in.signed_out, BY_FRANCECONNECT, name="signed_out"),
    path("deconnexion/franceconnect-plus/retour/", sign_in.signed_out, BY_FRANCECONNECT_PLUS, name="signed_out_plus"),
    path("connexion/numero-de-dossier/", licence_number.path, name="number_path"),
    path("mon-dossier/relier/", licence_number.claim, name="number_claim"),
    path("mon-dossier/relier/code/", licence_number.code, name="number_code"),
    path("mon-dossier/relier/code/nouveau/", licence_number.another_code, name="number_another_code"),
    path("acces-bloque/", lost_access, name="lost_access"),
    path("solde/", balance, name="balance"),
    path("historique/", history, name="history"),
    path("previsions/", forecast, name="forecast"),
    path("compte/", overview.account, name="account"),
    path("compte/sessions/autres/", overview.close_other_sessions, name="close_other_sessions"),
    path("compte/sessions/toutes/", overview.close_all_sessions, name="close_all_sessions"),
    path("etat-des-donnees/", data_state, name="data_state"),
    path("documents/", documents.documents, name="documents"),
    path("documents/pour/<slug:slug>/", documents.audience, name="document_for"),
    path("documents/attestation/", documents.attestation, name="attestation"),
    path("documents/releve-integral/", documents.full_statement, name="full_statement"),
    path("documents/releve-partiel/", documents.period_statement, name="period_statement"),
    path("documents/refuse/", documents.refused, name="document_refused"),
    path("documents/refuse/<slug:slug>/", documents.refusal, name="document_refusal"),
    path("documents/delivres/", issued.issued, name="issued"),
    path("documents/delivres/<str:reference>/copie/", issued.copy, name="issued_copy"),
    path("documents/delivres/<str:reference>/retirer/", issued.withdrawal, name="issued_withdraw"),
    path("documents/partages/", share.shares, name="shares"),
    path("documents/partages/nouveau/", share.new_share, name="new_share"),
    path("documents/partages/<int:number>/arreter/", share.stop, name="share_stop"),
    path("partage/", opened_share.open_a_share, name="open_share"),
    path("statuts/cles", status_list.status_keys, name="status_keys"),
    path("statuts/<int:number>", status_list.status_list, name="status_list"),
    path("verifier/", verification.verify, name="verify"),
    path("verifier/<str:reference>/", verification.by_reference, name="verify_reference"),
    path("aide/", help_page, name="help"),
    path("articles/<slug:reference>/", article, name="article"),
    path("sante", health, name="health"),
]
