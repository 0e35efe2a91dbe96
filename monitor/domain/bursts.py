"""Making very many values at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def burst() -> Iterator[None]:
    """Inside, values are made that stay for a while and hold no circles.

    The collector would look through all of them again and again as they grow in number, which takes as long as making
    them; it rests until the block ends.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
