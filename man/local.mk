# Installed and distributed files of man/.
dist_man_MANS += man/copyhold.1 man/copyhold.conf.5 man/copyhold-people.5 man/copyhold-footers.7 man/copyhold-console.8 man/copyhold-desk.8 man/copyhold-milter.8 man/copyhold-reader.8

# The pages of sentences, of commands and of findings come from the program, so that they cannot part ways.
man_MANS = copyhold-predicates.5 copyhold-commands.1 copyhold-lint.7
EXTRA_DIST += man/predicates.awk man/commands.awk man/lint.awk
CLEANFILES += copyhold-predicates.5 copyhold-commands.1 copyhold-lint.7
copyhold-commands.1: copyhold$(EXEEXT) $(srcdir)/man/commands.awk
	$(AM_V_GEN)./copyhold$(EXEEXT) completion list >$@.text && awk -f $(srcdir)/man/commands.awk $@.text >$@.tmp && \
		rm -f $@.text && mv $@.tmp $@
copyhold-lint.7: copyhold$(EXEEXT) $(srcdir)/man/lint.awk
	$(AM_V_GEN)./copyhold$(EXEEXT) lint --classes >$@.text && awk -f $(srcdir)/man/lint.awk $@.text >$@.tmp && rm -f $@.text && mv $@.tmp $@
copyhold-predicates.5: copyhold$(EXEEXT) $(srcdir)/man/predicates.awk
	$(AM_V_GEN)./copyhold$(EXEEXT) predicates >$@.text && awk -f $(srcdir)/man/predicates.awk $@.text >$@.tmp && \
		rm -f $@.text && mv $@.tmp $@
