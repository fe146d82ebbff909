/* fuzz_page.c - any answer of the desk, and any octets where it has text, through every page: what comes out is a page of ours.
 *
 * Input that is JSON is a seed (unit/page_seed.h), shown by the page it names. All else stands, a piece each, in place of
 * every string of an answer that has every key a page looks for; its last octet says which page is made of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/page_oracle.h"
#include "../unit/page_seed.h"
#include "fuzz.h"

/* Deep enough for what the protocol nests: letters, zones, marks. */
#define DEPTH_MOST 4
#define OBJECTS_MOST 200

enum key_kind { KEY_STRING, KEY_NUMBER, KEY_TRUE, KEY_OBJECT, KEY_OBJECTS, KEY_STRINGS, KEY_SPANS };

static const struct {
	const char *name;
	enum key_kind kind;
} keys[] = {
	{ "id", KEY_STRING },	      { "name", KEY_STRING },	      { "address", KEY_STRING },   { "class", KEY_STRING },	{ "office", KEY_STRING },
	{ "subject", KEY_STRING },    { "why", KEY_STRING },	      { "clause", KEY_STRING },	   { "rule", KEY_STRING },	{ "quote", KEY_STRING },
	{ "explanation", KEY_STRING }, { "text", KEY_STRING },	      { "label", KEY_STRING },	   { "will", KEY_STRING },	{ "deed", KEY_STRING },
	{ "key", KEY_STRING },	      { "by", KEY_STRING },	      { "reason", KEY_STRING },	   { "what", KEY_STRING },	{ "reply", KEY_STRING },
	{ "said", KEY_STRING },	      { "type", KEY_STRING },	      { "part", KEY_STRING },	   { "where", KEY_STRING },	{ "who", KEY_STRING },
	{ "kind", KEY_STRING },	      { "date", KEY_STRING },	      { "quarter", KEY_STRING },   { "sentence", KEY_STRING },	{ "mode", KEY_STRING },
	{ "digest", KEY_STRING },     { "minute", KEY_STRING },	      { "second_by", KEY_STRING }, { "outcome", KEY_STRING },	{ "confidence", KEY_STRING },
	{ "judged", KEY_STRING },     { "direction", KEY_STRING },    { "received", KEY_STRING },  { "state", KEY_STRING },	{ "action", KEY_STRING },
	{ "at", KEY_NUMBER },	      { "count", KEY_NUMBER },	      { "page", KEY_NUMBER },	   { "pages", KEY_NUMBER },	{ "elsewhere", KEY_NUMBER },
	{ "deadline", KEY_NUMBER },   { "waiting_hours", KEY_NUMBER }, { "size", KEY_NUMBER },	   { "due_at", KEY_NUMBER },	{ "number", KEY_NUMBER },
	{ "start", KEY_NUMBER },      { "findings_count", KEY_NUMBER }, { "held_now", KEY_NUMBER }, { "octets", KEY_NUMBER },	{ "median_minutes", KEY_NUMBER },
	{ "examined", KEY_NUMBER },   { "retention_until", KEY_NUMBER }, { "overdue", KEY_TRUE },  { "escalated", KEY_TRUE },	{ "prominent", KEY_TRUE },
	{ "ok", KEY_TRUE },	      { "visible", KEY_TRUE },	      { "truncated", KEY_TRUE },   { "from", KEY_OBJECT },	{ "entry", KEY_OBJECT },
	{ "decision", KEY_OBJECT },   { "decided", KEY_OBJECT },      { "detail", KEY_OBJECT },	   { "legal_hold", KEY_OBJECT }, { "sender_reply", KEY_OBJECT },
	{ "refused", KEY_OBJECT },    { "configuration", KEY_OBJECT }, { "release", KEY_OBJECT },  { "authority", KEY_OBJECT },	{ "store", KEY_OBJECT },
	{ "open", KEY_OBJECTS },      { "hidden", KEY_OBJECTS },      { "entries", KEY_OBJECTS },  { "findings", KEY_OBJECTS },	{ "evidence", KEY_OBJECTS },
	{ "recipients", KEY_OBJECTS }, { "thread", KEY_OBJECTS },     { "history", KEY_OBJECTS },  { "offers", KEY_OBJECTS },	{ "reasons", KEY_OBJECTS },
	{ "attachments", KEY_OBJECTS }, { "unread", KEY_OBJECTS },    { "letters", KEY_OBJECTS },  { "zones", KEY_OBJECTS },	{ "results", KEY_OBJECTS },
	{ "lines", KEY_OBJECTS },     { "hash", KEY_STRING },
	{ "weeks", KEY_OBJECTS },     { "rules", KEY_OBJECTS },	      { "exceptions", KEY_OBJECTS }, { "deeds", KEY_OBJECTS },	{ "held", KEY_STRINGS },
	{ "marks", KEY_SPANS },
};

/* What is foreign, a piece at a time: as long as its first octet says, and the first again when it is used up. */
struct foreign {
	const unsigned char *data;
	size_t size, at;
	size_t objects; /* made so far */
};

static struct bytes foreign_next(struct foreign *foreign)
{
	if (foreign->size == 0)
		return BYTES("");
	if (foreign->at >= foreign->size)
		foreign->at = 0;
	size_t length = foreign->data[foreign->at] % 64, left = foreign->size - foreign->at - 1;
	struct bytes piece = { (const char *)foreign->data + foreign->at + 1, length < left ? length : left };
	foreign->at += 1 + piece.length;
	return piece;
}

/* jansson must not be asked whether it is UTF-8: the page must bear it either way. */
static json_t *foreign_string(struct foreign *foreign)
{
	struct bytes piece = foreign_next(foreign);
	return json_stringn_nocheck(piece.data, piece.length);
}

static json_t *foreign_number(struct foreign *foreign)
{
	struct bytes piece = foreign_next(foreign);
	json_int_t value = 0;
	memcpy(&value, piece.data, piece.length < sizeof value ? piece.length : sizeof value);
	return json_integer(value);
}

static json_t *answer_of(struct foreign *foreign, int depth);

static json_t *value_of(struct foreign *foreign, enum key_kind kind, int depth)
{
	switch (kind) {
	case KEY_STRING:
		return foreign_string(foreign);
	case KEY_NUMBER:
		return foreign_number(foreign);
	case KEY_TRUE:
		return json_boolean(foreign_next(foreign).length % 2);
	case KEY_OBJECT:
		return answer_of(foreign, depth + 1);
	case KEY_OBJECTS:
		return json_pack("[o]", answer_of(foreign, depth + 1));
	case KEY_STRINGS:
		return json_pack("[o,o]", foreign_string(foreign), foreign_string(foreign));
	case KEY_SPANS:
		return json_pack("[[o,o],[o,o]]", foreign_number(foreign), foreign_number(foreign), foreign_number(foreign), foreign_number(foreign));
	}
	return json_null();
}

/* Whether an object has a key is for the input to say, so that what is absent is met too; below a depth there are no more objects. */
static json_t *answer_of(struct foreign *foreign, int depth)
{
	json_t *answer = json_object();
	bool all = depth == 0;
	foreign->objects++;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		bool nests = keys[i].kind == KEY_OBJECT || keys[i].kind == KEY_OBJECTS;
		if (nests && (depth >= DEPTH_MOST || foreign->objects >= OBJECTS_MOST || (depth > 0 && foreign_next(foreign).length % 16 != 1)))
			continue;
		if (all || nests || foreign_next(foreign).length % 4 != 0)
			json_object_set_new(answer, keys[i].name, value_of(foreign, keys[i].kind, depth));
	}
	return answer;
}

static json_t *person_of_all(void)
{
	static const char *const calls[] = { "desk", "message", "content", "decide", "undo", "confirm", "mark", "bulk", "search", "own", "export", "statistics",
					     "report", "status", "legal-hold", "journal" };
	json_t *may = json_array();
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		json_array_append_new(may, json_string(calls[i]));
	return json_pack("{s:s,s:s,s:o}", "name", "Ruth Ames", "role", "reviewer", "may", may);
}

/* An id of the desk's is unique and printable; two equal ones on a page would be two equal ids, which no page of ours can mend. */
static void must_be_a_page(struct arena *arena, struct bytes html)
{
	const char *wrong = page_oracle(arena, html);
	if (wrong == NULL || strncmp(wrong, "twice the id", 12) == 0)
		return;
	fprintf(stderr, "%s\n%.*s\n", wrong, (int)html.length, html.data);
	must(false);
}

static void show_seed(struct arena *arena, const json_t *seed)
{
	const char *name = answer_string(seed, "page");
	for (size_t i = 0; i < SEED_PAGES; i++)
		if (strcmp(seed_pages[i].name, name) == 0)
			must_be_a_page(arena, seed_show(arena, seed_pages[i].show, seed));
}

static void show_foreign(struct arena *arena, const unsigned char *data, size_t size)
{
	struct foreign foreign = { data, size, 0, 0 };
	size_t page = size == 0 ? 0 : data[size - 1] % SEED_PAGES;
	json_t *seed = json_pack("{s:s,s:o,s:o}", "path", "/message/1/content", "answer", answer_of(&foreign, 0), "me", person_of_all());
	must_be_a_page(arena, seed_show(arena, seed_pages[page].show, seed));
	json_decref(seed);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	json_t *seed = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	if (seed != NULL)
		show_seed(arena, seed);
	else
		show_foreign(arena, data, size);
	json_decref(seed);
	arena_free(&arena);
	return 0;
}
