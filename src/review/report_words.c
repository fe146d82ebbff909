/* report_words.c - the report's sentences, the same in every form. Neutral: a finding is an observation, not a fault.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/harmless.h"
#include "report_model.h"

const char *const report_how_to_decide[] = {
	"Release sends it on as it was written; return gives it back to the sender with your reason; escalate asks the second reviewer.",
	"copyhold queue show REFERENCE --by YOU --reason TEXT",
	"copyhold queue release REFERENCE --by YOU --reason TEXT",
	"copyhold queue return REFERENCE --by YOU --reason TEXT",
	"copyhold queue escalate REFERENCE --by YOU --reason TEXT",
	NULL,
};

const char *report_harmless(struct arena *arena, const char *foreign)
{
	return harmless_line(arena, bytes_of(foreign));
}

const char *report_title(struct arena *arena, const struct report *report)
{
	return arena_printf(arena, "Correspondence report: %s", report->options->council_name);
}

const char *report_period(struct arena *arena, const struct report *report)
{
	return arena_printf(arena, "%s to %s", clock_format_local(arena, report->options->from), clock_format_local(arena, report->options->to));
}

const char *report_counts(struct arena *arena, const struct report *report)
{
	const struct tally *tally = &report->summary.tally;
	return arena_printf(arena,
			    "%lld messages examined (%lld internal, %lld outgoing, %lld incoming): %lld delivered as they were, %lld with a"
			    " line added, %lld held, %lld returned, %lld asked to try again. %lld could not be read in full. %lld came in several"
			    " envelopes: of %lld a hidden copy was known in time, of %lld late; %lld could not be brought together.",
			    (long long)tally->examined, (long long)tally->internal, (long long)tally->outgoing, (long long)tally->incoming,
			    (long long)tally->delivered, (long long)tally->annotated, (long long)tally->held, (long long)tally->returned,
			    (long long)tally->retried, (long long)tally->unreadable, (long long)tally->split, (long long)tally->reunited,
			    (long long)tally->reunited_late, (long long)tally->not_reunited);
}

const char *report_internal_warning(const struct report *report)
{
	if (report->summary.tally.internal > 0)
		return NULL;
	return "No internal mail was seen. If colleagues did write to each other, their mail does not pass this gate, and copies among them"
	       " cannot be seen.";
}

const char *report_journal(struct arena *arena, const struct report *report)
{
	if (report->journal_broken_at != 0)
		return arena_printf(arena, "THE CHAIN IS BROKEN at line %lld: the journal was changed after it was written. Tell the administrator.",
				    (long long)report->journal_broken_at);
	if (report->journal_lines == 0)
		return "empty so far.";
	return arena_printf(arena, "%lld lines, chain whole. Line %lld has the hash %s. Keep this report: it proves the lines up to here.",
			    (long long)report->journal_lines, (long long)report->journal_head.number, report->journal_head.hash);
}

const char *report_outbox(struct arena *arena, const struct report *report)
{
	if (report->summary.outbox_waiting == 0)
		return "none waiting.";
	return arena_printf(arena, "%lld waiting to be sent, the oldest since %s.", (long long)report->summary.outbox_waiting,
			    clock_format_local(arena, report->summary.outbox_oldest));
}

const char *report_sender(struct arena *arena, const struct held *held)
{
	if (held->sender_name != NULL)
		return report_harmless(arena, held->sender_name);
	if (held->auth != NULL)
		return arena_printf(arena, "%s (not in the directory)", report_harmless(arena, held->auth));
	return arena_printf(arena, "%s (not authenticated)", *held->from == '\0' ? "the mail system" : report_harmless(arena, held->from));
}

const char *report_subject(struct arena *arena, const struct held *held)
{
	return held->subject == NULL ? "(withheld)" : report_harmless(arena, held->subject);
}

const char *report_recipient(struct arena *arena, const struct held_recipient *recipient)
{
	struct text text = TEXT_INIT;
	text_printf(&text, "%s: %s", report_harmless(arena, recipient->address), hold_state_name(recipient->state));
	if (recipient->changed_by != NULL)
		text_printf(&text, " by %s on %s", report_harmless(arena, recipient->changed_by), clock_format_local(arena, recipient->changed_at));
	if (recipient->last_reply != NULL && recipient->state != HOLD_RELEASED)
		text_printf(&text, " (%s)", report_harmless(arena, recipient->last_reply));
	const char *words = arena_string_of(arena, text_bytes(&text));
	text_release(&text);
	return words;
}

static void add_footers(struct arena *arena, const char *footers, struct text *out)
{
	struct bytes line;
	size_t offset = 0;
	while (footers != NULL && bytes_next_line(bytes_of(footers), &offset, &line))
		text_printf(out, " Line added at the foot: \"%s\".", report_harmless(arena, arena_string_of(arena, line)));
}

const char *report_done(struct arena *arena, const struct finding_entry *entry)
{
	static const struct {
		const char *outcome, *words;
	} words[] = {
		{ "deliver", "Delivered." },
		{ "annotate", "Delivered." },
		{ "hold", "Held for a reviewer." },
		{ "return", "Returned to the sender." },
		{ "retry", "Asked to try again later." },
	};
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (entry->message->outcome != NULL && strcmp(entry->message->outcome, words[i].outcome) == 0)
			text_add(&text, words[i].words);
	for (size_t i = 0; i < entry->message->recipient_count; i++)
		text_printf(&text, " %s.", report_recipient(arena, &entry->message->recipients[i]));
	add_footers(arena, entry->message->footers, &text);
	if (entry->finding->mode != NULL && strcmp(entry->finding->mode, "observe") == 0)
		text_add(&text, " This rule only observes.");
	const char *done = arena_string_of(arena, text_bytes(&text));
	text_release(&text);
	return done;
}

const char *report_elsewhere(struct arena *arena, size_t count)
{
	if (count == 0)
		return NULL;
	return arena_printf(arena, count == 1 ? "%zu item went to the second reviewer." : "%zu items went to the second reviewer.", count);
}

const char *report_hours(struct arena *arena, const struct waiting *waiting)
{
	return arena_printf(arena, "%lld hour%s%s%s", (long long)waiting->hours, waiting->hours == 1 ? "" : "s",
			    waiting->overdue ? ", OVERDUE" : "", waiting->held->escalated ? ", passed to the second reviewer" : "");
}
