"""brand.yaml to settings: strict, every mistake in one message with file, line, what and remedy."""

from monitor.brandfile.at_line import Spot, at_line
from monitor.brandfile.difference import difference
from monitor.brandfile.mistakes import BrandFileError
from monitor.brandfile.named import Names
from monitor.brandfile.needs import require
from monitor.brandfile.reading import BrandFile, parse, parse_with_warnings, read, read_with_warnings, version
from monitor.brandfile.starter_file import starter

__all__ = [
    "BrandFile",
    "BrandFileError",
    "Names",
    "Spot",
    "at_line",
    "difference",
    "parse",
    "parse_with_warnings",
    "read",
    "read_with_warnings",
    "require",
    "starter",
    "version",
]
