"""The commented file that `likeness init` writes: an example of everything, to be replaced by what is true."""

import json
import re
from importlib.resources import files

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONGEST = 200


def starter(brand_name: str) -> str:
    """Return the file's text for a brand; it reads without a mistake as it stands.

    >>> starter("C++").splitlines()[9]
    '  name: "C++"'
    """
    cleaned = " ".join(_UNSAFE.sub(" ", brand_name).split())[:_LONGEST].strip() or "Your brand"
    shape = files("monitor.brandfile").joinpath("starter.yaml").read_text(encoding="utf-8")
    # quoted as JSON: the name may hold what YAML would read as something else, or cut short
    return re.sub(r'"([^"\n]*)\bACME\b([^"\n]*)"', lambda match: _quoted(match, cleaned), shape)


def _quoted(match: re.Match[str], name: str) -> str:
    return json.dumps(f"{match[1]}{name}{match[2]}", ensure_ascii=False)
