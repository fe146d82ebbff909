/* wire_columns.c - what a reading has many of: mailboxes, lines and sentences, one column for each member.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unicode.h"
#include "wire.h"

#define MAILBOXES_MOST 200000
#define LINES_MOST 400000 /* of one reading */
#define SENTENCES_MOST 50000
#define HAS_NAME 1
#define HAS_GROUP 2

static uint64_t *column(struct packer *packer, size_t count)
{
	return arena_array(packer->arena, count, sizeof(uint64_t));
}

static char *text_or_empty(struct packer *packer, const char *string)
{
	return string == NULL ? arena_string(packer->arena, "") : pack_string(packer, string);
}

static ProtobufCBinaryData octets(struct packer *packer, size_t count)
{
	return (ProtobufCBinaryData){ count, arena_alloc(packer->arena, count + 1) };
}

Wire__Mailboxes *pack_mailboxes(struct packer *packer, const struct mailbox_list *list)
{
	Wire__Mailboxes *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__mailboxes__init(wire);
	wire->n_names = wire->n_addresses = wire->n_groups = list->count;
	wire->names = arena_array(packer->arena, list->count, sizeof *wire->names);
	wire->addresses = arena_array(packer->arena, list->count, sizeof *wire->addresses);
	wire->groups = arena_array(packer->arena, list->count, sizeof *wire->groups);
	wire->has_given = true;
	wire->given = octets(packer, list->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct mailbox *mailbox = &list->items[i];
		wire->names[i] = text_or_empty(packer, mailbox->name);
		wire->addresses[i] = text_or_empty(packer, mailbox->address);
		wire->groups[i] = text_or_empty(packer, mailbox->group);
		wire->given.data[i] = (uint8_t)((mailbox->name != NULL ? HAS_NAME : 0) | (mailbox->group != NULL ? HAS_GROUP : 0));
	}
	wire->lenient = list->lenient;
	return wire;
}

bool unpack_mailboxes(struct unpacker *unpacker, const Wire__Mailboxes *wire, struct mailbox_list *out)
{
	size_t count = wire->n_addresses;
	if (count > MAILBOXES_MOST || wire->n_names != count || wire->n_groups != count || wire->given.len != count)
		return unpack_refuse(unpacker, "a list of mailboxes whose columns differ in length");
	struct mailbox *items = arena_array(unpacker->arena, count, sizeof *items);
	for (size_t i = 0; i < count; i++) {
		uint8_t given = wire->given.data[i];
		if ((given & ~(HAS_NAME | HAS_GROUP)) != 0)
			return unpack_refuse(unpacker, "a mailbox with members nobody knows");
		items[i] = (struct mailbox){
			.name = given & HAS_NAME ? wire->names[i] : NULL,
			.address = wire->addresses[i],
			.group = given & HAS_GROUP ? wire->groups[i] : NULL,
		};
	}
	*out = (struct mailbox_list){ items, count, wire->lenient };
	return true;
}

/* Cuts pieces off a column of text, one after the other. */
struct tape {
	struct bytes left;
};

static bool begins_inside_character(struct bytes text)
{
	return text.length > 0 && ((unsigned char)text.data[0] & 0xc0) == 0x80;
}

static bool tape_cut(struct tape *tape, uint64_t length, struct bytes *out)
{
	if (length > tape->left.length)
		return false;
	*out = (struct bytes){ tape->left.data, (size_t)length };
	tape->left = bytes_slice(tape->left, (size_t)length, tape->left.length);
	return !begins_inside_character(tape->left);
}

static bool tape_begin(struct tape *tape, ProtobufCBinaryData data)
{
	tape->left = (struct bytes){ (const char *)data.data, data.len };
	return unicode_is_utf8(tape->left);
}

static struct bytes well_formed(struct packer *packer, struct bytes text)
{
	return unicode_is_utf8(text) ? text : unicode_repair(packer->arena, text);
}

Wire__Lines *pack_lines(struct packer *packer, const struct line *lines, size_t count)
{
	Wire__Lines *wire = arena_alloc(packer->arena, sizeof *wire);
	struct text text = TEXT_INIT, plain = TEXT_INIT;
	wire__lines__init(wire);
	wire->n_text_lengths = wire->n_plain_lengths = wire->n_offsets = wire->n_ends = count;
	wire->text_lengths = column(packer, count);
	wire->plain_lengths = column(packer, count);
	wire->offsets = column(packer, count);
	wire->ends = column(packer, count);
	wire->zones = octets(packer, count);
	for (size_t i = 0; i < count; i++) {
		const struct line *line = &lines[i];
		struct bytes shown = well_formed(packer, line->text);
		text_add_bytes(&text, shown);
		wire->text_lengths[i] = shown.length;
		if (!bytes_equal(shown, line->plain)) {
			text_add_bytes(&plain, line->plain);
			wire->plain_lengths[i] = line->plain.length + 1;
		}
		wire->offsets[i] = line->offset;
		wire->ends[i] = line->end;
		wire->zones.data[i] = (uint8_t)line->zone;
	}
	wire->text = pack_text(packer, &text);
	wire->plain = pack_text(packer, &plain);
	return wire;
}

/* Without a default, so that the compiler asks for a zone that is added. */
static bool unpack_zone(struct unpacker *unpacker, unsigned number, enum zone *out)
{
	*out = (enum zone)number;
	switch (*out) {
	case ZONE_AUTHOR:
	case ZONE_SIGNATURE:
	case ZONE_DISCLAIMER:
	case ZONE_HEADER:
		return true;
	}
	return unpack_refuse(unpacker, "text in no zone");
}

static bool unpack_line(struct unpacker *unpacker, const Wire__Lines *wire, size_t i, struct tape tapes[2], struct line *out)
{
	if (!tape_cut(&tapes[0], wire->text_lengths[i], &out->text))
		return unpack_refuse(unpacker, "a line that goes beyond its text");
	out->plain = out->text;
	if (wire->plain_lengths[i] > 0 && !tape_cut(&tapes[1], wire->plain_lengths[i] - 1, &out->plain))
		return unpack_refuse(unpacker, "a line that goes beyond its plain text");
	if (wire->offsets[i] > wire->ends[i] || wire->ends[i] > SIZE_MAX / 2)
		return unpack_refuse(unpacker, "a line that ends before it begins");
	out->offset = (size_t)wire->offsets[i];
	out->end = (size_t)wire->ends[i];
	return unpack_zone(unpacker, wire->zones.data[i], &out->zone);
}

bool unpack_lines(struct unpacker *unpacker, const Wire__Lines *wire, struct passage *out)
{
	size_t count = wire->n_text_lengths;
	struct tape tapes[2];
	if (wire->n_plain_lengths != count || wire->n_offsets != count || wire->n_ends != count || wire->zones.len != count)
		return unpack_refuse(unpacker, "lines whose columns differ in length");
	unpacker->lines += count;
	if (unpacker->lines > LINES_MOST)
		return unpack_refuse(unpacker, "too many lines");
	if (!tape_begin(&tapes[0], wire->text) || !tape_begin(&tapes[1], wire->plain))
		return unpack_refuse(unpacker, "a text that is not UTF-8");
	struct line *lines = arena_array(unpacker->arena, count, sizeof *lines);
	for (size_t i = 0; i < count; i++)
		if (!unpack_line(unpacker, wire, i, tapes, &lines[i]))
			return false;
	out->lines = lines;
	out->line_count = count;
	return true;
}

static size_t number_of_letter(const struct reading *reading, const struct letter *letter)
{
	size_t number = 0;
	while (reading->letters[number] != letter)
		number++;
	return number;
}

Wire__Sentences *pack_sentences(struct packer *packer, const struct reading *reading)
{
	Wire__Sentences *wire = arena_alloc(packer->arena, sizeof *wire);
	size_t count = reading->sentence_count;
	struct text plain = TEXT_INIT;
	wire__sentences__init(wire);
	wire->n_letters = wire->n_where = wire->n_lengths = count;
	wire->letters = column(packer, count);
	wire->lengths = column(packer, count);
	wire->where = arena_array(packer->arena, count, sizeof *wire->where);
	wire->zones = octets(packer, count);
	wire->questions = octets(packer, count);
	for (size_t i = 0; i < count; i++) {
		const struct sentence *sentence = &reading->sentences[i];
		struct bytes said = well_formed(packer, sentence->plain);
		wire->letters[i] = number_of_letter(reading, sentence->letter);
		wire->where[i] = pack_string(packer, sentence->where);
		text_add_bytes(&plain, said);
		wire->lengths[i] = said.length;
		wire->zones.data[i] = (uint8_t)sentence->zone;
		wire->questions.data[i] = sentence->question;
	}
	wire->plain = pack_text(packer, &plain);
	return wire;
}

bool unpack_sentences(struct unpacker *unpacker, const Wire__Sentences *wire, struct reading *out)
{
	size_t count = wire->n_letters;
	struct tape tape;
	if (count > SENTENCES_MOST || wire->n_where != count || wire->n_lengths != count || wire->zones.len != count ||
	    wire->questions.len != count)
		return unpack_refuse(unpacker, "sentences whose columns differ in length, or too many");
	if (!tape_begin(&tape, wire->plain))
		return unpack_refuse(unpacker, "sentences that are not UTF-8");
	struct sentence *sentences = arena_array(unpacker->arena, count, sizeof *sentences);
	for (size_t i = 0; i < count; i++) {
		struct sentence *sentence = &sentences[i];
		if (wire->letters[i] >= unpacker->letter_count)
			return unpack_refuse(unpacker, "a sentence of a letter that is not there");
		if (!tape_cut(&tape, wire->lengths[i], &sentence->plain))
			return unpack_refuse(unpacker, "a sentence that goes beyond its text");
		if (!unpack_zone(unpacker, wire->zones.data[i], &sentence->zone))
			return false;
		sentence->letter = &unpacker->letters[wire->letters[i]];
		sentence->where = wire->where[i];
		sentence->question = wire->questions.data[i] != 0;
	}
	out->sentences = sentences;
	out->sentence_count = count;
	return true;
}
