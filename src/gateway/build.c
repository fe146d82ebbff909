/* build.c - see build.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/build.h"

#include "base/clock.h"
#include "base/file.h"
#include "message/address.h"

void build_found(struct build *build, const struct finding_class *class, const char *file, int line, const char *reason)
{
	struct snapshot *snapshot = build->snapshot;
	const char **warnings = (const char **)snapshot->warnings;
	snapshot->found.arena = build->arena;
	findings_add(&snapshot->found, class, file, line, "%s", reason);
	*ARENA_PUSH(build->arena, warnings, snapshot->warning_count) =
		finding_sentence(build->arena, &snapshot->found.items[snapshot->found.count - 1]);
	snapshot->warnings = warnings;
}

void build_warn(struct build *build, enum gateway_class class, const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	build_found(build, &gateway_classes[class], file, line, arena_vprintf(build->arena, format, args));
	va_end(args);
}

const char *build_beside(struct build *build, const char *path)
{
	return file_beside(build->arena, build->snapshot->path, path);
}

bool build_date(const struct settings_node *group, const char *key, const char *name, const char *written, calendar_date *out, struct error *err)
{
	struct error why = ERROR_INIT;
	if (written == NULL || clock_parse_date(written, out, &why))
		return true;
	settings_complain(settings_find(group, key), err, "%s: %s", name, error_text(&why));
	error_release(&why);
	return false;
}

bool build_is_address(struct build *build, const char *text)
{
	return address_normal(build->arena, text) != NULL;
}

const struct settings_node *build_root(const struct build *build)
{
	return settings_root(build->file);
}
