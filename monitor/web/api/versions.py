"""Versions of the brand file, with what each changed; and why there is, or is not, a mail."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from monitor.alerts.why import Passage
from monitor.domain.brand import SettingsVersion
from monitor.service import editing
from monitor.service import why as reasons
from monitor.web.place import Here

router = APIRouter(tags=["brands"])


class Version(BaseModel):
    version: str
    first_used: datetime
    written_by: str  # who made it at a page or by a program; empty: it came from a file
    changed: str  # the difference from the version before, as a unified diff; empty: there is none before


class WholeVersion(Version):
    source: str  # the brand file as it was


@router.get("/brands/{key}/versions")
def versions(place: Here) -> list[Version]:
    """Return every version of the brand file, fact sheet included, the newest first."""
    return [Version(**_said(each, changed)) for each, changed in editing.versions(place.house)]


@router.get("/brands/{key}/versions/{version}")
def one_version(place: Here, version: str) -> WholeVersion:
    """Return one version with its whole text."""
    for each, changed in editing.versions(place.house):
        if each.version == version:
            return WholeVersion(**_said(each, changed), source=each.source)
    raise HTTPException(404, "No version of the brand file is called so.")


@router.get("/brands/{key}/why", tags=["alerts"])
def why(place: Here, about: str = "", assistant: str = "") -> list[Passage]:
    """Say why there is, or is not, a mail: about a fact's id, a watched topic or a measure; without one, in short."""
    return place.house.mask.all(reasons.explain(place.house, about, assistant=assistant))


def _said(of: SettingsVersion, changed: str) -> dict[str, Any]:
    return {
        "version": of.version,
        "first_used": of.first_used,
        "written_by": of.written_by,
        "changed": changed,
    }
