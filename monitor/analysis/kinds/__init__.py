"""One file per kind of fact; what is in this folder is what a sheet may hold."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from monitor.analysis.kind import Kind


def _found() -> Mapping[str, Kind]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    kinds = [importlib.import_module(f"{__name__}.{name}").KIND for name in names]
    return MappingProxyType({kind.name: kind for kind in kinds})


ALL: Mapping[str, Kind] = _found()
