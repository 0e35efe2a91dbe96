"""Who may save a whole text of the brand file: whoever may change each section that it changes."""

from monitor.domain.brand import Settings
from monitor.service import editing, merging, sheet_changes
from monitor.web.access import Right, needs
from monitor.web.place import Place

# What a change of other sections than the facts takes; anything else is for administrators.
_ALSO = {"prompts": Right.EDIT, "schedule": Right.SPEND, "budget": Right.SPEND}


def check_rights(place: Place, edited: Settings, base: str) -> None:
    """Let nobody change by a saved text what they may not change on its own page."""
    old = editing.parsed(place.house, merging.begun_on(place.house, base))
    for section in sheet_changes.sections(old, edited) - {"facts"}:
        needs(_ALSO.get(section, Right.ADMIN))(place.person)
