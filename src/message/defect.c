/* defect.c - the kinds of defect as one table, and the book that is kept of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#define AMBIGUOUS true

struct defect_row {
	const char *name;
	bool ambiguous;
	const char *explanation;
};

static const struct defect_row rows[DEFECT_COUNT] = {
	[DEFECT_HEADER_JUNK] = { "header-junk", AMBIGUOUS, "A line among the header fields is no field." },
	[DEFECT_HEADER_DUPLICATE] = { "header-duplicate", AMBIGUOUS,
		"A header field that may stand once stands there more than once." },
	[DEFECT_HEADER_CONTROL] = { "header-control", AMBIGUOUS,
		"A NUL or a lone carriage return stands in the header." },
	[DEFECT_HEADER_LONG] = { "header-long", false, "A header field is too long to be examined whole." },
	[DEFECT_HEADER_MANY] = { "header-many", false, "There are more header fields than are examined." },
	[DEFECT_HEADER_8BIT] = { "header-8bit", false, "A header field holds characters that were not encoded." },
	[DEFECT_HEADER_SPACE_COLON] = { "header-space-colon", AMBIGUOUS,
		"A space stands between the name of a header field and its colon." },
	[DEFECT_NO_BLANK_LINE] = { "no-blank-line", AMBIGUOUS, "No empty line stands between header and text." },
	[DEFECT_CONTENT_TYPE] = { "content-type", AMBIGUOUS, "The declared kind of content does not follow the rules." },
	[DEFECT_BOUNDARY_PARAMETER] = { "boundary-parameter", AMBIGUOUS,
		"The mark that separates the parts is missing or oddly written." },
	[DEFECT_ENCODING_UNKNOWN] = { "encoding-unknown", AMBIGUOUS,
		"The transfer encoding is unknown or oddly written." },
	[DEFECT_ENCODING_COMPOSITE] = { "encoding-composite", AMBIGUOUS,
		"A part made of other parts is itself encoded, which the standard forbids." },
	[DEFECT_BOUNDARY_ABSENT] = { "boundary-absent", AMBIGUOUS,
		"A message of several parts never shows the mark that separates them." },
	[DEFECT_BOUNDARY_UNCLOSED] = { "boundary-unclosed", false, "The last part is not closed." },
	[DEFECT_BOUNDARY_AFTER_CLOSE] = { "boundary-after-close", AMBIGUOUS,
		"Another part follows after the parts were closed." },
	[DEFECT_BOUNDARY_GARBAGE] = { "boundary-garbage", AMBIGUOUS,
		"A line begins like the mark between parts and then goes on." },
	[DEFECT_BOUNDARY_PREFIX] = { "boundary-prefix", AMBIGUOUS,
		"Two marks between parts cannot be told apart with certainty." },
	[DEFECT_PART_EMPTY] = { "part-empty", AMBIGUOUS, "A part has neither header nor text." },
	[DEFECT_BODY_LIKE_HEADER] = { "body-like-header", AMBIGUOUS,
		"The text of a part begins with what looks like its header." },
	[DEFECT_BASE64] = { "base64", AMBIGUOUS, "The base64 encoding of a part is malformed." },
	[DEFECT_QUOTED_PRINTABLE] = { "quoted-printable", AMBIGUOUS,
		"The quoted-printable encoding of a part is malformed." },
	[DEFECT_UUENCODE] = { "uuencode", AMBIGUOUS, "A file is encoded inside the text." },
	[DEFECT_NUL] = { "nul", AMBIGUOUS, "The text holds NUL characters." },
	[DEFECT_BARE_CR] = { "bare-cr", AMBIGUOUS, "The body holds carriage returns that end no line." },
	[DEFECT_PARTIAL] = { "partial", AMBIGUOUS, "The content is elsewhere or only a piece of it is here." },
	[DEFECT_ENCODED_WORD] = { "encoded-word", AMBIGUOUS, "An encoded word in a header field is malformed." },
	[DEFECT_CHARSET] = { "charset", AMBIGUOUS, "The characters do not fit the character set that is declared." },
	[DEFECT_DEPTH] = { "depth", false, "Parts are nested deeper than is examined." },
	[DEFECT_PARTS] = { "parts", false, "There are more parts than are examined." },
	[DEFECT_SIZE] = { "size", false, "There is more text than is examined." },
	[DEFECT_STRUCTURE_DIFFERS] = { "structure-differs", AMBIGUOUS,
		"A second reading of the message found other parts than the first." },
	[DEFECT_TEXT_OUTSIDE] = { "text-outside", false, "Text stands before or after the parts, where few mail programs show it." },
	[DEFECT_TEXT_DISGUISED] = { "text-disguised", false, "A text that is declared plain holds markup or whole parts, which some mail programs follow." },
	[DEFECT_FILE_NAME] = { "file-name", false, "The name of an attached file can be read in more than one way." },
	[DEFECT_LINE_LONG] = { "line-long", false, "A line is longer than mail allows." },
};

_Static_assert(DEFECT_COUNT <= 64, "part_record.noted has one bit for each kind");

const char *defect_name(enum defect_kind kind)
{
	return rows[kind].name;
}

bool defect_is_known(unsigned kind)
{
	return kind < DEFECT_COUNT;
}

bool defect_is_ambiguous(enum defect_kind kind)
{
	return rows[kind].ambiguous;
}

const char *defect_explanation(enum defect_kind kind)
{
	return rows[kind].explanation;
}

/* No splice below a part that can be read in two ways. Walked once for each part: only the first ambiguous
 * defect of a part comes here. */
static void withdraw_exactness(struct part *part)
{
	part->exact = false;
	for (struct part *child = part->first_child; child != NULL; child = child->next)
		withdraw_exactness(child);
	if (part->enclosed != NULL)
		withdraw_exactness(part->enclosed->root);
}

static void mark_ambiguous(struct part *part)
{
	if (part->ambiguous)
		return;
	part->ambiguous = true;
	withdraw_exactness(part);
	for (struct message *message = part->message; message != NULL; message = message->encloser)
		message->ambiguous = true;
}

void message_note(struct arena *arena, const struct part *part, enum defect_kind kind)
{
	struct part_record *record = record_of(part);
	uint64_t bit = (uint64_t)1 << kind;
	if (record->noted & bit)
		return;
	record->noted |= bit;
	struct tree *tree = tree_of(part->message);
	struct message *outermost = tree->outermost;
	/* In the tree's own arena: the caller's may be for something shorter-lived. */
	struct defect *defect = ARENA_PUSH(tree->arena, tree->defects, outermost->defect_count);
	defect->kind = kind;
	defect->part = part->number;
	outermost->defects = tree->defects;
	if (defect_is_ambiguous(kind))
		mark_ambiguous(&record->part);
}

bool message_has_defect(const struct message *message, enum defect_kind kind)
{
	const struct message *outermost = tree_of(message)->outermost;
	for (size_t i = 0; i < outermost->defect_count; i++)
		if (outermost->defects[i].kind == kind)
			return true;
	return false;
}

bool tree_spend(struct tree *tree, size_t bytes)
{
	if (bytes > tree->limits.decoded_bytes - tree->decoded)
		return false;
	tree->decoded += bytes;
	return true;
}
