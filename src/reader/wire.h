/* wire.h - packing and unpacking, one pair of functions for each struct of reading.h, side by side: a member added there is
 * added to both and to reading.proto, and tests/unit/test_wire.c fails until it is.
 *
 * Packing trusts its input. Unpacking checks everything; the first thing that does not hold is kept. */
#ifndef COPYHOLD_READER_WIRE_PRIVATE_H
#define COPYHOLD_READER_WIRE_PRIVATE_H

#include <reading.pb-c.h>

#include "base/text.h"
#include "reader/wire.h"

/* Every part of a message and of those enclosed in it, in the order of the scan. */
struct part_map {
	const struct part **parts;
	size_t count;
	size_t last; /* where the last one was found: they are asked for in order */
};

struct packer {
	struct arena *arena;
	struct part_map map;
	const struct reading *reading;
};

struct unpacker {
	struct arena *arena;
	struct part_map map;
	struct letter *letters; /* those unpacked so far */
	size_t letter_count;
	size_t lines;           /* over all letters */
	const char *wrong;      /* NULL: all holds so far */
};

/* What protobuf-c may take of the arena for one answer. */
struct budget {
	struct arena *arena;
	size_t left;
};
struct budget budget_for(struct arena *arena, struct bytes answer);
void *budget_alloc(void *budget, size_t size); /* NULL when it is spent, and unpacking fails */
void budget_free(void *budget, void *memory);

/* Notes what does not hold; always false. */
bool unpack_refuse(struct unpacker *unpacker, const char *what);
bool unpack_part(struct unpacker *unpacker, uint64_t number, const struct part **out);
/* False for a part of no message of the map: of a letter found in an attached file. */
bool pack_part(struct packer *packer, const struct part *part, uint64_t *out);

/* NULL stays NULL; what is not UTF-8 is repaired, for the other side refuses it. */
char *pack_string(struct packer *packer, const char *string);
ProtobufCBinaryData pack_text(struct packer *packer, struct text *text);

Wire__Mailboxes *pack_mailboxes(struct packer *packer, const struct mailbox_list *list);
bool unpack_mailboxes(struct unpacker *unpacker, const Wire__Mailboxes *wire, struct mailbox_list *out);
Wire__Lines *pack_lines(struct packer *packer, const struct line *lines, size_t count);
bool unpack_lines(struct unpacker *unpacker, const Wire__Lines *wire, struct passage *out);
Wire__Sentences *pack_sentences(struct packer *packer, const struct reading *reading);
bool unpack_sentences(struct unpacker *unpacker, const Wire__Sentences *wire, struct reading *out);
Wire__Letter *pack_letter(struct packer *packer, const struct letter *letter);
bool unpack_letter(struct unpacker *unpacker, const Wire__Letter *wire, struct letter *out);

#endif
