import pytest

from engine.mail import Attachment, Mail
from engine.mail_sink import MailSink, received
from engine.outbox import LEASE, enqueue
from engine.retries import MAIL
from engine.smtp import MailTransportError, Smtp
from engine.worker import Worker
from tests.integration.scripted import NOON


class Post:
    """A mail server that can be away, or refuse."""

    def __init__(self):
        self.taken = []
        self.troubles = []

    def send(self, message):
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(message)


AWAY = MailTransportError("post antwoordt niet", permanent=False)
REFUSED = MailTransportError("post weigert de ontvanger", permanent=True)


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def worker(town, post):
    return Worker(engine=town, transport=post, name="worker")


def write(town, instance_id=None, **changes):
    values = {"to": "svk@voorbeeld.be", "subject": "Verslag klaar", "text": "Dag\n"}
    with town.transaction() as work:
        return enqueue(work, Mail(**(values | changes)), instance_id=instance_id)


def newest(town, **query):
    with town.reading() as work:
        return town.outbox.newest(work, **query)


def test_a_mail_leaves_after_the_commit_once(town, post, worker):
    write(town)
    before = len(post.taken)

    for _ in range(3):
        worker.do_effects()
        town.after(hours=1)

    assert (before, len(post.taken)) == (0, 1)
    assert newest(town)[0].state == "sent"


class ChangedMindError(Exception):
    pass


def write_and_change_mind(town):
    with town.transaction() as work:
        enqueue(work, Mail(to="svk@voorbeeld.be", subject="Nee", text=""))
        raise ChangedMindError


def test_a_mail_of_a_transaction_that_failed_never_leaves(town, post, worker):
    with pytest.raises(ChangedMindError):
        write_and_change_mind(town)
    worker.do_effects()

    assert post.taken == []


def test_all_of_a_mail_survives_the_outbox(town, post, worker):
    file = Attachment(name="verslag.pdf", media_type="application/pdf", content=b"%PDF")
    write(town, name="Zoë", subject="Café ✓", html="<p>é</p>", attachments=(file,))

    worker.do_effects()

    (message,) = post.taken
    (part,) = message.iter_attachments()
    assert str(message["To"]) == "Zoë <svk@voorbeeld.be>"
    assert message["Subject"] == "Café ✓"
    assert message.get_body(("html",)).get_content().strip() == "<p>é</p>"
    assert part.get_content() == b"%PDF"
    assert message["Date"].datetime == NOON


def test_a_mail_server_that_is_away_is_tried_again_with_the_same_message_id(
    town, post, worker
):
    seen = []
    write(town)
    with town.transaction() as work:
        leased = town.outbox.lease_next(work, worker="died")
    seen.append(town.outbox.message(leased)["Message-ID"])
    town.after(seconds=LEASE.total_seconds())

    worker.do_effects()

    assert seen == [post.taken[0]["Message-ID"]]


def test_a_failed_attempt_waits_before_the_next(town, post, worker):
    post.troubles = [AWAY]
    write(town)
    worker.do_effects()

    too_soon = worker.do_effects()
    town.after(seconds=MAIL.first.total_seconds())
    later = worker.do_effects()

    assert (too_soon.total, later.sent) == (0, 1)


def test_a_refused_receiver_is_not_bothered_again(town, post, worker):
    post.troubles = [REFUSED]
    write(town)

    worker.do_effects()
    town.after(days=1)
    worker.do_effects()

    (mail,) = newest(town)
    assert (mail.state, mail.attempts) == ("failed", 1)
    assert "weigert" in mail.last_error
    assert post.taken == []


def test_a_mail_of_a_case_that_fails_for_good_becomes_an_incident(town, post, worker):
    post.troubles = [REFUSED]
    instance_id = town.start(timers=[["reminder", "P7D"]])
    write(town, instance_id=instance_id)

    worker.do_effects()

    with town.transaction() as work:
        (incident,) = town.incidents.open(work)
        town.incidents.retry(work, incident.id, by="beheerder")
    worker.do_effects()
    assert (incident.kind, incident.instance_id) == ("mail", instance_id)
    assert len(post.taken) == 1


def test_a_failed_mail_can_be_sent_again(town, post, worker):
    post.troubles = [REFUSED]
    key = write(town)
    worker.do_effects()

    with town.transaction() as work:
        town.outbox.retry(work, key)
    worker.do_effects()

    assert newest(town)[0].state == "sent"


def test_a_mail_that_keeps_failing_ends(town, post, worker):
    post.troubles = [AWAY] * 100
    write(town)

    for _ in range(50):
        worker.do_effects()
        town.after(hours=6)

    (mail,) = newest(town)
    assert (mail.state, mail.attempts) == ("failed", MAIL.attempts)


def test_the_mails_of_a_case_are_listed_newest_first(town):
    write(town, subject="eerste", case="2026-1")
    town.after(minutes=1)
    write(town, subject="tweede", case="2026-1")
    write(town, subject="andere", case="2026-2")

    mails = newest(town, case="2026-1")

    assert [one.mail.subject for one in mails] == ["tweede", "eerste"]


def test_a_mail_goes_all_the_way_to_a_real_mail_server(town, tmp_path):
    sink = MailSink(tmp_path / "mails")
    sink.start()
    write(town, subject="Keuring in de Kérkstraat")

    Worker(engine=town, transport=Smtp.from_url(sink.url)).do_effects()

    sink.stop()
    (mail,) = received(sink.folder)
    assert mail.subject == "Keuring in de Kérkstraat"
