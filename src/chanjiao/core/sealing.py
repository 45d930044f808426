"""Secrets as they lie in the database: sealed under the site's key, so that a copied database opens nothing elsewhere.

Fernet of `cryptography`: AES-128-CBC with HMAC-SHA256. The key is drawn from SECRET_KEY; a former key opens
what it sealed as long as it stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from chanjiao.core.errors import ChanjiaoError


def sealed(secret: str) -> str:
    """The secret, which only this site's key opens; empty for an empty one."""
    return _site_keys().encrypt(secret.encode()).decode() if secret else ""


def unsealed(token: str) -> str:
    """The secret that was sealed; `secret.unreadable` where the key is another."""
    if not token:
        return ""
    try:
        return _site_keys().decrypt(token).decode()
    except InvalidToken:
        raise ChanjiaoError("secret.unreadable") from None


def _site_keys() -> MultiFernet:
    return _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _keys(*secrets: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_drawn(secret))) for secret in secrets])


def _drawn(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"chanjiao.sealing").derive(secret.encode())
