"""The log of what is measured stays out of the table."""

import logging

import structlog


def hush():
    """Log errors only."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
