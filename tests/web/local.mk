# The console as a program, over a fake desk, and behind the proxies that are installed.
web_tests = tests/web/serve.py tests/web/proxies.py tests/web/council.py
TESTS += $(web_tests)
dist_check_SCRIPTS += $(web_tests)
EXTRA_DIST += tests/web/fake_desk.py
