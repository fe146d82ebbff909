# Forty scenarios to a section of the project's description of the protocols, and which tests show each.
TESTS += tests/scenarios/check
dist_check_SCRIPTS += tests/scenarios/check
EXTRA_DIST += tests/scenarios/INDEX
