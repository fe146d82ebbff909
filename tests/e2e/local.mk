# Against a real Postfix, as root: not part of "make check".
EXTRA_DIST += \
	tests/run \
	tests/e2e/run \
	tests/e2e/lab.py \
	tests/e2e/kill_shim.c \
	tests/e2e/010-hidden-councillor.py \
	tests/e2e/015-companion.py \
	tests/e2e/016-split-envelopes.py \
	tests/e2e/017-as-check-says.py \
	tests/e2e/018-nothing-kept.py \
	tests/e2e/020-confidential.py \
	tests/e2e/030-binding-letter.py \
	tests/e2e/040-ordinary-mail.py \
	tests/e2e/045-hostile-mail.py \
	tests/e2e/050-store-trouble.py \
	tests/e2e/060-killed-in-between.py \
	tests/e2e/070-life-of-the-gate.py \
	tests/e2e/075-reload-under-load.py \
	tests/e2e/080-limits.py \
	tests/e2e/090-own-mail.py \
	tests/e2e/100-every-hold.py \
	tests/e2e/110-release-refused.py \
	tests/e2e/120-readers.py \
	tests/e2e/130-decisions.py \
	tests/e2e/150-digest-and-notices.py

check-e2e: all
	COPYHOLD_BUILD=$(abs_builddir) $(srcdir)/tests/e2e/run
.PHONY: check-e2e
