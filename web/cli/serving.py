"""``woonflow serve``: the site, with the background work beside it."""

import atexit
import gc
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from web.app import create_app
from web.cli.place import (
    Environment,
    environment,
    open_current_engine,
    open_duty,
    open_services,
    quiet,
)

THREADS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where and how wide the site listens."""

    host: str
    port: int
    workers: int = 1


@click.command()
@click.option(
    "--host", envvar="WOONFLOW_HOST", default="127.0.0.1", help="Address to listen on."
)
@click.option("--port", envvar="WOONFLOW_PORT", default=8000, help="Port to listen on.")
@click.option(
    "--workers", envvar="WOONFLOW_WORKERS", default=1, help="Number of processes."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site and do the background work; migrates first."""
    quiet()
    require_free(host, port)
    given = environment()
    open_current_engine(given).database.dispose()
    click.echo(f"Woonflow luistert op http://{host}:{port}")
    serve_site(given, Binding(host=host, port=port, workers=workers))


def require_free(host: str, port: int) -> None:
    """Refuse to begin where another program listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        message = (
            f"Op {host}:{port} kan niet geluisterd worden; meestal draait daar al een"
            " programma. Kies een andere poort met WOONFLOW_PORT."
        )
        raise click.UsageError(message) from error


def serve_site(given: Environment, binding: Binding) -> None:
    """Listen until somebody stops the process; running requests are finished."""
    # Garbage collection would write to each page that the processes share.
    gc.collect()
    gc.freeze()
    Server(given, binding).run()


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn over our application: each process has its own engine."""

    def __init__(self, given: Environment, binding: Binding) -> None:
        self._given = given
        self._binding = binding
        super().__init__()

    def load_config(self) -> None:
        """Set what we want of gunicorn."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application, and go on duty; runs in each process."""
        services = open_services(self._given)
        duty = open_duty(services, "serve")
        # Gunicorn ends a worker by leaving its loop: give back the leases then.
        atexit.register(duty.stop)
        duty.start()
        app = create_app(services)
        # What stays until the end is not searched for garbage at each request.
        gc.freeze()
        return app

    def _options(self) -> Mapping[str, object]:
        return {
            "bind": f"{self._binding.host}:{self._binding.port}",
            "workers": self._binding.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": 30,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
