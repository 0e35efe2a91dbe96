import json

import pytest

from monitor.demo import compose


@pytest.fixture(scope="session")
def recordings():
    return [json.loads(line) for line in compose.RECORDINGS.read_text("utf-8").splitlines()]
