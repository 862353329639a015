"""A supervisor's day: what needs a decision, at a glance; a letter approved, a decision recorded, a case staffed."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.authority import email_of
from tests.browser.stories.begun import HOME, at_the_provider, case_of
from tests.browser.story import Story, field, follow, headed, main, press, today, told, unfold
from tests.builders import make_home, make_inspection, make_user
from tests.rich_account import NOW
from tillsyn.inspect.services.discuss_letter import resolve_remark
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.settings import Settings
from tillsyn.models.people import User
from tillsyn.models.register import Home
from tillsyn.models.vocabulary import Role, State, TeamRole

TO_REVIEW, TO_DECIDE, TO_STAFF, PLANNED = "2026-00711", "2026-00712", "2026-00713", "2026-00714"
DECISION = "Kritik enligt 28 kap. SoL, med redovisning av åtgärder."
OTHER = "HVB Ekbacken"


def begin(db: Session, settings: Settings) -> None:
    """A letter in review with nothing left to mend, a case to decide, and one that nobody leads."""
    home = at_the_provider(db)
    review = case_of(db, settings, home, TO_REVIEW)
    review.go_as_far_as(State.REVIEW)
    for paragraph in the_letter(db, review.case).paragraphs:
        for remark in paragraph.remarks:
            resolve_remark(
                db, actor=review.actor("leader"), inspection=review.case, remark_id=remark.id, now=NOW
            )
    case_of(db, settings, home, TO_DECIDE).go_as_far_as(State.DECISION)
    _without_a_leader(db, make_home(db, name=OTHER))


def _without_a_leader(db: Session, home: Home) -> None:
    """The inspector who led it has declared a conflict of interest."""
    ylva, greta = (db.query(User).filter_by(email=email_of(who)).one() for who in ("inspector", "supervisor"))
    case = make_inspection(
        db, dnr=TO_STAFF, home=home, state=State.PLANNED, children=0,
        team={TeamRole.INSPECTOR: ylva, TeamRole.DECISION_MAKER: greta},
    )  # fmt: skip
    next(one for one in case.team if one.user_id == ylva.id).has_conflict = True
    make_user(db, Role.INSPECTOR, name="Kerstin Kollega", email=email_of("colleague"))


def test_a_day_from_the_first_page_to_the_last(story: Story) -> None:
    the_first_page_says_what_needs_a_decision(story)
    the_letter_is_read_and_approved(story)
    the_decision_is_recorded(story)
    a_case_is_staffed(story)
    a_visit_is_planned_for_a_reason(story)
    what_has_waited_longest_is_seen(story)


def the_first_page_says_what_needs_a_decision(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    headed(page, t("Waiting for you"))
    asked = main(page).locator(".queue__title").all_inner_texts()
    assert sorted(asked) == sorted((t("Approve or return the letter"), t("Record the decision"))), asked
    told(page, f"{HOME}, {TO_REVIEW}")
    told(page, t("The right to reply is over. The case goes on when the decision is recorded (FL 31)."))
    told(page, t("Cases to staff"))


def the_letter_is_read_and_approved(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    follow(page, t("Approve or return the letter"))
    headed(page, t("Review the letter"))
    told(page, t("No remark is open."))
    page.go_back()
    unfold(page, t("Approve or return here"))
    press(page, t("Approve the letter"))
    headed(page, t("Waiting for you"))
    expect(main(page).locator(".queue__title")).to_have_count(1)


def the_decision_is_recorded(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    follow(page, t("Record the decision"))
    field(page, t("Criticism and account of measures")).check()
    field(page, t("Day of the decision")).fill(today().isoformat())
    field(page, t("The decision in words")).fill(DECISION)
    press(page, t("Record the decision"))
    told(page, DECISION)
    page.goto("/")
    expect(main(page).locator(".queue__title")).to_have_count(0)


def a_case_is_staffed(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    main(page).locator("section").filter(has_text=t("Cases to staff")).get_by_role("link", name=OTHER).click()
    headed(page, t("Plan and team"))
    press(page, t("Remove %(name)s", name="Ylva Ros"))
    field(page, t("Person"), exact=True).select_option(label=f"Kerstin Kollega – {t('Inspector')}")
    field(page, t("Part in the case")).select_option(value=TeamRole.INSPECTOR.value)
    press(page, t("Add to the team"))
    told(page, "Kerstin Kollega")


def a_visit_is_planned_for_a_reason(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.get_by_role("navigation", name=t("Main menu")).get_by_role("link", name=t("What to visit")).click()
    headed(page, t("What to visit"))
    row = main(page).get_by_role("row").filter(has_text=OTHER)
    row.get_by_role("link", name=t("Plan an inspection of %(home)s", home=OTHER)).click()
    field(page, t("Registration number")).fill(PLANNED)
    field(page, t("Title")).fill("Regelbunden tillsyn")
    field(page, t("Announced: the home knows that we are coming")).check()
    field(page, t("Planned day of the visit")).fill((today() + timedelta(days=30)).isoformat())
    field(page, t("Responsible inspector")).select_option(label="Amir Haddad")
    press(page, t("Plan the inspection"))
    told(page, t("Do you have a conflict of interest in this case?"))


def what_has_waited_longest_is_seen(story: Story) -> None:
    t, page = story.words, story.person("supervisor")
    page.goto("/")
    follow(page, t("Lead times, and what has waited longest"))
    told(page, HOME)
    page.goto("/calendar/workload")
    headed(page, t("Workload"))
    told(page, "Kerstin Kollega")
