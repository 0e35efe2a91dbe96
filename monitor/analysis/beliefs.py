"""How sure it is that the letters of a name are the name."""

import re
from enum import IntEnum
from typing import Protocol

from monitor.analysis.names import Name

NEXT = re.compile(r"[ \t]{1,2}([^\W_]+)")
BEFORE = re.compile(r"([^\W_]+\.?)[ \t]{1,2}$")
LEAD = re.compile(r"[\W_]*$")  # marks and space before the first word of a sentence, item or cell


class Found(Protocol):
    """A candidate of the finder."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def name(self) -> Name: ...


class Belief(IntEnum):
    WORD = 0  # not the name
    UNSURE = 1  # the name if something else in the answer says so
    NAME = 2
