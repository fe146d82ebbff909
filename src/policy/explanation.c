/* explanation.c - see explanation.h. One row a slot.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/explanation.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "policy/condition.h"
#include "policy/party.h"

/* A value from a message is cut here: names and matched words are shorter. */
#define VALUE_MOST ((size_t)300)

/* A value being written: names joined as people join them. */
struct value {
	struct arena *arena;
	const char **names;
	size_t count;
};

static void add_name(struct value *value, const char *name)
{
	if (name == NULL || name[0] == '\0')
		return;
	for (size_t i = 0; i < value->count; i++)
		if (strcmp(value->names[i], name) == 0)
			return;
	*ARENA_PUSH(value->arena, value->names, value->count) = name;
}

static void add_hidden(struct value *value, const struct explanation_of *of, bool only_unclear)
{
	for (size_t i = 0; i < of->facts->hidden_count; i++) {
		const struct hidden *hidden = &of->facts->hidden[i];
		if (!hidden_counts(value->arena, of->facts, hidden) || (only_unclear && (hidden->in_text || hidden->in_foot)))
			continue;
		bool welsh = of->welsh && hidden->person->welsh_name != NULL;
		add_name(value, welsh ? hidden->person->welsh_name : hidden->person->name);
	}
}

static void fill_hidden(struct value *value, const struct explanation_of *of)
{
	add_hidden(value, of, false);
}

static void fill_unclear(struct value *value, const struct explanation_of *of)
{
	add_hidden(value, of, true);
}

static void fill_visible(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->visible_count; i++)
		if (!party_is_protected(&of->facts->visible[i])) /* never listed */
			add_name(value, party_name(&of->facts->visible[i]));
}

/* Who writes to a councillor's mailbox at home has to learn why it is not theirs alone; with whom they share it is nobody's business. */
static const char *recipient_words(struct value *value, const struct explanation_of *of, const struct party *party)
{
	struct shared_mailbox shared;
	if (!party_is_shared(of->facts, party, &shared))
		return party->address;
	return arena_printf(value->arena,
			    of->welsh ? "%s (blwch post y mae %s yn ei rannu \xc3\xa2 rhywun nad yw o'r Cyngor)" : "%s (a mailbox that %s shares with somebody who is not of the Council)",
			    party->address, of->welsh && shared.serving->welsh_name != NULL ? shared.serving->welsh_name : shared.serving->name);
}

static void fill_recipients(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->recipient_count; i++)
		if (of->concerns[i] && !party_is_protected(&of->facts->recipients[i].party))
			add_name(value, recipient_words(value, of, &of->facts->recipients[i].party));
}

/* Where a marking stands, never its words: those may be what is confidential. */
static void fill_marking(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->marked_count; i++) {
		const struct marked *marked = &of->facts->marked[i];
		if (marked_counts(marked))
			add_name(value, marked->marking->where);
	}
}

static bool is_of_text(const struct evidence *evidence)
{
	struct bytes where = bytes_of(evidence->where);
	return bytes_equal(where, BYTES("text")) || bytes_starts_with(where, BYTES("text, ")) || bytes_starts_with(where, BYTES("part ")) ||
	       bytes_find(where, BYTES(" (part "), 0) != (size_t)-1; /* a file's */
}

/* The author's own words, told to the author. */
static void fill_act(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->evidence_count; i++)
		if (is_of_text(&of->evidence[i])) {
			add_name(value, of->evidence[i].text);
			return;
		}
}

static void fill_name(struct value *value, const struct explanation_of *of)
{
	const struct in_name_of *name = &of->facts->name;
	if (name->person != NULL || name->signer_count < 2)
		add_name(value, name->person != NULL ? name->person->name : name->text);
	else
		for (size_t i = 0; i < name->signer_count; i++)
			add_name(value, name->signers[i]);
}

static void fill_sender(struct value *value, const struct explanation_of *of)
{
	add_name(value, party_name(&of->facts->sender));
}

static void fill_council(struct value *value, const struct explanation_of *of)
{
	add_name(value, of->facts->council->name);
}

static void fill_unreadable(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->reading->unreadable_count; i++)
		add_name(value, of->facts->reading->unreadable[i].why);
	if (of->facts->reading->other_text_marked)
		add_name(value, of->welsh ? "gall dwy raglen ddangos testun gwahanol, a marc mewn un ohonynt yn unig"
					  : "two mail programs may show different text, only one of them a marking");
}

static void fill_foot(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->copy_line_count; i++)
		for (size_t j = 0; j < of->facts->copy_lines[i].not_copied_count; j++)
			add_name(value, of->facts->copy_lines[i].not_copied[j]);
}

/* Whose letters are passed on. */
static void fill_writer(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->passed_count; i++) {
		const struct person *person = of->facts->passed[i].author;
		add_name(value, of->welsh && person->welsh_name != NULL ? person->welsh_name : person->name);
	}
}

/* To whom. */
static void fill_reader(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->passed_count; i++)
		for (size_t j = 0; j < of->facts->passed[i].to_count; j++) {
			const struct person *person = of->facts->passed[i].to[j];
			add_name(value, of->welsh && person->welsh_name != NULL ? person->welsh_name : person->name);
		}
}

static void fill_group(struct value *value, const struct explanation_of *of)
{
	for (size_t i = 0; i < of->facts->group_matter_count; i++)
		add_name(value, of->facts->group_matters[i].group);
	if (of->facts->group_matter_count == 0)
		add_name(value, of->facts->to_group != NULL ? of->facts->to_group : facts_only_group(of->facts));
}

/* Whom complaints under the councillors' code go to; the directory need not know them. */
static void fill_standards(struct value *value, const struct explanation_of *of)
{
	const struct conduct *conduct = &of->facts->council->conduct;
	if (conduct->standards_name != NULL && conduct->standards.count > 0)
		add_name(value, arena_printf(value->arena, "%s (%s)", conduct->standards_name, conduct->standards.items[0]));
	else
		add_name(value, conduct->standards_name);
}

/* Who hears complaints, any of them: "the Leader or hr@marlbrook.example". */
struct hearers {
	struct text text;
	bool welsh;
	const char *route;  /* sentences of which route name them where the Council does not */
};

static void add_hearer(struct hearers *hearers, const char *name)
{
	const char *joint = hearers->text.length == 0 ? "" : hearers->welsh ? " neu " : " or ";
	text_printf(&hearers->text, "%s%s", joint, name);
}

static bool add_office(struct hearers *hearers, unsigned office)
{
	static const struct {
		unsigned office;
		const char *en, *cy;
	} names[] = {
		{ OFFICE_CLERK, "the Clerk", "y Clerc" }, { OFFICE_DEPUTY_CLERK, "the Deputy Clerk", "y Dirprwy Glerc" },
		{ OFFICE_LEADER, "the Leader", "yr Arweinydd" }, { OFFICE_CHAIR, "the Chair", "y Cadeirydd" },
		{ OFFICE_VICE_CHAIR, "the Vice-Chair", "yr Is-Gadeirydd" }, { OFFICE_MONITORING_OFFICER, "the Monitoring Officer", "y Swyddog Monitro" },
	};
	unsigned left = (office & OFFICE_CHAIR) != 0 ? office & ~OFFICE_MAYOR : office;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if ((left & names[i].office) == 0)
			continue;
		add_hearer(hearers, hearers->welsh ? names[i].cy : names[i].en);
		left &= ~names[i].office;
	}
	return left == 0;
}

static void add_term(void *context, const struct condition *condition, const struct term *term)
{
	struct hearers *hearers = context;
	(void)condition;
	if (hearers->text.length > 0 || !bytes_starts_with(bytes_of(term->predicate->sentence), bytes_of(hearers->route)))
		return;
	for (size_t i = 0; i < PREDICATE_SLOTS; i++)
		add_office(hearers, term->arguments[i].office);
}

/* As the Council has set it; where it has not, as the rule's protocol has it. */
static void fill_hearers(struct value *value, const struct explanation_of *of, const struct route *route, const char *sentences)
{
	struct hearers hearers = { TEXT_INIT, of->welsh, sentences };
	bool known = add_office(&hearers, route->offices);
	for (size_t i = 0; i < route->addresses.count; i++)
		add_hearer(&hearers, route->addresses.items[i]);
	if (route->words == NULL && of->rule != NULL)
		conditions_each_term(of->rule->unless, add_term, &hearers);
	add_name(value, known ? text_to_arena(&hearers.text, value->arena).data : route->words);
	text_release(&hearers.text);
}

static void fill_route(struct value *value, const struct explanation_of *of)
{
	fill_hearers(value, of, &of->facts->council->conduct.about_officers, "it keeps to the route of complaints about officers,");
}

static void fill_clerks_route(struct value *value, const struct explanation_of *of)
{
	fill_hearers(value, of, &of->facts->council->conduct.about_clerk, "it keeps to the route of complaints about the clerk,");
}

static const struct slot {
	const char *name;
	void (*fill)(struct value *value, const struct explanation_of *of);
	const char *empty_en, *empty_cy; /* what stands there when the message gives nothing */
} slots[] = {
	{ "hidden", fill_hidden, "nobody", "neb" },
	{ "unclear", fill_unclear, "nobody", "neb" },
	{ "visible", fill_visible, "nobody", "neb" },
	{ "recipients", fill_recipients, "the recipients", "y derbynwyr" },
	{ "marking", fill_marking, "the message", "y neges" },
	{ "act", fill_act, "its words", "ei geiriau" },
	{ "name", fill_name, "a councillor", "cynghorydd" },
	{ "sender", fill_sender, "the sender", "yr anfonwr" },
	{ "council", fill_council, "the Council", "y Cyngor" },
	{ "unreadable", fill_unreadable, "a part", "rhan" },
	{ "foot", fill_foot, "nobody", "neb" },
	{ "writer", fill_writer, "a councillor", "cynghorydd" },
	{ "reader", fill_reader, "another councillor", "cynghorydd arall" },
	{ "group", fill_group, "one", "un" },
	{ "standards", fill_standards, "the Monitoring Officer", "y Swyddog Monitro" },
	{ "route", fill_route, "whom the clause names", "y sawl y mae'r cymal yn ei enwi" },
	{ "clerks-route", fill_clerks_route, "the Chair", "y Cadeirydd" },
};
static const size_t slot_count = sizeof slots / sizeof *slots;

/* The slot whose name stands between "%{" and "}"; NULL when there is none of that name. */
static const struct slot *find_slot(struct bytes name)
{
	for (size_t i = 0; i < slot_count; i++)
		if (bytes_equal(name, bytes_of(slots[i].name)))
			return &slots[i];
	return NULL;
}

static bool complain_slot(struct bytes name, struct error *err)
{
	const char *names[sizeof slots / sizeof *slots + 1] = { NULL };
	for (size_t i = 0; i < slot_count; i++)
		names[i] = slots[i].name;
	char *written = strndup(name.data, name.length);
	if (written == NULL)
		abort();
	const char *close = settings_suggest(written, names);
	if (close != NULL)
		error_set(err, ERROR_SETTINGS, "unknown slot %%{%s} (did you mean %%{%s}?)", written, close);
	else
		error_set(err, ERROR_SETTINGS, "unknown slot %%{%s}", written);
	free(written);
	return false;
}

bool explanation_check(const char *words, struct error *err)
{
	struct bytes whole = bytes_of(words);
	for (size_t at = bytes_find(whole, BYTES("%{"), 0); at != (size_t)-1; at = bytes_find(whole, BYTES("%{"), at + 2)) {
		size_t end = bytes_find_char(whole, '}', at);
		if (end == (size_t)-1)
			return error_set(err, ERROR_SETTINGS, "a slot is not closed: \"%.20s\"", words + at);
		struct bytes name = bytes_slice(whole, at + 2, end);
		if (find_slot(name) == NULL)
			return complain_slot(name, err);
	}
	return true;
}

/* One line of valid UTF-8, cut at a character: whatever a sender wrote, it stays a value in our sentence. */
static void add_value(struct text *out, struct arena *arena, const char *value)
{
	struct bytes clean = unicode_repair(arena, bytes_of(value));
	size_t length = clean.length;
	if (length > VALUE_MOST) {
		length = VALUE_MOST;
		while (length > 0 && ((unsigned char)clean.data[length] & 0xc0) == 0x80)
			length--;
	}
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)clean.data[i];
		text_add_char(out, c < 0x20 || c == 0x7f ? ' ' : (char)c);
	}
	if (length < clean.length)
		text_add(out, "...");
}

/* Welsh "and" is "ac" before a vowel. */
static const char *last_joint(const char *next, bool welsh)
{
	if (!welsh)
		return " and ";
	return strchr("aeiouwyAEIOUWY", next[0]) != NULL ? " ac " : " a ";
}

static void add_slot(struct text *out, const struct slot *slot, struct arena *arena, const struct explanation_of *of)
{
	struct value value = { .arena = arena };
	slot->fill(&value, of);
	if (value.count == 0)
		text_add(out, of->welsh ? slot->empty_cy : slot->empty_en);
	for (size_t i = 0; i < value.count; i++) {
		if (i > 0)
			text_add(out, i + 1 < value.count ? ", " : last_joint(value.names[i], of->welsh));
		add_value(out, arena, value.names[i]);
	}
}

const char *explanation_fill(struct arena *arena, const char *words, const struct explanation_of *of)
{
	if (words == NULL)
		return NULL;
	struct bytes whole = bytes_of(words);
	struct text out = TEXT_INIT;
	size_t done = 0;
	for (size_t at = bytes_find(whole, BYTES("%{"), 0); at != (size_t)-1; at = bytes_find(whole, BYTES("%{"), done)) {
		size_t end = bytes_find_char(whole, '}', at);
		const struct slot *slot = find_slot(bytes_slice(whole, at + 2, end));
		text_add_bytes(&out, bytes_slice(whole, done, at));
		if (slot != NULL)
			add_slot(&out, slot, arena, of);
		done = end + 1;
	}
	text_add_bytes(&out, bytes_slice(whole, done, whole.length));
	const char *filled = arena_string(arena, text_string(&out));
	text_release(&out);
	return filled;
}

const char *explanation_without_words(struct arena *arena, const char *words, const struct facts *facts, const struct opinion *opinion, bool welsh)
{
	static const struct evidence left_out = { "part of the message", "..." };
	struct explanation_of of = {
		.facts = facts, .concerns = opinion->concerns, .evidence = &left_out, .evidence_count = 1, .welsh = welsh, .rule = opinion->rule,
	};
	return explanation_fill(arena, words, &of);
}
