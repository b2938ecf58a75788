"""The application. create_app() is the place to start reading."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from . import cli, i18n, log, views
from .errors import ChangedMeanwhile, PaperFailed, RuleBroken
from .extensions import csrf, db, login_manager, migrate, why_not_kept, writing
from .forms.base import forget_sent
from .i18n import _
from .views import drafts, protection, readings, submissions
from .views.accounts import signing_in
from .walls import in_no_court

# How often a change that crossed with somebody else's is done over, on what they left.
MOST_TRIES = 5


class YouthCourt(Flask):
    """One request is one transaction: saved whole when it succeeds, dropped whole when not."""

    def full_dispatch_request(self) -> Response:
        forget_sent()
        with in_no_court():  # until the reader is known: see signing_in.signed_in()
            if request.method in ("GET", "HEAD", "OPTIONS"):
                return super().full_dispatch_request()
            with writing():
                return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(self._answered())
        self._note_readings(response)
        return response

    def _answered(self) -> ResponseReturnValue:
        said = views.flashes()
        for _try in range(MOST_TRIES - 1):
            try:
                return self._in_one_transaction()
            except (StaleDataError, IntegrityError):
                views.begin_again(said)
        return self._in_one_transaction()

    def _in_one_transaction(self) -> ResponseReturnValue:
        try:
            if earlier := submissions.answered_before():
                return redirect(earlier)
            response = self.make_response(super().dispatch_request())
            if response.status_code < 400:
                submissions.remember(response)
                drafts.forget()
                db.session.commit()
            return response
        finally:  # after a commit there is nothing left to undo
            db.session.rollback()

    def _note_readings(self, response: Response) -> None:
        """Whoever sees a case is noted first: when that fails, there is no page."""
        try:
            if noted := readings.to_note(response):
                db.session.rollback()
                with writing():
                    readings.note(noted)
                    db.session.commit()
        finally:
            db.session.rollback()

    def handle_exception(self, e: Exception) -> Response:
        with in_no_court():  # as any page, the one that says so enters the reader's court and leaves it
            return super().handle_exception(e)

    def log_exception(self, exc_info: Any) -> None:
        log.crash("request.failed", exc_info[1], reference=g.get("reference"), page=request.endpoint)


def create_app(settings: Mapping[str, Any]) -> YouthCourt:
    """The whole application, for settings as config.settings_from_env() gives them."""
    app = YouthCourt(__name__, template_folder="../templates", instance_relative_config=True)
    app.config.from_mapping(settings)

    if proxies := app.config.get("PROXIES"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.root_path) + "/../migrations")
    protection.register(app)
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.session_protection = None  # the row of the sign-in says who is here, and nothing else
    login_manager.request_loader(signing_in.reader)
    i18n.babel.init_app(app, locale_selector=i18n.reader_locale)

    views.register(app)
    cli.register(app)
    _answer_errors(app)
    _answer_failures(app)
    app.after_request(signing_in.note_seen)
    return app


def _answer_errors(app: Flask) -> None:
    """One answer for each kind of error, in words."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.get_response()
        if isinstance(error, SecurityError):  # a page has links, and under this name they lead nowhere
            return Response(_("This is not the address of this court."), 400, mimetype="text/plain")
        answer = app.make_response(views.error_page(error.code or 500))
        if isinstance(error, MethodNotAllowed):
            answer.allow.update(error.valid_methods or ())
        return answer

    @app.errorhandler(RuleBroken)
    def rule_broken(error: RuleBroken) -> ResponseReturnValue:
        return views.error_page(409, error.message)

    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    def crossed(error: Exception) -> ResponseReturnValue:
        log.event("request.crossed", reference=g.get("reference"), kind=type(error).__name__)
        message = ChangedMeanwhile(_("Somebody else changed this at the same moment.")).message
        return views.error_page(409, message, may_try_again=True)


def _answer_failures(app: Flask) -> None:
    """One answer for each thing that can be out of order around us."""

    @app.errorhandler(PaperFailed)
    def not_printed(error: PaperFailed) -> ResponseReturnValue:
        log.event("paper.failed", logging.ERROR, reference=g.get("reference"), kind=str(error))
        return views.error_page(503, name="paper")

    @app.errorhandler(OperationalError)
    def not_kept(error: OperationalError) -> ResponseReturnValue:
        reason = why_not_kept(error)
        log.event("request.not_kept", logging.ERROR, reference=g.get("reference"), reason=reason)
        return views.error_page(507 if reason == "full" else 503, may_try_again=True)
