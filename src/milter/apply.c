/* apply.c - see apply.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/apply.h"

#include <limits.h>

/* Folds as the milter protocol has them: LF only. */
static char *protocol_value(struct arena *arena, const char *value)
{
	struct text out = TEXT_INIT;
	struct bytes rest = bytes_of(value), line;
	size_t offset = 0;
	for (bool first = true; bytes_next_line(rest, &offset, &line); first = false) {
		if (!first)
			text_add_char(&out, '\n');
		text_add_bytes(&out, line);
	}
	struct bytes whole = text_to_arena(&out, arena);
	return arena_string_of(arena, whole);
}

bool apply_recipients(SMFICTX *context, const struct session *session, const struct plan *plan, struct error *err)
{
	for (size_t i = 0; i < session->recipient_count; i++) {
		if (plan->recipients[i] < OUTCOME_HOLD)
			continue;
		char *argument = arena_string(session->arena, session->arguments[i]);
		if (smfi_delrcpt(context, argument) != MI_SUCCESS)
			return error_set(err, ERROR_RETRY, "the mail server did not take a recipient off");
	}
	return true;
}

static bool apply_header(SMFICTX *context, struct arena *arena, const struct edit *edit)
{
	char *name = arena_string(arena, edit->name);
	switch (edit->kind) {
	case EDIT_HEADER_REMOVE:
		return smfi_chgheader(context, name, (int)edit->occurrence, NULL) == MI_SUCCESS;
	case EDIT_HEADER_REPLACE:
		return smfi_chgheader(context, name, (int)edit->occurrence, protocol_value(arena, edit->value)) == MI_SUCCESS;
	case EDIT_HEADER_INSERT:
		return smfi_insheader(context, 0, name, protocol_value(arena, edit->value)) == MI_SUCCESS;
	case EDIT_BODY:
		return true;
	}
	return false;
}

/* Last to first: a removed field does not renumber those still to be changed, and what is inserted at the top ends up
 * in the plan's order, numbered by nobody. */
static bool apply_headers(SMFICTX *context, struct arena *arena, const struct edit_list *edits, bool removals_only, struct error *err)
{
	for (size_t i = edits->count; i-- > 0;) {
		const struct edit *edit = &edits->items[i];
		if (removals_only && edit->kind != EDIT_HEADER_REMOVE)
			continue;
		if (!apply_header(context, arena, edit))
			return error_set(err, ERROR_RETRY, "the mail server did not take a change of the field %s", edit->name);
	}
	return true;
}

static bool apply_body(SMFICTX *context, struct arena *arena, const struct judgement *judgement, struct error *err)
{
	bool changed = false;
	struct bytes body = edits_apply_body(arena, judgement->message, &judgement->plan->edits, &changed);
	if (!changed)
		return true;
	/* A changed body is the arena's own; libmilter only reads it. */
	if (body.length > INT_MAX || smfi_replacebody(context, (unsigned char *)(void *)body.data, (int)body.length) != MI_SUCCESS)
		return error_set(err, ERROR_RETRY, "the mail server did not take the changed body");
	return true;
}

bool apply_edits(SMFICTX *context, struct arena *arena, const struct judgement *judgement, struct error *err)
{
	return apply_headers(context, arena, &judgement->plan->edits, false, err) && apply_body(context, arena, judgement, err);
}

bool apply_removals(SMFICTX *context, struct arena *arena, const struct judgement *judgement, struct error *err)
{
	return apply_headers(context, arena, &judgement->plan->edits, true, err);
}
