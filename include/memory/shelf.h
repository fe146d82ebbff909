/* shelf.h - where an implementation of memory keeps its entries. What is kept and what it means is written once (src/memory/recall.c,
 * remember.c); a shelf only puts, finds and removes. Everything on it is a mark (mark.h) but references, recipients and times. */
#ifndef COPYHOLD_MEMORY_SHELF_H
#define COPYHOLD_MEMORY_SHELF_H

#include "memory/mark.h"
#include "memory/memory.h"

/* A remembered message. */
struct shelf_entry {
	int64_t number;          /* of the shelf's own giving */
	const char *id;          /* of its first judgement */
	int64_t at, until;
	int64_t cleared_from;    /* declassified from then on; 0: not */
	unsigned kinds;
	int64_t key;             /* number of the key its marks are made with */
	struct mark same;        /* of principal, Message-ID and content: its other envelopes have it too */
	bool has_author, has_group;
	struct mark author, group;
	const struct mark *readers;
	size_t reader_count;
	size_t print_count;
	int64_t family;          /* number of the eldest message it goes back to; 0: it is that itself */
};

struct shelf_numbers {
	const int64_t *items;
	size_t count;
};

struct shelf_names {
	const char **items;
	size_t count;
};
void shelf_names_add(struct arena *arena, struct shelf_names *names, const char *id); /* unless it is among them */

struct shelf_copies {
	struct sibling *items;
	size_t count;
	struct told *told;
	size_t told_count;
};

/* What is put with an entry. */
struct shelf_marks {
	const struct mark *marks;
	size_t mark_count, file_count; /* so many of them are of files */
	const uint64_t *prints;  /* each once */
	size_t print_count;
	bool issued;             /* they are no secret: known as such until the entry's end, and lead to nothing */
};

struct shelf;
/* A print or mark that is on the shelf so often is not put there again. */
#define SHELF_ROWS_MOST ((size_t)32)

struct shelf_verbs {
	/* One transaction; `write`: it may change things. Each true is followed by one end, which takes all back unless `done`. */
	bool (*begin)(struct memory *memory, bool write, struct shelf **out, struct error *err);
	bool (*end)(struct shelf *shelf, bool done, struct error *err);

	/* Newest first. */
	bool (*keys)(struct shelf *shelf, struct arena *arena, const struct memory_key **out, size_t *count_out, struct error *err);
	bool (*key_put)(struct shelf *shelf, const struct memory_key *key, struct error *err);

	/* Appends what was seen of a message whose copies have this mark, between two times. */
	bool (*copies)(struct shelf *shelf, struct arena *arena, const struct mark *same, int64_t from, int64_t to, struct shelf_copies *out,
		       struct error *err);
	/* One of each recipient: delivered outdoes not delivered, an earlier one a later. */
	bool (*copy_put)(struct shelf *shelf, const struct mark *same, const struct sibling *copy, int64_t until, struct error *err);
	bool (*told_put)(struct shelf *shelf, const struct mark *same, const struct told *told, int64_t at, int64_t until, struct error *err);

	/* Those of one judgement were not delivered, and who was told at its time of that message was not. */
	bool (*copies_unsend)(struct shelf *shelf, const char *id, int64_t at, struct error *err);

	/* Numbers of entries that have it: at most SHELF_ROWS_MOST. */
	bool (*with_mark)(struct shelf *shelf, struct arena *arena, const struct mark *mark, struct shelf_numbers *out, struct error *err);
	bool (*with_print)(struct shelf *shelf, uint64_t print, int64_t *out, size_t *count_out, struct error *err); /* room for as many */
	bool (*print_is_issued)(struct shelf *shelf, uint64_t print, int64_t at, bool *answer_out, struct error *err);
	bool (*mark_is_issued)(struct shelf *shelf, const struct mark *mark, int64_t at, bool *answer_out, struct error *err);

	/* *found_out false: there is none. */
	bool (*entry)(struct shelf *shelf, struct arena *arena, int64_t number, bool *found_out, struct shelf_entry *out, struct error *err);
	bool (*number_of)(struct shelf *shelf, const char *id, bool *found_out, int64_t *out, struct error *err); /* exactly this id */
	bool (*number_same)(struct shelf *shelf, const struct mark *same, bool *found_out, int64_t *out, struct error *err);
	/* What it descends from. */
	bool (*parents)(struct shelf *shelf, struct arena *arena, int64_t number, struct shelf_numbers *out, struct error *err);

	bool (*entry_put)(struct shelf *shelf, const struct shelf_entry *entry, const struct shelf_marks *marks, int64_t *number_out,
			  struct error *err);
	/* Changes kinds, until and readers. */
	bool (*entry_widen)(struct shelf *shelf, const struct shelf_entry *entry, struct error *err);
	bool (*entry_clear)(struct shelf *shelf, int64_t number, int64_t from, struct error *err);
	bool (*name_put)(struct shelf *shelf, const char *id, int64_t number, struct error *err);
	bool (*parent_put)(struct shelf *shelf, int64_t number, int64_t parent, struct error *err);

	/* The one id on the shelf that begins like this, of entries and of copies; NULL in *out: there is none. ERROR_INPUT: there are several. */
	bool (*find_id)(struct shelf *shelf, struct arena *arena, const char *prefix, const char **out, struct error *err);
	/* Appends the ids of every entry that has this one, each once. */
	bool (*namesakes)(struct shelf *shelf, struct arena *arena, const char *id, struct shelf_names *out, struct error *err);
	/* All of one judgement: its copies, and its entry with everything on it. */
	bool (*remove)(struct shelf *shelf, const char *id, struct error *err);

	bool (*expire)(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err);
	bool (*figures)(struct memory *memory, struct memory_figures *out, struct error *err);
	void (*close)(struct memory *memory);
};

/* The beginning of every implementation. */
struct shelved {
	struct memory base;
	const struct shelf_verbs *verbs;
};
struct shelf { /* the beginning of every transaction */
	const struct shelf_verbs *verbs;
	const struct memory_terms *terms;
};

extern const struct memory_verbs shelved_verbs;

/* recall.c, remember.c and named.c, for shelved_verbs. */
bool shelved_recall(struct memory *memory, struct arena *arena, const struct directory *directory, const struct trace *trace,
		    const char *principal, int64_t at, struct recall *out, struct error *err) MUST_CHECK;
bool shelved_remember(struct memory *memory, const struct remembrance *remembrance, struct error *err) MUST_CHECK;
bool shelved_find(struct memory *memory, struct arena *arena, const char *named, const char *const **references_out, size_t *count_out,
		  struct error *err) MUST_CHECK;
bool shelved_forget(struct memory *memory, const char *id, bool *found_out, struct error *err) MUST_CHECK;
bool shelved_declassify(struct memory *memory, const char *id, int64_t from, bool *found_out, struct error *err) MUST_CHECK;

/* How a copy's recipient stands on a shelf who is listed nowhere, and back: *recipient becomes the person's first address. False for a person
 * the directory does not have (any more); any other recipient stays as it is. */
const char *shelf_unlisted(struct arena *arena, const struct memory_key *key, const struct person *person);
bool shelf_listed(const struct directory *directory, const struct memory_key *keys, size_t key_count, const char **recipient);

/* The mark that all envelopes of one message have. `principal` may be NULL. */
struct mark shelf_same(const struct memory_key *key, const struct trace *trace, const char *principal);
/* The prints of a trace, sorted, each once, and for each the index of its first occurrence. */
struct shelf_prints {
	uint64_t *prints;
	size_t *first_at;
	size_t count;
};
struct shelf_prints shelf_prints_of(struct arena *arena, const struct trace *trace);

#endif
