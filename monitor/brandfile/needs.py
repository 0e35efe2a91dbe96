"""What a command needs of the file beyond brand and facts."""

from monitor.brandfile.mistakes import BrandFileError
from monitor.domain.brand import Settings

_ADD = {
    "competitors": "- {name: Wayfair, domains: [wayfair.com]}",
    "prompts": "- {id: best-sofa, text: Which shops sell the best sofas?}",
    "assistants": "- {id: gpt, use: openai, model: gpt-5}",
    "schedule": '{cron: "0 6 * * *", timezone: Europe/Stockholm}',
    "alerts": "{to: [brand@example.com]}",
    "reports": '- {cron: "0 8 * * MON", period: week}',
    "judge": "{use: openai, model: gpt-5-mini}",
}


def require(settings: Settings, *sections: str) -> None:
    """Raise BrandFileError where one of the sections is missing: "prompts", "assistants", "schedule", "alerts" ..."""
    missing = [section for section in sections if not _present(settings, section)]
    if missing:
        told = (f"the brand file has no {section}; add {section}: {_ADD.get(section, '')}" for section in missing)
        raise BrandFileError("\n".join(line.rstrip(": ") for line in told))


def _present(settings: Settings, section: str) -> bool:
    if section == "competitors":
        return bool(settings.sheet.competitors)
    return bool(getattr(settings, section))
