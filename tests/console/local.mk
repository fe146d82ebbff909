# In a real browser, as root: not part of "make check".
EXTRA_DIST += \
	tests/console/run \
	tests/console/package.json \
	tests/console/package-lock.json \
	tests/console/desk_lab.py \
	tests/console/relay.py \
	tests/console/clock_shim.c \
	tests/console/support.mjs \
	tests/console/scene.mjs \
	tests/console/010-login.test.mjs \
	tests/console/020-decisions.test.mjs \
	tests/console/025-records.test.mjs \
	tests/console/030-hostile.test.mjs \
	tests/console/040-trouble.test.mjs \
	tests/console/050-looks.test.mjs \
	tests/console/060-mail.test.mjs \
	tests/console/070-many.test.mjs \
	tests/console/080-together.test.mjs

check-console: all
	COPYHOLD_BUILD=$(abs_builddir) $(srcdir)/tests/console/run
.PHONY: check-console
