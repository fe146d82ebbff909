bin_PROGRAMS += copyhold
copyhold_SOURCES = \
	src/cli/batch.c include/cli/batch.h \
	src/cli/books.c include/cli/books.h \
	src/cli/check.c \
	src/cli/command.c include/cli/command.h src/cli/commands.c \
	src/cli/completion.c \
	src/cli/coverage.c src/cli/coverage_print.c include/cli/coverage.h \
	src/cli/diff.c \
	src/cli/directory.c \
	src/cli/doctor.c include/cli/doctor.h \
	src/cli/doctor_desk.c src/cli/doctor_postfix.c \
	src/cli/journal.c \
	src/cli/exchange.c src/cli/exchange_draft.c include/cli/exchange.h \
	src/cli/export.c \
	src/cli/findings.c include/cli/findings.h \
	src/cli/judge.c include/cli/judge.h \
	src/cli/judgement_json.c \
	src/cli/lint.c \
	src/cli/main.c \
	src/cli/memory.c \
	src/cli/mutate.c include/cli/mutate.h \
	src/cli/options.c include/cli/options.h \
	src/cli/people_import.c include/cli/people.h \
	src/cli/people_show.c \
	src/cli/policy.c \
	src/cli/queue.c include/cli/queue.h \
	src/cli/queue_view.c \
	src/cli/replay.c \
	src/cli/report.c \
	src/cli/retention.c \
	src/cli/secret.c include/cli/secret.h \
	src/cli/test.c \
	src/cli/why.c \
	src/cli/user.c
# From the tables of the command line, so that the shell offers what there is. Debian's bash looks for it under the program's name.
bashcompletiondir = $(datadir)/bash-completion/completions
bashcompletion_DATA = completions/copyhold
CLEANFILES += completions/copyhold
completions/copyhold: copyhold$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) completions && ./copyhold$(EXEEXT) completion bash >$@.tmp && mv $@.tmp $@
copyhold_LDADD = src/desk/libdesk.a $(all_layers) $(DEPS_LIBS) -letpan -lcsv $(ACCOUNT_LIBS)
