"""``woonflow worker``: the background work in a process of its own."""

import signal
from threading import Event

import click

from web.cli.place import environment, open_duty, open_services, quiet


@click.command()
def worker() -> None:
    """Fire timers, run jobs and send mail until somebody stops the process."""
    quiet()
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    duty = open_duty(open_services(environment()), "worker")
    duty.start()
    click.echo(f"Aan het werk als {duty.name}")
    stopped.wait()
    duty.stop()
