/* export_entry.c - one entry as the person asked about may have it: what they are in it, and everybody else masked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/unicode.h"
#include "evidence.h"
#include "export_model.h"
#include "store/browse.h"

/* What they are in an entry. */
struct role_in {
	bool sender, recipient, given, named, reviewer;
};

static bool is_theirs(const struct export *export, const char *address)
{
	return reviewer_has_address(export->directory, &export->who, address);
}

static enum hold_state state_of(const struct held *held, const char *address)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (strcmp(held->recipients[i].address, address) == 0)
			return held->recipients[i].state;
	return HOLD_VOID;
}

/* Was a copy of theirs delivered, at once or later? */
static bool was_given(const struct export *export, const struct held *held)
{
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		const char *outcome = held->addressed == NULL ? "" : held->addressed[i].outcome;
		bool delivered = outcome != NULL && (strcmp(outcome, "deliver") == 0 || strcmp(outcome, "annotate") == 0);
		if (is_theirs(export, held->all_recipients[i]) && (delivered || state_of(held, held->all_recipients[i]) == HOLD_RELEASED))
			return true;
	}
	return false;
}

static struct role_in role_in(struct export *export, const struct held *held)
{
	struct role_in part = {
		.sender = reviewer_sent(export->directory, held, &export->who),
		.recipient = reviewer_received(export->arena, export->directory, held, &export->who),
		.given = was_given(export, held),
		.named = reviewer_is_named(export->arena, export->directory, held, &export->who),
	};
	for (size_t i = 0; i < held->recipient_count; i++)
		part.reviewer |= is_theirs(export, held->recipients[i].changed_by);
	if (export->request->own_only)
		part.reviewer = false;
	return part;
}

static json_t *string(struct export *export, const char *text)
{
	if (text == NULL)
		return json_null();
	struct bytes clean = unicode_repair(export->arena, bytes_of(text));
	return json_stringn(clean.data == NULL ? "" : clean.data, clean.length);
}

static json_t *roles_json(const struct role_in *part)
{
	json_t *list = json_array();
	const struct {
		bool is;
		const char *word;
	} words[] = { { part->sender, "sender" }, { part->recipient, "recipient" }, { part->named, "named" }, { part->reviewer, "reviewer" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].is)
			json_array_append_new(list, json_string(words[i].word));
	return list;
}

static json_t *who_json(struct export *export, const char *address)
{
	return json_pack("{s:o,s:o}", "who", string(export, masking_who(export->masking, address)), "address",
			 string(export, masking_address(export->masking, address)));
}

/* Nobody but the sender learns from us whom a copy went to unseen. */
static bool is_unseen(const struct export *export, const struct held *held, const struct role_in *part, size_t index)
{
	return !part->sender && held->addressed != NULL && held->addressed[index].openness == OPENNESS_HIDDEN &&
	       !is_theirs(export, held->all_recipients[index]);
}

static json_t *recipients_json(struct export *export, const struct held *held, const struct role_in *part)
{
	json_t *list = json_array();
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		const char *address = held->all_recipients[i];
		if (is_unseen(export, held, part, i)) {
			export->masked++;
			continue;
		}
		json_t *recipient = who_json(export, address);
		json_object_set_new(recipient, "outcome", string(export, held->addressed == NULL ? NULL : held->addressed[i].outcome));
		for (size_t k = 0; k < held->recipient_count; k++)
			if (strcmp(held->recipients[k].address, address) == 0) {
				json_object_set_new(recipient, "state", json_string(hold_state_name(held->recipients[k].state)));
				json_object_set_new(recipient, "changed", json_string(clock_format_rfc3339(export->arena, held->recipients[k].changed_at)));
			}
		json_array_append_new(list, recipient);
	}
	return list;
}

/* Of the envelope and of headers it is ours to say who stands there; other places quote what somebody wrote. */
static bool is_structural(const char *where)
{
	return strcmp(where, "envelope") == 0 || strcmp(where, "message") == 0;
}

static json_t *evidence_json(struct export *export, const struct held *held, const struct role_in *part, const struct finding_record *finding)
{
	json_t *list = json_array();
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(export->arena, finding->evidence, &count);
	for (size_t i = 0; i < count; i++) {
		bool shown = is_structural(evidence[i].where) ||
			     (part->sender && !export->request->redact && (!held->marked || export->request->marked_words));
		export->words_withheld += !shown;
		json_array_append_new(list, json_pack("{s:o,s:o}", "where", string(export, masking_text(export->masking, evidence[i].where)), "text",
						      shown ? string(export, masking_text(export->masking, evidence[i].text)) : json_null()));
	}
	return list;
}

static json_t *findings_json(struct export *export, const struct held *held, const struct role_in *part)
{
	json_t *list = json_array();
	bool own_words = part->sender && !export->request->redact && (!held->marked || export->request->marked_words);
	for (size_t i = 0; i < held->finding_count; i++) {
		const struct finding_record *finding = &held->findings[i];
		const char *sentence = own_words ? masking_text(export->masking, finding->explanation)
						 : masking_sentence(export->masking, finding->explanation);
		json_array_append_new(list, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "rule", string(export, finding->rule), "clause",
						      string(export, finding->clause), "action", string(export, finding->action), "mode",
						      string(export, finding->mode), "explanation", string(export, sentence), "evidence",
						      evidence_json(export, held, part, finding)));
	}
	return list;
}

/* Only what they wrote or have been given, and nobody's secret. */
static const char *subject_of(struct export *export, const struct held *held, const struct role_in *part)
{
	if (held->subject == NULL)
		return NULL;
	if ((part->sender || part->given) && !held->marked && !export->request->redact)
		return masking_text(export->masking, held->subject);
	export->subjects_withheld++;
	return NULL;
}

json_t *export_entry(struct export *export, const struct held *held)
{
	struct role_in part = role_in(export, held);
	if (!part.sender && !part.recipient && !part.named && !part.reviewer)
		return NULL;
	const char *sender = held->sender_address != NULL ? held->sender_address : held->auth != NULL ? held->auth : held->from;
	return json_pack("{s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:b}", "id", string(export, held->id), "at",
			 clock_format_rfc3339(export->arena, held->at), "as", roles_json(&part), "direction", string(export, held->direction), "outcome",
			 string(export, held->outcome), "subject", string(export, subject_of(export, held, &part)), "sender", who_json(export, sender),
			 "recipients", recipients_json(export, held, &part), "lines_added", string(export, masking_text(export->masking, held->footers)),
			 "findings", findings_json(export, held, &part), "escalated", held->escalated);
}

/* --- its lines of the journal --- */

/* Members that say something of the deed; others are digests and numbers for those who keep the journal. */
static json_t *detail_json(struct export *export, const char *written)
{
	static const char *const kept[] = { "outcome", "rules", "from", "reason", "note", "recipient", "kind", "to", "deed", "rule", "judged" };
	json_t *detail = json_loads(written, 0, NULL), *out = json_object();
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const char *text = json_string_value(json_object_get(detail, kept[i]));
		if (text != NULL)
			json_object_set_new(out, kept[i], string(export, masking_text(export->masking, text)));
	}
	json_decref(detail);
	return out;
}

json_t *export_history(struct export *export, const char *id, struct error *err)
{
	const struct journal_line *lines = NULL;
	size_t count = 0;
	if (!store_history(export->store, export->arena, id, &lines, &count, err))
		return NULL;
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		bool program = lines[i].by == NULL || strcmp(lines[i].by, "copyhold") == 0 || strcmp(lines[i].by, "outbox") == 0;
		json_array_append_new(list, json_pack("{s:I,s:s,s:s,s:o,s:o}", "line", (json_int_t)lines[i].number, "at",
						      clock_format_rfc3339(export->arena, lines[i].at), "what", lines[i].what, "by",
						      string(export, program ? lines[i].by : masking_who(export->masking, lines[i].by)), "detail",
						      detail_json(export, lines[i].detail)));
	}
	return list;
}
