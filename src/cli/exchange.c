/* exchange.c - getting transport rules out of an export: the reader's records, and the commands that newer versions put into them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/exchange.h"

#include <string.h>

#include "base/file.h"
#include "base/process.h"
#include "base/text.h"
#include "base/unicode.h"
#include "reader/pool.h"

#define EXPORT_MOST ((size_t)8 << 20)
#define RULES_MOST 1000

static struct exchange_setting *add_setting(struct arena *arena, struct exchange_rule *rule, const char *name)
{
	struct exchange_setting *setting = ARENA_PUSH(arena, rule->settings, rule->setting_count);
	setting->name = name;
	return setting;
}

static void add_value(struct arena *arena, struct exchange_rule *rule, const char *value)
{
	if (rule->setting_count == 0)
		return;
	struct exchange_setting *setting = &rule->settings[rule->setting_count - 1];
	*ARENA_PUSH(arena, setting->values, setting->value_count) = value;
}

/* Blanks, commas and the brackets of @( ... ) part values. */
static const char *skip_between(const char *at)
{
	return at + strspn(at, " \t\r\n,;@()`");
}

/* A value in quotes, which are doubled within; past its end. */
static const char *quoted(struct arena *arena, const char *at, const char **out)
{
	char quote = *at++;
	struct text value = TEXT_INIT;
	for (; *at != '\0'; at++) {
		if (*at == quote && *++at != quote)
			break;
		text_add_char(&value, *at);
	}
	*out = arena_string(arena, text_string(&value));
	text_release(&value);
	return at;
}

void exchange_read_command(struct arena *arena, struct exchange_rule *rule, const char *command)
{
	const char *at = skip_between(command), *value;
	at += strcspn(at, " \t\r\n"); /* the command's own name */
	while (*(at = skip_between(at)) != '\0') {
		if (*at == '\'' || *at == '"') {
			at = quoted(arena, at, &value);
			add_value(arena, rule, value);
			continue;
		}
		size_t length = strcspn(at, " \t\r\n,;()`");
		value = arena_string_of(arena, (struct bytes){ at, length });
		if (*at == '-' && length > 1 && strchr("0123456789", at[1]) == NULL)
			add_setting(arena, rule, value + 1);
		else
			add_value(arena, rule, value);
		at += length;
	}
}

/* An older export's own names, as the command would have them. */
static const char *name_of(const char *element)
{
	static const char *const names[][2] = {
		{ "contains Message.Subject", "SubjectContainsWords" },
		{ "recipient", "SentTo" },
		{ "isSameUser Message.From", "From" },
		{ "isMemberOf Message.From", "FromMemberOf" },
		{ "isInternal Message.From", "FromScope" },
		{ "disabled", "Enabled" },
		{ "action RejectMessage", "RejectMessageReasonText" },
		{ "action ModerateMessageByUser", "ModerateMessageByUser" },
		{ "action ApplyHtmlDisclaimer", "ApplyHtmlDisclaimerText" },
		{ "action SetHeader", "SetHeaderName" },
		{ "action PrependSubject", "PrependSubject" },
		{ "action Quarantine", "Quarantine" },
		{ "action DeleteMessage", "DeleteMessage" },
		{ "action BlindCopyTo", "BlindCopyTo" },
		{ "action AddEnvelopeRecipient", "BlindCopyTo" },
		{ "action RedirectMessage", "RedirectMessageTo" },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(element, names[i][0]) == 0)
			return names[i][1];
	return element;
}

static void add_element(struct arena *arena, struct exchange_rule *rule, const char *element)
{
	add_setting(arena, rule, name_of(element));
	if (strcmp(element, "disabled") == 0)
		add_value(arena, rule, "$false");
	if (strcmp(element, "isInternal Message.From") == 0)
		add_value(arena, rule, "InOrganization");
}

static bool read_record(struct arena *arena, const char *record, struct exchange_rules *rules, struct error *err)
{
	struct exchange_rule *rule = rules->count == 0 ? NULL : &rules->items[rules->count - 1];
	if (*record == 'R') {
		if (rules->count == RULES_MOST)
			return error_set(err, ERROR_INPUT, "there are more than %d rules", RULES_MOST);
		ARENA_PUSH(arena, rules->items, rules->count)->name = record + 1;
	} else if (rule != NULL && *record == 'C') {
		exchange_read_command(arena, rule, record + 1);
	} else if (rule != NULL && *record == 'E') {
		add_element(arena, rule, record + 1);
	} else if (rule != NULL && *record == 'V') {
		add_value(arena, rule, record + 1);
	}
	return true;
}

bool exchange_read_records(struct arena *arena, struct bytes records, struct exchange_rules *out, struct error *err)
{
	for (size_t from = 0, to; from < records.length; from = to + 1) {
		to = bytes_find_char(records, '\0', from);
		to = to == (size_t)-1 ? records.length : to;
		if (!read_record(arena, arena_string_of(arena, unicode_repair(arena, bytes_slice(records, from, to))), out, err))
			return false;
	}
	return out->count > 0 || error_set(err, ERROR_INPUT, "there is no rule in it");
}

bool exchange_load(struct arena *arena, const char *path, struct exchange_rules *out, struct error *err)
{
	static const struct process_limits limits = { EXPORT_MOST, 30 };
	const char *argv[] = { NULL, "--exchange", NULL };
	struct bytes xml, records;
	bool missing = false;
	if (!file_read(arena, path, EXPORT_MOST, ERROR_INPUT, &xml, err) || !pool_find_program(arena, NULL, &argv[0], err))
		return false;
	if (!process_filter(arena, argv, xml, &limits, &records, &missing, err)) {
		if (missing)
			return error_context(err, "%s", path);
		err->kind = ERROR_INPUT;
		return error_context(err, "%s is no whole export of transport rules", path);
	}
	return exchange_read_records(arena, records, out, err) || error_context(err, "%s", path);
}
