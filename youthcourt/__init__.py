"""The application. create_app() is the place to start reading."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from . import cli, i18n, views
from .errors import ChangedMeanwhile, RuleBroken
from .extensions import csrf, db, login_manager, migrate, writing
from .i18n import _
from .models import User
from .views import submissions

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


class YouthCourt(Flask):
    """One request is one transaction: saved whole when it succeeds, dropped whole when not."""

    def full_dispatch_request(self) -> Response:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return super().full_dispatch_request()
        with writing():
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        try:
            if earlier := submissions.answered_before():
                return redirect(earlier)
            response = self.make_response(super().dispatch_request())
            if response.status_code < 400:
                submissions.remember(response)
                db.session.commit()
            return response
        finally:  # after a commit there is nothing left to undo
            db.session.rollback()


def create_app(settings: Mapping[str, Any]) -> YouthCourt:
    """The whole application, for settings as config.settings_from_env() gives them."""
    app = YouthCourt(__name__, template_folder="../templates", instance_relative_config=True)
    app.config.from_mapping(settings)

    if proxies := app.config.get("PROXIES"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.root_path) + "/../migrations")
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.user_loader(lambda cookie: User.of_cookie(db.session(), cookie))
    login_manager.login_view = "accounts.sign_in"
    login_manager.login_message = None
    i18n.babel.init_app(app, locale_selector=i18n.reader_locale)

    views.register(app)
    cli.register(app)
    _answer_errors(app)
    app.after_request(_add_headers)
    return app


def _answer_errors(app: Flask) -> None:
    """One answer for each kind of error, in words."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.get_response()
        return views.error_page(error.code or 500)

    @app.errorhandler(RuleBroken)
    def rule_broken(error: RuleBroken) -> ResponseReturnValue:
        return views.error_page(409, error.message)

    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    def crossed(error: Exception) -> ResponseReturnValue:
        app.logger.info("two changes crossed: %s", type(error).__name__)
        return views.error_page(
            409, ChangedMeanwhile(_("Somebody else changed this at the same moment.")).message
        )


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
