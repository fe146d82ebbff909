/* report_words.c - the report's sentences, the same in every form. Neutral: a finding is an observation, not a fault.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "action/footer.h"
#include "base/clock.h"
#include "base/harmless.h"
#include "report_model.h"

const char *const report_how_to_decide[] = {
	N_("Release sends it on as it was written; return gives it back to the sender with your reason; escalate asks the second reviewer."),
	"copyhold queue show REFERENCE --by YOU --reason TEXT",
	"copyhold queue release REFERENCE --by YOU --reason TEXT",
	"copyhold queue return REFERENCE --by YOU --reason TEXT",
	"copyhold queue escalate REFERENCE --by YOU --reason TEXT",
	NULL,
};

bool report_lists(const struct finding_record *finding)
{
	return finding->action == NULL || strcmp(finding->action, FINDING_COUNTED) != 0;
}

const char *report_counted(struct arena *arena, const struct rule_group *group)
{
	return arena_printf(arena, "%zu%s %s counted, and not listed.", group->counted, group->entry_count > 0 ? " more" : "",
			    group->counted == 1 ? "is" : "are");
}

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

const char *report_counts(const struct voice *voice, const struct report *report)
{
	const struct tally *tally = &report->summary.tally;
	return voice_fill(voice,
			  N_("%{examined} messages examined (%{internal} internal, %{outgoing} outgoing, %{incoming} incoming): %{delivered} delivered as"
			     " they were, %{annotated} with a line added, %{held} held, %{returned} returned, %{retried} asked to try again."
			     " %{unreadable} could not be read in full. %{split} came in several envelopes: of %{reunited} a hidden copy was known"
			     " in time, of %{late} late; %{apart} could not be brought together."),
			  { "examined", voice_number(voice, tally->examined) }, { "internal", voice_number(voice, tally->internal) },
			  { "outgoing", voice_number(voice, tally->outgoing) }, { "incoming", voice_number(voice, tally->incoming) },
			  { "delivered", voice_number(voice, tally->delivered) }, { "annotated", voice_number(voice, tally->annotated) },
			  { "held", voice_number(voice, tally->held) }, { "returned", voice_number(voice, tally->returned) },
			  { "retried", voice_number(voice, tally->retried) }, { "unreadable", voice_number(voice, tally->unreadable) },
			  { "split", voice_number(voice, tally->split) }, { "reunited", voice_number(voice, tally->reunited) },
			  { "late", voice_number(voice, tally->reunited_late) }, { "apart", voice_number(voice, tally->not_reunited) });
}

const char *report_internal_warning(const struct voice *voice, const struct report *report)
{
	if (report->summary.tally.internal > 0)
		return NULL;
	return voice_say(voice, N_("No internal mail was seen. If colleagues did write to each other, their mail does not pass this gate, and copies among"
				   " them cannot be seen."));
}

const char *report_private_mailboxes(const struct voice *voice, const struct report *report)
{
	int64_t count = report->summary.tally.marked_private;
	if (count == 0)
		return NULL;
	return voice_fill(voice, N_("Marked mail to private addresses: %{count}. What is confidential went to mailboxes of councillors or officers that are"
				    " not the Council's own."),
			  { "count", voice_number(voice, count) });
}

const char *const *report_calendar(struct arena *arena, const struct report *report)
{
	return civic_notes(arena, &report->options->calendar, clock_date_of(report->options->now));
}

const char *report_journal(const struct voice *voice, const struct report *report)
{
	if (report->journal_broken_at != 0)
		return voice_fill(voice, N_("THE CHAIN IS BROKEN at line %{line}: the journal was changed after it was written. Tell the administrator."),
				  { "line", voice_number(voice, report->journal_broken_at) });
	if (report->journal_lines == 0)
		return voice_say(voice, N_("empty so far."));
	return voice_fill(voice, N_("%{count} lines, chain whole. Line %{line} has the hash %{hash}. Keep this report: it proves the lines up to here."),
			  { "count", voice_number(voice, report->journal_lines) },
			  { "line", voice_number(voice, report->journal_head.number) }, { "hash", report->journal_head.hash });
}

const char *report_outbox(const struct voice *voice, const struct report *report)
{
	if (report->summary.outbox_waiting == 0)
		return voice_say(voice, N_("none waiting."));
	return voice_fill(voice, N_("%{count} waiting to be sent, the oldest since %{when}."),
			  { "count", voice_number(voice, report->summary.outbox_waiting) },
			  { "when", voice_time(voice, report->summary.outbox_oldest) });
}

const char *report_sender(const struct voice *voice, const struct held *held)
{
	if (held->sender_name != NULL)
		return report_harmless(voice->arena, held->sender_name);
	if (held->auth != NULL)
		return voice_fill(voice, N_("%{name} (not in the directory)"), { "name", report_harmless(voice->arena, held->auth) });
	return voice_fill(voice, N_("%{name} (not authenticated)"),
			  { "name", *held->from == '\0' ? voice_say(voice, N_("the mail system")) : report_harmless(voice->arena, held->from) });
}

const char *report_subject(const struct voice *voice, const struct held *held)
{
	return held->subject == NULL ? voice_say(voice, N_("(withheld)")) : report_harmless(voice->arena, held->subject);
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

static bool has_word(struct arena *arena, const char *words, const char *word)
{
	return words != NULL && strstr(arena_printf(arena, " %s ", words), arena_printf(arena, " %s ", word)) != NULL;
}

/* A line that did not come to all who see the message. */
static void add_who_lacks_it(struct arena *arena, const char *line, struct text *out)
{
	for (enum untouched why = TOUCHED + 1; why < UNTOUCHED_COUNT; why++)
		if (has_word(arena, line, untouched_code(why)))
			text_printf(out, " No line added: %s.", untouched_sentence(why));
	if (has_word(arena, line, "companion"))
		text_add(out, " Those who see it were told in a note.");
	if (has_word(arena, line, "late-told"))
		text_add(out, " Those who had theirs already, without the line, were told in a note.");
	if (has_word(arena, line, "late-untold"))
		text_add(out, " Some had theirs already, without the line, and were not told.");
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
	add_who_lacks_it(arena, entry->message->line, &text);
	bool observed = entry->finding->mode != NULL && strcmp(entry->finding->mode, "observe") == 0;
	if (observed)
		text_add(&text, " This rule only observes.");
	else if (entry->finding->action != NULL && strcmp(entry->finding->action, "companion") == 0)
		text_add(&text, " Officers who got it were told in a note.");
	const char *done = arena_string_of(arena, text_bytes(&text));
	text_release(&text);
	return done;
}

const char *report_elsewhere(const struct voice *voice, size_t count)
{
	if (count == 0)
		return NULL;
	return voice_count(voice, (int64_t)count, N_("%{count} item went to the second reviewer."), N_("%{count} items went to the second reviewer."));
}

const char *report_hours(const struct voice *voice, const struct waiting *waiting)
{
	return arena_printf(voice->arena, "%s%s%s", voice_count(voice, waiting->hours, N_("%{count} hour"), N_("%{count} hours")),
			    waiting->overdue ? voice_say(voice, N_(", OVERDUE")) : "",
			    waiting->held->escalated ? voice_say(voice, N_(", passed to the second reviewer")) : "");
}
