"""What the site itself refuses."""


class WebError(Exception):
    """The site refuses."""

    code = "web_error"


class SettingError(WebError):
    """A ``WOONFLOW_*`` variable can't be used; *advice* tells what to write."""

    code = "setting"

    def __init__(self, variable: str, text: str, advice: str) -> None:
        super().__init__(variable, text, advice)
        self.variable = variable
        self.text = text
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.variable}={self.text!r}: {self.advice}."


class CrossSiteError(WebError):
    """A form was posted from another site."""

    code = "cross_site"

    def __str__(self) -> str:
        return (
            "Deze aanvraag kwam van een andere website en is niet uitgevoerd."
            " Open de pagina in Woonflow zelf en probeer het daar."
        )


class SignInNeededError(WebError):
    """Nobody is signed in, or the session has ended."""

    code = "sign_in_needed"

    def __str__(self) -> str:
        return "Meld u aan om verder te gaan."


class UploadRefusedError(WebError):
    """A file can't be taken; *advice* tells what to do."""

    code = "upload_refused"

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(name, advice)
        self.name = name
        self.advice = advice

    def __str__(self) -> str:
        return f"‘{self.name}’ is niet bewaard. {self.advice}"


class UnreadableRequestError(WebError):
    """A program sent what can't be read; *why* is a sentence."""

    code = "unreadable"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class FormRefusedError(WebError):
    """A form was not filled in well; *errors* pairs a field with a sentence."""

    code = "form_refused"

    def __init__(self, errors: tuple[tuple[str, str], ...]) -> None:
        super().__init__(errors)
        self.errors = errors

    def __str__(self) -> str:
        return "Niet alle velden zijn goed ingevuld: zie de fouten per veld."


class ChangedSinceError(WebError):
    """The caller saw an older version of the thing than there is now."""

    code = "changed_since"

    def __str__(self) -> str:
        return (
            "Dit is gewijzigd sinds u het las (If-Match past niet meer)."
            " Haal het opnieuw op en kijk of uw wijziging nog klopt."
        )
