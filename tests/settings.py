"""The site's settings in a folder of the tests' own. pytest-django reads settings before any conftest runs."""

from tests import environment  # noqa: F401, I001  (must come first: the settings read the environment)
from chanjiao.config.settings import *  # noqa: F403

# Hashing a password is slow on purpose; tests need not wait for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
