"""Setting up an app or a passkey: the same at the first sign-in as later on one's own account."""

from flask import current_app

from youthcourt import keys
from youthcourt.documents.square import square
from youthcourt.forms.accounts.second_factor import AppForm, PasskeyForm
from youthcourt.models.accounts.authenticator import address_for_app, new_seed
from youthcourt.procedures.accounts import second_factor
from youthcourt.views.page import page

from . import passkey_questions

PURPOSE = "authenticator being set up"


def app(user, done, back):
    """Show the key of a new app until it answers with the right code; `done` gets the recovery codes."""
    form = AppForm()
    about = f"user {user.id}"
    seed = keys.decrypt(form.kept.data or "", PURPOSE, about) or new_seed()
    form.kept.data = keys.encrypt(seed, PURPOSE, about)
    if form.validate_on_submit():
        codes = form.carry_out(second_factor.add_app, user, seed, form.code.data, by=user)
        if codes is not None:
            return done(codes)
    return page(
        "second_steps/app.html",
        form,
        square=square(address_for_app(user=user, seed=seed)),
        key=" ".join(seed[start : start + 4] for start in range(0, len(seed), 4)),
        back=back,
    )


def passkey(user, done, question, back):
    """Keep a passkey that answered the question put to it."""
    form = PasskeyForm()
    if form.validate_on_submit():
        codes = form.carry_out(passkey_questions.add, user, form.answer.data, form.name.data.strip())
        if codes is not None:
            return done(codes)
    origin = current_app.config["PASSKEY_ORIGIN"]
    return page("second_steps/passkey.html", form, question=question, back=back, origin=origin)
