"""Settings of the test project: the smallest Wagtail site that has everything the app can use.

The database is SQLite in a file of this process's own, in shared memory where there is some, so that
several workers and several runs in one checkout do not meet. ``DATABASE_URL`` names another one.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from environ import Env

ROOT = Path(__file__).resolve().parents[1]
_shared_memory = Path("/dev/shm")
_scratch = _shared_memory if os.access(_shared_memory, os.W_OK) else Path(tempfile.gettempdir())
TEST_DATABASE_FILE = _scratch / f"hsec-test-{os.getpid()}.sqlite3"
# The conftest makes and removes it.
TEST_FILES = Path(tempfile.gettempdir()) / f"hsec-test-{os.getpid()}"

database: dict[str, Any] = Env.db_url_config(os.environ.get("DATABASE_URL") or "sqlite://:memory:")
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["TEST"] = {"NAME": str(TEST_DATABASE_FILE)}
    database["OPTIONS"] = {
        # The live server writes from other threads: they must wait, not fail.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
else:
    # A parallel run in the same checkout must not take this run's database away.
    database["TEST"] = {
        "NAME": f"test_hsec_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    }
if database["ENGINE"] == "django.db.backends.mysql":
    # PyMySQL installs without a compiler.
    import pymysql

    pymysql.install_as_MySQLdb()
    database["OPTIONS"] = {"charset": "utf8mb4"}
DATABASES = {"default": database}

SECRET_KEY = "only for tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.urls"

INSTALLED_APPS = [
    "hsec_wagtail",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "tests" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "America/Toronto"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = TEST_FILES / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = TEST_FILES / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Fast, and of no worth outside tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Tests count the queries of answers that are made; those of kept answers switch it on.
HSEC_CACHE: str | None = None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "Tests"
WAGTAILADMIN_BASE_URL = "http://testserver"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# No request may leave the machine, and autosave would make browser tests depend on time.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
