# Installed and distributed files of man/.
dist_man_MANS += man/copyhold.1 man/copyhold.conf.5 man/copyhold-people.5 man/copyhold-footers.7 man/copyhold-console.8 man/copyhold-desk.8 man/copyhold-milter.8 man/copyhold-reader.8

# The pages of sentences and of commands come from the program, so the two cannot part ways.
man_MANS = copyhold-predicates.5 copyhold-commands.1
EXTRA_DIST += man/predicates.awk man/commands.awk
CLEANFILES += copyhold-predicates.5 copyhold-commands.1
copyhold-commands.1: copyhold$(EXEEXT) $(srcdir)/man/commands.awk
	$(AM_V_GEN)./copyhold$(EXEEXT) completion list >$@.text && awk -f $(srcdir)/man/commands.awk $@.text >$@.tmp && \
		rm -f $@.text && mv $@.tmp $@
copyhold-predicates.5: copyhold$(EXEEXT) $(srcdir)/man/predicates.awk
	$(AM_V_GEN)./copyhold$(EXEEXT) predicates >$@.text && awk -f $(srcdir)/man/predicates.awk $@.text >$@.tmp && \
		rm -f $@.text && mv $@.tmp $@
