"""Answers captured elsewhere, sent in by a program."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from monitor.domain.answers import Surface
from monitor.service import captured
from monitor.web.access import Right, needs
from monitor.web.once import AtMostOnce
from monitor.web.place import InBrand

router = APIRouter(tags=["answers"])

MOST = 20_000_000  # bytes


class Taken(BaseModel):
    added: int
    known: int  # were there already
    read: int
    days: int


@router.post(
    "/brands/{key}/answers",
    status_code=201,
    response_model=Taken,
    dependencies=[Depends(needs(Right.EDIT))],
    responses={413: {"description": "More than can be taken at once"}},
)
async def take(
    request: Request, place: InBrand, once: AtMostOnce, surface: Annotated[Surface, Query()] = Surface.APP
) -> Response:
    """Take answers as JSONL, one a line, in the form that `likeness import` takes; an import never mails."""
    body = await request.body()
    if len(body) > MOST:
        raise HTTPException(413, f"This is more than {MOST:,} bytes; send it in parts.")
    if not body.strip():
        raise HTTPException(422, "No answer was sent: send JSONL, one answer a line.")

    def work() -> dict[str, int]:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "answers.jsonl"
            file.write_bytes(body)
            taken = captured.take(place.house, file, columns=(), prompts=None, surface=surface, mappable=False)
        return {"added": taken.added, "known": taken.known, "read": taken.read, "days": taken.days}

    return once(work)
