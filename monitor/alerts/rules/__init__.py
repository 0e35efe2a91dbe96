"""Every rule in this folder, by name: to add one, add a file with a `RULE`."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from monitor.alerts.rule import Rule


def _listed() -> Mapping[str, Rule]:
    found = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {rule.name: rule for rule in (module.RULE for module in found)}


ALL: Mapping[str, Rule] = _listed()
