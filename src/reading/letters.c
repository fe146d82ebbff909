/* letters.c - see letters.h.
 *
 * Each letter is a list of lines at one depth of quotation and deeper. Walking it, deeper lines go to a quoted letter;
 * an introduction goes, with what follows it, to the letter it introduces: the quoted lines where they are marked as
 * such, all the rest where they are not (Outlook). Then each of these letters is walked the same way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/letters.h"

#define WRAPPED_LEAST 58 /* a quoted line this long may have been wrapped, its tail left without a mark */
#define TAIL_MOST 50
#define WORD_MOST 14     /* a tail that begins with a capital: a word at most */
#define LOOKS_PER_LINE ((size_t)20)
#define LOOKS_MOST ((size_t)100000)

struct lines {
	const struct text_line **items;
	size_t count;
};

struct finder {
	struct arena *arena;
	bool forward_subject;
	size_t most;
	struct found_letter **letters;
	size_t count;
	size_t looks; /* lines that may still be looked at for an introduction */
};

/* A letter found but not yet walked. */
struct pending {
	struct found_letter *letter;
	struct lines body;
	bool quoted;    /* by marks: later runs of quoted lines go on with it */
	unsigned floor; /* the depth of the letter it stands in */
};

static struct found_letter *add_letter(struct finder *finder, struct found_letter *parent, enum letter_kind kind)
{
	struct found_letter *letter = arena_alloc(finder->arena, sizeof *letter);
	letter->kind = kind;
	letter->parent = parent;
	return letter;
}

static void add_own(struct finder *finder, struct found_letter *letter, const struct text_line *line, enum zone zone,
		    unsigned stretch)
{
	*ARENA_PUSH(finder->arena, letter->lines, letter->line_count) = (struct letter_line){ line, zone, stretch };
}

static size_t next_full(const struct lines *body, size_t at)
{
	while (at < body->count && line_is_blank(body->items[at]))
		at++;
	return at;
}

/* The unmarked tail of a quoted line that some program wrapped. */
static bool is_wrapped_tail(const struct lines *body, size_t at, unsigned depth)
{
	if (at == 0 || at + 1 >= body->count)
		return false;
	const struct text_line *before = body->items[at - 1], *line = body->items[at], *after = body->items[at + 1];
	if (before->depth <= depth || after->depth <= depth || before->plain.length < WRAPPED_LEAST)
		return false;
	char last = before->plain.data[before->plain.length - 1], first = line->plain.data[0];
	size_t most = first >= 'a' && first <= 'z' ? TAIL_MOST : WORD_MOST;
	return last != '.' && last != '?' && last != '!' && last != ':' && line->plain.length <= most;
}

/* One past the last line of the run of quoted lines at `at`. */
static size_t run_end(const struct lines *body, size_t at, unsigned depth)
{
	size_t end = at;
	for (; at < body->count; at++) {
		const struct text_line *line = body->items[at];
		if (line_is_blank(line) && line->depth <= depth)
			continue;
		if (line->depth <= depth && !is_wrapped_tail(body, at, depth))
			break;
		end = at + 1;
	}
	return end;
}

/* The depth at which a letter's own lines stand. In one quoted by marks, lines without them are wrapped tails. */
static unsigned depth_of(const struct pending *pending)
{
	unsigned least = (unsigned)-1;
	for (size_t i = 0; i < pending->body.count; i++) {
		const struct text_line *line = pending->body.items[i];
		if (!line_is_blank(line) && line->depth < least && (!pending->quoted || line->depth > pending->floor))
			least = line->depth;
	}
	return least == (unsigned)-1 ? 0 : least;
}

/* A message that calls itself a forward passes on what stands in it, however its client introduces that. */
static enum letter_kind kind_of(const struct finder *finder, const struct found_letter *parent, const struct intro *intro)
{
	bool passed_on = intro->forwards || (finder->forward_subject && parent->kind == LETTER_OUTER);
	return passed_on ? LETTER_FORWARDED : LETTER_QUOTED;
}

static void take_lines(struct finder *finder, struct pending *pending, const struct lines *body, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		*ARENA_PUSH(finder->arena, pending->body.items, pending->body.count) = body->items[i];
}

static void introduce(struct finder *finder, struct pending *pending, const struct lines *body, size_t at, const struct intro *intro)
{
	pending->letter->intro = *intro;
	pending->letter->intro_known = true;
	for (size_t i = 0; i < intro->lines; i++)
		add_own(finder, pending->letter, body->items[at + i], ZONE_HEADER, 0);
}

struct walk {
	struct found_letter *self;
	struct lines body;
	unsigned depth, stretch;
	struct pending *children;
	size_t child_count;
};

static struct pending *add_child(struct finder *finder, struct walk *walk, enum letter_kind kind)
{
	struct pending *child = ARENA_PUSH(finder->arena, walk->children, walk->child_count);
	child->letter = add_letter(finder, walk->self, kind);
	child->floor = walk->depth;
	walk->stretch++;
	return child;
}

/* Whether the introduction stands inside the quotation it introduces (Apple, Gmail's wrapper) and not in that of the
 * letter before it: then what follows is quoted no deeper. */
static bool introduces_itself(const struct lines *body, size_t at, const struct intro *intro, size_t end)
{
	size_t next = next_full(body, at + intro->lines);
	return next >= end || intro->kind != INTRO_ATTRIBUTION || body->items[next]->depth <= body->items[at]->depth;
}

/* Lines quoted deeper than this letter. */
static size_t walk_run(struct finder *finder, struct walk *walk, size_t at)
{
	size_t end = run_end(&walk->body, at, walk->depth);
	struct intro intro;
	bool known = intro_read(finder->arena, walk->body.items, end, at, &intro) &&
		     (intro.kind != INTRO_ATTRIBUTION || intro.strong || at + intro.lines < end) &&
		     introduces_itself(&walk->body, at, &intro, end);
	struct pending *last = walk->child_count == 0 ? NULL : &walk->children[walk->child_count - 1];
	if (known || last == NULL || !last->quoted) {
		last = add_child(finder, walk, known ? kind_of(finder, walk->self, &intro) : LETTER_QUOTED);
		last->quoted = true;
	} else {
		walk->stretch++;
	}
	if (known) {
		introduce(finder, last, &walk->body, at, &intro);
		at += intro.lines;
	}
	take_lines(finder, last, &walk->body, at, end);
	return end;
}

/* An introduction at this letter's own depth. Returns where to go on, or `at` when it introduces nothing. */
static size_t walk_intro(struct finder *finder, struct walk *walk, size_t at)
{
	struct intro intro;
	if (!intro_read(finder->arena, walk->body.items, walk->body.count, at, &intro))
		return at;
	size_t next = next_full(&walk->body, at + intro.lines), end = walk->body.count;
	bool marked = next < walk->body.count && walk->body.items[next]->depth > walk->depth;
	if (!marked && intro.kind == INTRO_ATTRIBUTION && !intro.strong)
		return at;
	/* Header lines alone above "> " lines: the letter itself quoted something, and goes on behind it. */
	bool quoted = marked && intro.kind != INTRO_HEADERS;
	if (quoted)
		end = run_end(&walk->body, next, walk->depth);
	struct pending *child = add_child(finder, walk, kind_of(finder, walk->self, &intro));
	child->quoted = quoted;
	introduce(finder, child, &walk->body, at, &intro);
	take_lines(finder, child, &walk->body, at + intro.lines, end);
	return end;
}

/* History nested in history has its lines looked at once for each letter round them, so that work has a bound. */
static bool may_look(struct finder *finder, unsigned level)
{
	if (level >= LETTERS_MAX_LEVEL || finder->count >= finder->most || finder->looks == 0)
		return false;
	finder->looks--;
	return true;
}

static void walk_letter(struct finder *finder, struct pending *pending, unsigned level)
{
	struct walk walk = { .self = pending->letter, .body = pending->body };
	walk.depth = level == 0 ? 0 : depth_of(pending);
	*ARENA_PUSH(finder->arena, finder->letters, finder->count) = pending->letter;
	for (size_t at = 0; at < walk.body.count;) {
		const struct text_line *line = walk.body.items[at];
		size_t next = at;
		if (!line_is_blank(line) && may_look(finder, level))
			next = line->depth > walk.depth ? walk_run(finder, &walk, at) : walk_intro(finder, &walk, at);
		if (next > at) {
			at = next;
			continue;
		}
		add_own(finder, walk.self, line, ZONE_AUTHOR, walk.stretch);
		at++;
	}
	struct found_letter **children = arena_array(finder->arena, walk.child_count, sizeof *children);
	for (size_t i = 0; i < walk.child_count; i++)
		children[i] = walk.children[i].letter;
	walk.self->children = children;
	walk.self->child_count = walk.child_count;
	for (size_t i = 0; i < walk.child_count; i++)
		walk_letter(finder, &walk.children[i], level + 1);
}

struct found_letter **letters_find(struct arena *arena, const struct text_lines *lines, bool forward_subject, size_t most,
				   size_t *count_out)
{
	struct finder finder = { .arena = arena, .forward_subject = forward_subject, .most = most };
	finder.looks = lines->count > LOOKS_MOST / LOOKS_PER_LINE ? LOOKS_MOST : lines->count * LOOKS_PER_LINE;
	struct pending outer = { .letter = add_letter(&finder, NULL, LETTER_OUTER) };
	outer.body.items = arena_array(arena, lines->count, sizeof *outer.body.items);
	outer.body.count = lines->count;
	for (size_t i = 0; i < lines->count; i++)
		outer.body.items[i] = &lines->items[i];
	walk_letter(&finder, &outer, 0);
	*count_out = finder.count;
	return finder.letters;
}
