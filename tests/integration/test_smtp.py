import multiprocessing
import socket
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from engine.mail import Attachment, Mail, compose
from engine.mail_sink import MailSink, attachment, received
from engine.smtp import MailTransportError, Smtp

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def sink(tmp_path):
    sink = MailSink(tmp_path / "mails")
    sink.start()
    yield sink
    sink.stop()


def letter(**changes):
    values = {"to": "svk@voorbeeld.be", "subject": "Verslag klaar", "text": "Dag Zoë\n"}
    mail = Mail(**(values | changes))
    return compose(mail, key=uuid4(), sender="wonen@stad.be", at=AT)


def test_a_mail_arrives_over_real_smtp(sink):
    Smtp.from_url(sink.url).send(letter(name="Zoë", subject="Café ‘De Brug’"))

    (mail,) = received(sink.folder)
    assert mail.subject == "Café ‘De Brug’"
    assert mail.text.strip() == "Dag Zoë"
    assert mail.to == "Zoë <svk@voorbeeld.be>"
    assert mail.at == AT


def test_a_line_with_a_single_dot_survives(sink):
    Smtp.from_url(sink.url).send(letter(text="een\n.\ntwee\n"))

    (mail,) = received(sink.folder)
    assert mail.text.split() == ["een", ".", "twee"]


def test_an_attachment_can_be_fetched_from_the_sink(sink):
    file = Attachment(name="plan.pdf", media_type="application/pdf", content=b"%PDF")
    Smtp.from_url(sink.url).send(letter(attachments=(file,)))

    (mail,) = received(sink.folder)

    assert mail.attachments == ("plan.pdf",)
    assert attachment(sink.folder, mail.file, "plan.pdf") == (
        "application/pdf",
        b"%PDF",
    )
    assert attachment(sink.folder, "../../etc/passwd", "plan.pdf") is None


def test_a_mail_server_that_is_away_may_be_tried_again():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(MailTransportError) as caught:
        Smtp(host="127.0.0.1", port=port).send(letter())

    assert not caught.value.permanent
    assert "svk@" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.stad.be", Smtp(host="mail.stad.be", port=25)),
        ("smtps://mail.stad.be", Smtp(host="mail.stad.be", port=465, encrypted=True)),
        (
            "smtp://u%40x:p%2Fw@mail.stad.be:587?starttls=1",
            Smtp(
                host="mail.stad.be",
                port=587,
                starttls=True,
                user="u@x",
                password="p/w",
            ),
        ),
    ],
)
def test_an_address_of_a_mail_server_is_read(url, expected):
    assert Smtp.from_url(url) == expected


@pytest.mark.parametrize("url", ["", "mail.stad.be", "http://mail.stad.be", "smtp://"])
def test_an_address_that_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="WOONFLOW_SMTP_URL"):
        Smtp.from_url(url)


def test_a_password_stays_out_of_the_representation():
    assert "geheim" not in repr(Smtp.from_url("smtp://u:geheim@mail.stad.be"))


def test_a_forked_process_leaves_the_sink_to_its_parent(sink):
    child = multiprocessing.get_context("fork").Process(target=sink.stop)
    child.start()
    child.join(30)

    assert child.exitcode == 0
    Smtp.from_url(sink.url).send(letter())
    assert len(received(sink.folder)) == 1
