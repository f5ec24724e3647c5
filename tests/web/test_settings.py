"""The settings of the site come from the environment and are checked at once."""

import pytest

from web.errors import SettingError
from web.settings import from_environment


def test_without_variables_there_is_a_random_secret():
    first, second = from_environment({}), from_environment({})

    assert first.secret_key != second.secret_key


def test_variables_are_read_by_kind():
    settings = from_environment(
        {
            "WOONFLOW_SECRET_KEY": "x" * 20,
            "WOONFLOW_BASE_URL": "https://wonen.example/",
            "WOONFLOW_TRAINING": "ja",
            "WOONFLOW_UPLOAD_MEGABYTES": "2",
            "WOONFLOW_TRUSTED_PROXIES": "1",
        }
    )

    assert settings.base_url == "https://wonen.example"
    assert settings.is_https
    assert settings.training
    assert settings.upload_megabytes == 2
    assert settings.trusted_proxies == 1


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("WOONFLOW_SECRET_KEY", "kort"),
        ("WOONFLOW_BASE_URL", "wonen.example"),
        ("WOONFLOW_TRAINING", "misschien"),
        ("WOONFLOW_UPLOAD_MEGABYTES", "0"),
        ("WOONFLOW_UPLOAD_MEGABYTES", "veel"),
        ("WOONFLOW_TRUSTED_PROXIES", "-1"),
        ("WOONFLOW_THEME", "/bestaat/niet.css"),
    ],
)
def test_a_wrong_value_is_refused_naming_the_variable(variable, text):
    with pytest.raises(SettingError) as caught:
        from_environment({variable: text})

    assert caught.value.variable == variable
    assert variable in str(caught.value)
