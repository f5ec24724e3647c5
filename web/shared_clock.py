"""Each process shows the same training clock, whichever process moved it."""

from flask import Flask, current_app, request

from web.services import services


def follow_the_clock(app: Flask) -> None:
    """Take over a move of the clock before each page; outside training nothing."""

    @app.before_request
    def follow() -> None:
        training = services().training
        view = current_app.view_functions.get(request.endpoint or "")
        # Public pages must answer also when the database is away.
        if training is None or view is None or getattr(view, "is_public", False):
            return
        if request.endpoint != "static":
            training.at_rest()
