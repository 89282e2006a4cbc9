"""Django's settings, derived from the environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from essaim.config.environment import read_environment
from essaim.config.mail import mail_settings

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
BASE_URL = ENVIRONMENT.base_url or "http://localhost:8000"
if ENVIRONMENT.base_url:
    ALLOWED_HOSTS.append(urlsplit(BASE_URL).hostname or "localhost")
    CSRF_TRUSTED_ORIGINS = [BASE_URL]

# The visible lists: remove a line and the module is gone from the house.
MECHANISMS = ["essaim.mechanisms.contest", "essaim.mechanisms.crowdfunding", "essaim.mechanisms.cheer"]
PROJECTORS = [
    "essaim.projectors.feed",
    "essaim.projectors.notices",
    "essaim.projectors.rewards",
    "essaim.projectors.royalties",
    "essaim.projectors.influence",
]
# Hosts webhooks may reach inside the operator's own network, or without TLS.
WEBHOOK_HOSTS = list(ENVIRONMENT.webhook_hosts)
# Whom the house speaks as when it answers: host=secret. Folders mail may be read from.
LISTEN_TOKENS = {} if ENVIRONMENT.demo else ENVIRONMENT.listen_tokens
LISTEN_MAIL = list(ENVIRONMENT.listen_mail)
# Hosts inside the operator's own network that the house may listen to.
LISTEN_HOSTS = list(ENVIRONMENT.listen_hosts)
STRIPE_KEY = "" if ENVIRONMENT.demo else ENVIRONMENT.stripe_key
STRIPE_WEBHOOK_SECRETS = list(ENVIRONMENT.stripe_webhook_secrets)
STRIPE_API = ENVIRONMENT.stripe_api
BANK_IBAN = "" if ENVIRONMENT.demo else ENVIRONMENT.bank_iban
BANK_BIC, BANK_HOLDER = ENVIRONMENT.bank_bic, ENVIRONMENT.bank_holder
# The first that is connected takes payments. The sandbox moves no money: it leaves when a real one comes.
CONNECTORS = [
    *([] if STRIPE_KEY or BANK_IBAN else ["essaim.connectors.sandbox"]),
    "essaim.connectors.stripe",
    "essaim.connectors.banktransfer",
    "essaim.connectors.webhooks",
    "essaim.connectors.mastodon",
    "essaim.connectors.bluesky",
    "essaim.connectors.activitystreams",
    "essaim.connectors.discourse",
    "essaim.connectors.stackexchange",
    "essaim.connectors.irc",
    "essaim.connectors.reviews",
    "essaim.connectors.maildrop",
    "essaim.connectors.feeds",
    "essaim.connectors.tables",
    "essaim.connectors.donation",
    "essaim.connectors.pages",
    "essaim.connectors.webmention",
]

INSTALLED_APPS = [
    "essaim.kit",  # first: its form templates stand before Django's
    "essaim.people",  # before allauth: its pages are ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "essaim.communities",
    "essaim.activity",
    "essaim.ledger",
    "essaim.standing",
    "essaim.listening",
    "essaim.listening.sources",
    "essaim.listening.desk",
    "essaim.listening.reading",
    "essaim.initiatives",
    "essaim.products",
    *CONNECTORS,
    *PROJECTORS,
    *MECHANISMS,
    "essaim.home",
    "essaim.studio",
    "essaim.studio.listen",
    "essaim.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "essaim.kit.middleware.MediaMiddleware",
    "essaim.kit.passing.PassersByMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "essaim.people.middleware.HouseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "essaim.people.middleware.MemberLanguageMiddleware",
    "essaim.people.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    *(
        ["essaim.connectors.webmention.middleware.WebmentionMiddleware"]
        if "essaim.connectors.webmention" in CONNECTORS
        else []
    ),
    "essaim.config.modules.ModuleMiddleware",
    "essaim.kit.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "essaim.config.urls"
WSGI_APPLICATION = "essaim.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "essaim.kit.context.house",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database(url: str, pool: int) -> dict[str, object]:
    """Django's dictionary for `postgresql://user:pass@host:port/name?host=/socket/folder`; no pool of 0."""
    parts = urlsplit(url or "postgresql:///essaim")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "essaim",
        "USER": unquote(parts.username or "") or query.pop("user", ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": parts.port or "",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        # Threads come and go under ASGI; a pool keeps connections bounded where persistent ones run out.
        "OPTIONS": {"pool": pool and {"min_size": 0, "max_size": pool, "timeout": 10}, **query},
        "TEST": {"NAME": None},
    }


DATABASES = {"default": _database(ENVIRONMENT.database_url, ENVIRONMENT.database_pool)}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# scrypt is in Python itself, costs an attacker memory as well as time, and signs in five times sooner.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
WELCOME_REDIRECT_URL = "studio:house"  # where the first owner goes on from the first page

# Signing up and in: by e-mail and password, passkey, or the house's own provider.
ACCOUNT_ADAPTER = "essaim.people.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "essaim.people.joining.NewMemberForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Failed sign-ins are counted in the database by axes, for all processes together.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "300/m/ip", "signup": "60/m/ip"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
MFA_ADAPTER = "essaim.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BASE_URL.startswith("https://")
STAFF_SECOND_FACTOR = not ENVIRONMENT.allow_single_factor_staff
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "essaim.people.adapters.ProviderAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
# The provider is the house's own: the addresses it vouches for open the account they belong to.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {"openid_connect": {"APPS": []}}
if ENVIRONMENT.oidc_issuer:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "house",
                "name": urlsplit(ENVIRONMENT.oidc_issuer).hostname,
                "client_id": ENVIRONMENT.oidc_client,
                "secret": ENVIRONMENT.oidc_secret,
                "settings": {"server_url": ENVIRONMENT.oidc_issuer},
            }
        ],
    }

AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "essaim.people.lockout.name_tried"
AXES_LOCKOUT_CALLABLE = "essaim.people.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "password", "email"]

MAIL = mail_settings(ENVIRONMENT.email_url, ENVIRONMENT.home)
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = MAIL.folder
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender or f"essaim@{urlsplit(BASE_URL).hostname}"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["essaim.kit.formats"]

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = ENVIRONMENT.home / "media"
READING_ROOT = ENVIRONMENT.home / "reading"  # trained readers and their cards
PICTURE_MOST_BYTES = ENVIRONMENT.picture_megabytes * 1024**2
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "essaim.kit.storage.BundledStaticFilesStorage"
        if ENVIRONMENT.hashed_static
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

PAYING_PAGES = ["https://checkout.stripe.com"] if STRIPE_KEY else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        # Signing in at the house's provider starts with a form of ours that leads there; so does paying.
        "form-action": [SELF, *([ENVIRONMENT.oidc_issuer] if ENVIRONMENT.oidc_issuer else []), *PAYING_PAGES],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "essaim.kit.views.csrf_failure"
KEEP_PAGES = ENVIRONMENT.keep_pages
KIT_HOUSE = "essaim.people.face.face"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "essaim.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
if ENVIRONMENT.trust_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The e-mail is unique without regard to case, by a constraint the check does not read.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers are silent outside DEBUG; a refused request is the visitor's affair, not the log's.
    "loggers": {"django": {"handlers": [], "level": "ERROR", "propagate": True}},
}
