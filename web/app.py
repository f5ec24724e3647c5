"""The Flask application: put together here, from parts that know nothing of it."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web.api.register import register_api
from web.assets import serve_assets
from web.auth import know_the_actor
from web.problems import answer_problems
from web.resume import ask_to_sign_in
from web.security import guard
from web.services import Services
from web.shared_clock import follow_the_clock
from web.templating import teach_templates
from web.views import (
    account,
    actions,
    admin,
    agenda,
    bodies,
    case_actions,
    cases,
    certificates,
    clock,
    consultation,
    documents,
    drafts,
    feeds,
    figures,
    health,
    incidents,
    mails,
    meetings,
    metrics,
    minutes,
    new_case,
    packs,
    partner,
    processes,
    remarks,
    rental_agency,
    series,
    settings,
    sharing,
    site,
    steering,
    task_form,
    tasks,
    users,
    weekly,
    weekly_case,
    work_groups,
    year,
)

BLUEPRINTS = (
    site.blueprint,
    account.blueprint,
    tasks.blueprint,
    task_form.blueprint,
    new_case.blueprint,
    cases.blueprint,
    case_actions.blueprint,
    steering.blueprint,
    sharing.blueprint,
    certificates.blueprint,
    documents.blueprint,
    rental_agency.blueprint,
    processes.blueprint,
    consultation.blueprint,
    agenda.blueprint,
    bodies.blueprint,
    year.blueprint,
    series.blueprint,
    feeds.blueprint,
    meetings.blueprint,
    minutes.blueprint,
    packs.blueprint,
    figures.blueprint,
    partner.blueprint,
    actions.blueprint,
    weekly.blueprint,
    weekly_case.blueprint,
    work_groups.blueprint,
    remarks.blueprint,
    drafts.blueprint,
    admin.blueprint,
    users.blueprint,
    settings.blueprint,
    mails.blueprint,
    incidents.blueprint,
    clock.blueprint,
    health.blueprint,
    metrics.blueprint,
)
"""The pages; the REST interface beside them is put in by ``web.api.register``."""


def create_app(services: Services) -> Flask:
    """Make the application over *services*."""
    chosen = services.settings
    app = Flask(__name__, root_path=str(Path(__file__).parent))
    app.config.update(
        SECRET_KEY=chosen.secret_key,
        SESSION_COOKIE_NAME="woonflow_notices",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=chosen.is_https,
        MAX_CONTENT_LENGTH=chosen.upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
    )
    app.extensions["woonflow"] = services
    _look_behind_proxies(app, chosen.trusted_proxies)
    guard(app, https=chosen.is_https)
    answer_problems(app)
    ask_to_sign_in(app)
    serve_assets(app)
    follow_the_clock(app)
    know_the_actor(app)
    teach_templates(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_api(app, services)
    return app


def _look_behind_proxies(app: Flask, proxies: int) -> None:
    """Let *app* see who asks, not which proxy hands the request on.

    Only the address is taken over: our own is a setting, and a proxy that does
    not write the other headers itself would let the caller choose them.
    """
    if proxies:
        behind = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)
        app.wsgi_app = behind  # type: ignore[method-assign]
