"""`flask papers sample`: one of each kind from the court in the database."""

from flask.testing import FlaskCliRunner

from tests.documents.conftest import play
from youthcourt.commands import papers
from youthcourt.extensions import db


def sample(app, folder):
    runner = FlaskCliRunner(app)
    return runner.invoke(papers.group, ["sample", "--out", str(folder)])


def test_it_prints_one_paper_of_each_kind_there_is_in_each_language(app, court, cast, tmp_path):
    play(court, cast)
    db.session.commit()

    result = sample(app, tmp_path / "papers")

    assert result.exit_code == 0
    assert {file.name: file.read_bytes()[:5] for file in (tmp_path / "papers").iterdir()} == {
        f"{kind}-{language}.pdf": b"%PDF-"
        for language in ("en", "es")
        for kind in (
            "referral_acknowledgement",
            "intake_appointment",
            "agreement",
            "media_consent",
            "text_consent",
            "harmed_notice",
            "impact_statement",
            "harmed_invitation",
            "case_cover",
            "case_file",
            "juror_application",
            "juror_form",
            "juror_schedule",
            "juror_days",
            "juror_notice",
            "service_certificate",
            "service_letter",
            "credit_statement",
            "labels_30",
            "labels_14",
            "labels_21",
            "envelope_pages",
            "final_report",
            "sealing_notice",
            "hearing_notice",
            "door_list",
            "oath_cards",
            "question_guide",
            "appeal_form",
            "time_sheet",
            "site_letter",
            "apology_guide",
            "essay_guide",
            "cover_sheet",
            "return_to_referrer",
            "docket",
            "docket_for_jurors",
            "sign_in_sheets",
            "room_sheets",
            "hearing_script",
            "deliberation_sheet",
            "disposition_order",
            "plain_copy",
            "completion_certificate",
            "decision_letter",
        )
    }


def test_it_says_which_kinds_it_has_no_record_for(app, court, tmp_path):
    db.session.commit()

    result = sample(app, tmp_path)

    assert result.exit_code == 0
    # these are about no case, so there is always one to print
    always = {"oath_cards", "question_guide", "juror_application"}
    assert {file.name for file in tmp_path.iterdir()} == {
        f"{kind}-{language}.pdf" for kind in always for language in ("en", "es")
    }
    assert result.stderr.strip().removeprefix("No record to print: ").split(", ") == [
        make.__name__ for make, _find in papers.SAMPLES if make.__name__ not in always
    ]
