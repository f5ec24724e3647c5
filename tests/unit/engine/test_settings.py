from pathlib import Path

from engine.settings import EngineSettings


def test_without_settings_the_database_is_a_file_in_the_data_folder():
    settings = EngineSettings.from_env({"WOONFLOW_DATA": "/srv/woonflow"})

    assert settings.database_url == "sqlite:////srv/woonflow/woonflow.db"
    assert settings.data == Path("/srv/woonflow")


def test_an_empty_variable_counts_as_unset():
    settings = EngineSettings.from_env({"WOONFLOW_ZONE": ""})

    assert settings.zone == "Europe/Brussels"


def test_the_address_of_a_database_wins_over_the_data_folder():
    url = "postgresql://db/woonflow"

    assert EngineSettings.from_env({"WOONFLOW_DATABASE_URL": url}).database_url == url
