/* wire_letter.c - one letter and what hangs on it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#define PASSAGES_MOST 20000 /* of one letter, as below */
#define MARKINGS_MOST_SENT 5000
#define SIGNATURES_MOST 200

static Wire__Passage *pack_passage(struct packer *packer, const struct passage *passage)
{
	Wire__Passage *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__passage__init(wire);
	wire->has_part = passage->part != NULL && pack_part(packer, passage->part, &wire->part);
	wire->html = passage->html;
	wire->attachment = passage->attachment;
	wire->lines = pack_lines(packer, passage->lines, passage->line_count);
	return wire;
}

static bool unpack_passage(struct unpacker *unpacker, const Wire__Passage *wire, struct passage *out)
{
	out->html = wire->html;
	out->attachment = wire->attachment;
	if (wire->has_part && !unpack_part(unpacker, wire->part, &out->part))
		return false;
	return unpack_lines(unpacker, wire->lines, out);
}

static Wire__Marking *pack_marking(struct packer *packer, const struct marking *marking)
{
	Wire__Marking *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__marking__init(wire);
	wire->place = marking->place;
	wire->strength = marking->strength;
	wire->inherited = marking->inherited;
	wire->behind_forward = marking->behind_forward;
	wire->where = pack_string(packer, marking->where);
	wire->words = pack_string(packer, marking->words);
	return wire;
}

/* These have no default, so that the compiler asks for what is added to reading.h. */

static bool is_place(unsigned number)
{
	switch ((enum marking_place)number) {
	case MARKING_IN_SUBJECT:
	case MARKING_IN_HEADER:
	case MARKING_IN_TEXT:
	case MARKING_IN_FILE_NAME:
	case MARKING_IN_OTHER_TEXT:
	case MARKING_IN_DOCUMENT:
		return true;
	}
	return false;
}

static bool is_strength(unsigned number)
{
	switch ((enum marking_strength)number) {
	case MARKING_WEAK:
	case MARKING_EXPLICIT:
		return true;
	}
	return false;
}

static bool is_kind(unsigned number)
{
	switch ((enum letter_kind)number) {
	case LETTER_OUTER:
	case LETTER_QUOTED:
	case LETTER_FORWARDED:
	case LETTER_ENCLOSED:
	case LETTER_ATTACHED:
		return true;
	}
	return false;
}

static bool unpack_marking(struct unpacker *unpacker, const Wire__Marking *wire, struct marking *out)
{
	if (!is_place(wire->place) || !is_strength(wire->strength))
		return unpack_refuse(unpacker, "a marking in no place");
	if (wire->where == NULL || wire->words == NULL)
		return unpack_refuse(unpacker, "a marking without its words");
	*out = (struct marking){
		.place = (enum marking_place)wire->place,
		.strength = (enum marking_strength)wire->strength,
		.inherited = wire->inherited,
		.behind_forward = wire->behind_forward,
		.where = wire->where,
		.words = wire->words,
	};
	return true;
}

static Wire__Signature *pack_signature(struct packer *packer, const struct signature *signature)
{
	Wire__Signature *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__signature__init(wire);
	wire->name = pack_string(packer, signature->name);
	wire->as_councillor = signature->as_councillor;
	wire->as_officer = signature->as_officer;
	wire->for_council = signature->for_council;
	wire->for_other_body = signature->for_other_body;
	wire->personal = signature->personal;
	wire->office = pack_string(packer, signature->office);
	wire->text = pack_string(packer, signature->text);
	return wire;
}

static bool unpack_signature(struct unpacker *unpacker, const Wire__Signature *wire, struct signature *out)
{
	if (wire->text == NULL)
		return unpack_refuse(unpacker, "a signature without text");
	*out = (struct signature){
		.name = wire->name,
		.as_councillor = wire->as_councillor,
		.as_officer = wire->as_officer,
		.for_council = wire->for_council,
		.for_other_body = wire->for_other_body,
		.personal = wire->personal,
		.office = wire->office,
		.text = wire->text,
	};
	return true;
}

static void pack_lists(struct packer *packer, const struct letter *letter, Wire__Letter *wire)
{
	wire->n_passages = letter->passage_count;
	wire->passages = arena_array(packer->arena, letter->passage_count, sizeof *wire->passages);
	for (size_t i = 0; i < letter->passage_count; i++)
		wire->passages[i] = pack_passage(packer, &letter->passages[i]);
	wire->n_markings = letter->marking_count;
	wire->markings = arena_array(packer->arena, letter->marking_count, sizeof *wire->markings);
	for (size_t i = 0; i < letter->marking_count; i++)
		wire->markings[i] = pack_marking(packer, &letter->markings[i]);
	wire->n_signatures = letter->signature_count;
	wire->signatures = arena_array(packer->arena, letter->signature_count, sizeof *wire->signatures);
	for (size_t i = 0; i < letter->signature_count; i++)
		wire->signatures[i] = pack_signature(packer, &letter->signatures[i]);
}

static bool unpack_lists(struct unpacker *unpacker, const Wire__Letter *wire, struct letter *out)
{
	if (wire->n_passages > PASSAGES_MOST || wire->n_markings > MARKINGS_MOST_SENT || wire->n_signatures > SIGNATURES_MOST)
		return unpack_refuse(unpacker, "a letter with too much in it");
	struct passage *passages = arena_array(unpacker->arena, wire->n_passages, sizeof *passages);
	struct marking *markings = arena_array(unpacker->arena, wire->n_markings, sizeof *markings);
	struct signature *signatures = arena_array(unpacker->arena, wire->n_signatures, sizeof *signatures);
	for (size_t i = 0; i < wire->n_passages; i++) {
		if (!unpack_passage(unpacker, wire->passages[i], &passages[i]))
			return false;
		if (passages[i].part == NULL && out->kind == LETTER_OUTER && !passages[i].attachment)
			return unpack_refuse(unpacker, "text of the message in no part of it");
	}
	for (size_t i = 0; i < wire->n_markings; i++)
		if (!unpack_marking(unpacker, wire->markings[i], &markings[i]))
			return false;
	for (size_t i = 0; i < wire->n_signatures; i++)
		if (!unpack_signature(unpacker, wire->signatures[i], &signatures[i]))
			return false;
	out->passages = passages;
	out->passage_count = wire->n_passages;
	out->markings = markings;
	out->marking_count = wire->n_markings;
	out->signatures = signatures;
	out->signature_count = wire->n_signatures;
	return true;
}

/* Letters come in reading order, so a parent has been numbered before. */
static size_t number_of_parent(const struct packer *packer, const struct letter *letter)
{
	size_t number = 0;
	while (packer->reading->letters[number] != letter->parent)
		number++;
	return number;
}

Wire__Letter *pack_letter(struct packer *packer, const struct letter *letter)
{
	Wire__Letter *wire = arena_alloc(packer->arena, sizeof *wire);
	wire__letter__init(wire);
	wire->kind = letter->kind;
	wire->has_parent = letter->parent != NULL;
	if (wire->has_parent)
		wire->parent = number_of_parent(packer, letter);
	wire->from = pack_mailboxes(packer, &letter->from);
	wire->to = pack_mailboxes(packer, &letter->to);
	wire->cc = pack_mailboxes(packer, &letter->cc);
	wire->date = pack_string(packer, letter->date);
	wire->subject = pack_string(packer, letter->subject);
	wire->bare_subject = pack_string(packer, letter->bare_subject);
	wire->is_reply = letter->is_reply;
	wire->is_forward = letter->is_forward;
	pack_lists(packer, letter, wire);
	wire->unmarked = letter->unmarked;
	wire->sensitivity = pack_string(packer, letter->sensitivity);
	return wire;
}

bool unpack_letter(struct unpacker *unpacker, const Wire__Letter *wire, struct letter *out)
{
	bool outer = unpacker->letter_count == 0;
	if (!is_kind(wire->kind) || (wire->kind == LETTER_OUTER) != outer || wire->has_parent == outer)
		return unpack_refuse(unpacker, "a letter of no kind, or at the wrong place");
	/* An earlier one: no letter is its own ancestor. */
	if (wire->has_parent && wire->parent >= unpacker->letter_count)
		return unpack_refuse(unpacker, "a letter in a letter that comes later");
	*out = (struct letter){
		.kind = (enum letter_kind)wire->kind,
		.parent = outer ? NULL : &unpacker->letters[wire->parent],
		.date = wire->date,
		.subject = wire->subject,
		.bare_subject = wire->bare_subject,
		.is_reply = wire->is_reply,
		.is_forward = wire->is_forward,
		.unmarked = wire->unmarked,
		.sensitivity = wire->sensitivity,
	};
	return unpack_mailboxes(unpacker, wire->from, &out->from) && unpack_mailboxes(unpacker, wire->to, &out->to) &&
	       unpack_mailboxes(unpacker, wire->cc, &out->cc) && unpack_lists(unpacker, wire, out);
}
