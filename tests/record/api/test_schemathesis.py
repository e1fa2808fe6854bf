"""What schemathesis makes of the description: valid and invalid questions, each answered as described."""

from collections.abc import Iterator
from itertools import product

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

pytestmark = pytest.mark.slow

#: Questions of each kind, valid and invalid, for each operation.
EXAMPLES = 10


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the database of the test open between requests, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_question_is_answered_as_described(record, one_connection):
    schema = schemathesis.openapi.from_wsgi("/api/v2/openapi/", get_wsgi_application())
    asked = set()
    for result, mode in product(schema.get_all_operations(), GenerationMode):
        if mode is GenerationMode.NEGATIVE and "{" in result.ok().path:
            # Nothing of the API is asked: such an address leads nowhere.
            continue
        questions = result.ok().as_strategy(generation_mode=mode)

        @hypothesis_settings(
            max_examples=EXAMPLES,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=questions)
        def ask(case):
            # No schema can say which slugs and sections there are.
            response = case.call_and_validate(excluded_checks=[positive_data_acceptance])
            asked.add((case.operation.path, response.status_code))

        ask()

    assert {path for path, _status in asked} == set(schema.raw_schema["paths"])
    assert {status for _path, status in asked} <= {200, 400, 404}
