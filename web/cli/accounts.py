"""``woonflow user``, ``token`` and ``tokens``: accounts, roles and API tokens."""

from datetime import timedelta
from uuid import UUID

import click

from engine.persistence.unit_of_work import UnitOfWork
from web.cli.place import environment, open_current_engine
from workflows.people import access, repository, service, tokens
from workflows.people.model import OrganisationKind, Role
from workflows.people.service import NewOrganisation, NewUser

ROLES = click.Choice([role.value for role in Role])


@click.command()
@click.argument("name")
@click.option("--full-name", prompt="Volledige naam", help="First and last name.")
@click.option("--email", prompt="E-mailadres", help="Where notices go.")
@click.option("--role", type=ROLES, default=Role.SYSTEM_ADMIN.value, show_default=True)
@click.option("--organisation", default="Stad", help="The body of the role.")
@click.password_option(prompt="Wachtwoord", confirmation_prompt="Nog eens")
def user(name: str, role: str, organisation: str, **more: str) -> None:
    """Make the account NAME; the way to a first administrator."""
    engine = open_current_engine(environment())
    with engine.transaction() as work:
        new = NewUser(name=name, full_name=more["full_name"], email=more["email"])
        made = service.add_user(work, new)
        body = _organisation(work, organisation, Role(role))
        service.add_membership(work, made.name, role=Role(role), organisation_id=body)
        access.set_password(work, made.name, more["password"])
    click.echo(f"De gebruiker {made.name} kan zich aanmelden.")


@click.command()
@click.argument("name")
@click.option("--label", default="console", help="What the token is for.")
@click.option("--days", default=365, show_default=True, help="How long it holds.")
def token(name: str, label: str, days: int) -> None:
    """Print an API token of the user NAME; it is shown once."""
    engine = open_current_engine(environment())
    with engine.transaction() as work:
        lifetime = timedelta(days=days)
        text = tokens.issue_token(work, name, label=label, lifetime=lifetime)
    click.echo(text)


@click.command("tokens")
@click.argument("name")
@click.option("--revoke", type=click.UUID, default=None, help="The id of one to end.")
def tokens_(name: str, revoke: UUID | None) -> None:
    """List the API tokens of the user NAME, or end one of them."""
    engine = open_current_engine(environment())
    with engine.transaction() as work:
        repository.user_row(work.session, name)
        if revoke is not None:
            tokens.revoke_token(work, name, revoke)
        held = tokens.tokens_of(work, name)
    for each in held:
        until = f"tot {each.expires_at:%d-%m-%Y}" if each.expires_at else "zonder einde"
        click.echo(f"{each.id}  {each.label}  {until}")


def _organisation(work: UnitOfWork, name: str, role: Role) -> UUID:
    for known in repository.organisations(work.session):
        if known.name == name:
            return known.id
    agency = role is Role.RENTAL_AGENCY
    kind = OrganisationKind.RENTAL_AGENCY if agency else OrganisationKind.CITY
    return service.add_organisation(work, NewOrganisation(kind=kind, name=name)).id
