"""The whole job in Swedish, told once: from the register to the closed case, role by role."""

from tests.browser.chapters import assessing, letter, planning, talks

CHAPTERS = (
    planning.the_inspector_registers_provider_and_home,
    planning.the_administrator_opens_accounts_at_the_home,
    planning.the_inspector_plans_an_announced_inspection,
    planning.everybody_in_the_team_declares,
    planning.the_home_manager_sends_a_self_assessment,
    planning.the_inspector_prepares_and_starts_the_visit,
    talks.the_children_are_listed_and_staff_must_wait,
    talks.a_child_is_talked_with,
    talks.a_talk_can_be_stopped_by_the_child,
    talks.staff_wait_until_the_last_child_has_an_outcome,
    talks.staff_and_manager_are_interviewed,
    talks.what_is_seen_and_read_is_recorded,
    assessing.every_requirement_is_marked,
    assessing.every_statement_is_judged,
    assessing.the_own_picture_comes_first,
    assessing.every_area_is_assessed_in_words,
    letter.the_findings_are_proposed_and_completed,
    letter.the_letter_is_composed_and_edited,
    letter.the_letter_is_submitted,
    letter.the_supervisor_returns_it_with_a_remark,
    letter.the_inspector_mends_and_submits_again,
    letter.the_supervisor_approves,
)
