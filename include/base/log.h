/* log.h - lines for the administrator.
 *
 * Only the faces (milter, cli, console) log. A line carries ids, rules and reasons, never message text;
 * control characters in arguments are shown escaped, so that a subject cannot forge a log line. */
#ifndef COPYHOLD_BASE_LOG_H
#define COPYHOLD_BASE_LOG_H

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };
enum log_form {
	LOG_FORM_PLAIN,  /* "copyhold-milter[pid]: warning: text" on stderr */
	LOG_FORM_SYSLOG, /* syslog(3), facility mail */
	LOG_FORM_JSON,   /* one JSON object a line on stderr */
};

/* Once, before threads start. `program` is borrowed for the life of the process. */
void log_open(const char *program, enum log_form form, enum log_level least);
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)

#endif
