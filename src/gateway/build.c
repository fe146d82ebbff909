/* build.c - see build.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/build.h"

#include <libgen.h>

#include "message/address.h"

void build_warn(struct build *build, const char *format, ...)
{
	struct snapshot *snapshot = build->snapshot;
	const char **warnings = (const char **)snapshot->warnings;
	va_list args;
	va_start(args, format);
	*ARENA_PUSH(build->arena, warnings, snapshot->warning_count) = arena_vprintf(build->arena, format, args);
	va_end(args);
	snapshot->warnings = warnings;
}

const char *build_beside(struct build *build, const char *path)
{
	if (path[0] == '/')
		return path;
	char *folder = arena_string(build->arena, build->snapshot->path);
	return arena_printf(build->arena, "%s/%s", dirname(folder), path);
}

bool build_is_address(struct build *build, const char *text)
{
	return address_normal(build->arena, text) != NULL;
}

const struct settings_node *build_root(const struct build *build)
{
	return settings_root(build->file);
}
