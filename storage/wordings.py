"""Every wording in which a prompt was ever put."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session

from storage.rows import chunks
from storage.tables import PromptRow, table

_prompts = table(PromptRow)


def of_prompts(tx: Session, prompts: Collection[str]) -> dict[str, set[str]]:
    """Return the texts of these prompts by their ids, also those that other brands put under the same id."""
    found: dict[str, set[str]] = defaultdict(set)
    for some in chunks(sorted(prompts)):
        wanted = select(_prompts.c.prompt_id, _prompts.c.text).where(_prompts.c.prompt_id.in_(some))
        for prompt_id, text in tx.connection().execute(wanted):
            found[prompt_id].add(text)
    return found
