"""Answers captured elsewhere: they are stored, read and measured, and never cause a mail."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from monitor import pipeline
from monitor.domain.answers import Surface
from monitor.domain.errors import Mistake
from monitor.domain.rounds import Round, RoundKind, RoundState
from monitor.pipeline import House
from storage import answers, brands, captures, rounds
