"""Making very many values at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 20_000  # values


@contextmanager
def burst() -> Iterator[None]:
    """Inside, values are made that stay for a while and hold no circles.

    The collector would look through all of them again and again as they grow in number, which takes as long as making
    them; it rests until the block ends, and takes them for old ones then, which it looks at last.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MANY:  # of few it finds out as quickly by itself
                gc.freeze()
                gc.unfreeze()  # into the oldest generation
            gc.enable()
