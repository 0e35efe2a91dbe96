"""The JSON API under /api/v1: one file per subject; each holds its routes as `router`."""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter

ALL: tuple[APIRouter, ...] = tuple(
    import_module(f"{__name__}.{found.name}").router
    for found in sorted(iter_modules(__path__), key=lambda found: found.name)
)
