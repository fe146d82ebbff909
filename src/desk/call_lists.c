/* call_lists.c - the calls that list: desk, search, own, journal. Who may not see a message is asked before any of it is loaded.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision.h"

#include <string.h>

#define SEARCH_MOST ((size_t)2000)
#define OWN_MOST ((size_t)500)

/* --- a page of entries --- */

struct selection { /* ids that may be shown, in order */
	const char *const *ids;
	size_t count;
};

/* What has been decided of it, and is perhaps still to be undone. */
static bool add_decision(struct request *request, const struct held *held, json_t *entry, struct error *err)
{
	struct desk desk = request_desk(request);
	struct decision_list list = { 0 };
	if (!store_decision_list(request->store, request->arena, held->id, &list, err))
		return false;
	json_object_set_new(entry, "decision", decision_json(request, standing_decision(&list)));
	json_object_set_new(entry, "two_persons", json_boolean(decide_needs_two(&desk, held)));
	return true;
}

static bool add_page(struct request *request, const struct selection *selection, json_t *(*make)(const struct request *, const struct held *),
		     size_t per_page, struct error *err)
{
	size_t pages = selection->count == 0 ? 1 : (selection->count + per_page - 1) / per_page;
	size_t page = (size_t)argument_integer(request->asked, "page", 1);
	if (page > pages)
		page = pages; /* what was on the last one has been decided meanwhile */
	size_t from = (page - 1) * per_page, count = selection->count - from < per_page ? selection->count - from : per_page;
	const struct held *const *messages;
	json_t *entries = json_array();
	request_add(request, "entries", entries);
	if (!store_messages(request->store, request->arena, selection->ids + from, count, &messages, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		json_t *entry = messages[i] == NULL ? NULL : make(request, messages[i]);
		if (entry == NULL)
			continue;
		json_array_append_new(entries, entry);
		if (make == entry_json && !add_decision(request, messages[i], entry, err))
			return false;
	}
	request_add(request, "count", json_integer((json_int_t)selection->count));
	request_add(request, "page", json_integer((json_int_t)page));
	request_add(request, "pages", json_integer((json_int_t)pages));
	return true;
}

/* Of `ids`, those of which the person is recused, or those of which they are not. */
static bool select_by(const struct request *request, const char *const *ids, size_t count, bool recused, struct selection *out,
		      struct error *err)
{
	const bool *answers;
	const char **kept = arena_array(request->arena, count + 1, sizeof *kept);
	*out = (struct selection){ kept, 0 };
	if (!recusals_ask(request->edition->recusals, request->arena, request->store, request->login->address, ids, count, &answers, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (answers[i] == recused)
			kept[out->count++] = ids[i];
	return true;
}

/* --- the desk --- */

/* Whose desk each waiting message is on: the first reviewers' as long as one of them may decide and nobody passed it on; else the second
 * reviewer's. One that the second reviewer may not see either stays with those who may. */
struct division {
	const char **ids;
	bool *first_may, *second_may, *i_may;
	bool *asks_me; /* somebody else's decision waits for a second person */
	size_t count;
};

static bool ask(const struct request *request, const char *address, struct division *division, bool *may, struct error *err)
{
	const bool *recused;
	if (address == NULL)
		return true;
	if (!recusals_ask(request->edition->recusals, request->arena, request->store, address, division->ids, division->count, &recused, err))
		return false;
	for (size_t i = 0; i < division->count; i++)
		may[i] = may[i] || !recused[i];
	return true;
}

static bool divide(const struct request *request, struct division *division, struct error *err)
{
	const struct snapshot *snapshot = request->snapshot;
	for (size_t i = 0; i < snapshot->reviewer_count; i++)
		if (!ask(request, snapshot->reviewers[i], division, division->first_may, err))
			return false;
	return ask(request, snapshot->second_reviewer, division, division->second_may, err) &&
	       ask(request, request->login->address, division, division->i_may, err);
}

static bool note_confirming(const struct request *request, struct division *division, struct error *err)
{
	struct decision_list open = { 0 };
	if (!store_decision_open(request->store, request->arena, &open, err))
		return false;
	for (size_t k = 0; k < open.count; k++)
		for (size_t i = 0; open.items[k].state == DECISION_CONFIRMING && i < division->count; i++)
			if (strcmp(division->ids[i], open.items[k].id) == 0)
				division->asks_me[i] = directory_by_login(request->snapshot->directory, open.items[k].by) != request->person;
	return true;
}

static bool is_mine(const struct request *request, const struct division *division, const struct waiting_message *waiting, size_t i)
{
	bool seconds = division->second_may[i] && (waiting[i].escalated || !division->first_may[i]);
	return division->i_may[i] && (division->asks_me[i] || seconds == (request->login->role == DESK_SECOND_REVIEWER));
}

bool call_desk(struct request *request, struct error *err)
{
	const struct waiting_message *waiting;
	struct division division = { 0 };
	struct arena *arena = request->arena;
	if (!store_waiting(request->store, arena, &waiting, &division.count, err))
		return false;
	const char **mine = arena_array(arena, division.count + 1, sizeof *mine);
	struct selection selection = { mine, 0 };
	division.ids = arena_array(arena, division.count + 1, sizeof *division.ids);
	division.first_may = arena_array(arena, division.count + 1, sizeof(bool));
	division.second_may = arena_array(arena, division.count + 1, sizeof(bool));
	division.i_may = arena_array(arena, division.count + 1, sizeof(bool));
	division.asks_me = arena_array(arena, division.count + 1, sizeof(bool));
	for (size_t i = 0; i < division.count; i++)
		division.ids[i] = waiting[i].id;
	if (!divide(request, &division, err) || !note_confirming(request, &division, err))
		return false;
	for (size_t i = 0; i < division.count; i++)
		if (is_mine(request, &division, waiting, i))
			mine[selection.count++] = waiting[i].id;
	request_add(request, "elsewhere", json_integer((json_int_t)(division.count - selection.count)));
	request_add(request, "now", json_integer(request->now));
	request_add(request, "undo_minutes", json_integer(request->snapshot->review.undo_minutes));
	return add_page(request, &selection, entry_json, PAGE_ENTRIES, err);
}

/* --- search --- */

static const char *given(const struct request *request, const char *name)
{
	const char *text = argument_text(request->asked, name);
	return text == NULL || *text == '\0' ? NULL : text;
}

static void add_person(struct arena *arena, const struct person *person, struct browse *browse)
{
	const char **addresses = (const char **)browse->addresses;
	for (size_t i = 0; i < person->address_count; i++)
		*ARENA_PUSH(arena, addresses, browse->address_count) = person->addresses[i];
	for (size_t i = 0; i < person->login_count; i++)
		*ARENA_PUSH(arena, addresses, browse->address_count) = person->logins[i];
	browse->addresses = addresses;
}

/* Whoever is meant: an address or login of the directory, everybody a name fits, or an address it does not know. */
static void find_people(const struct request *request, const char *typed, struct browse *browse)
{
	const struct directory *directory = request->snapshot->directory;
	const struct person *person = directory_by_login(directory, typed);
	struct person_list fitting = { 0 };
	if (person == NULL)
		fitting = directory_by_name(request->arena, directory, typed, ROLE_NONE, clock_date_of(request->now));
	if (person != NULL)
		add_person(request->arena, person, browse);
	for (size_t i = 0; i < fitting.count; i++)
		add_person(request->arena, fitting.items[i], browse);
	const char **addresses = (const char **)browse->addresses;
	*ARENA_PUSH(request->arena, addresses, browse->address_count) = typed;
	browse->addresses = addresses;
}

/* Pages show "Silent copy" for silent-copy, and people type what they see. */
static const char *rule_asked(const struct request *request)
{
	const char *typed = given(request, "rule");
	char *rule = arena_string(request->arena, typed);
	for (char *c = rule; rule != NULL && *c != '\0'; c++)
		*c = *c == ' ' ? '-' : ascii_lower(*c);
	return rule;
}

static enum browse_state state_asked(const struct request *request)
{
	const char *word = argument_text(request->asked, "state");
	for (size_t i = 0; word != NULL && browse_state_words[i] != NULL; i++)
		if (strcmp(browse_state_words[i], word) == 0)
			return (enum browse_state)i;
	return BROWSE_ALL;
}

bool call_search(struct request *request, struct error *err)
{
	struct browse browse = {
		.text = given(request, "text"),
		.rule = rule_asked(request),
		.from = argument_integer(request->asked, "from", 0),
		.to = argument_integer(request->asked, "to", 0),
		.state = state_asked(request),
		.most = SEARCH_MOST,
	};
	const char *const *ids;
	size_t count;
	bool more;
	struct selection selection;
	if (given(request, "person") != NULL)
		find_people(request, given(request, "person"), &browse);
	if (!store_browse(request->store, request->arena, &browse, &ids, &count, &more, err) ||
	    !select_by(request, ids, count, false, &selection, err))
		return false;
	request_add(request, "more", json_boolean(more));
	return add_page(request, &selection, entry_json, PAGE_ENTRIES, err);
}

/* --- a member's own --- */

static bool is_on(const struct request *request, const struct person *list)
{
	bool public = false, archive = false;
	struct person_list members = list_members(request->arena, request->snapshot->directory, list, clock_date_of(request->now), &public, &archive);
	for (size_t i = 0; i < members.count; i++)
		if (members.items[i] == request->person)
			return true;
	return false;
}

static const char *surname(const char *name)
{
	const char *blank = strrchr(name, ' ');
	return blank == NULL ? name : blank + 1;
}

/* A wide net; which of it is theirs is what recusal asks: they sent it, it was sent to them, or its findings name them. */
bool call_own(struct request *request, struct error *err)
{
	const struct directory *directory = request->snapshot->directory;
	struct browse browse = { .named = surname(request->person->name), .most = OWN_MOST };
	const char *const *ids;
	size_t count;
	bool more;
	struct selection selection;
	add_person(request->arena, request->person, &browse);
	for (size_t i = 0; i < directory_count(directory); i++)
		if (directory_at(directory, i)->is_list && is_on(request, directory_at(directory, i)))
			add_person(request->arena, directory_at(directory, i), &browse);
	return store_browse(request->store, request->arena, &browse, &ids, &count, &more, err) &&
	       select_by(request, ids, count, true, &selection, err) && add_page(request, &selection, entry_own_json, OWN_MOST, err);
}

/* --- the journal --- */

#define JOURNAL_LINES ((size_t)100)

bool call_journal(struct request *request, struct error *err)
{
	struct journal_line head;
	const struct journal_line *lines = NULL;
	size_t count = 0;
	json_t *list = json_array();
	request_add(request, "lines", list);
	if (!store_journal_head(request->store, request->arena, &head, err))
		return false;
	int64_t pages = (head.number + (int64_t)JOURNAL_LINES - 1) / (int64_t)JOURNAL_LINES, page = argument_integer(request->asked, "page", 1);
	if (page > pages)
		page = pages == 0 ? 1 : pages;
	int64_t before = head.number + 1 - (page - 1) * (int64_t)JOURNAL_LINES;
	if (!store_journal_page(request->store, request->arena, before, JOURNAL_LINES, &lines, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:I, s:I, s:s, s:s?, s:o, s:o, s:s}", "number", (json_int_t)lines[i].number, "at",
						      (json_int_t)lines[i].at, "what", lines[i].what, "id", lines[i].id, "by",
						      foreign_json(request, lines[i].by), "detail", foreign_json(request, lines[i].detail),
						      "hash", lines[i].hash));
	request_add(request, "count", json_integer(head.number));
	request_add(request, "page", json_integer(page));
	request_add(request, "pages", json_integer(pages == 0 ? 1 : pages));
	return true;
}
