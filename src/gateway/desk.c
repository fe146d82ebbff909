/* desk.c - the desk's socket, accounts and sessions, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/build.h"

struct desk_keys {
	const char *socket, *group, *accounts;
	int idle_minutes, session_hours, sessions;
};
static const struct setting_row desk_rows[] = {
	{ "socket", SETTING_STRING, offsetof(struct desk_keys, socket), false, 0, 0, NULL, "path of the unix socket the console connects to" },
	{ "group", SETTING_STRING, offsetof(struct desk_keys, group), false, 0, 0, NULL, "group that may connect to it" },
	{ "accounts", SETTING_STRING, offsetof(struct desk_keys, accounts), false, 0, 0, NULL, "file of those who may log in" },
	{ "idle_minutes", SETTING_INT, offsetof(struct desk_keys, idle_minutes), false, 1, 1440, NULL, "a session ends after so long without a call" },
	{ "session_hours", SETTING_INT, offsetof(struct desk_keys, session_hours), false, 1, 168, NULL, "a session ends so long after its log-in" },
	{ "sessions", SETTING_INT, offsetof(struct desk_keys, sessions), false, 1, 100, NULL, "sessions at once of one login" },
};

bool build_desk(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct desk_keys keys = { .socket = "/run/copyhold/desk.sock", .idle_minutes = 30, .session_hours = 10, .sessions = 5 };
	if (build->top.desk != NULL && !settings_fill(build->top.desk, ROWS(desk_rows), build->arena, &keys, err))
		return false;
	if (strncmp(keys.socket, "unix:", 5) == 0 || strncmp(keys.socket, "inet:", 5) == 0)
		return settings_complain(settings_find(build->top.desk, "socket"), err, "desk.socket: give the path alone, not \"%s\"", keys.socket);
	if (keys.idle_minutes > keys.session_hours * 60)
		return settings_complain(build->top.desk, err, "desk.idle_minutes is longer than desk.session_hours, so it could never pass");
	snapshot->desk = (struct desk_settings){
		.socket = build_beside(build, keys.socket),
		.group = keys.group,
		.accounts = keys.accounts == NULL ? arena_printf(build->arena, "%s/accounts", snapshot->store_directory)
						  : build_beside(build, keys.accounts),
		.idle_minutes = keys.idle_minutes,
		.session_hours = keys.session_hours,
		.sessions = keys.sessions,
	};
	return true;
}
