"""The REST API: `/api/v1`, described by OpenAPI at `/api/v1/openapi.json`."""

from chanjiao.interfaces.api.root import api

__all__ = ["api"]
