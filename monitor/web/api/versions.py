"""Versions of the brand file, with what each changed; and why there is, or is not, a mail."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import Response
from pydantic import BaseModel

from monitor.alerts.why import Passage
from monitor.domain.brand import SettingsVersion
from monitor.service import editing, previewing, rereading
from monitor.service import why as reasons
from monitor.service.previewing import Moved
from monitor.web.access import Right, needs
from monitor.web.once import AtMostOnce
from monitor.web.place import InBrand, Place
from monitor.web.whole_edits import check_rights

router = APIRouter(tags=["brands"])

_NONE = "No version of the brand file is called so."


class Version(BaseModel):
    version: str
    first_used: datetime
    written_by: str  # who made it at a page or by a program; empty: it came from a file
    changed: str  # the difference from the version before, as a unified diff; empty: there is none before


class WholeVersion(Version):
    source: str  # the brand file as it was


@router.get("/brands/{key}/versions")
def versions(place: InBrand) -> list[Version]:
    """Return every version of the brand file, fact sheet included, the newest first."""
    return [Version(**_said(each, changed)) for each, changed in editing.versions(place.house)]


@router.get("/brands/{key}/versions/{version}")
def one_version(place: InBrand, version: str) -> WholeVersion:
    """Return one version with its whole text."""
    for each, changed in editing.versions(place.house):
        if each.version == version:
            return WholeVersion(**_said(each, changed), source=each.source)
    raise HTTPException(404, _NONE)


class WouldChange(BaseModel):
    """What it would do to put a version back."""

    changes: list[str]  # in words, one a sentence
    answers: int  # stored ones that would be judged differently, of those that were judged
    looked_through: int  # the newest of the last 90 days
    stored: int  # of these days
    moved: list[Moved]


class Restored(BaseModel):
    """The version that counts from now on: the earlier text under a version of its own."""

    version: str


@router.get("/brands/{key}/versions/{version}/preview")
def preview(place: InBrand, version: str) -> WouldChange:
    """Say what it would do to put this version back; nothing is changed."""
    shown = previewing.preview(place.house, _text(place, version))
    return WouldChange(
        changes=list(shown.changes),
        answers=shown.answers,
        looked_through=shown.sample.seen,
        stored=shown.sample.stored,
        moved=list(shown.moved),
    )


@router.post(
    "/brands/{key}/versions/{version}/restore",
    response_model=Restored,
    status_code=201,
    dependencies=[Depends(needs(Right.APPROVE))],
)
def restore(place: InBrand, version: str, once: AtMostOnce) -> Response:
    """Put this version back, prompts and schedule included as far as one may change these; answers are read again."""
    source, base = _text(place, version), place.house.settings.version
    check_rights(place, editing.parsed(place.house, source), base)

    def work() -> dict[str, str]:
        kept = editing.save(place.house, source, base=base, by=place.person.name)
        rereading.start(place.desk.house(place.brand))
        return {"version": kept.version}

    return once(work)


def _text(place: Place, version: str) -> str:
    known = editing.version(place.house, version)
    if known is None:
        raise HTTPException(404, _NONE)
    return editing.without_note(known.source)


@router.get("/brands/{key}/why", tags=["alerts"])
def why(place: InBrand, about: str = "", assistant: str = "") -> list[Passage]:
    """Say why there is, or is not, a mail: about a fact's id, a watched topic or a measure; without one, in short."""
    return place.house.mask.all(reasons.explain(place.house, about, assistant=assistant))


def _said(of: SettingsVersion, changed: str) -> dict[str, Any]:
    return {
        "version": of.version,
        "first_used": of.first_used,
        "written_by": of.written_by,
        "changed": changed,
    }
