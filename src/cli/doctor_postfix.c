/* doctor_postfix.c - what postconf(1) tells of the mail server around the gate (ENGINEERING B, FIELD-LESSONS F15, F19, M5).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"
#include "cli/doctor.h"

#define POSTCONF_MOST ((size_t)1 << 20)

/* postconf [-c DIR] and up to three more words; "" and false when it fails. */
static bool ask(struct examination *examination, const char *first, const char *second, const char **out)
{
	const char *argv[6] = { "postconf" };
	size_t count = 1;
	struct bytes answer;
	struct error ignored = ERROR_INIT;
	if (examination->postfix != NULL) {
		argv[count++] = "-c";
		argv[count++] = examination->postfix;
	}
	argv[count++] = first;
	if (second != NULL)
		argv[count++] = second;
	bool good = process_read(examination->arena, argv, POSTCONF_MOST, &answer, &ignored);
	error_release(&ignored);
	*out = good ? arena_string_of(examination->arena, bytes_trim(answer)) : "";
	return good;
}

static const char *parameter(struct examination *examination, const char *name)
{
	const char *value;
	ask(examination, "-xh", name, &value);
	return value;
}

/* Postfix corrupted its queue file when a milter replaced a body with lines longer than line_length_limit (HISTORY
 * 20211105); the first release of each branch that does not. */
static const struct {
	int major, minor, patch;
} mended[] = { { 3, 3, 20 }, { 3, 4, 23 }, { 3, 5, 13 }, { 3, 6, 3 } };

static bool is_known_bad(const char *version)
{
	int major = 0, minor = 0, patch = 0;
	if (sscanf(version, "%d.%d.%d", &major, &minor, &patch) < 2 || major > 3 || (major == 3 && minor > 6))
		return false;
	for (size_t i = 0; i < sizeof mended / sizeof *mended; i++)
		if (major == mended[i].major && minor == mended[i].minor)
			return patch < mended[i].patch;
	return true;
}

static void examine_version(struct examination *examination)
{
	const char *version = parameter(examination, "mail_version");
	if (is_known_bad(version))
		examination_add(examination, HEALTH_WRONG, "upgrade Postfix", "Postfix %s corrupts queued mail when a footer is added to text with long lines.", version);
	else
		examination_add(examination, HEALTH_GOOD, NULL, "Postfix %s.", version);
}

/* The milter socket as Postfix would write it: the part of the path behind its queue folder is enough. */
static bool names_our_socket(struct examination *examination, const char *milter)
{
	const char *ours = examination->snapshot->socket;
	if (strstr(milter, ours) != NULL)
		return true;
	const char *queue = parameter(examination, "queue_directory");
	const char *path = strncmp(ours, "unix:", 5) == 0 ? ours + 5 : ours;
	size_t length = strlen(queue);
	if (length == 0 || strncmp(path, queue, length) != 0 || path[length] != '/')
		return false;
	return strstr(milter, arena_printf(examination->arena, "unix:%s", path + length + 1)) != NULL ||
	       strstr(milter, arena_printf(examination->arena, "unix:%s", path + length)) != NULL;
}

static bool is_signer(const char *milter)
{
	static const char *const words[] = { "dkim", "rspamd", "8891", "12301", "11332", "arc" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_find_nocase(bytes_of(milter), bytes_of(words[i]), 0) != (size_t)-1)
			return true;
	return false;
}

/* Whether the default action of our entry is tempfail: in braces beside it, or the parameter's. */
static void examine_default_action(struct examination *examination, const char *list, const char *entry)
{
	const char *own = strstr(entry, "default_action");
	const char *value = parameter(examination, "milter_default_action");
	if (own != NULL) {
		const char *word = own + strcspn(own, "=");
		word += strspn(word, "= \t");
		value = arena_string_of(examination->arena, (struct bytes){ word, strcspn(word, "}, \t\r\n") });
	}
	if (strcmp(value, "tempfail") != 0)
		examination_add(examination, HEALTH_WRONG, "postconf -e milter_default_action=tempfail",
				"%s: when the gate fails Postfix would \"%s\": held mail could go out, or half a change.", list, value);
}

/* One entry of a milter list: up to a comma or blank outside braces. Returns what follows. */
static const char *next_entry(struct examination *examination, const char *list, const char **entry_out)
{
	list += strspn(list, ", \t\r\n");
	int depth = 0;
	const char *end = list;
	for (; *end != '\0' && (depth > 0 || strchr(", \t\r\n", *end) == NULL); end++)
		depth += (*end == '{') - (*end == '}');
	*entry_out = arena_string_of(examination->arena, (struct bytes){ list, (size_t)(end - list) });
	return end;
}

static void examine_list(struct examination *examination, const char *name, const char *missing)
{
	const char *list = parameter(examination, name), *entry, *signer = NULL;
	for (list = next_entry(examination, list, &entry); entry[0] != '\0'; list = next_entry(examination, list, &entry)) {
		if (names_our_socket(examination, entry)) {
			if (signer != NULL)
				examination_add(examination, HEALTH_WRONG, "put Copyhold first in the list",
						"%s: %s comes before Copyhold: a footer would break its signature.", name, signer);
			examine_default_action(examination, name, entry);
			examination_add(examination, HEALTH_GOOD, NULL, "%s names the gate.", name);
			return;
		}
		if (signer == NULL && is_signer(entry))
			signer = entry;
	}
	examination_add(examination, HEALTH_WRONG, "set it as contrib/postfix/main.cf says", "%s does not name the gate's socket %s: %s", name,
			examination->snapshot->socket, missing);
}

/* Services whose own settings switch the gate off: their mail is never seen. */
static void examine_bypasses(struct examination *examination)
{
	const char *services;
	size_t offset = 0;
	struct bytes line;
	if (!ask(examination, "-P", NULL, &services))
		return;
	while (bytes_next_line(bytes_of(services), &offset, &line)) {
		size_t equals = bytes_find(line, BYTES("="), 0), name = bytes_find(line, BYTES("/smtpd_milters"), 0);
		if (name == (size_t)-1 || equals == (size_t)-1 || bytes_find(line, BYTES("copyhold/unix/"), 0) == 0)
			continue;
		const char *value = arena_string_of(examination->arena, bytes_trim(bytes_slice(line, equals + 1, line.length)));
		if (!names_our_socket(examination, value))
			examination_add(examination, HEALTH_WARNING, "take the setting out, unless what enters there has passed the gate already",
					"Mail that enters by %.*s never passes the gate.", (int)name, line.data);
	}
}

static void examine_rest(struct examination *examination)
{
	if (atoi(parameter(examination, "milter_protocol")) < 6)
		examination_add(examination, HEALTH_WRONG, "postconf -e milter_protocol=6", "milter_protocol is below 6: header fields would not arrive byte for byte.");
	const char *limit = parameter(examination, "message_size_limit");
	if (strtoull(limit, NULL, 10) == 0 || strtoull(limit, NULL, 10) > examination->snapshot->max_message)
		examination_add(examination, HEALTH_WARNING, "lower message_size_limit, or raise limits.message",
				"Postfix takes messages up to %s octets; one over %zu that has to be held is put off for ever.",
				strcmp(limit, "0") == 0 ? "any number of" : limit, examination->snapshot->max_message);
	if (strcmp(parameter(examination, "smtpd_forbid_bare_newline"), "no") == 0)
		examination_add(examination, HEALTH_WARNING, "postconf -e smtpd_forbid_bare_newline=yes", "Bare line feeds are taken: a message can be smuggled inside another.");
}

void doctor_examine_postfix(struct examination *examination)
{
	const char *version;
	if (!ask(examination, "-h", "mail_version", &version)) {
		examination_add(examination, HEALTH_WARNING, "run doctor on the mail server, as root; for Sendmail check the same by hand",
				"postconf cannot be run here, so Postfix was not examined.");
		return;
	}
	examine_version(examination);
	examine_list(examination, "smtpd_milters", "mail by SMTP is not checked.");
	examine_list(examination, "non_smtpd_milters", "mail by the sendmail command is not checked.");
	examine_bypasses(examination);
	examine_rest(examination);
}
