/* late.c - who had their copy in an earlier envelope, before a hidden one of the same message was known, is told of it in a companion
 * notice: once of each hidden councillor, and not before both copies have gone out (DESIGN 5).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice.h"
#include "action/plan_work.h"

/* The copy is the person's, whichever list or address it came by. */
void add_told(struct work *work, const char *who, const struct hidden *of)
{
	const char *address = of->person->address_count > 0 ? of->person->addresses[0] : of->recipient;
	*ARENA_PUSH(work->arena, work->told, work->plan->told_count) = (struct told){ who, address };
	work->plan->told = work->told;
}

/* As people: whoever was told at one address has been told. */
bool knows_of(const struct work *work, const struct person *who, const struct hidden *of)
{
	const struct facts *facts = work->facts;
	for (size_t i = 0; i < facts->recall->told_count; i++) {
		const struct told *told = &facts->recall->told[i];
		const struct person *about = directory_by_address(facts->directory, told->of);
		if (about == of->person && directory_by_address(facts->directory, told->who) == who)
			return true;
	}
	return false;
}

bool lacks_line(const struct hidden *hidden)
{
	return facts_is_hidden_councillor(hidden) && !hidden->in_foot;
}

/* What becomes now of the copy that is hidden; it went out before when another envelope had it. */
static enum outcome fate_of(const struct work *work, const struct hidden *hidden)
{
	for (size_t i = 0; !hidden->elsewhere && i < work->count; i++)
		if (work->facts->envelope->recipients[i] == hidden->recipient)
			return work->outcomes[i];
	return OUTCOME_DELIVER;
}

/* One visible recipient, and whom they are still to be told of. */
struct reader {
	const char *to;
	bool *untold; /* parallel to facts->hidden */
	bool any;
};

/* `only_elsewhere`: of the copies of this envelope their own says enough, or whoever decides on it does. */
static struct reader reader_of(struct work *work, const struct party *party, const char *to, bool only_elsewhere)
{
	const struct facts *facts = work->facts;
	struct reader reader = { to, arena_array(work->arena, facts->hidden_count + 1, sizeof *reader.untold), false };
	for (size_t i = 0; i < facts->hidden_count; i++) {
		const struct hidden *hidden = &facts->hidden[i];
		reader.untold[i] = lacks_line(hidden) && (hidden->elsewhere || !only_elsewhere) && fate_of(work, hidden) < OUTCOME_RETURN &&
				   !knows_of(work, party->person, hidden);
		reader.any |= reader.untold[i];
	}
	return reader;
}

static bool make_notice(struct work *work, const struct reader *reader, const bool *wanted, struct notice *out)
{
	const struct facts *facts = work->facts;
	size_t line_count;
	const char *const *lines = plan_some_foot_lines(work->arena, facts, work->options, wanted, &line_count);
	if (line_count == 0)
		return false;
	*out = companion_notice(work, reader->to, lines, line_count, true);
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (wanted[i])
			add_told(work, reader->to, &facts->hidden[i]);
	return true;
}

static void defer(struct work *work, const struct reader *reader, const bool *wanted, const char *after_id, const char *after_recipient)
{
	struct deferred_notice deferred = { .after_id = after_id, .after_recipient = after_recipient };
	if (!make_notice(work, reader, wanted, &deferred.notice))
		return;
	*ARENA_PUSH(work->arena, work->deferred, work->plan->deferred_count) = deferred;
	work->plan->deferred = work->deferred;
}

/* Of a copy that is itself held they hear when it has gone out. */
static void tell_now(struct work *work, const struct reader *reader)
{
	const struct facts *facts = work->facts;
	bool *now = arena_array(work->arena, facts->hidden_count + 1, sizeof *now);
	struct notice notice;
	for (size_t i = 0; i < facts->hidden_count; i++)
		now[i] = reader->untold[i] && fate_of(work, &facts->hidden[i]) < OUTCOME_HOLD;
	if (make_notice(work, reader, now, &notice)) {
		add_notice(work, notice);
		work->plan->told_late = true;
	}
	for (size_t i = 0; i < facts->hidden_count; i++) {
		bool *held = arena_array(work->arena, facts->hidden_count + 1, sizeof *held);
		held[i] = reader->untold[i] && !now[i];
		if (held[i])
			defer(work, reader, held, work->options->id, facts->hidden[i].recipient);
	}
}

/* The same person at another address had the notice, or gets the line with this envelope. */
static bool comes_twice(const struct work *work, size_t index)
{
	const struct facts *facts = work->facts;
	const struct person *person = facts->elsewhere[index].party.person;
	for (size_t i = 0; i < index; i++)
		if (facts->elsewhere[i].visible && facts->elsewhere[i].party.person == person &&
		    facts->elsewhere[i].sibling->delivered >= facts->elsewhere[index].sibling->delivered)
			return true;
	for (size_t i = index + 1; i < facts->elsewhere_count; i++)
		if (facts->elsewhere[i].visible && facts->elsewhere[i].party.person == person &&
		    facts->elsewhere[i].sibling->delivered > facts->elsewhere[index].sibling->delivered)
			return true;
	for (size_t i = 0; i < work->count && work->plan->footer_added; i++)
		if (work->facts->recipients[i].party.person == person && work->outcomes[i] <= OUTCOME_ANNOTATE)
			return true;
	return false;
}

/* A council that chose to tell only the sender of what cannot take the line is not overruled. */
static bool wants_companions(const struct work *work)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++)
		if ((deeds_of(&work->verdict->opinions[i]) & BIT(ACTION_FOOTER)) != 0 && work->verdict->opinions[i].rule->fallback != FALLBACK_NOTIFY)
			return true;
	return false;
}

static bool is_reader(const struct work *work, const struct party *party, bool visible)
{
	return visible && is_of_council(party) && party->person != work->facts->sender.person;
}

/* Nobody hears of a copy of what they have not got: of one that is held, when it has gone out. */
static void tell_those_of_others(struct work *work, bool may)
{
	const struct facts *facts = work->facts;
	for (size_t i = 0; i < facts->elsewhere_count; i++) {
		const struct elsewhere *elsewhere = &facts->elsewhere[i];
		if (!is_reader(work, &elsewhere->party, elsewhere->visible) || comes_twice(work, i))
			continue;
		struct reader reader = reader_of(work, &elsewhere->party, elsewhere->sibling->recipient, false);
		work->plan->late_untold |= reader.any && elsewhere->sibling->delivered && !may;
		if (!reader.any || !may)
			continue;
		if (elsewhere->sibling->delivered)
			tell_now(work, &reader);
		else
			defer(work, &reader, reader.untold, elsewhere->sibling->id, reader.to);
	}
}

/* A copy that is held here is released as it came, and whoever releases it cannot add what only other envelopes showed. */
static void tell_those_held(struct work *work, bool may)
{
	const struct facts *facts = work->facts;
	for (size_t i = 0; may && i < work->count; i++) {
		const struct recipient *recipient = &facts->recipients[i];
		if (work->outcomes[i] != OUTCOME_HOLD || !is_reader(work, &recipient->party, recipient->visible))
			continue;
		struct reader reader = reader_of(work, &recipient->party, facts->envelope->recipients[i], true);
		if (reader.any)
			defer(work, &reader, reader.untold, work->options->id, reader.to);
	}
}

void tell_earlier_recipients(struct work *work)
{
	const struct facts *facts = work->facts;
	bool may = work->options->notice_from != NULL && facts->sender.person != NULL && may_be_told(facts) && wants_companions(work);
	if ((all_deeds(work->verdict) & BIT(ACTION_FOOTER)) == 0)
		return;
	tell_those_of_others(work, may);
	tell_those_held(work, may);
	decide_late(work, work->plan->told_late);
}
