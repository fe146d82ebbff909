/* service.c - sockets, limits and wording, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/log.h"
#include "gateway/build.h"
#include "report_keys.h"

#define MEBIBYTE (1L << 20)
#define READ_SECONDS 10 /* hostile documents aside, a message takes milliseconds */

static const char *const log_form_words[] = { "plain", "syslog", "json", NULL };
static const char *const log_level_words[] = { "debug", "info", "warning", "error", NULL };

struct milter_keys {
	const char *socket, *group;
};
static const struct setting_row milter_rows[] = {
	{ "socket", SETTING_STRING, offsetof(struct milter_keys, socket), false, 0, 0, NULL, "unix:PATH or inet:PORT@127.0.0.1" },
	{ "group", SETTING_STRING, offsetof(struct milter_keys, group), false, 0, 0, NULL, "group that may connect to a unix socket" },
};

struct release_keys {
	const char *socket, *host;
	int port, timeout;
};
static const struct setting_row release_rows[] = {
	{ "socket", SETTING_STRING, offsetof(struct release_keys, socket), false, 0, 0, NULL, "unix socket of the release service" },
	{ "host", SETTING_STRING, offsetof(struct release_keys, host), false, 0, 0, NULL, "loopback host instead of a socket" },
	{ "port", SETTING_INT, offsetof(struct release_keys, port), false, 1, 65535, NULL, "port on that host" },
	{ "timeout", SETTING_INT, offsetof(struct release_keys, timeout), false, 1, 3600, NULL, "seconds for one delivery" },
};

struct limit_keys {
	int message, in_flight, depth, parts, headers, decoded, notices;
};
static const struct setting_row limit_rows[] = {
	{ "message", SETTING_INT, offsetof(struct limit_keys, message), false, 65536, 1 << 30, NULL, "octets of one message that can be held" },
	{ "in_flight", SETTING_INT, offsetof(struct limit_keys, in_flight), false, 1 << 20, INT32_MAX, NULL, "octets of all messages being received" },
	{ "depth", SETTING_INT, offsetof(struct limit_keys, depth), false, 2, 100, NULL, "nesting of parts that is read" },
	{ "parts", SETTING_INT, offsetof(struct limit_keys, parts), false, 10, 10000, NULL, "parts of one message that are read" },
	{ "headers", SETTING_INT, offsetof(struct limit_keys, headers), false, 100, 100000, NULL, "fields of one header block that are read" },
	{ "notices", SETTING_INT, offsetof(struct limit_keys, notices), false, 1, 100000, NULL, "notices to one sender within a day" },
	{ "decoded", SETTING_INT, offsetof(struct limit_keys, decoded), false, 65536, 1 << 30, NULL, "octets decoded for reading, over one message" },
};

struct reader_keys {
	const char *program;
	int workers, seconds, memory;
};
static const struct setting_row reader_rows[] = {
	{ "program", SETTING_STRING, offsetof(struct reader_keys, program), false, 0, 0, NULL, "path of copyhold-reader" },
	{ "workers", SETTING_INT, offsetof(struct reader_keys, workers), false, 1, 512, NULL, "messages that are read at once, at most" },
	{ "seconds", SETTING_INT, offsetof(struct reader_keys, seconds), false, 1, 60, NULL, "one message may take to be read" },
	{ "memory", SETTING_INT, offsetof(struct reader_keys, memory), false, 256 << 20, INT32_MAX, NULL, "octets of address space of one reader" },
};

struct footer_keys {
	const char *line, *all;
};
static const struct setting_row footer_rows[] = {
	{ "line", SETTING_STRING, offsetof(struct footer_keys, line), false, 0, 0, NULL, "with one %s for the name" },
	{ "all", SETTING_STRING, offsetof(struct footer_keys, all), false, 0, 0, NULL, "for a list that reaches every councillor" },
};

static const struct setting_row report_rows[] = {
	{ "days", SETTING_INT, offsetof(struct report_keys, days), false, 1, 366, NULL, "days one report covers" },
	{ "escalate_hours", SETTING_INT, offsetof(struct report_keys, escalate_hours), false, 1, 24 * 31, NULL, "hours after which a hold is overdue" },
	{ "retry_days", SETTING_INT, offsetof(struct report_keys, retry_days), false, 1, 30, NULL, "days within which the same content is a retry" },
	{ "directory_reviewed", SETTING_STRING, offsetof(struct report_keys, directory_reviewed), false, 0, 0, NULL,
	  "date the Council last went through its directory" },
	{ "directory_days", SETTING_INT, offsetof(struct report_keys, directory_days), false, 0, 3660, NULL,
	  "days after which a people file that nobody touched is told of; 0: never" },
};

struct log_keys {
	int form, level;
};
static const struct setting_row log_rows[] = {
	{ "form", SETTING_WORD, offsetof(struct log_keys, form), false, 0, 0, log_form_words, "plain, syslog or json" },
	{ "level", SETTING_WORD, offsetof(struct log_keys, level), false, 0, 0, log_level_words, "least important line that is logged" },
};

bool build_doors(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct milter_keys milter = { .socket = "unix:/var/spool/postfix/copyhold/milter.sock" };
	struct release_keys release = { .timeout = 60 };
	if (build->top.milter != NULL && !settings_fill(build->top.milter, ROWS(milter_rows), build->arena, &milter, err))
		return false;
	if (build->top.release != NULL && !settings_fill(build->top.release, ROWS(release_rows), build->arena, &release, err))
		return false;
	if (strncmp(milter.socket, "unix:/", 6) != 0 && strncmp(milter.socket, "inet:", 5) != 0)
		return settings_complain(settings_find(build->top.milter, "socket"), err,
					 "milter.socket: \"%s\" is neither unix:/PATH nor inet:PORT@127.0.0.1", milter.socket);
	if (release.socket != NULL && release.host != NULL)
		return settings_complain(build->top.release, err, "release: give either socket or host and port, not both");
	if ((release.host != NULL) != (release.port != 0))
		return settings_complain(build->top.release, err, "release: host and port go together");
	if (release.socket == NULL && release.host == NULL)
		release.socket = "/var/spool/postfix/public/copyhold";
	snapshot->socket = milter.socket;
	snapshot->socket_group = milter.group;
	snapshot->release = (struct release_service){
		.socket = release.socket == NULL ? NULL : build_beside(build, release.socket),
		.host = release.host,
		.port = release.port,
		.timeout = release.timeout,
		.helo = "copyhold.localhost",
	};
	snapshot->user = build->top.user;
	return true;
}

static bool build_reader(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct reader_keys keys = { .workers = (int)pool_default_most(), .seconds = READ_SECONDS, .memory = 1024 * MEBIBYTE };
	if (build->top.reader != NULL && !settings_fill(build->top.reader, ROWS(reader_rows), build->arena, &keys, err))
		return false;
	snapshot->reader_program = keys.program == NULL ? NULL : build_beside(build, keys.program);
	snapshot->reader_workers = (size_t)keys.workers;
	snapshot->reader_limits = (struct reader_limits){ snapshot->limits, (unsigned)keys.seconds, (size_t)keys.memory };
	return true;
}

bool build_limits(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct message_limits defaults = MESSAGE_LIMITS_DEFAULT;
	struct limit_keys keys = {
		.message = 64 * MEBIBYTE,
		.in_flight = 512 * MEBIBYTE,
		.depth = (int)defaults.depth,
		.parts = (int)defaults.parts,
		.headers = (int)defaults.headers,
		.decoded = (int)defaults.decoded_bytes,
		.notices = 100,
	};
	if (build->top.limits != NULL && !settings_fill(build->top.limits, ROWS(limit_rows), build->arena, &keys, err))
		return false;
	if (keys.in_flight < keys.message)
		return settings_complain(build->top.limits, err, "limits.in_flight is below limits.message: no such message could ever pass");
	snapshot->notices_a_day = keys.notices;
	snapshot->limits = defaults;
	snapshot->limits.depth = (size_t)keys.depth;
	snapshot->limits.parts = (size_t)keys.parts;
	snapshot->limits.headers = (size_t)keys.headers;
	snapshot->limits.decoded_bytes = (size_t)keys.decoded;
	snapshot->max_message = (size_t)keys.message;
	snapshot->max_in_flight = (size_t)keys.in_flight;
	return build_reader(build, err);
}

/* One %s and nothing else that printf would act on. */
static bool is_name_format(const char *format)
{
	const char *percent = strchr(format, '%');
	return percent != NULL && percent[1] == 's' && strchr(percent + 1, '%') == NULL;
}

static bool take_report(struct build *build, const struct report_keys *report, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	calendar_date date;
	if (!build_date(build->top.report, "directory_reviewed", "report.directory_reviewed", report->directory_reviewed, &date, err))
		return false;
	snapshot->report_days = report->days;
	snapshot->escalate_hours = report->escalate_hours;
	snapshot->retry_days = report->retry_days;
	snapshot->directory_reviewed = report->directory_reviewed;
	snapshot->directory_days = report->directory_days;
	return true;
}

bool report_keys_read(const struct settings_node *report, struct arena *arena, struct report_keys *out, struct error *err)
{
	*out = (struct report_keys){ .days = 1, .escalate_hours = 24, .retry_days = 5, .directory_days = 400 };
	return report == NULL || settings_fill(report, ROWS(report_rows), arena, out, err);
}

bool build_words(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct footer_keys footer = { "CC councillor %s", "CC all councillors" };
	struct report_keys report;
	struct log_keys log = { LOG_FORM_PLAIN, LOG_LEVEL_INFO };
	if (build->top.footer != NULL && !settings_fill(build->top.footer, ROWS(footer_rows), build->arena, &footer, err))
		return false;
	if (!report_keys_read(build->top.report, build->arena, &report, err))
		return false;
	if (build->top.log != NULL && !settings_fill(build->top.log, ROWS(log_rows), build->arena, &log, err))
		return false;
	if (!is_name_format(footer.line))
		return settings_complain(build->top.footer, err, "footer.line must hold exactly one %%s, where the name goes, as in \"CC councillor %%s\"");
	if (strpbrk(footer.line, "\r\n") != NULL || strpbrk(footer.all, "\r\n") != NULL)
		return settings_complain(build->top.footer, err, "footer.line and footer.all are single lines");
	snapshot->footer_format = footer.line;
	snapshot->footer_all = footer.all;
	snapshot->log_form = log.form;
	snapshot->log_level = log.level;
	return take_report(build, &report, err);
}
