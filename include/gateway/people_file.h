/* people_file.h - where a configuration keeps its people, for who has to mend that file: read without packs, rules and the file itself. */
#ifndef COPYHOLD_GATEWAY_PEOPLE_FILE_H
#define COPYHOLD_GATEWAY_PEOPLE_FILE_H

#include "base/clock.h"
#include "base/settings.h"

struct people_file {
	const char *path;
	struct string_list domains; /* the Council's, as directory_load takes them */
	const char *reviewed;       /* report.directory_reviewed, or NULL */
	int days;                   /* report.directory_days */
};
/* All in the arena. */
bool people_file_of(const char *configuration, struct arena *arena, struct people_file *out, struct error *err) MUST_CHECK;
/* Nobody has touched the file, nor said that it was gone through (`reviewed`, or NULL), for more than so many days (0: never too many); since when. */
bool people_file_is_old(const char *path, const char *reviewed, int days, calendar_date today, calendar_date *since_out);

#endif
