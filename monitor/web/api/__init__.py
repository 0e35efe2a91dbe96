"""The JSON API under /api/v1: one file per subject; each holds its routes as `router`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

_UNDER_WAY: dict[int | str, dict[str, Any]] = {
    409: {"description": "A post with the same Idempotency-Key is still under way"}
}


def _described(router: APIRouter) -> APIRouter:
    """Return routes whose posts say what their `Idempotency-Key` may bring."""
    for route in router.routes:
        if isinstance(route, APIRoute) and "POST" in (route.methods or ()):
            route.responses = {**route.responses, **_UNDER_WAY}
    return router


ALL: tuple[APIRouter, ...] = tuple(
    _described(import_module(f"{__name__}.{found.name}").router)
    for found in sorted(iter_modules(__path__), key=lambda found: found.name)
)
