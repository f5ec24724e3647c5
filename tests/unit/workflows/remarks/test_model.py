import pytest

from workflows.remarks.model import StepLoad, duration_in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "niet gemeten"),
        (0, "minder dan een minuut"),
        (60, "1 minuut"),
        (59 * 60, "59 minuten"),
        (3600, "1 uur"),
        (47 * 3600, "47 uur"),
        (2 * 86400, "2 dagen"),
        (100 * 86400, "100 dagen"),
    ],
)
def test_a_duration_is_written_as_people_say_it(seconds, words):
    assert duration_in_words(seconds) == words


def test_a_load_tells_its_durations_in_words():
    load = StepLoad(live=1, measured=3, median=7200, p90=3 * 86400)

    assert (load.median_in_words, load.p90_in_words) == ("2 uur", "3 dagen")


@pytest.mark.parametrize(
    ("load", "words"),
    [
        (
            StepLoad(live=1, measured=0, median=None, p90=None),
            "1 dossier stond toen op deze stap.",
        ),
        (
            StepLoad(live=4, measured=12, median=3600, p90=7200),
            (
                "4 dossiers stonden toen op deze stap. Duur, 12 keer gemeten:"
                " mediaan 1 uur, negen op de tien binnen 2 uur."
            ),
        ),
    ],
)
def test_an_agenda_tells_how_busy_the_step_was(load, words):
    assert load.in_words == words
