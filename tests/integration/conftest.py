import pytest

from tests.integration.scripted import Town


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite:///{tmp_path}/town.db"


@pytest.fixture
def town(database_url):
    town = Town(database_url)
    town.deploy()
    yield town
    town.database.dispose()
