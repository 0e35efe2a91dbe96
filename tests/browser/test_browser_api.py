"""Programs instead of people: whatever the OpenAPI allows is answered as it says, and nothing breaks."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as conform

from monitor.service.desk import brand_key
from monitor.web.app import API, create
from tests.support import town

_CASES = 8  # of each operation
CHECKS = (
    checks.not_a_server_error,
    conform.status_code_conformance,
    conform.content_type_conformance,
    conform.response_schema_conformance,
)


@pytest.fixture(scope="module")
def described(desk):
    desk.learn()
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", create(desk))
    schema.config.generation.update(allow_x00=False)
    return schema


def test_the_api_answers_as_it_says(described):
    """What is made up follows the schema: other fields, other formats, values at their ends."""
    for found in described.get_all_operations():

        @given(case=found.ok().as_strategy())
        @settings(max_examples=_CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case):
            if "key" in case.path_parameters:
                case.path_parameters["key"] = brand_key(town.NAME)  # a made-up brand is not there: no more to see
            case.call_and_validate(checks=CHECKS)

        ask()
