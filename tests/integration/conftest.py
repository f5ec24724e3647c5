import pytest

from tests.integration.scripted import Town


@pytest.fixture
def town(database_url):
    town = Town(database_url, create=False)
    town.deploy()
    yield town
    town.database.dispose()
