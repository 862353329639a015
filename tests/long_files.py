"""The files whose tests take longest, longest first: a run that is divided begins with them.

A file is one process's work (`--dist loadfile`, for what its tests share). When a long one begins last, the
other processes wait for it. The order says nothing about what is tested; a file that is not named here comes
after, in the order of the tree.
"""

LONGEST_FIRST = (
    "tests/browser/test_every_page_is_accessible.py",
    "tests/integration/test_pages_under_policies.py",
    "tests/integration/test_every_route.py",
    "tests/integration/test_demo.py",
    "tests/browser/test_story_whole_inspection.py",
    "tests/integration/test_disposal_takes_one_case_whole.py",
    "tests/integration/test_nothing_is_lost_in_review.py",
    "tests/integration/test_every_page.py",
    "tests/integration/test_no_case_is_told_to_others.py",
    "tests/integration/test_devices_lose_nothing.py",
    "tests/integration/test_devices_lose_nothing_second.py",
    "tests/integration/test_devices_lose_nothing_third.py",
    "tests/integration/test_devices_lose_nothing_fourth.py",
    "tests/browser/stories/test_story_request_for_documents.py",
    "tests/browser/stories/test_story_unannounced.py",
    "tests/browser/test_story_in_english.py",
    "tests/integration/test_command_line.py",
    "tests/browser/test_nothing_is_lost.py",
    "tests/integration/test_migrations.py",
    "tests/integration/test_killed_while_writing.py",
    "tests/integration/test_random_access.py",
    "tests/browser/test_field_screens.py",
    "tests/unit/reports/test_tagged_pdf_vera.py",
)
