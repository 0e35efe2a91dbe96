"""The library that draws charts in a page: Vega with everything it needs, in one file, made without the network."""

import hashlib
import subprocess
import sys
from functools import cache

import vl_convert

from reports.charts import VERSION

_SNIPPET = "window.drawing = vegaEmbed;"
_MADE = (vl_convert.get_vega_version(), vl_convert.get_vega_embed_version(), VERSION, _SNIPPET)
MARK = hashlib.sha256("\n".join(_MADE).encode()).hexdigest()[:12]  # another library has another mark


@cache
def script() -> bytes:
    """Return the library as a module of JavaScript; making it takes seconds, once.

    It is made in a program of its own, because the maker holds this one still for as long as it works.
    """
    made = subprocess.run([sys.executable, "-m", "reports.vega"], capture_output=True, check=True)
    return made.stdout


if __name__ == "__main__":
    sys.stdout.write(vl_convert.javascript_bundle(_SNIPPET, vl_version=VERSION))
