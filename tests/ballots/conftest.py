import pytest

from blueprints.ballots import casting


@pytest.fixture(autouse=True)
def boxes_closed():
    """Each test lets go of the boxes it opened in this process."""
    yield
    for path in list(casting._slots):
        casting.forget(path)
