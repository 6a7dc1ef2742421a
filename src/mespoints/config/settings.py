"""The settings of Django: what does not depend on the machine is written here, the rest comes from ``Environment``."""

import os

from psycopg.conninfo import conninfo_to_dict

from mespoints.config.environment import Environment
from mespoints.config.providers import encryption_keys
from mespoints.documents.verification.own_trust import CodeKey, TrustSources

ENVIRONMENT = Environment.read(os.environ)

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
BASE_URL = ENVIRONMENT.base_url
DATA_DIR = ENVIRONMENT.data_dir
INVENTED_DATA = ENVIRONMENT.has_invented_data
FRANCECONNECT = ENVIRONMENT.franceconnect
FRANCECONNECT_PLUS = ENVIRONMENT.franceconnect_plus
FRANCECONNECT_PLUS_KEYS = encryption_keys(ENVIRONMENT.franceconnect_plus_keys)
PROCONNECT = ENVIRONMENT.proconnect
SEAL = ENVIRONMENT.seal
VISIBLE_CODE = ENVIRONMENT.visible_code
PAPER_TRUST = TrustSources(
    seal_certificate=SEAL.certificate if SEAL is not None else None,
    code=CodeKey(key=VISIBLE_CODE.key, authority=VISIBLE_CODE.authority, certificate=VISIBLE_CODE.certificate)
    if VISIBLE_CODE is not None
    else None,
    file=ENVIRONMENT.trust_file,
    timestamp_authorities=SEAL.stamping.authorities if SEAL is not None and SEAL.stamping is not None else None,
    is_test=INVENTED_DATA,
)
PAPER_KEYS = ENVIRONMENT.paper_keys
STATUS_KEY = ENVIRONMENT.status_key
FEED_KEYS = ENVIRONMENT.feed_keys
DROP_FOLDER = ENVIRONMENT.drop_folder
SMTP_URL = ENVIRONMENT.smtp_url
API_REQUESTS_PER_MINUTE = ENVIRONMENT.api_limits.requests
API_CASES_PER_MINUTE = ENVIRONMENT.api_limits.cases
CONTACT = ENVIRONMENT.contact
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "mespoints.access_log",
    "mespoints.messages",
    "mespoints.rate_limits",
    "mespoints.register",
    "mespoints.feed",
    "mespoints.identity",
    "mespoints.documents",
    "mespoints.portal",
    "mespoints.desk",
    "procrastinate.contrib.django",
    "mespoints.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mespoints.config.security_headers.security_headers",
    "mespoints.config.method_refused.method_refused",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mespoints.config.urls"
WSGI_APPLICATION = "mespoints.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

_connection = conninfo_to_dict(ENVIRONMENT.database_url)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _connection.pop("dbname", ""),
        "USER": _connection.pop("user", ""),
        "PASSWORD": _connection.pop("password", ""),
        "HOST": _connection.pop("host", ""),
        "PORT": str(_connection.pop("port", "")),
        # A connection that died with the database is replaced, not handed to a driver.
        "CONN_HEALTH_CHECKS": True,
        # Per process: the number of processes times max_size must stay under max_connections.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 6, "timeout": 10}, **_connection},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["mespoints.identity.backends.AccountBackend", "mespoints.identity.backends.PasswordBackend"]
LOGIN_URL = "portal:sign_in"
LOGIN_REDIRECT_URL = "portal:balance"

# Argon2id alone: no password was ever kept otherwise.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "mespoints.identity.breached_passwords.BreachedPasswordValidator",
        "OPTIONS": {"file": ENVIRONMENT.breached_passwords},
    },
]

# Accounts by e-mail and password. The key is a verified row of allauth's EmailAddress; the address of an account is only
# a contact (FranceConnect gave it), so allauth must never look there: whoever reads that mailbox would reset his way in.
ACCOUNT_ADAPTER = "mespoints.identity.allauth_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "portal:number_claim"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/compte/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Codes and not links: a message that has no link teaches nobody to follow one.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Counted by mespoints.rate_limits instead, exactly, across processes.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False

# Second factors.
MFA_ADAPTER = "mespoints.identity.allauth_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Mes points permis"
# One step of thirty seconds before and after: the clock of a phone is rarely further off.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "mespoints.identity.allauth_forms.AuthenticateForm",
    "reauthenticate": "mespoints.identity.allauth_forms.ReauthenticateForm",
    "activate_totp": "mespoints.identity.allauth_forms.ActivateTotpForm",
    "login_webauthn": "mespoints.identity.allauth_forms.SignInByPasskeyForm",
    "authenticate_webauthn": "mespoints.identity.allauth_forms.AuthenticateByPasskeyForm",
    "reauthenticate_webauthn": "mespoints.identity.allauth_forms.ReauthenticateByPasskeyForm",
    "add_webauthn": "mespoints.identity.allauth_forms.AddPasskeyForm",
}
ACCOUNT_FORMS = {
    "signup": "mespoints.identity.allauth_forms.SignUpForm",
    "reset_password": "mespoints.identity.allauth_forms.ResetPasswordForm",
    "reset_password_from_key": "mespoints.identity.allauth_forms.NewPasswordForm",
    "change_password": "mespoints.identity.allauth_forms.ChangePasswordForm",
    "add_email": "mespoints.identity.allauth_forms.ChangeEmailForm",
    "confirm_email_verification_code": "mespoints.identity.allauth_forms.ConfirmEmailForm",
    "confirm_password_reset_code": "mespoints.identity.allauth_forms.ConfirmResetForm",
}

# In the database, and not cached_db: with a cache in each process, a session closed in one would stay open in the others.
SESSION_ENGINE = "mespoints.identity.session_store"
# The longest a session may last; identity.session_store ends it there, and after a quarter of an hour without activity.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Lax: the return from FranceConnect is a navigation that starts elsewhere and must find its session.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Browsers keep the __Host- prefix for cookies that only this very host, over HTTPS, can have set.
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.is_https else "session"
CSRF_COOKIE_NAME = "__Host-form" if ENVIRONMENT.is_https else "form"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSP_FORM_ORIGINS = tuple(provider.origin for provider in (FRANCECONNECT, FRANCECONNECT_PLUS, PROCONNECT) if provider)

# The tasks of the worker, named here so that nothing is searched for.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["mespoints.operations.schedule"]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Messages leave by the outbox of mespoints.messages and by nothing else.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "mespoints.config.discreet_log.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django gives this one handlers of its own, one of which writes to the administrators with the page's data.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # It tells each command that it found its tasks.
        "procrastinate.blueprints": {"level": "WARNING"},
    },
}
