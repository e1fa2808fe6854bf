"""Settings of the example site as docs/how-to/grow.md makes it: a shared cache and a queue for tasks."""

import os

from example import settings
from example.settings import *  # noqa: F403

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["REDIS_URL"],
    }
}
INSTALLED_APPS = [*settings.INSTALLED_APPS, "django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
ALLOWED_HOSTS = ["127.0.0.1"]
