"""The sections of the report: every file of this folder that declares SECTION, in their order."""

from importlib import import_module
from pkgutil import iter_modules

from reports.section import Section


def _found() -> tuple[Section, ...]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return tuple(sorted((module.SECTION for module in modules), key=lambda section: section.order))


ALL = _found()
