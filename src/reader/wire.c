/* wire.c - see wire.h. An answer is unpacked by protobuf-c into the message's arena, within a budget, and what came out is judged
 * piece by piece.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <string.h>

#include "base/unicode.h"

#define LETTERS_MOST 5000
#define FEET_MOST 2000
#define UNREADABLE_MOST 5000
#define DEFECTS_MOST 100000
#define NESTING_MOST 8 /* of protobuf messages: ours go to 5 */

static void map_message(struct arena *arena, struct part_map *map, const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++) {
		*ARENA_PUSH(arena, map->parts, map->count) = message->parts[i];
		if (message->parts[i]->enclosed != NULL)
			map_message(arena, map, message->parts[i]->enclosed);
	}
}

bool unpack_refuse(struct unpacker *unpacker, const char *what)
{
	if (unpacker->wrong == NULL)
		unpacker->wrong = what;
	return false;
}

bool unpack_part(struct unpacker *unpacker, uint64_t number, const struct part **out)
{
	if (number >= unpacker->map.count)
		return unpack_refuse(unpacker, "a part that is not there");
	*out = unpacker->map.parts[number];
	return true;
}

bool pack_part(struct packer *packer, const struct part *part, uint64_t *out)
{
	struct part_map *map = &packer->map;
	for (size_t n = 0; n < map->count; n++) {
		size_t at = (map->last + n) % map->count;
		if (map->parts[at] != part)
			continue;
		map->last = at;
		*out = at;
		return true;
	}
	return false;
}

char *pack_string(struct packer *packer, const char *string)
{
	struct bytes whole = bytes_of(string);
	if (string == NULL || unicode_is_utf8(whole))
		return (char *)string; /* protobuf-c does not say const, and only reads */
	return arena_string_of(packer->arena, unicode_repair(packer->arena, whole));
}

ProtobufCBinaryData pack_text(struct packer *packer, struct text *text)
{
	struct bytes whole = text_to_arena(text, packer->arena);
	return (ProtobufCBinaryData){ whole.length, (uint8_t *)(uintptr_t)whole.data };
}

static Wire__Foot *pack_foot(struct packer *packer, const struct foot *foot)
{
	Wire__Foot *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__foot__init(wire);
	pack_part(packer, foot->part, &wire->part);
	wire->html = foot->html;
	wire->at = foot->at;
	wire->at_end = foot->at_end;
	wire->line_open = foot->line_open;
	return wire;
}

/* Whether `at` lies within the decoded text is asked by whoever decodes it (action/footer.c). */
static bool unpack_foot(struct unpacker *unpacker, const Wire__Foot *wire, struct foot *out)
{
	if (!unpack_part(unpacker, wire->part, &out->part))
		return false;
	if (out->part->message->encloser != NULL || !part_is_shown_text(out->part) || part_is_html(out->part) != !!wire->html)
		return unpack_refuse(unpacker, "a foot on a part that is not shown as the message");
	if (wire->at > SIZE_MAX / 2)
		return unpack_refuse(unpacker, "a foot beyond every text");
	out->html = wire->html;
	out->at = (size_t)wire->at;
	out->at_end = wire->at_end;
	out->line_open = wire->line_open;
	return true;
}

static Wire__Unreadable *pack_unreadable(struct packer *packer, const struct unreadable *unreadable)
{
	Wire__Unreadable *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__unreadable__init(wire);
	wire->part = pack_string(packer, unreadable->part);
	wire->why = pack_string(packer, unreadable->why);
	return wire;
}

static bool unpack_unreadable(const Wire__Unreadable *wire, struct unreadable *out)
{
	out->part = wire->part;
	out->why = wire->why;
	return true;
}

static Wire__Reading *pack_reading(struct packer *packer, const struct reading *reading)
{
	Wire__Reading *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__reading__init(wire);
	wire->n_letters = reading->letter_count;
	wire->letters = arena_array(packer->arena, reading->letter_count, sizeof *wire->letters);
	for (size_t i = 0; i < reading->letter_count; i++)
		wire->letters[i] = pack_letter(packer, reading->letters[i]);
	wire->sentences = pack_sentences(packer, reading);
	wire->n_feet = reading->foot_count;
	wire->feet = arena_array(packer->arena, reading->foot_count, sizeof *wire->feet);
	for (size_t i = 0; i < reading->foot_count; i++)
		wire->feet[i] = pack_foot(packer, &reading->feet[i]);
	wire->n_unreadable = reading->unreadable_count;
	wire->unreadable = arena_array(packer->arena, reading->unreadable_count, sizeof *wire->unreadable);
	for (size_t i = 0; i < reading->unreadable_count; i++)
		wire->unreadable[i] = pack_unreadable(packer, &reading->unreadable[i]);
	wire->other_text_marked = reading->other_text_marked;
	wire->message_id = pack_string(packer, reading->message_id);
	wire->sender = pack_mailboxes(packer, &reading->sender);
	wire->bcc = pack_mailboxes(packer, &reading->bcc);
	wire->resent_from = pack_mailboxes(packer, &reading->resent_from);
	wire->auto_submitted = reading->auto_submitted;
	wire->of_calendar = reading->of_calendar;
	wire->auto_forwarded = reading->auto_forwarded;
	return wire;
}

static bool unpack_letters(struct unpacker *unpacker, const Wire__Reading *wire, struct reading *out)
{
	if (wire->n_letters == 0 || wire->n_letters > LETTERS_MOST)
		return unpack_refuse(unpacker, "no letter, or too many");
	const struct letter **letters = arena_array(unpacker->arena, wire->n_letters, sizeof *letters);
	unpacker->letters = arena_array(unpacker->arena, wire->n_letters, sizeof *unpacker->letters);
	for (; unpacker->letter_count < wire->n_letters; unpacker->letter_count++) {
		size_t i = unpacker->letter_count;
		if (!unpack_letter(unpacker, wire->letters[i], &unpacker->letters[i]))
			return false;
		letters[i] = &unpacker->letters[i];
	}
	out->outer = letters[0];
	out->letters = letters;
	out->letter_count = wire->n_letters;
	return true;
}

static bool unpack_reading(struct unpacker *unpacker, const Wire__Reading *wire, struct reading *out)
{
	if (!unpack_letters(unpacker, wire, out) || !unpack_sentences(unpacker, wire->sentences, out) ||
	    !unpack_mailboxes(unpacker, wire->sender, &out->sender) || !unpack_mailboxes(unpacker, wire->bcc, &out->bcc) ||
	    !unpack_mailboxes(unpacker, wire->resent_from, &out->resent_from))
		return false;
	if (wire->n_feet > FEET_MOST || wire->n_unreadable > UNREADABLE_MOST)
		return unpack_refuse(unpacker, "too many feet or unreadable parts");
	struct foot *feet = arena_array(unpacker->arena, wire->n_feet, sizeof *feet);
	for (size_t i = 0; i < wire->n_feet; i++)
		if (!unpack_foot(unpacker, wire->feet[i], &feet[i]))
			return false;
	struct unreadable *unreadable = arena_array(unpacker->arena, wire->n_unreadable, sizeof *unreadable);
	for (size_t i = 0; i < wire->n_unreadable; i++)
		if (!unpack_unreadable(wire->unreadable[i], &unreadable[i]))
			return false;
	out->feet = feet;
	out->foot_count = wire->n_feet;
	out->unreadable = unreadable;
	out->unreadable_count = wire->n_unreadable;
	out->other_text_marked = wire->other_text_marked;
	out->message_id = wire->message_id;
	out->auto_submitted = wire->auto_submitted;
	out->of_calendar = wire->of_calendar;
	out->auto_forwarded = wire->auto_forwarded;
	return true;
}

/* Defects name their part by its number as IMAP counts. */
static const struct part *part_numbered(struct part_map *map, const char *number)
{
	for (size_t n = 0; n < map->count; n++) {
		const struct part *part = map->parts[(map->last + n) % map->count];
		if (strcmp(part->number, number) == 0) {
			map->last = (map->last + n) % map->count;
			return part;
		}
	}
	return map->parts[0];
}

static Wire__Defect *pack_defect(struct packer *packer, const struct defect *defect)
{
	Wire__Defect *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__defect__init(wire);
	wire->kind = defect->kind;
	pack_part(packer, part_numbered(&packer->map, defect->part), &wire->part);
	return wire;
}

static bool unpack_defect(struct unpacker *unpacker, const Wire__Defect *wire)
{
	const struct part *part;
	if (!defect_is_known(wire->kind))
		return unpack_refuse(unpacker, "a defect of no kind");
	return unpack_part(unpacker, wire->part, &part);
}

struct bytes answer_pack(struct arena *arena, const struct message *message, size_t defects_before, const struct reading *reading)
{
	struct packer packer = { .arena = arena, .reading = reading };
	Wire__Answer wire = WIRE__ANSWER__INIT;
	map_message(arena, &packer.map, message);
	wire.parts = packer.map.count;
	wire.n_defects = message->defect_count - defects_before;
	wire.defects = arena_array(arena, wire.n_defects, sizeof *wire.defects);
	for (size_t i = 0; i < wire.n_defects; i++)
		wire.defects[i] = pack_defect(&packer, &message->defects[defects_before + i]);
	wire.reading = pack_reading(&packer, reading);
	size_t size = wire__answer__get_packed_size(&wire);
	uint8_t *packed = arena_alloc(arena, size + 1);
	return (struct bytes){ (const char *)packed, wire__answer__pack(&wire, packed) };
}

/* Every string below the message is UTF-8, whatever members it will have. */
static bool strings_hold(const ProtobufCMessage *message, unsigned depth)
{
	const ProtobufCMessageDescriptor *descriptor = message->descriptor;
	for (unsigned i = 0; i < descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
		const char *base = (const char *)message;
		bool many = field->label == PROTOBUF_C_LABEL_REPEATED;
		if (field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		size_t count = many ? *(const size_t *)(const void *)(base + field->quantifier_offset) : 1;
		const void *const *items = many ? *(const void *const *const *)(const void *)(base + field->offset)
						: (const void *const *)(const void *)(base + field->offset);
		for (size_t n = 0; n < count; n++) {
			if (items[n] == NULL)
				continue;
			if (field->type == PROTOBUF_C_TYPE_STRING ? !unicode_is_utf8(bytes_of(items[n]))
								  : depth >= NESTING_MOST || !strings_hold(items[n], depth + 1))
				return false;
		}
	}
	return true;
}

static bool unpack_answer(struct unpacker *unpacker, const Wire__Answer *wire, struct reading *out)
{
	if (wire->parts != unpacker->map.count)
		return unpack_refuse(unpacker, "another number of parts");
	if (!strings_hold(&wire->base, 0))
		return unpack_refuse(unpacker, "a string that is not UTF-8");
	if (wire->n_defects > DEFECTS_MOST)
		return unpack_refuse(unpacker, "too many defects");
	for (size_t i = 0; i < wire->n_defects; i++)
		if (!unpack_defect(unpacker, wire->defects[i]))
			return false;
	return unpack_reading(unpacker, wire->reading, out);
}

bool answer_unpack(struct arena *arena, struct message *message, struct bytes answer, struct reading **out, struct error *err)
{
	if (answer.length > ANSWER_MOST)
		return error_set(err, ERROR_INPUT, "the answer is longer than %zu octets", ANSWER_MOST);
	struct budget budget = budget_for(arena, answer);
	ProtobufCAllocator allocator = { budget_alloc, budget_free, &budget };
	const Wire__Answer *wire = wire__answer__unpack(&allocator, answer.length, (const uint8_t *)answer.data);
	if (wire == NULL)
		return error_set(err, ERROR_INPUT, "the answer is not of the agreed form");
	struct unpacker unpacker = { .arena = arena };
	struct reading *reading = arena_alloc(arena, sizeof *reading);
	map_message(arena, &unpacker.map, message);
	if (!unpack_answer(&unpacker, wire, reading))
		return error_set(err, ERROR_INPUT, "the answer holds %s", unpacker.wrong);
	for (size_t i = 0; i < wire->n_defects; i++)
		message_note(arena, unpacker.map.parts[wire->defects[i]->part], (enum defect_kind)wire->defects[i]->kind);
	*out = reading;
	return true;
}
