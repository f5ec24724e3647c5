from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mail import Attachment, Mail, MailAddressError, compose

KEY = UUID("0199a1b2-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def composed(**changes):
    values = {"to": "svk@voorbeeld.be", "subject": "Verslag", "text": "Dag,\n"}
    return compose(Mail(**(values | changes)), key=KEY, sender="wonen@stad.be", at=AT)


def reread(message):
    return message_from_bytes(message.as_bytes(), policy=policy.SMTP)


def test_the_message_id_is_the_same_at_each_attempt():
    assert composed()["Message-ID"] == composed()["Message-ID"]
    assert composed()["Message-ID"] == f"<{KEY}@stad.be>"


def test_a_mail_says_that_a_machine_wrote_it():
    assert composed()["Auto-Submitted"] == "auto-generated"


def test_the_date_is_when_it_was_written():
    assert composed()["Date"].datetime == AT


def test_names_and_subjects_in_any_script_survive():
    message = reread(
        composed(
            name="Zoë Ağaoğlu-Šimić", subject="Keuring ‘Kérkstraat 5’ – geslaagd ✓"
        )
    )

    assert message["Subject"] == "Keuring ‘Kérkstraat 5’ – geslaagd ✓"
    assert message["To"].addresses[0].display_name == "Zoë Ağaoğlu-Šimić"


def test_a_line_end_in_a_subject_or_name_adds_no_header():
    message = reread(
        composed(subject="Dag\r\nBcc: dief@voorbeeld.be", name="A\nBcc: x@y.be")
    )

    assert message["Bcc"] is None
    assert message["Subject"] == "Dag Bcc: dief@voorbeeld.be"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jan",
        "jan@",
        "@stad.be",
        "jan@stad.be\nBcc: dief@voorbeeld.be",
        "jan@stad.be, piet@stad.be",
        "Jan <jan@stad.be>",
        "jan@stad..be",
        "jan@-stad.be",
        "jan peeters@stad.be",
        "jan@[127.0.0.1]",
        "j" * 65 + "@stad.be",
    ],
)
def test_a_text_that_is_no_single_address_is_refused(address):
    with pytest.raises(MailAddressError):
        Mail(to=address, subject="Dag", text="")


def test_an_international_domain_is_written_for_mail_servers():
    assert composed(to="jan@café.be")["To"] == "jan@xn--caf-dma.be"


def test_a_mail_with_html_and_files_keeps_all_its_parts():
    message = reread(
        composed(
            html="<p>Dag</p>",
            attachments=(
                Attachment(
                    name="verslag é.pdf", media_type="application/pdf", content=b"%PDF"
                ),
            ),
        )
    )

    (part,) = message.iter_attachments()
    assert message.get_body(("plain",)).get_content().strip() == "Dag,"
    assert message.get_body(("html",)).get_content().strip() == "<p>Dag</p>"
    assert (part.get_filename(), part.get_content()) == ("verslag é.pdf", b"%PDF")


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_a_message_or_adds_a_header(name, subject, text):
    expected = sorted(composed().keys())

    try:
        message = composed(name=name, subject=subject, text=text)
    except UnicodeError:
        # Lone surrogates can't be written in any encoding.
        assert not is_encodable(name + subject + text)
        return

    assert sorted(set(reread(message).keys()) - {"MIME-Version"}) == sorted(
        set(expected) - {"MIME-Version"}
    )


def is_encodable(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
