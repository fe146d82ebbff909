/* report_json.c - the report for programs; "v" changes when a key changes its meaning.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/unicode.h"
#include "evidence.h"
#include "report_model.h"

/* null for NULL; octets that are no UTF-8 become U+FFFD. */
static json_t *string_of(struct arena *arena, const char *text)
{
	if (text == NULL)
		return json_null();
	struct bytes good = unicode_repair(arena, bytes_of(text));
	return json_stringn(good.length == 0 ? "" : good.data, good.length);
}

static void set(json_t *object, const char *key, json_t *value)
{
	if (value == NULL || json_object_set_new(object, key, value) != 0)
		abort();
}

static void set_string(struct arena *arena, json_t *object, const char *key, const char *text)
{
	set(object, key, string_of(arena, text));
}

static void set_time(struct arena *arena, json_t *object, const char *key, int64_t at)
{
	set(object, key, json_string(clock_format_rfc3339(arena, at)));
}

static void append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0)
		abort();
}

static json_t *evidence_json(struct arena *arena, const char *written)
{
	json_t *array = json_array();
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(arena, written, &count);
	for (size_t i = 0; i < count; i++) {
		json_t *item = json_object();
		set_string(arena, item, "where", evidence[i].where);
		set_string(arena, item, "text", evidence[i].text);
		append(array, item);
	}
	return array;
}

static json_t *finding_json(struct arena *arena, const struct finding_record *finding)
{
	json_t *object = json_object();
	set_string(arena, object, "rule", finding->rule);
	set_string(arena, object, "clause", finding->clause);
	set_string(arena, object, "action", finding->action);
	set_string(arena, object, "mode", finding->mode);
	set_string(arena, object, "explanation", finding->explanation);
	set(object, "evidence", evidence_json(arena, finding->evidence));
	return object;
}

static json_t *recipients_json(struct arena *arena, const struct held *held)
{
	json_t *array = json_array();
	for (size_t i = 0; i < held->recipient_count; i++) {
		const struct held_recipient *recipient = &held->recipients[i];
		json_t *item = json_object();
		set_string(arena, item, "rcpt", recipient->address);
		set_string(arena, item, "state", hold_state_name(recipient->state));
		set_string(arena, item, "reply", recipient->last_reply);
		set_string(arena, item, "by", recipient->changed_by);
		set_time(arena, item, "changed", recipient->changed_at);
		append(array, item);
	}
	return array;
}

static void set_message(struct arena *arena, json_t *object, const struct held *held)
{
	set_string(arena, object, "id", held->id);
	set_time(arena, object, "at", held->at);
	set_string(arena, object, "from", held->from);
	set_string(arena, object, "auth", held->auth);
	set_string(arena, object, "sender", held->sender_name);
	set_string(arena, object, "message_id", held->message_id);
	set_string(arena, object, "subject", held->subject);
	set_string(arena, object, "direction", held->direction);
	set_string(arena, object, "outcome", held->outcome);
	set_string(arena, object, "footers", held->footers);
	set_string(arena, object, "line", held->line);
	set(object, "recipients", recipients_json(arena, held));
}

static json_t *waiting_json(struct arena *arena, const struct report *report)
{
	json_t *array = json_array();
	for (size_t i = 0; i < report->waiting_count; i++) {
		const struct waiting *waiting = &report->waiting[i];
		json_t *item = json_object(), *findings = json_array();
		set_message(arena, item, waiting->held);
		set(item, "hours", json_integer(waiting->hours));
		set(item, "overdue", json_boolean(waiting->overdue));
		set(item, "escalated", json_boolean(waiting->held->escalated));
		for (size_t k = 0; k < waiting->held->finding_count; k++)
			if (report_lists(&waiting->held->findings[k]))
				append(findings, finding_json(arena, &waiting->held->findings[k]));
		set(item, "findings", findings);
		append(array, item);
	}
	return array;
}

static void append_group(struct arena *arena, json_t *array, const struct rule_group *group)
{
	for (size_t i = 0; i < group->entry_count; i++) {
		json_t *item = finding_json(arena, group->entries[i]->finding);
		set_message(arena, item, group->entries[i]->message);
		append(array, item);
	}
}

static json_t *findings_json(struct arena *arena, const struct report *report)
{
	json_t *array = json_array();
	for (size_t i = 0; i < report->group_count; i++)
		append_group(arena, array, &report->groups[i]);
	append_group(arena, array, &report->unreadable);
	return array;
}

static json_t *rules_json(struct arena *arena, const struct report *report)
{
	json_t *array = json_array();
	for (size_t i = 0; i < report->summary.rule_count; i++) {
		json_t *item = json_object();
		set_string(arena, item, "rule", report->summary.rules[i].rule);
		set_string(arena, item, "clause", report->summary.rules[i].clause);
		set_string(arena, item, "action", report->summary.rules[i].action);
		set(item, "count", json_integer(report->summary.rules[i].count));
		append(array, item);
	}
	return array;
}

static json_t *exceptions_json(struct arena *arena, const struct exception_count *exceptions, size_t count)
{
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++) {
		json_t *item = json_object();
		set_string(arena, item, "rule", exceptions[i].rule);
		set_string(arena, item, "sentence", exceptions[i].sentence);
		set(item, "count", json_integer(exceptions[i].count));
		if (exceptions[i].quarter > 0)
			set(item, "quarter", json_integer(exceptions[i].quarter));
		append(array, item);
	}
	return array;
}

static json_t *tally_json(const struct tally *tally)
{
	const struct {
		const char *key;
		int64_t count;
	} counts[] = {
		{ "examined", tally->examined }, { "delivered", tally->delivered }, { "annotated", tally->annotated },
		{ "held", tally->held },         { "returned", tally->returned },   { "retried", tally->retried },
		{ "unreadable", tally->unreadable }, { "internal", tally->internal }, { "outgoing", tally->outgoing },
		{ "incoming", tally->incoming },       { "split", tally->split },         { "reunited", tally->reunited },
		{ "reunited_late", tally->reunited_late }, { "not_reunited", tally->not_reunited },
		{ "marked_private", tally->marked_private },
	};
	json_t *object = json_object();
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		set(object, counts[i].key, json_integer(counts[i].count));
	return object;
}

static json_t *journal_json(struct arena *arena, const struct report *report)
{
	json_t *object = json_object();
	set(object, "lines", json_integer(report->journal_lines));
	set(object, "broken_at", report->journal_broken_at == 0 ? json_null() : json_integer(report->journal_broken_at));
	set(object, "number", json_integer(report->journal_head.number));
	set_string(arena, object, "hash", report->journal_head.hash);
	return object;
}

static json_t *two_counts(const char *first, int64_t first_count, const char *second, int64_t second_count)
{
	json_t *object = json_object();
	set(object, first, json_integer(first_count));
	set(object, second, json_integer(second_count));
	return object;
}

static json_t *outbox_json(struct arena *arena, const struct report *report)
{
	json_t *object = json_object();
	set(object, "waiting", json_integer(report->summary.outbox_waiting));
	if (report->summary.outbox_waiting > 0)
		set_time(arena, object, "oldest", report->summary.outbox_oldest);
	return object;
}

/* Whose it is to answer by service, never by name. */
static json_t *due_json(struct arena *arena, const struct due_duties *due, enum due_standing standing)
{
	json_t *array = json_array();
	for (size_t i = 0; i < due->count; i++) {
		const struct due_duty *duty = &due->items[i];
		if (duty->standing != standing)
			continue;
		json_t *item = json_object();
		set_string(arena, item, "message_id", duty->duty->message_id);
		set_string(arena, item, "from", duty->duty->from);
		set_time(arena, item, "due", duty->due);
		set_string(arena, item, "id", duty->duty->id);
		set_string(arena, item, "rule", duty->duty->rule);
		set_string(arena, item, "name", duty->from);
		set_string(arena, item, "service", duty->service);
		set_string(arena, item, "waits_for", !duty->reply ? "duty" : duty->part == DUTY_CONTACT ? "contact" : "response");
		set_time(arena, item, "at", duty->duty->started);
		append(array, item);
	}
	return array;
}

static json_t *calendar_json(struct arena *arena, const struct report *report)
{
	json_t *array = json_array();
	for (const char *const *note = report_calendar(arena, report); *note != NULL; note++)
		append(array, string_of(arena, *note));
	return array;
}

struct bytes report_as_json(struct arena *arena, const struct report *report)
{
	json_t *root = json_object();
	set(root, "v", json_integer(1));
	set_string(arena, root, "council", report->options->council_name);
	set_string(arena, root, "mode", report->options->mode);
	set_time(arena, root, "from", report->options->from);
	set_time(arena, root, "to", report->options->to);
	set_time(arena, root, "made", report->options->now);
	set(root, "tally", tally_json(&report->summary.tally));
	set(root, "journal", journal_json(arena, report));
	set(root, "outbox", outbox_json(arena, report));
	set(root, "calendar", calendar_json(arena, report));
	set(root, "waiting", waiting_json(arena, report));
	set(root, "rules", rules_json(arena, report));
	set(root, "findings", findings_json(arena, report));
	set(root, "exceptions", exceptions_json(arena, report->summary.exceptions, report->summary.exception_count));
	set(root, "reasons", exceptions_json(arena, report->summary.reasons, report->summary.reason_count));
	set(root, "second_reviewer",
	    two_counts("waiting", (int64_t)report->waiting_elsewhere, "findings", (int64_t)report->findings_elsewhere));
	set(root, "overdue", due_json(arena, &report->due, DUE_OVERDUE));
	set(root, "due_soon", due_json(arena, &report->due, DUE_SOON));
	char *written = json_dumps(root, JSON_COMPACT);
	if (written == NULL)
		abort();
	struct bytes bytes = bytes_of(arena_printf(arena, "%s\n", written));
	free(written);
	json_decref(root);
	return bytes;
}
