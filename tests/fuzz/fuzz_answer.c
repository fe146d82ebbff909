/* fuzz_answer.c - any bytes as a reader's answer on one of several messages: refused, or a reading that all of the gateway can walk.
 *
 * The first octet chooses the message. What is taken is gone through member by member, and a footer is spliced where its feet say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/reading_dump.h"
#include "action/footer.h"
#include "fuzz.h"
#include "reader/wire.h"

#define TOP "From: Ruth Ames <clerk@council.example>\r\nTo: Carl <moss@council.example>\r\nSubject: Minutes\r\nMIME-Version: 1.0\r\n"

static const char *const messages[] = {
	TOP "Content-Type: text/plain; charset=utf-8\r\n\r\nDear Carl,\r\n\r\nThe fees stay.\r\n\r\nRuth\r\n",
	TOP "Content-Type: multipart/alternative; boundary=a\r\n\r\n"
	    "--a\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDear Carl,=20\r\n\r\nRuth=\r\n\r\n"
	    "--a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+RGVhciBDYXJsLDwvcD4NCg==\r\n--a--\r\n",
	TOP "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nSee below.\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n"
	    "Subject: inside\r\n\r\nText.\r\n--m\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--m--\r\n",
};

static void walk(struct arena *arena, const struct message *message, const struct reading *reading)
{
	static const char *const lines[] = { "CC councillor Amir Khan" };
	struct text dump = dump_reading(reading);
	struct edit_list edits;
	must(reading->outer == reading->letters[0] && reading->outer->kind == LETTER_OUTER && reading->outer->parent == NULL);
	for (size_t i = 1; i < reading->letter_count; i++)
		must(dump_number_of(reading, reading->letters[i]->parent) < i);
	footer_splice(arena, message, reading, lines, 1, &edits);
	edits_apply(arena, message->raw, &edits);
	text_release(&dump);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct reading *reading;
	const char *raw = messages[size == 0 ? 0 : data[0] % (sizeof messages / sizeof *messages)];
	struct message *message = message_scan(arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
	size_t known = message->defect_count;
	struct bytes answer = { (const char *)data + 1, size == 0 ? 0 : size - 1 };
	if (answer_unpack(arena, message, answer, &reading, NULL))
		walk(arena, message, reading);
	else
		must(message->defect_count == known);
	arena_free(&arena);
	return 0;
}
