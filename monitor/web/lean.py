"""How much memory a program may hold that serves pages: as much as it needs, not as much as it once needed."""

import ctypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI

# Pages computed at a time, and connections to the database beside it. Python computes one at a time anyway; forty, as
# Starlette has it, hold the values of forty pages and are slower.
AT_ONCE = 10

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_ARENAS = 2


@asynccontextmanager
async def few_at_once(_app: FastAPI) -> AsyncIterator[None]:
    """Let so many threads compute pages for as long as the application runs; the other requests wait for one."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


def share_memory() -> bool:
    """Let all threads take their memory from two arenas; returns whether the C library knows of such a thing.

    Otherwise glibc gives up to sixteen threads an arena of their own on two cores, and each keeps what the largest page
    took that was ever computed in it. Whoever sets MALLOC_ARENA_MAX is overruled: pages take turns at the interpreter,
    so more arenas bring nothing.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_ARENA_MAX, _ARENAS))
