/* test_ambiguity.c - messages made to be read in two ways, or to exhaust whoever reads them.
 *
 * Whatever the trick, the secret must turn up in a part's text or among the other texts, and the message must be
 * ambiguous or read as clients read it; whatever the size, work and records stay within the limits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "message/address.h"
#include "message/decode.h"
#include "message/header.h"

#define SECRET "CONFIDENTIAL"
#define SECRET_BASE64 "VGhpcyBpcyBDT05GSURFTlRJQUwgdGV4dC4=" /* This is CONFIDENTIAL text. */
#define SECRET_QP "This is CONFID=\r\nENTIAL t=65xt."
#define MIXED "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
#define TEXT_PART "Content-Type: text/plain\r\n\r\nThis is " SECRET " text.\r\n"
#define BASE64_PART "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" SECRET_BASE64 "\r\n"

struct trick {
	const char *what, *raw;
	bool read_rightly; /* our reading is every client's: need not be ambiguous */
};

static const struct trick tricks[] = {
	{ "one delimiter more after the close", MIXED "--b\r\n" TEXT_PART "--b--\r\n--b\r\n", false },
	{ "last delimiter followed by nothing", MIXED "--b\r\n" BASE64_PART "--b\r\n", false },
	{ "last delimiter followed by an empty line", MIXED "--b\r\n" TEXT_PART "--b\r\n\r\n", false },
	{ "unclosed, then a signature mark", MIXED "--b\r\n\r\nHello\r\n-- \r\nThis is " SECRET "\r\n", true },
	{ "unclosed, then a list", MIXED "--b\r\n\r\nHello\r\n- item\r\nThis is " SECRET "\r\n", true },
	{ "unclosed, encoded part last", MIXED "--b\r\n\r\n- Hello\r\n--b\r\n" BASE64_PART, true },
	{ "unclosed inner multipart",
	  MIXED "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\n- one\r\n" SECRET "\r\n--b--\r\n", true },
	{ "empty line, then what looks like a part header",
	  MIXED "--b\r\n\r\nContent-Transfer-Encoding: base64\r\n\r\n" SECRET_BASE64 "\r\n--b--\r\n", false },
	{ "folded encoding", "Subject: x\r\nContent-Transfer-Encoding:\r\n base64\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "comment before the encoding", "Content-Transfer-Encoding: (x) base64\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "comment before the type",
	  "Content-Type: (x) text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "two encodings, the second true",
	  "Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "two encodings, the first true",
	  "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "two encodings, plain under base64",
	  "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n\r\nThis is " SECRET " text\r\n", false },
	{ "two types",
	  "Content-Type: application/pdf\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" SECRET_BASE64
	  "\r\n", false },
	{ "two types with two boundaries",
	  "Content-Type: multipart/mixed; boundary=a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" BASE64_PART
	  "--b--\r\n", false },
	{ "two boundary parameters",
	  "Content-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "boundary with a blank at its end",
	  "Content-Type: multipart/mixed; boundary=\"b \"\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "boundary in single quotes", "Content-Type: multipart/mixed; boundary='b'\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n",
	  false },
	{ "boundary as encoded word",
	  "Content-Type: multipart/mixed; boundary=\"=?us-ascii?q?b?=\"\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "boundary with escapes", "Content-Type: multipart/mixed; boundary=\"\\b\"\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n",
	  false },
	{ "boundary in sections",
	  "Content-Type: multipart/mixed; boundary*0=b; boundary*1=c\r\n\r\n--bc\r\n" BASE64_PART "--bc--\r\n", false },
	{ "boundary percent-encoded",
	  "Content-Type: multipart/mixed; boundary*=us-ascii''%62\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "nameless parameter before the boundary",
	  "Content-Type: multipart/mixed; foo; boundary=b\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "no semicolon", "Content-Type: multipart/mixed boundary=b\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "two semicolons", "Content-Type: multipart/mixed;; boundary=b\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "no boundary parameter", "Content-Type: multipart/mixed\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "no delimiter, text in the preamble", MIXED "This is " SECRET " text\r\n", false },
	{ "junk before the part header", MIXED "--b\r\njunk line\r\n" BASE64_PART "--b--\r\n", false },
	{ "blank line of spaces before the part header", MIXED "--b\r\n \r\n" BASE64_PART "--b--\r\n", false },
	{ "encoded multipart",
	  "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n",
	  false },
	{ "whole multipart inside base64",
	  "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	  "LS1iDQoNClRoaXMgaXMgQ09ORklERU5USUFMIHRleHQuDQotLWItLQ0K\r\n", false },
	{ "soft break with a blank", "Content-Transfer-Encoding: quoted-printable\r\n\r\nCONFID= \r\nENTIAL\r\n", false },
	{ "data after the padding",
	  "Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n" SECRET_BASE64 "\r\n", false },
	{ "a list's footer after base64",
	  "Content-Transfer-Encoding: base64\r\n\r\n" SECRET_BASE64 "\r\n____\r\nlist footer (c)\r\n", false },
	{ "plain text declared base64", "Content-Transfer-Encoding: base64\r\n\r\nThis is " SECRET " text\r\n", false },
	{ "blanks inside base64 lines",
	  "Content-Transfer-Encoding: base64\r\n\r\nVGhpcyBpcy BDT05GSURF TlRJQUwgdGV4dC4=\r\n", false },
	{ "delimiter that goes on", MIXED "--b\r\n\r\nHello\r\n--bXX\r\n" BASE64_PART "--b--\r\n", false },
	{ "boundary that begins like the outer one",
	  MIXED "--b\r\nContent-Type: multipart/mixed; boundary=bX\r\n\r\n--bX\r\n" BASE64_PART "--bX--\r\n--b--\r\n", false },
	{ "empty part", MIXED "--b\r\n\r\n--b\r\n" BASE64_PART "--b--\r\n", false },
	{ "text in the epilogue", MIXED "--b\r\n\r\nHello\r\n--b--\r\n--b\r\n" BASE64_PART, false },
	{ "unknown encoding", "Content-Transfer-Encoding: x-base64\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "quoted encoding", "Content-Transfer-Encoding: \"base64\"\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "encoding with more behind", "Content-Transfer-Encoding: base64, 7bit\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "quoted-printable under two encodings",
	  "Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" SECRET_QP "\r\n", false },
	{ "space before the colon", "Content-Transfer-Encoding : base64\r\n\r\n" SECRET_BASE64 "\r\n", false },
	{ "no empty line before the text", "Subject: x\r\nThis is " SECRET " text\r\n", false },
	{ "digest of messages",
	  "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n" BASE64_PART "--b--\r\n", true },
	{ "enclosed message in base64",
	  "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	  "U3ViamVjdDogeA0KDQpUaGlzIGlzIENPTkZJREVOVElBTCB0ZXh0Lg0K\r\n", false },
	{ "global message in base64",
	  "Content-Type: message/global\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	  "U3ViamVjdDogeA0KDQpUaGlzIGlzIENPTkZJREVOVElBTCB0ZXh0Lg0K\r\n", true },
	{ "subject in utf-16", "Subject: =?utf-16?B?AEMATwBOAEYASQBEAEUATgBUAEkAQQBM?=\r\n\r\n", true },
	{ "bad encoded word before a good one", "Subject: =?utf-8?x?a?= =?utf-8?q?CONFIDENTIAL?=\r\n\r\n", false },
	{ "text in utf-7", "Content-Type: text/plain; charset=utf-7\r\n\r\n+AEMATwBOAEYASQBEAEUATgBUAEkAQQBM-\r\n", false },
	{ "plain text that utf-7 would change", "Content-Type: text/plain; charset=utf-7\r\n\r\n+CONFIDENTIAL-\r\n", false },
	{ "plain text declared utf-16", "Content-Type: text/plain; charset=utf-16\r\n\r\nThis is " SECRET " text\r\n", false },
	{ "plain text in an unknown charset",
	  "Content-Type: text/plain; charset=x-unheard-of\r\n\r\nThis is " SECRET " text\r\n", false },
	{ "utf-7 behind a second type",
	  "Content-Type: text/plain\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AEMATwBOAEYASQBEAEUATgBUAEkAQQBM-\r\n",
	  false },
};
#define TRICK_COUNT (sizeof tricks / sizeof tricks[0])

static bool holds_secret(struct bytes text)
{
	return bytes_find(text, BYTES(SECRET), 0) != (size_t)-1;
}

/* Reads all a gateway would; true when the secret shows. */
static bool read_all(struct arena *arena, const struct message *message)
{
	bool shown = false;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		struct bytes text;
		const char *subject = header_text_of(arena, part, "Subject");
		if (subject != NULL)
			shown |= holds_secret(bytes_of(subject));
		if (part_is_shown_text(part)) {
			part_text(arena, part, &text);
			shown |= holds_secret(text);
		}
		if (part->enclosed != NULL)
			shown |= read_all(arena, part->enclosed);
		mailboxes_of(arena, part, "From");
		mailboxes_of(arena, part, "To");
	}
	return shown;
}

static bool read_others(struct arena *arena, const struct message *message)
{
	struct other_readings others;
	bool shown = false;
	message_other_readings(arena, message, &others);
	for (size_t i = 0; i < others.text_count; i++)
		shown |= holds_secret(others.texts[i].utf8);
	for (size_t i = 0; i < others.file_count; i++)
		shown |= holds_secret(others.files[i].content);
	return shown;
}

static void test_tricks(void **state)
{
	for (size_t i = 0; i < TRICK_COUNT; i++) {
		struct arena *arena = arena_new();
		struct message *message = message_scan(arena, bytes_of(tricks[i].raw), &MESSAGE_LIMITS_DEFAULT);
		bool read = read_all(arena, message);
		bool other = read_others(arena, message);
		if (!read && !other)
			fail_msg("%s: the secret is not seen", tricks[i].what);
		if (tricks[i].read_rightly ? !read : !message->ambiguous)
			fail_msg("%s: read %d, ambiguous %d", tricks[i].what, read, message->ambiguous);
		arena_free(&arena);
	}
}

static void test_innocent(void **state)
{
	static const char *const innocent[] = {
		"Subject: x\r\n\r\nHello\r\n",
		"Subject: x\r\nContent-Type: text/plain; charset=\"utf-8\"; format=flowed;\r\n"
		"Content-Transfer-Encoding: 8bit\r\n\r\ncaf\xC3\xA9\r\n-- \r\nA signature\r\n",
		"Content-Type: multipart/mixed;\r\n boundary=\"----=_NextPart_000_0001\"\r\n\r\n"
		"This is a multi-part message in MIME format.\r\n\r\n"
		"------=_NextPart_000_0001\r\nContent-Type: multipart/alternative;\r\n\tboundary=\"----=_NextPart_001_0002\"\r\n\r\n\r\n"
		"------=_NextPart_001_0002\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
		"------=_NextPart_001_0002\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
		"<p class=3D\"x\">Hello=\r\n</p>\r\n------=_NextPart_001_0002--\r\n\r\n"
		"------=_NextPart_000_0001\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\n"
		"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n\tfilename=\"a.pdf\"\r\n\r\n"
		"JVBERi0=\r\n\r\n------=_NextPart_000_0001--\r\n",
		"Content-Type: multipart/signed; micalg=sha-256; protocol=\"application/pgp-signature\"; boundary=s\r\n\r\n"
		"--s\r\nContent-Type: text/plain\r\n\r\nHello\r\n\r\n--s\r\nContent-Type: application/pgp-signature; name=s.asc\r\n\r\n"
		"-----BEGIN PGP SIGNATURE-----\r\n\r\nabc\r\n-----END PGP SIGNATURE-----\r\n\r\n--s--\r\n",
		"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\n\r\nNot delivered.\r\n"
		"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\n"
		"Final-Recipient: rfc822; x@a.example\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
		"Subject: y\r\n\r\nHello\r\n--r--\r\n",
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\r\n"
		"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n",
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
		"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n",
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n--b\r\nContent-Type: text/plain\r\n\r\n\r\n--b--",
	};
	for (size_t i = 0; i < sizeof innocent / sizeof innocent[0]; i++) {
		struct arena *arena = arena_new();
		struct message *message = message_scan(arena, bytes_of(innocent[i]), &MESSAGE_LIMITS_DEFAULT);
		read_all(arena, message);
		message_second_opinion(arena, message);
		struct other_readings others;
		message_other_readings(arena, message, &others);
		assert_int_equal(others.text_count + others.file_count, 0);
		for (size_t d = 0; d < message->defect_count; d++)
			fail_msg("%zu: %s on '%s'", i, defect_name(message->defects[d].kind), message->defects[d].part);
		arena_free(&arena);
	}
}

static void test_second_opinion(void **state)
{
	static const struct {
		const char *raw;
		bool differs;
	} cases[] = {
		{ MIXED "--b\r\n" TEXT_PART "--b--\r\n", false },
		{ MIXED "--b\r\n\r\n--b\r\n" TEXT_PART "--b--\r\n", true },
		{ "Content-Transfer-Encoding:\r\n base64\r\n\r\n" SECRET_BASE64, true },
		{ "Content-Type: multipart/x; boundary=\"\\\"\"\r\n\r\n", false }, /* the guard keeps it away */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct message *message = message_scan(arena, bytes_of(cases[i].raw), &MESSAGE_LIMITS_DEFAULT);
		message_second_opinion(arena, message);
		assert_int_equal(message_has_defect(message, DEFECT_STRUCTURE_DIFFERS), cases[i].differs);
		arena_free(&arena);
	}
}

static void add_repeated(struct text *text, size_t count, const char *piece)
{
	while (count-- > 0)
		text_add(text, piece);
}

/* Most of a long attachment is not shown to libetpan; what stands before, in the middle and behind is, at its right place. */
static void test_second_opinion_past_attachments(void **state)
{
	static const struct {
		const char *middle, *behind;
		bool differs;
	} cases[] = {
		{ "", "--b\r\n" TEXT_PART, false },
		{ "- (a: \"b\")\r\n", "--b\r\n" TEXT_PART, false },
		{ "", "--b\r\n\r\n--b\r\n" TEXT_PART, true },
		{ "--b\r\n\r\n--b\r\nContent-Type: image/gif\r\n\r\n", "--b\r\n" TEXT_PART, true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct text raw = TEXT_INIT;
		text_add(&raw, MIXED "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n");
		for (size_t half = 0; half < 2; half++) {
			add_repeated(&raw, 3000, "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3\r\n");
			text_add(&raw, half == 0 ? cases[i].middle : "");
		}
		text_add(&raw, cases[i].behind);
		text_add(&raw, "--b--\r\n");
		struct message *message = message_scan(arena, text_bytes(&raw), &MESSAGE_LIMITS_DEFAULT);
		message_second_opinion(arena, message);
		if (message_has_defect(message, DEFECT_STRUCTURE_DIFFERS) != cases[i].differs)
			fail_msg("case %zu", i);
		text_release(&raw);
		arena_free(&arena);
	}
}

static void add_nested(struct text *text, size_t levels, bool close)
{
	for (size_t i = 0; i < levels; i++)
		text_printf(text, "Content-Type: multipart/mixed; boundary=b%zu.\r\n\r\n--b%zu.\r\n", i, i);
	text_add(text, "\r\nHello");
	for (size_t i = levels; close && i-- > 0;)
		text_printf(text, "\r\n--b%zu.--", i);
}

/* Each of them crashed libetpan, exhausted a stack, or took quadratic time. */
static void make_killer(struct text *text, size_t which)
{
	switch (which) {
	case 0:
		text_add(text, "Content-Type: multipart/x; boundary=\"\\\"\"\r\n\r\n--\"\r\n\r\nx\r\n--\"--\r\n");
		break;
	case 1:
		add_repeated(text, 30000, "Content-Type: message/rfc822\r\n\r\n");
		break;
	case 2:
		text_add(text, "From: ");
		add_repeated(text, 120000, "(");
		text_add(text, "\r\n\r\n");
		break;
	case 3:
		text_add(text, MIXED "--b\r\nContent-Type: ");
		add_repeated(text, 500000, "(");
		text_add(text, "\r\n\r\nx\r\n--b--\r\n");
		break;
	case 4:
		text_add(text, MIXED "no delimiter at all");
		break;
	case 5:
		text_add(text, MIXED "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nx=4");
		break;
	case 6:
		add_nested(text, 10000, true);
		break;
	case 7:
		add_nested(text, 10000, false);
		break;
	case 8:
		text_add(text, MIXED);
		add_repeated(text, 100000, "--b\r\n\r\nx\r\n");
		break;
	case 9:
		text_add(text, "Subject: ");
		add_repeated(text, 100000, "=?utf-8?q?a?= ");
		text_add(text, "\r\n\r\n");
		break;
	case 10:
		text_add(text, "Subject: ");
		add_repeated(text, 8000, "x=?a?q?");
		text_add(text, "\r\n\r\n");
		break;
	case 11:
		text_add(text, "To: ");
		add_repeated(text, 60000, "a@b.example, ");
		text_add(text, "\r\n\r\n");
		break;
	case 12:
		add_repeated(text, 100000, "X-A: b\r\n");
		text_add(text, "\r\n");
		break;
	case 13:
		text_add(text, "Content-Type: text/plain");
		add_repeated(text, 100000, "; a=b");
		text_add(text, "\r\n\r\n");
		break;
	case 14:
		text_add(text, "To: ");
		add_repeated(text, 20000, ",,g:;");
		add_repeated(text, 20000, "\"\\\"");
		text_add(text, "\r\n\r\n");
		break;
	case 15:
		text_add(text, "Subject: x");
		add_repeated(text, 100000, "\r\n y");
		text_add(text, "\r\n\r\n");
		break;
	case 16:
		text_add(text, "Content-Type: multipart/mixed; boundary=");
		add_repeated(text, 50000, "b");
		text_add(text, "\r\n\r\n");
		add_repeated(text, 100, "--bbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n");
		break;
	default:
		add_repeated(text, 10000, "\r--\r\n");
		text_add_char(text, '\0');
		break;
	}
}
#define KILLER_COUNT 18

static size_t parts_below(const struct message *message)
{
	size_t count = message->part_count;
	for (size_t i = 0; i < message->part_count; i++)
		if (message->parts[i]->enclosed != NULL)
			count += parts_below(message->parts[i]->enclosed);
	return count;
}

static void check_offsets(const struct message *message);

static void test_killers(void **state)
{
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	for (size_t i = 0; i < KILLER_COUNT; i++) {
		struct arena *arena = arena_new();
		struct text raw = TEXT_INIT;
		make_killer(&raw, i);
		struct message *message = message_scan(arena, text_bytes(&raw), &limits);
		message_second_opinion(arena, message);
		read_all(arena, message);
		read_others(arena, message);
		check_offsets(message);
		size_t parts = parts_below(message);
		assert_in_range(parts, 1, limits.parts);
		assert_in_range(message->defect_count, 0, parts * (DEFECT_LINE_LONG + 1));
		assert_in_range(message->root->header_count, 0, limits.headers);
		assert_in_range(message->root->parameter_count, 0, limits.parameters);
		assert_in_range(arena_used(arena), 0, 40 * raw.length + 200000);
		text_release(&raw);
		arena_free(&arena);
	}
}

static void test_limits_are_told(void **state)
{
	static const struct {
		size_t killer;
		enum defect_kind kind;
	} cases[] = {
		{ 1, DEFECT_DEPTH },       { 6, DEFECT_DEPTH },       { 8, DEFECT_PARTS },         { 11, DEFECT_HEADER_LONG },
		{ 12, DEFECT_HEADER_MANY }, { 13, DEFECT_CONTENT_TYPE }, { 16, DEFECT_BOUNDARY_PARAMETER },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct text raw = TEXT_INIT;
		make_killer(&raw, cases[i].killer);
		struct message *message = message_scan(arena, text_bytes(&raw), &MESSAGE_LIMITS_DEFAULT);
		if (!message_has_defect(message, cases[i].kind))
			fail_msg("killer %zu: no %s", cases[i].killer, defect_name(cases[i].kind));
		text_release(&raw);
		arena_free(&arena);
	}
}

static void check_fields(const struct part *part)
{
	size_t at = part->start;
	for (size_t i = 0; i < part->header_count; i++) {
		const struct header *header = &part->headers[i];
		assert_true(header->start >= at && header->end > header->start && header->end <= part->body_start);
		assert_ptr_equal(header->name.data, part->message->raw.data + header->start);
		assert_true(header->value.length <= header->end - header->start);
		at = header->end;
	}
}

static bool in_trusted_place(const struct part *part)
{
	for (; part != NULL; part = part->parent)
		if (part->ambiguous)
			return false;
	return true;
}

/* Parts lie inside their parents and behind their elder siblings; what is exact ends where it must. */
static void check_offsets(const struct message *message)
{
	struct bytes raw = message->raw;
	size_t leaves_end = 0, outside = 0, inside = 0;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		assert_ptr_equal(part->message, message);
		assert_true(part->start <= part->body_start && part->body_start <= part->body_end);
		assert_true(part->body_end <= raw.length);
		if (part->parent != NULL)
			assert_true(part->start >= part->parent->body_start && part->body_end <= part->parent->body_end);
		if (part->next != NULL)
			assert_true(part->next->start > part->body_end);
		check_fields(part);
		if (part->exact) {
			assert_true(in_trusted_place(part));
			assert_true(part->body_start > 0 && raw.data[part->body_start - 1] == '\n');
			assert_true(part->body_end == raw.length ||
				    bytes_starts_with(bytes_slice(raw, part->body_end, raw.length), BYTES("\r\n--")));
		}
		if (part->first_child == NULL) {
			assert_true(part->start >= leaves_end);
			outside += part->body_start - leaves_end;
			inside += part->body_end - part->body_start;
			leaves_end = part->body_end;
		}
		if (part->enclosed != NULL)
			check_offsets(part->enclosed);
	}
	assert_int_equal(outside + inside + (raw.length - leaves_end), raw.length);
}

/* The same numbers on every run. */
static uint32_t next_number(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static struct bytes mutated(struct arena *arena, struct bytes raw, uint32_t *seed)
{
	static const char *const pieces[] = { "--b\r\n", "--b--\r\n", "\r\n\r\n", "\r", "\n", "--", "=", "\"", "(", ";",
					      "Content-Type: message/rfc822\r\n\r\n", "boundary=b", "=?utf-8?b?", " " };
	struct text text = TEXT_INIT;
	size_t from = next_number(seed) % (raw.length + 1), length = next_number(seed) % 40;
	text_add_bytes(&text, bytes_slice(raw, 0, from));
	switch (next_number(seed) % 5) {
	case 0: /* cut short */
		break;
	case 1: /* a stretch gone */
		text_add_bytes(&text, bytes_slice(raw, from + length, raw.length));
		break;
	case 2: /* a stretch twice */
		text_add_bytes(&text, bytes_slice(raw, from > length ? from - length : 0, raw.length));
		break;
	case 3: /* something put in */
		text_add(&text, pieces[next_number(seed) % (sizeof pieces / sizeof pieces[0])]);
		text_add_bytes(&text, bytes_slice(raw, from, raw.length));
		break;
	default: /* one byte other */
		text_add_char(&text, (char)next_number(seed));
		text_add_bytes(&text, bytes_slice(raw, from + 1, raw.length));
		break;
	}
	return text_to_arena(&text, arena);
}

static void test_offsets_hold(void **state)
{
	uint32_t seed = 20260302;
	for (size_t i = 0; i < TRICK_COUNT; i++) {
		for (size_t round = 0; round < 60; round++) {
			struct arena *arena = arena_new();
			struct bytes raw = bytes_of(tricks[i].raw);
			for (size_t changes = round % 4; changes > 0; changes--)
				raw = mutated(arena, raw, &seed);
			struct message *message = message_scan(arena, raw, &MESSAGE_LIMITS_DEFAULT);
			check_offsets(message);
			message_second_opinion(arena, message);
			read_all(arena, message);
			read_others(arena, message);
			check_offsets(message);
			arena_free(&arena);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tricks),         cmocka_unit_test(test_innocent),
		cmocka_unit_test(test_second_opinion), cmocka_unit_test(test_second_opinion_past_attachments), cmocka_unit_test(test_killers),
		cmocka_unit_test(test_limits_are_told), cmocka_unit_test(test_offsets_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
