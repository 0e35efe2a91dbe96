"""A brand file's text from its sections, for whoever never wrote one."""

from collections.abc import Mapping

import yaml

from monitor.brandfile.editing import Value


def written(sections: Mapping[str, Value], *, heading: str = "") -> str:
    r"""Return the text of a brand file; sections that hold nothing are left out.

    >>> written({"brand": {"name": "Acme"}, "competitors": []}, heading="Made on a page.")
    '# Made on a page.\nbrand:\n  name: Acme\n'
    """
    kept = {name: value for name, value in sections.items() if value}
    body = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False)
    return (f"# {heading}\n" if heading else "") + body
