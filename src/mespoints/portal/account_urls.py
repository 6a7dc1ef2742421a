"""The addresses of the account, under the names by which allauth finds them."""

from django.urls import path
from django.views.generic import RedirectView

from mespoints.portal.views.account import entrance, factors, settings

urlpatterns = [
    path("connexion/mot-de-passe/", entrance.sign_in, name="account_login"),
    path("connexion/cle-d-acces/", factors.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("connexion/second-facteur/", factors.show_factor, name="mfa_authenticate"),
    path("compte/ouvrir/", entrance.sign_up, name="account_signup"),
    path("compte/ouvrir/recommencer/", entrance.start_again, name="account_start_again"),
    path("compte/ferme/", entrance.closed, name="account_inactive"),
    path("compte/adresse/", settings.change_email, name="account_email"),
    path("compte/adresse/code/", entrance.confirm_email, name="account_email_verification_sent"),
    path("compte/mot-de-passe/", settings.change_password, name="account_change_password"),
    path("compte/mot-de-passe/oublie/", entrance.forgotten, name="account_reset_password"),
    path("compte/mot-de-passe/oublie/code/", entrance.confirm_reset, name="account_confirm_password_reset_code"),
    path("compte/mot-de-passe/oublie/nouveau/", entrance.choose_password, name="account_complete_password_reset"),
    path("compte/mot-de-passe/oublie/fait/", entrance.password_chosen, name="account_password_reset_completed"),
    path("compte/confirmer/", settings.prove_by_password, name="account_reauthenticate"),
    path("compte/confirmer/code/", settings.prove_by_code, name="mfa_reauthenticate"),
    path("compte/confirmer/cle-d-acces/", factors.prove_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("compte/protection/", RedirectView.as_view(pattern_name="portal:account"), name="mfa_index"),
    path("compte/protection/application/", factors.add_application, name="mfa_activate_totp"),
    path("compte/protection/application/retirer/", factors.remove_application, name="mfa_deactivate_totp"),
    path("compte/protection/cle-d-acces/", factors.add_passkey, name="mfa_add_webauthn"),
    path("compte/protection/cle-d-acces/<int:pk>/retirer/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("compte/protection/codes/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("compte/protection/codes/renouveler/", factors.renew_codes, name="mfa_generate_recovery_codes"),
    path("compte/protection/codes/fichier/", factors.recovery_codes_file, name="mfa_recovery_codes_file"),
]
