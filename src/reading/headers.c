/* headers.c - see headers.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/headers.h"

#include <string.h>

#include "message/header.h"
#include "reading/subject.h"

#define SUBJECTS_MOST 20 /* fields of one header block */

void letter_take_subject(struct arena *arena, struct letter *letter, const char *text)
{
	letter->subject = text;
	if (text == NULL)
		return;
	struct subject subject = subject_read(arena, bytes_of(text));
	letter->bare_subject = subject.bare;
	letter->is_reply = subject.is_reply;
	letter->is_forward = subject.is_forward;
}

static const char *lower_case(struct arena *arena, const char *text)
{
	if (text == NULL)
		return NULL;
	char *copy = arena_string_of(arena, bytes_trim(bytes_of(text)));
	for (char *c = copy; *c != '\0'; c++)
		*c = ascii_lower(*c);
	return copy;
}

void letter_of_headers(struct markings *markings, const struct message *message, struct mailboxes_way mailboxes, struct letter *letter)
{
	struct arena *arena = markings->arena;
	const struct part *root = message->root;
	letter->from = mailboxes.of(arena, root, "From");
	letter->to = mailboxes.of(arena, root, "To");
	letter->cc = mailboxes.of(arena, root, "Cc");
	letter_take_subject(arena, letter, header_text_of(arena, root, "Subject"));
	letter->sensitivity = lower_case(arena, header_text_of(arena, root, "Sensitivity"));
	/* Which of two Subject or Sensitivity fields is shown is the mail client's choice. */
	const struct header *subject, *label;
	for (size_t n = 0; n < SUBJECTS_MOST && (subject = header_find(root, "Subject", n)) != NULL; n++)
		markings_of_subject(markings, header_text(arena, root, subject));
	markings_of_sensitivity(markings, letter->sensitivity);
	for (size_t n = 1; n < SUBJECTS_MOST && (label = header_find(root, "Sensitivity", n)) != NULL; n++) {
		const char *other = lower_case(arena, header_text(arena, root, label));
		if (strcmp(other, letter->sensitivity) != 0)
			markings_of_sensitivity(markings, other);
	}
	markings_of_labels(markings, root);
}

static bool header_says(struct arena *arena, const struct part *root, const char *field, const char *beginning)
{
	const char *text = header_text_of(arena, root, field);
	return text != NULL && bytes_starts_with_nocase(bytes_trim(bytes_of(text)), bytes_of(beginning));
}

static bool claims_automatic(struct arena *arena, const struct part *root)
{
	const char *automatic = header_text_of(arena, root, "Auto-Submitted");
	if (automatic != NULL && !bytes_starts_with_nocase(bytes_trim(bytes_of(automatic)), BYTES("no")))
		return true;
	return part_is(root, "multipart", "report") || part_is(root, "message", "disposition-notification") ||
	       header_says(arena, root, "Precedence", "auto_reply") || header_find(root, "X-Autoreply", 0) != NULL ||
	       header_find(root, "X-Autorespond", 0) != NULL;
}

static bool is_event(const struct part *part)
{
	return part_is(part, "text", "calendar") && part_parameter(part, "method") != NULL;
}

/* RFC 5546: the whole message, or another form of its text. What is attached beside a letter is a file. */
static bool claims_calendar(const struct part *root)
{
	const struct part *part = root;
	while (part->first_child != NULL && (part_is(part, "multipart", "mixed") || part_is(part, "multipart", "related")))
		part = part->first_child;
	if (!part_is(part, "multipart", "alternative"))
		return is_event(part);
	for (const struct part *form = part->first_child; form != NULL; form = form->next)
		if (is_event(form))
			return true;
	return false;
}

/* What mail programs write when a mailbox's own rule sends its mail on: Exchange, Gmail, Sieve, and RFC 2156. A web server's X-Forwarded-For
 * names machines. */
static bool claims_forwarded(struct arena *arena, const struct part *root)
{
	static const struct {
		const char *field, *holds;
	} rows[] = {
		{ "X-MS-Exchange-Inbox-Rules-Loop", "@" }, { "X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent" },
		{ "X-Forwarded-For", "@" },		   { "X-Forwarded-To", "@" },
		{ "X-Sieve-Redirected-From", "@" },	   { "Autoforwarded", "true" },
		{ "Auto-Forwarded", "true" },		   { "Auto-Submitted", "auto-forwarded" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *text = header_text_of(arena, root, rows[i].field);
		if (text != NULL && bytes_find_nocase(bytes_of(text), bytes_of(rows[i].holds), 0) != (size_t)-1)
			return true;
	}
	return false;
}

static const char *message_id_of(struct arena *arena, const struct part *root)
{
	const char *text = header_text_of(arena, root, "Message-ID");
	struct bytes id = bytes_trim(bytes_of(text));
	return id.length == 0 ? NULL : arena_string_of(arena, id);
}

void reading_take_headers(struct arena *arena, const struct message *message, struct mailboxes_way mailboxes, struct reading *reading)
{
	reading->message_id = message_id_of(arena, message->root);
	reading->sender = mailboxes.of(arena, message->root, "Sender");
	reading->bcc = mailboxes.of(arena, message->root, "Bcc");
	reading->resent_from = mailboxes.of(arena, message->root, "Resent-From");
	reading->auto_submitted = claims_automatic(arena, message->root);
	reading->of_calendar = claims_calendar(message->root);
	reading->auto_forwarded = claims_forwarded(arena, message->root);
}

const struct reading *reading_of_headers(struct arena *arena, const struct message *message, const struct lexicon *lexicon,
					 struct pattern_scratch *scratch, const char *why)
{
	struct reading *reading = arena_alloc(arena, sizeof *reading);
	struct letter *outer = arena_alloc(arena, sizeof *outer);
	struct unreadable *unreadable = arena_alloc(arena, sizeof *unreadable);
	const struct letter **letters = arena_alloc(arena, sizeof *letters);
	const struct mailboxes_way ours = { mailboxes_of_ours };
	const struct wording wording = { lexicon, lexicon_stock(lexicon), scratch };
	struct markings markings = { .arena = arena, .wording = &wording };
	letter_of_headers(&markings, message, ours, outer);
	outer->markings = markings.items;
	outer->marking_count = markings.count;
	*unreadable = (struct unreadable){ .part = "", .why = arena_string(arena, why) };
	*letters = outer;
	reading->outer = outer;
	reading->letters = letters;
	reading->letter_count = 1;
	reading->unreadable = unreadable;
	reading->unreadable_count = 1;
	reading_take_headers(arena, message, ours, reading);
	return reading;
}
