"""What every file in reports/sections must keep, whoever adds it."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

import reports.sections
from monitor.domain.portrait import Portrait
from reports import pages, tables
from reports.section import Page, Section
from reports.sections import ALL


@pytest.fixture(params=ALL, ids=lambda section: section.id)
def section(request: pytest.FixtureRequest) -> Section:
    found = request.param
    assert isinstance(found, Section)
    return found


def _body(section: Section, portrait: Portrait, now: datetime) -> str:
    page = Page(portrait=portrait, made_at=now)
    return pages.render(f"sections/{section.id}.html.j2", **section.view(page))


def test_each_file_declares_one_section_named_like_it() -> None:
    folder = Path(reports.sections.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {section.id for section in ALL} == files
    assert {path.name.removesuffix(".html.j2") for path in folder.glob("*.j2")} == files
    assert len({section.order for section in ALL}) == len(ALL)
    assert len({section.title for section in ALL}) == len(ALL)


def test_it_shows_a_full_portrait(section: Section, portrait: Portrait, now: datetime) -> None:
    assert "<" in _body(section, portrait, now)


@pytest.mark.parametrize("sample", ["empty", "one_point"])
def test_it_stands_without_data_and_claims_no_number(
    section: Section, sample: str, now: datetime, request: pytest.FixtureRequest
) -> None:
    body = _body(section, request.getfixturevalue(sample), now)
    assert body.strip()
    assert " 0 %" not in body
    assert "None" not in body
    assert "nan" not in body.lower().split()


def test_its_tables_have_a_cell_for_every_column(section: Section, portrait: Portrait, empty: Portrait) -> None:
    for sample in (portrait, empty):
        for table in section.tables(sample):
            assert all(len(row) == len(table.columns) for row in table.rows)
            read = list(csv.reader(io.StringIO(tables.text(table))))
            assert tuple(read[0]) == table.columns
            assert len(read) == len(table.rows) + 1


def test_names_of_tables_are_their_own() -> None:
    sample = Portrait(
        brand="B", start=datetime(2026, 1, 1).date(), end=datetime(2026, 1, 2).date(), rounds_due=0, rounds_run=0,  # noqa: DTZ001  -- only the days
        rounds_partial=0, answers=0, claims=0, checkable=0,
    )  # fmt: skip
    names = [table.name for section in ALL for table in section.tables(sample)]
    assert len(names) == len(set(names))
