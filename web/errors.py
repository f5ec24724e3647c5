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
