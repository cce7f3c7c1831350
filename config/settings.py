"""The one settings file: read from the environment, safe by default.

Two profiles share every line of code. *Embedded* (default): SQLite, worker and beat as threads of the web process,
no server to install. *Production*: ``DATABASE_URL`` (PostgreSQL) and ``REDIS_URL``, Celery worker and beat apart.
Every variable is described in docs/exploitation.md.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

RACINE = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(env.str("CONCLU_ENV", str(RACINE / "var" / "conclu.env")), overwrite=False)

VAR = Path(env.str("CONCLU_VAR", str(RACINE / "var")))
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HOTES_LOCAUX = {"127.0.0.1", "localhost", "[::1]", "testserver"}
EST_LOCAL = set(ALLOWED_HOSTS) <= HOTES_LOCAUX
HTTPS = env.bool("HTTPS", not EST_LOCAL)
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:" + env.str("PORT", "8000")).rstrip("/")
DEMONSTRATION = env.bool("DEMONSTRATION", False)

# Refuse to start unsafe: an open door must never be a forgotten line of configuration.
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 50 characters. `make run` writes one for a trial; "
        "docs/exploitation.md tells how to make one for production."
    )
if not EST_LOCAL and (DEBUG or DEMONSTRATION or not HTTPS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "DEBUG, DEMONSTRATION, HTTPS=false and ALLOWED_HOSTS=* are for 127.0.0.1 only: "
        f"refused with ALLOWED_HOSTS={','.join(ALLOWED_HOSTS)}."
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "django_htmx",
    "widget_tweaks",
    "dsfr",
    "journal",
    "membres",
    "comites",
    "comptes_rendus",
    "reclamations",
    "indicateurs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.Entetes",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.Refus",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "membres.contexte.maison",
                "comites.contexte.roles",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'conclu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
MEDIA_ROOT = VAR / "fichiers"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Who --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "membres.Utilisateur"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "membres:connexion"
LOGIN_REDIRECT_URL = "accueil"
LOGOUT_REDIRECT_URL = "accueil"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "membres.reseau.adresse"  # else the proxy's: one visitor could lock any account
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Sessions, cookies, headers -----------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
CSRF_FAILURE_VIEW = "config.erreurs.csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("DERRIERE_MANDATAIRE", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],  # the signatory is shown the PDF itself, in the page
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Language, time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
TIME_ZONE = env.str("FUSEAU", "Europe/Paris")
USE_I18N = USE_TZ = True
LOCALE_PATHS: list[Path] = []

# --- Static files -------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [RACINE / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", "") or None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2"),
    *("svg", "map"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DSFR_USE_INTEGRITY_CHECKSUMS = False  # hashed file names rewrite url() and break the hard-coded checksums
CRISPY_ALLOWED_TEMPLATE_PACKS = "crispy_dsfr"
CRISPY_TEMPLATE_PACK = "crispy_dsfr"

# --- Jobs, mail ---------------------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        **{"visibility_timeout": 300, "unacked_restore_interval": 10, "unacked_restore_throttle": 1},
        # A broker that is down, or silent, never holds a page back: the sweeper tells the worker later.
        **{"socket_connect_timeout": 1, "max_retries": 0},
    }
    if REDIS_URL
    else {"polling_interval": 0.05}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {"balayer": {"task": "journal.tasks.balayer", "schedule": 30.0}}
# The cache stays in each process: with Redis in it, a Redis that is down would take every page down.

vars().update(env.email("EMAIL_URL", default="filemail://" + str(VAR / "courriels")))
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("COURRIEL_EXPEDITEUR", "Conclu <ne-pas-repondre@conclu.invalid>")

# --- PDF and signature ----------------------------------------------------------------------------------------------
RENDU_SECONDES = env.int("RENDU_SECONDES", 60)
RENDU_MEMOIRE_MO = env.int("RENDU_MEMOIRE_MO", 512)
POLICES = Path(env.str("POLICES", str(VAR / "polices")))
SIGNATURE_P12 = env.str("SIGNATURE_P12", "")
SIGNATURE_P12_PASSE = env.str("SIGNATURE_P12_PASSE", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ligne"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"kombu": {"level": "ERROR"}, "conclu": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
