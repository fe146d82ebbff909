/* people.h - what the parts of `copyhold directory` share. */
#ifndef COPYHOLD_CLI_PEOPLE_H
#define COPYHOLD_CLI_PEOPLE_H

#include "cli/command.h"
#include "gateway/people_file.h"

struct directory_flags {
	const char *on, *ends;
	struct option_values maps;
	bool write, force;
};

/* The date that an option gives; *out stays when `text` is NULL. */
bool people_day(const char *option, const char *text, calendar_date *out, struct error *err) MUST_CHECK;
/* `directory import FORMAT LIST`: what people.csv would become, and with --write becomes. */
bool people_import(struct invocation *invocation, const struct people_file *people, const char *format, const char *list,
		   const struct directory_flags *flags, struct error *err) MUST_CHECK;
/* `directory show [WHO]` */
bool people_show(struct arena *arena, const struct people_file *people, const char *who, calendar_date on, struct error *err) MUST_CHECK;
/* `directory check [FILE]` */
bool people_check(struct arena *arena, const struct people_file *people, struct error *err) MUST_CHECK;

#endif
