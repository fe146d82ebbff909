/* log.c - see log.h. One write(2) a line, so that lines of several threads and processes do not mix.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <stdio.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

static struct {
	const char *program;
	enum log_form form;
	enum log_level least;
} sink = { "copyhold", LOG_FORM_PLAIN, LOG_LEVEL_INFO };

static const struct {
	const char *word;
	int priority;
} levels[] = {
	[LOG_LEVEL_DEBUG] = { "debug", LOG_DEBUG },
	[LOG_LEVEL_INFO] = { "info", LOG_INFO },
	[LOG_LEVEL_WARNING] = { "warning", LOG_WARNING },
	[LOG_LEVEL_ERROR] = { "error", LOG_ERR },
};

void log_open(const char *program, enum log_form form, enum log_level least)
{
	sink.program = program;
	sink.form = form;
	sink.least = least;
	if (form == LOG_FORM_SYSLOG)
		openlog(program, LOG_PID, LOG_MAIL);
}

/* Escapes what could end the line, move the cursor or leave a JSON string. */
static void add_escaped(struct text *out, const char *raw)
{
	for (; *raw != '\0'; raw++) {
		unsigned char c = (unsigned char)*raw;
		if (c < 0x20 || c == 0x7f)
			text_printf(out, "\\u%04x", c);
		else if (sink.form == LOG_FORM_JSON && (c == '"' || c == '\\'))
			text_printf(out, "\\%c", c);
		else
			text_add_char(out, (char)c);
	}
}

void log_line(enum log_level level, const char *format, ...)
{
	if (level < sink.least)
		return;
	struct text raw = TEXT_INIT, line = TEXT_INIT;
	va_list args;
	va_start(args, format);
	text_vprintf(&raw, format, args);
	va_end(args);
	if (sink.form == LOG_FORM_JSON) {
		struct tm utc;
		time_t now = time(NULL);
		char stamp[32];
		gmtime_r(&now, &utc);
		strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
		text_printf(&line, "{\"at\":\"%s\",\"program\":\"%s\",\"pid\":%d,\"level\":\"%s\",\"text\":\"", stamp,
			    sink.program, (int)getpid(), levels[level].word);
		add_escaped(&line, text_string(&raw));
		text_add(&line, "\"}\n");
	} else {
		if (sink.form == LOG_FORM_PLAIN)
			text_printf(&line, "%s[%d]: ", sink.program, (int)getpid());
		if (level != LOG_LEVEL_INFO)
			text_printf(&line, "%s: ", levels[level].word);
		add_escaped(&line, text_string(&raw));
		text_add_char(&line, '\n');
	}
	if (sink.form == LOG_FORM_SYSLOG)
		syslog(levels[level].priority, "%s", text_string(&line));
	else if (write(STDERR_FILENO, line.data, line.length) < 0) {
		/* Nobody listens on stderr: there is no better place to say so. */
	}
	text_release(&raw);
	text_release(&line);
}
