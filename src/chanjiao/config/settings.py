"""Django settings. Everything a site may change is an environment variable, read here and nowhere else.

CHANJIAO_HOME          where the database, the secret key and files live (default: the user's data folder)
CHANJIAO_TEXT_MODEL    an OpenAI-compatible address (with _NAME, _KEY) or a model's folder, to join the reading of texts
CHANJIAO_DATABASE_URL  postgresql://user:password@host:port/name instead of the embedded SQLite
CHANJIAO_HOSTS         host names the site answers to, separated by commas
CHANJIAO_HTTPS         1 when the site stands behind HTTPS (secure cookies, HSTS)
CHANJIAO_DEMO          1 offers demo log-ins on the log-in page
CHANJIAO_DEBUG         1 for development
CHANJIAO_AGREEMENTS    a file of kinds and rules of agreements, in the place of the one that comes with the package
CHANJIAO_DOSSIERS      a file of kinds of programme change and what each needs, in the place of the package's
CHANJIAO_ADDRESS       the site's own address, as letters give it (default: http://127.0.0.1:8000)
CHANJIAO_MAIL_URL      smtp://user:password@host:port, smtps:// for TLS from the start, smtp+tls:// for STARTTLS;
                       unset: letters are written to files in CHANJIAO_HOME/mail
CHANJIAO_MAIL_FROM     the sender of letters
CHANJIAO_BOT_ORIGINS   origins of group bots, separated by commas (default: WeCom, DingTalk, Feishu)
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from platformdirs import user_data_path

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("CHANJIAO_HOME") or user_data_path("chanjiao")).resolve()
DEBUG = os.environ.get("CHANJIAO_DEBUG") == "1"
DEMO = os.environ.get("CHANJIAO_DEMO") == "1"
HTTPS = os.environ.get("CHANJIAO_HTTPS") == "1"


def _secret_keys() -> list[str]:
    """The key of this site, made at the first start and readable by its owner only; former keys in further lines."""
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").split()


def _database() -> dict[str, object]:
    url = os.environ.get("CHANJIAO_DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "chanjiao.sqlite3",
            "OPTIONS": {
                # Without IMMEDIATE, a transaction that reads and then writes fails under load instead of waiting.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _mail() -> dict[str, object]:
    """Django's settings for mail, out of one address; without one, letters become files."""
    url = os.environ.get("CHANJIAO_MAIL_URL")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(HOME / "mail"),
        }
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


SECRET_KEY, *SECRET_KEY_FALLBACKS = _secret_keys()
ALLOWED_HOSTS = [host for host in os.environ.get("CHANJIAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "ninja",
    "chanjiao.core",
    "chanjiao.apps.accounts",
    "chanjiao.apps.reference",
    "chanjiao.apps.members",
    "chanjiao.apps.notices",
    "chanjiao.apps.exchange",
    "chanjiao.apps.matching",
    "chanjiao.apps.cooperation",
    "chanjiao.apps.projects",
    "chanjiao.apps.transfer",
    "chanjiao.apps.placement",
    "chanjiao.apps.programmes",
    "chanjiao.apps.curriculum",
    "chanjiao.apps.plans",
    "chanjiao.apps.dossiers",
    "chanjiao.apps.papers",
    "chanjiao.apps.imports",
    "chanjiao.interfaces.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chanjiao.interfaces.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "chanjiao.interfaces.web.middleware.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chanjiao.interfaces.web.middleware.ActorMiddleware",
    "chanjiao.interfaces.web.middleware.ErrorMiddleware",
]
ROOT_URLCONF = "chanjiao.config.urls"
WSGI_APPLICATION = "chanjiao.config.wsgi.application"
# Modules of tags and filters that every template has without loading
COMPONENTS = ("words", "pages", "lists", "forms", "figures")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our pages stand in for allauth's of the same name.
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chanjiao.interfaces.web.frame.frame",
            ],
            "builtins": [f"chanjiao.interfaces.web.templatetags.{name}" for name in COMPONENTS],
        },
    }
]

# People and sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "chanjiao.interfaces.web.accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_USER_DISPLAY = str
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chanjiao.interfaces.web.errors.csrf_failure"

# Throttling must hold across processes, so the cache lies in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Words, numbers, time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["chanjiao.config.formats"]
FIRST_DAY_OF_WEEK = 1

# Static files: served from the package itself, compressed and named by content
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
TEXT_MODEL = {name: value for name, value in os.environ.items() if name.startswith("CHANJIAO_TEXT_MODEL")}
"""The larger text model, if any: an OpenAI-compatible address or a folder; nothing is sent unless it is set."""
DOCUMENT_LIMIT = 10 * 1024 * 1024
"""The largest document that is read, in bytes."""

FILES_ROOT = HOME / "files"
"""Where files that people hand in lie: outside of everything that a web server shows."""
PROOF_LIMIT = 20 * 1024 * 1024
"""The largest proof that is taken, in bytes."""
UPLOAD_LIMIT = 65 * 1024 * 1024
"""The largest request that is read at all, in bytes: a table of 64 MiB in its form."""

AGREEMENTS_FILE = Path(os.environ["CHANJIAO_AGREEMENTS"]) if os.environ.get("CHANJIAO_AGREEMENTS") else None
"""Kinds and rules of agreements; None for those of the package."""
DOSSIERS_FILE = Path(os.environ["CHANJIAO_DOSSIERS"]) if os.environ.get("CHANJIAO_DOSSIERS") else None
"""Kinds of programme change and what each needs; None for those of the package."""
# Notices
SITE_ADDRESS = os.environ.get("CHANJIAO_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
locals().update(_mail())
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("CHANJIAO_MAIL_FROM", "chanjiao@localhost")
BOT_ORIGINS = tuple(
    os.environ.get(
        "CHANJIAO_BOT_ORIGINS", "https://qyapi.weixin.qq.com,https://oapi.dingtalk.com,https://open.feishu.cn"
    ).split(",")
)
"""The only places to which group bots' messages go."""

NINJA_PAGINATION_MAX_LIMIT = 200
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
