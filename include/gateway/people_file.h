/* people_file.h - where a configuration keeps its people, for who has to mend that file: read without packs, rules and the file itself. */
#ifndef COPYHOLD_GATEWAY_PEOPLE_FILE_H
#define COPYHOLD_GATEWAY_PEOPLE_FILE_H

#include "base/settings.h"

struct people_file {
	const char *path;
	struct string_list domains; /* the Council's, as directory_load takes them */
};
/* All in the arena. */
bool people_file_of(const char *configuration, struct arena *arena, struct people_file *out, struct error *err) MUST_CHECK;

#endif
