/* test_other_readings.c - what a message shows on other mail clients: files written into text, names, subjects, charsets, and
 * the limits of looking for all that.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "message/decode.h"

#define SECRET "CONFIDENTIAL"
#define MIXED "Content-Type: multipart/mixed; boundary=b\r\n\r\n"

struct seen {
	struct arena *arena;
	struct message *message;
	struct other_readings others;
};

static struct seen see(const char *raw)
{
	struct seen seen = { .arena = arena_new() };
	seen.message = message_scan(seen.arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
	message_other_readings(seen.arena, seen.message, &seen.others);
	return seen;
}

static bool holds(struct bytes bytes, const char *wanted)
{
	return bytes_find(bytes, bytes_of(wanted), 0) != (size_t)-1;
}

static bool other_text_holds(const struct seen *seen, const char *wanted)
{
	for (size_t i = 0; i < seen->others.text_count; i++)
		if (holds(seen->others.texts[i].utf8, wanted))
			return true;
	return false;
}

static bool has_file(const struct seen *seen, const char *name, const char *content)
{
	for (size_t i = 0; i < seen->others.file_count; i++) {
		const struct other_file *file = &seen->others.files[i];
		if (strcmp(file->name, name) == 0 && bytes_equal(file->content, bytes_of(content)))
			return true;
	}
	return false;
}

static void test_files_in_text(void **state)
{
	static const struct {
		const char *raw, *name, *content; /* NULL: no file */
	} cases[] = {
		{ "\r\nSee below\r\nbegin 644 a b.txt\r\n,0T].1DE$14Y424%,\r\n`\r\nend\r\n", "a b.txt", SECRET },
		{ "\r\nbegin-base64 600 n.txt\r\nQ09ORklERU5USUFM\r\n====\r\nBye\r\n", "n.txt", SECRET },
		{ "\r\n=ybegin line=128 size=3 name=n.bin\r\nklm\r\n=yend size=3\r\n", "n.bin", "ABC" },
		{ "\r\n=ybegin line=128 size=3 name=n.bin\r\nk=\xB4m\r\n", "n.bin", "AJC" }, /* an escape, and no end */
		{ "\r\nbegin 6449 a.txt\r\nhello\r\n", NULL, NULL },
		{ "\r\nWe begin 644 things\r\nbegin now\r\n", NULL, NULL },
		{ "\r\nbegin 644 a.txt\r\n\r\nis how such files begin.\r\n", NULL, NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct seen seen = see(cases[i].raw);
		if (cases[i].name == NULL) {
			assert_int_equal(seen.others.file_count, 0);
		} else {
			if (!has_file(&seen, cases[i].name, cases[i].content))
				fail_msg("%zu: %zu files, not the one", i, seen.others.file_count);
			assert_true(message_has_defect(seen.message, DEFECT_UUENCODE));
		}
		arena_free(&seen.arena);
	}
}

static void test_names(void **state)
{
	static const struct {
		const char *fields, *name, *other; /* NULL: no other name that is worth a defect */
	} cases[] = {
		{ "Content-Disposition: attachment; filename=\"plan.pdf\"\r\n", "plan.pdf", NULL },
		{ "Content-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n", "plan.pdf", NULL },
		{ "Content-Disposition: attachment; filename=\"pl?n.pdf\"; filename*=utf-8''pl%C3%A2n.pdf\r\n", "pl\xC3\xA2n.pdf", NULL },
		{ "Content-Disposition: attachment; filename*0=plan-; filename*1=of.pdf\r\n", "plan-of.pdf", NULL },
		{ "Content-Disposition: attachment; filename=\"=?utf-8?q?plan=2Epdf?=\"\r\n", "plan.pdf", NULL },
		{ "Content-Type: application/pdf; name=secret.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n", "plan.pdf",
		  "secret.pdf" },
		{ "Content-Disposition: attachment; filename=plan.pdf; filename*=utf-8''secret.pdf\r\n", "secret.pdf", "plan.pdf" },
		{ "Content-Disposition: attachment; filename=plan.pdf; filename=secret.pdf\r\n", "plan.pdf", "secret.pdf" },
		{ "Content-Disposition: attachment; filename=a secret.pdf\r\n", "a secret.pdf", NULL },
		{ "Content-Disposition: attachment; filename*2=b.pdf; filename*1=a\r\n", "ab.pdf", "b.pdfa" },
		{ "Content-Disposition: attachment; filename=a.pdf\r\nContent-Disposition: attachment; filename=b.pdf\r\n", "a.pdf", "b.pdf" },
		{ "Content-Disposition: attachment; filename*1*=%66.pdf;\r\n filename*0*=x-unheard-of''plan-o\r\n", "plan-of.pdf", "f.pdfplan-o" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		const char *raw = arena_printf(arena, "%s\r\nx\r\n", cases[i].fields);
		const struct message *message = message_scan(arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
		const struct part *part = message->root;
		bool found = cases[i].other == NULL;
		if (cases[i].name != NULL)
			assert_string_equal(part->file_name, cases[i].name);
		for (size_t n = 0; n < part->other_name_count; n++)
			found |= cases[i].other != NULL && strcmp(part->other_names[n], cases[i].other) == 0;
		if (!found || message_has_defect(message, DEFECT_FILE_NAME) != (cases[i].other != NULL))
			fail_msg("%s: %zu other names", cases[i].fields, part->other_name_count);
		assert_int_equal(message_has_defect(message, DEFECT_HEADER_DUPLICATE), i == 10);
		arena_free(&arena);
	}
}

static void test_subjects(void **state)
{
	static const struct {
		const char *field;
		bool only_elsewhere; /* the word shows in another reading alone */
	} cases[] = {
		{ "Subject: =?x-unheard?q?CONFIDENTIAL?=\r\n", false }, /* it stands there as written, too */
		{ "Subject: =?x-unheard?b?Q09ORklERU5USUFM?=\r\n", true },
		{ "Subject: =?utf-8?b?Q09ORklERU5USUFM\r\n", true },
		{ "Subject: CONFI\rDENTIAL\r\n", true },
		{ "Subject: =?utf-8?q?=3D=3Futf-8=3Fq=3FCONFI=44ENTIAL=3F=3D?=\r\n", false },
		{ "Subject: =?utf-8?b?Q09ORklER\r\n U5USUFM?=\r\n", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char raw[200];
		snprintf(raw, sizeof raw, "%s\r\nx\r\n", cases[i].field);
		struct seen seen = see(raw);
		if (cases[i].only_elsewhere && !other_text_holds(&seen, SECRET))
			fail_msg("%s", cases[i].field);
		arena_free(&seen.arena);
	}
	struct seen ordinary = see("Subject: =?utf-8?q?caf=C3=A9?= =?iso-8859-1?q?_caf=E9?=\r\n\r\nx\r\n");
	assert_int_equal(ordinary.others.text_count, 0);
	arena_free(&ordinary.arena);
}

static void test_texts(void **state)
{
	static const struct {
		const char *raw;
		enum defect_kind named;
	} cases[] = {
		{ "\r\nCONF\x1b(BIDENTIAL\r\n", DEFECT_CHARSET },
		{ "Content-Transfer-Encoding: 8bit\r\n\r\nCONF\xC1\x89" "DENTIAL\r\n", DEFECT_CHARSET },
		{ "Content-Type: text/html\r\n\r\n<meta charset=utf-7><p>+AEMATwBOAEYASQBEAEUATgBUAEkAQQBM-</p>\r\n", DEFECT_CHARSET },
		{ "\r\nCONF\rIDENTIAL\r\n", DEFECT_BARE_CR },
		{ MIXED "CONFIDENTIAL\r\n--b\r\n\r\nHello\r\n--b--\r\n", DEFECT_TEXT_OUTSIDE },
		{ MIXED "--b\r\n\r\nHello\r\n--b--\r\n\r\nCONFIDENTIAL\r\n", DEFECT_TEXT_OUTSIDE },
		{ "\r\n--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nQ09ORklERU5USUFM\r\n--x--\r\n",
		  DEFECT_TEXT_DISGUISED },
		{ "\r\n\r\n<html><body>CONFIDENTIAL</body></html>\r\n", DEFECT_TEXT_DISGUISED },
		{ "Content-Type: text/enriched\r\n\r\n<bold>CONFIDENTIAL</bold>\r\n", DEFECT_TEXT_DISGUISED },
		{ "Content-Transfer-Encoding: base64\r\n\r\nQ09O\r\nRkl\r\nE\r\nRU5USUFM\r\n", DEFECT_BASE64 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct seen seen = see(cases[i].raw);
		if (!other_text_holds(&seen, SECRET) && !holds(seen.message->raw, "Rkl\r\nE"))
			fail_msg("%zu: not seen", i);
		if (!message_has_defect(seen.message, cases[i].named))
			fail_msg("%zu: not named %s", i, defect_name(cases[i].named));
		arena_free(&seen.arena);
	}
}

static void test_nothing_odd(void **state)
{
	static const char *const cases[] = {
		MIXED "This is a multi-part message in MIME format.\r\n\r\n--b\r\n\r\nHello\r\n--b--\r\n\r\n",
		"\r\nSomebody wrote <b>bold</b> and --x\r\nContent-Type is a field.\r\n",
		"\r\n> --x\r\n> Content-Type: text/plain\r\n>\r\n> Hello\r\n",
		"Content-Type: text/html; charset=utf-8\r\n\r\n<meta charset=iso-8859-1><p>a+b-c</p>\r\n",
		"Content-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\n//5IAGkA\r\n",
		"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B$3$s\x1b(B\r\n",
		"\r\nA terminal shows \x1b[31mred\x1b[0m.\r\n",
		"\r\n\xC0 la carte, \xC3\x89t\xC3\xA9\r\n",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct seen seen = see(cases[i]);
		if (seen.others.text_count + seen.others.file_count > 0 || seen.message->defect_count > 0)
			fail_msg("%zu: %zu texts, %s", i, seen.others.text_count,
				 seen.message->defect_count == 0 ? "" : defect_name(seen.message->defects[0].kind));
		arena_free(&seen.arena);
	}
}

/* Found by fuzzing: a message with nothing in it has no bytes to point at. */
static void test_empty_inside(void **state)
{
	struct seen seen = see("\6Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: text/plain\r\n\r\n1\r\n");
	assert_true(seen.message->ambiguous);
	arena_free(&seen.arena);
}

/* Encodings in encodings, heads in heads: the work stays within one budget, and what it cuts off is told. */
static void test_bounds(void **state)
{
	static const char *const pieces[] = {
		"Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\n=3D=3D\rx\r\n",
		"--b\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Type: message/rfc822\r\n\r\n",
		"begin 644 a\r\n%2$]0\r\nend\r\nQ29udGVudC1UeXBlOiB0ZXh0L3BsYWlu\r\n",
		"=?utf-8?q?=3D=3Futf-8=3Fq?= ",
	};
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
		struct arena *arena = arena_new();
		struct text raw = TEXT_INIT;
		struct other_readings others;
		limits.decoded_bytes = 200000;
		text_add(&raw, "Subject: x\r\nContent-Type: text/plain\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
		while (raw.length < 150000)
			text_add(&raw, pieces[i]);
		struct message *message = message_scan(arena, text_bytes(&raw), &limits);
		message_other_readings(arena, message, &others);
		size_t texts = 0;
		for (size_t n = 0; n < others.text_count; n++)
			texts += others.texts[n].utf8.length;
		assert_in_range(texts, 0, 4 * limits.decoded_bytes);
		assert_in_range(others.file_count, 0, 50);
		assert_in_range(arena_used(arena), 0, 60 * raw.length);
		assert_true(message_has_defect(message, DEFECT_SIZE) || message_has_defect(message, DEFECT_PARTS) || i == 3);
		text_release(&raw);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files_in_text), cmocka_unit_test(test_names),	  cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_texts),	      cmocka_unit_test(test_nothing_odd), cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_empty_inside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
