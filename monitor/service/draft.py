"""What somebody who starts a brand has filled in so far, as it was typed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was filled in so far, as it was typed."""

    name: str = ""
    aliases: str = ""  # with commas
    lookalikes: str = ""  # with commas
    domains: str = ""  # with commas
    what: str = ""  # what the brand sells, in the plural: "rain coats"
    rivals: str = ""  # one a line: "Fennick, fennick.example"
    facts: str = ""  # one a line, cells with tabs between them
    prompts: str = ""  # one a line
    assistants: str = ""  # ids of those offered, with commas
    others: str = ""  # one a line: "openai, gpt-5.1, search", or an address that speaks chat completions and a model
    own: str = ""  # what an assistant has of its own, one a line: "gpt-search, gpt-5.1, DE, de"; a part may be empty
    days: str = "weekdays"  # one of DAYS
    hour: str = "6"
    zone: str = "UTC"
    samples: str = "1"
    budget: str = "50"  # US dollars a month
    country: str = ""  # ISO 3166-1 alpha-2
    language: str = ""  # ISO 639-1
    to: str = ""  # mail addresses, with commas


def split(typed: str) -> list[str]:
    """Return what stands between commas."""
    return [part.strip() for part in typed.replace("\n", ",").split(",") if part.strip()]
