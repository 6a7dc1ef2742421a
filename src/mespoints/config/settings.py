"""The settings of Django: what does not depend on the machine is written here, the rest comes from ``Environment``."""

import os

from psycopg.conninfo import conninfo_to_dict

from mespoints.config.environment import Environment
from mespoints.config.providers import encryption_keys

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
FEED_KEYS = ENVIRONMENT.feed_keys
DROP_FOLDER = ENVIRONMENT.drop_folder
SMTP_URL = ENVIRONMENT.smtp_url
API_REQUESTS_PER_MINUTE = ENVIRONMENT.api_limits.requests
API_CASES_PER_MINUTE = ENVIRONMENT.api_limits.cases
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "mespoints.access_log",
    "mespoints.messages",
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
AUTHENTICATION_BACKENDS = ["mespoints.identity.backends.AccountBackend"]
LOGIN_URL = "portal:sign_in"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]

# Not cached_db: with a cache in each process, a session closed in one would stay open in the others.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 2 * 3600
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
