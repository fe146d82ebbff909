/* test_reading.c - a whole message: alternatives that are one letter, enclosed messages, sentences, the foot's place,
 * and what nobody could read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading_case.h"

#define MIXED "From: Ruth Ames <clerk@marlbrook.example>\nTo: moss@marlbrook.example\nSubject: Re: Quote\nMessage-ID: <1@marlbrook.example>\n" \
	"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=M\n"
#define HTML_FROM "From: r@x.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"

static const char two_faces[] =
	"--M\nContent-Type: multipart/alternative; boundary=A\n\n"
	"--A\nContent-Type: text/plain; charset=utf-8\n\n"
	"Dear Carl,\n\nI accept your quotation.\nPlease start.\n\nRegards\nRuth Ames\nTown Clerk\n\n"
	"On Tue, 3 Mar 2026 at 10:02, Carl Moss <moss@x.example> wrote:\n\n> My quotation\n"
	"--A\nContent-Type: text/html; charset=utf-8\n\n"
	"<html><body><div>Dear Carl,</div><div><br></div><div>I accept your quotation. Please start.</div><div><br></div>"
	"<div>Regards</div><div>Ruth Ames</div><div>Town Clerk</div><br>"
	"<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Tue, 3 Mar 2026 at 10:02, Carl Moss &lt;moss@x.example&gt; wrote:<br></div>"
	"<blockquote class=\"gmail_quote\">My quotation</blockquote></div></body></html>\n"
	"--A--\n--M--\n";

static void test_two_faces_are_one_letter(void **state)
{
	struct reading_case c = reading_open(MIXED, BYTES(two_faces));
	assert_int_equal(c.reading->letter_count, 2);
	assert_int_equal(c.reading->outer->passage_count, 2);
	assert_int_equal(c.reading->letters[1]->passage_count, 2);
	assert_false(c.reading->outer->passages[0].html);
	assert_true(c.reading->outer->passages[1].html);
	assert_ptr_equal(c.reading->letters[1]->parent, c.reading->outer);
	assert_string_equal(c.reading->letters[1]->from.items[0].address, "moss@x.example");
	assert_int_equal(c.reading->outer->signature_count, 1);
	assert_string_equal(c.reading->message_id, "<1@marlbrook.example>");
	assert_true(c.reading->outer->is_reply);
	size_t accepts = 0;
	for (size_t i = 0; i < c.reading->sentence_count; i++)
		accepts += bytes_equal(c.reading->sentences[i].plain, BYTES("I accept your quotation."));
	assert_int_equal(accepts, 1);
	assert_int_equal(c.reading->foot_count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_false(c.reading->feet[i].at_end);
	assert_int_equal(c.reading->unreadable_count, 0);
	reading_close(&c);
}

/* "|" is where the foot goes; "$" in front: at the end. */
static const struct {
	bool html;
	const char *body;
} feet[] = {
	{ false, "Hello\n\nRuth Ames\n\n|On Tue, 3 Mar 2026 at 10:02, Carl <c@x.example> wrote:\n> Hello\n" },
	{ false, "Hello\n\n|________________________________\nFrom: Carl <c@x.example>\nSent: 3 March 2026 10:02\nTo: Ruth\nSubject: x\n\nHello\n" },
	{ false, "Hello\n\nRegards\nRuth\n\nThis email is intended solely for the addressee.\n\n|-----Original Message-----\nFrom: Carl <c@x.example>\n\nHello\n" },
	{ false, "On Tue, 3 Mar 2026 at 10:02, Carl <c@x.example> wrote:\n> Hello\n\nHello yourself\n|" },
	{ false, "On Tue, 3 Mar 2026 at 10:02, Carl <c@x.example> wrote:\n> Hello?\n\nYes.\n\n|On Mon, 2 Mar 2026 at 10:02, Ruth <r@x.example> wrote:\n> First\n" },
	{ false, "Hello\n\n|> quoted\n\nThis email is intended solely for the addressee.\n" },
	{ false, "|---------- Forwarded message ---------\nFrom: Carl <c@x.example>\nSubject: x\n\nHello\n" },
	{ false, "Hello\n|" },
	{ false, "Hello|" },
	{ false, "|" },
	{ true, "<html><body><p>Hello</p>|</body></html>" },
	{ true, "<p>Hello</p>|" },
	{ true, "<p>Hello</p>|<blockquote type=\"cite\"><p>old</p></blockquote>" },
	{ true, "<p>Hello</p>|<div class=\"gmail_quote\"><div>On Tue, 3 Mar 2026 at 10:02, Carl &lt;c@x.example&gt; wrote:</div><blockquote class=\"gmail_quote\">old</blockquote></div><br>" },
	{ true, "<p>Hello</p><div id=\"appendonsend\"></div>|<hr><div id=\"divRplyFwdMsg\"><b>From:</b> Carl &lt;c@x.example&gt;<br><b>Sent:</b> 3 March 2026 10:02<br><b>To:</b> Ruth<br><b>Subject:</b> x<br></div><div>old</div>" },
	{ true, "<div class=WordSection1><p class=MsoNormal>Hello</p>|<div><div style='border:none;border-top:solid 1pt'><p class=MsoNormal><b>From:</b> Carl &lt;c@x.example&gt;<br><b>Sent:</b> 3 March 2026 10:02<br><b>To:</b> Ruth<br><b>Subject:</b> x</p></div></div><p class=MsoNormal>old</p></div>" },
	{ true, "<p>Hello</p>|<table><tr><td>From:</td><td>Carl &lt;c@x.example&gt;</td></tr><tr><td>Sent:</td><td>3 March 2026 10:02</td></tr><tr><td>To:</td><td>Ruth</td></tr><tr><td>Subject:</td><td>x</td></tr></table><p>old</p>" },
	{ true, "<blockquote type=\"cite\">old</blockquote><p>Hello</p>|</body>" },
};

static void test_feet(void **state)
{
	for (size_t i = 0; i < sizeof feet / sizeof *feet; i++) {
		struct text body = TEXT_INIT;
		size_t wanted = 0, at = 0;
		/* Line ends become CRLF on the way in. */
		for (const char *s = feet[i].body; *s != '\0'; s++) {
			if (*s == '|') {
				wanted = at;
				continue;
			}
			text_add_char(&body, *s);
			at += *s == '\n' ? 2 : 1;
		}
		struct reading_case c = reading_open(feet[i].html ? HTML_FROM : PLAIN_FROM("x"), text_bytes(&body));
		assert_int_equal(c.reading->foot_count, 1);
		const struct foot *foot = &c.reading->feet[0];
		if (foot->at != wanted)
			fail_msg("%s: at %zu, not %zu", feet[i].body, foot->at, wanted);
		const char *behind = strchr(feet[i].body, '|') + 1;
		bool open = !feet[i].html && wanted > 0 && behind[-2] != '\n';
		assert_int_equal(foot->line_open, open);
		text_release(&body);
		reading_close(&c);
	}
}

static const struct {
	const char *body;
	const char *sentences; /* joined by "|" */
} sentences[] = {
	{ "Dear Carl,\nI accept your quotation of\nthe fence. Please start!\n\nCould you? Yes.\n",
	  "Dear Carl, I accept your quotation of the fence.|Please start!|Could you?|Yes." },
	{ "We met Cllr. Khan and Mrs. Webb at St. Mary's on 3 Mar. 2026 about item No. 4.\n",
	  "We met Cllr. Khan and Mrs. Webb at St. Mary's on 3 Mar. 2026 about item No. 4." },
	{ "He wrote \"I accept your quotation and will pay\" to me.\n", "He wrote \"...\" to me." },
	{ "We call it \"the big fence\" here.\n", "We call it \"the big fence\" here." },
	{ "He said 'you are hereby instructed to start' and left the councillors' room.\n", "He said '...' and left the councillors' room." },
	{ "To do:\n- accept the quote\n- ask Carl\n1. Third item\n", "To do:|- accept the quote|- ask Carl|1. Third item" },
	{ "One line that is long enough to have been wrapped by\na mail program goes on here.\n",
	  "One line that is long enough to have been wrapped by a mail program goes on here." },
	{ "First\nSecond\n", "First|Second" },
	{ "lena the slides are late. have them ready by noon. twelve sets\n", "lena the slides are late.|have them ready by noon.|twelve sets" },
	{ "The slides. are late. have them.\n", "The slides. are late. have them." },
	{ "> quoted words\n\nMine.\n", "Mine." },
	{ "Same words.\n\nSame  words.\n", "Same words." },
	{ "Hello\n\nThis message is intended solely for the addressee.\n", "Hello" },
	{ "", "" },
};

static void test_sentences(void **state)
{
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		struct reading_case c = reading_open(PLAIN_FROM("x"), bytes_of(sentences[i].body));
		struct text seen = TEXT_INIT;
		for (size_t k = 0; k < c.reading->sentence_count; k++) {
			const struct sentence *sentence = &c.reading->sentences[k];
			text_add(&seen, k == 0 ? "" : "|");
			text_add_bytes(&seen, sentence->plain);
			assert_int_equal(sentence->question, bytes_ends_with(sentence->plain, BYTES("?")));
		}
		if (strcmp(text_string(&seen), sentences[i].sentences) != 0)
			fail_msg("%s: %s", sentences[i].body, text_string(&seen));
		text_release(&seen);
		reading_close(&c);
	}
}

static void test_enclosed_message(void **state)
{
	struct reading_case c = reading_open(
		MIXED, BYTES("--M\nContent-Type: text/plain\n\nSee attached.\n--M\nContent-Type: message/rfc822\n\n"
			     "From: Carl Moss <moss@x.example>\nTo: clerk@marlbrook.example\nSubject: CONFIDENTIAL: old\nSensitivity: Company-Confidential\n\n"
			     "Hello\n\nOn Tue, 3 Mar 2026 at 10:02, Ruth <r@x.example> wrote:\n> First\n--M--\n"));
	assert_int_equal(c.reading->letter_count, 3);
	const struct letter *enclosed = c.reading->letters[1];
	assert_int_equal(enclosed->kind, LETTER_ENCLOSED);
	assert_ptr_equal(enclosed->parent, c.reading->outer);
	assert_string_equal(enclosed->from.items[0].name, "Carl Moss");
	assert_int_equal(enclosed->marking_count, 2);
	assert_string_equal(enclosed->sensitivity, "company-confidential");
	assert_int_equal(c.reading->outer->marking_count, 0);
	assert_ptr_equal(c.reading->letters[2]->parent, enclosed);
	assert_int_equal(c.reading->foot_count, 1);
	assert_int_equal(c.reading->sentence_count, 1);
	reading_close(&c);
}

static const struct {
	const char *part;
	const char *why; /* NULL: nothing to report */
} unread[] = {
	{ "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx\n", "encrypted (S/MIME)" },
	{ "Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nx\n", "wrapped in a signature (S/MIME)" },
	{ "Content-Type: multipart/encrypted; boundary=E\n\n--E\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--E\n"
	  "Content-Type: application/octet-stream; name=x.zip\n\nx\n--E--\n", "encrypted (PGP/MIME)" },
	{ "Content-Type: application/ms-tnef\n\nx\n", "Outlook's own format (winmail.dat)" },
	{ "Content-Type: application/octet-stream; name=winmail.dat\n\nx\n", "Outlook's own format (winmail.dat)" },
	{ "Content-Type: application/pdf; name=plan.pdf\n\nx\n", "attachment not examined (pdf)" },
	{ "Content-Type: application/octet-stream; name=\"Letter of acceptance.DOCX\"\n\nx\n", "attachment not examined (docx)" },
	{ "Content-Type: application/zip\n\nx\n", "attachment not examined (zip)" },
	{ "Content-Type: text/plain\nContent-Transfer-Encoding: x-foo\n\nx\n", "unknown transfer encoding \"x-foo\"" },
	{ "Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\nx\n", "encrypted (PGP)" },
	{ "Content-Type: message/partial; id=x; number=1\n\nx\n", "a piece of a larger message" },
	{ "Content-Type: image/png; name=logo.png\n\nx\n", NULL },
	{ "Content-Type: application/pgp-signature; name=signature.asc\n\nx\n", NULL },
	{ "Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\n", NULL },
	{ "Content-Type: audio/mpeg\n\nx\n", NULL },
	{ "Content-Type: text/plain; charset=utf-8\n\nfine\n", NULL },
};

static void test_unreadable(void **state)
{
	for (size_t i = 0; i < sizeof unread / sizeof *unread; i++) {
		struct text body = TEXT_INIT;
		text_printf(&body, "--M\nContent-Type: text/plain\n\nHello\n--M\n%s--M--\n", unread[i].part);
		struct reading_case c = reading_open(MIXED, text_bytes(&body));
		if (c.reading->unreadable_count != (unread[i].why != NULL))
			fail_msg("%s: %zu unreadable", unread[i].part, c.reading->unreadable_count);
		if (unread[i].why != NULL) {
			assert_string_equal(c.reading->unreadable[0].why, unread[i].why);
			assert_string_equal(c.reading->unreadable[0].part, "2");
		}
		text_release(&body);
		reading_close(&c);
	}
}

static void test_text_beyond_the_limit_is_told(void **state)
{
	struct text body = TEXT_INIT;
	for (int i = 0; i < 70000; i++)
		text_add(&body, "a\n");
	struct reading_case c = reading_open(PLAIN_FROM("x"), text_bytes(&body));
	assert_int_equal(c.reading->unreadable_count, 1);
	assert_string_equal(c.reading->unreadable[0].why, "text too long to examine to the end");
	text_release(&body);
	reading_close(&c);
}

/* A marking could stand behind the end of it. */
static void test_field_beyond_the_limit_is_told(void **state)
{
	struct text headers = TEXT_INIT;
	text_add(&headers, "From: x@c.example\nSubject: a");
	for (int i = 0; i < 1000; i++)
		text_printf(&headers, "\n %060d", i);
	text_add(&headers, " confidential\n");
	struct reading_case c = reading_open(text_string(&headers), BYTES("Hello\n"));
	assert_int_equal(c.reading->unreadable_count, 1);
	assert_string_equal(c.reading->unreadable[0].why, "a header field too large to examine whole");
	text_release(&headers);
	reading_close(&c);
}

static const struct {
	const char *header;
	bool automatic;
} automatic[] = {
	{ "Auto-Submitted: auto-replied\n", true }, { "Auto-Submitted: no\n", false }, { "X-Autoreply: yes\n", true },
	{ "Precedence: auto_reply\n", true },	    { "Precedence: bulk\n", false },
};

static void test_automatic_mail(void **state)
{
	for (size_t i = 0; i < sizeof automatic / sizeof *automatic; i++) {
		struct text headers = TEXT_INIT;
		text_printf(&headers, PLAIN_FROM("x") "%s", automatic[i].header);
		struct reading_case c = reading_open(text_string(&headers), BYTES("Hello\n"));
		assert_int_equal(c.reading->auto_submitted, automatic[i].automatic);
		assert_null(c.reading->message_id);
		text_release(&headers);
		reading_close(&c);
	}
}

#define EVENT "\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n"
#define INVITING "Content-Type: text/calendar; method=REQUEST" EVENT

static const struct {
	const char *headers, *body;
	bool of_calendar;
} calendars[] = {
	{ "Content-Type: text/calendar; method=REQUEST\n", EVENT, true },
	{ "Content-Type: text/calendar\n", EVENT, false },
	{ "Content-Type: multipart/alternative; boundary=b\n", "--b\n\nBring the plan.\n--b\n" INVITING "--b--\n", true },
	{ "Content-Type: multipart/mixed; boundary=a\n",
	  "--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nBring it.\n--b\n" INVITING "--b--\n--a--\n", true },
	{ "Content-Type: multipart/mixed; boundary=b\n", "--b\n\nThe dates are attached.\n--b\n" INVITING "--b--\n", false },
};

static void test_calendars(void **state)
{
	for (size_t i = 0; i < sizeof calendars / sizeof *calendars; i++) {
		struct text headers = TEXT_INIT;
		text_printf(&headers, "From: x@y.example\nMIME-Version: 1.0\n%s", calendars[i].headers);
		struct reading_case c = reading_open(text_string(&headers), bytes_of(calendars[i].body));
		assert_int_equal(c.reading->of_calendar, calendars[i].of_calendar);
		assert_false(c.reading->auto_submitted);
		text_release(&headers);
		reading_close(&c);
	}
}

static const struct {
	const char *subject, *bare;
	bool reply, forward;
} subjects[] = {
	{ "Re: Quote", "Quote", true, false },	     { "RE[2]: Fwd: Quote", "Quote", true, false },
	{ "FW: RE: Quote", "Quote", false, true },   { "WG: Quote", "Quote", false, true },
	{ "TR : Quote", "Quote", false, true },	     { "I: Quote", "Quote", false, true },
	{ "Ymlaen: Quote", "Quote", false, true },   { "YML: Quote", "Quote", false, true },
	{ "[EXT] Re: Quote", "[EXT] Quote", true, false }, { "Report: Quote", "Report: Quote", false, false },
	{ "Reference: x", "Reference: x", false, false }, { "Quote", "Quote", false, false },
	{ "[Ref 1] Quote", "[Ref 1] Quote", false, false },
};

static void test_subjects(void **state)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		struct text headers = TEXT_INIT;
		text_printf(&headers, PLAIN_FROM("%s"), subjects[i].subject);
		struct reading_case c = reading_open(text_string(&headers), BYTES("Hello\n"));
		assert_string_equal(c.reading->outer->bare_subject, subjects[i].bare);
		assert_int_equal(c.reading->outer->is_reply, subjects[i].reply);
		assert_int_equal(c.reading->outer->is_forward, subjects[i].forward);
		text_release(&headers);
		reading_close(&c);
	}
}

/* Nothing said far down is passed over in silence. */
static void test_too_many_sentences(void **state)
{
	enum { MOST = 20000 };
	for (size_t over = 0; over < 2; over++) {
		struct text body = TEXT_INIT;
		for (size_t i = 0; i < MOST + over; i++)
			text_printf(&body, "Point %zu.\n%s", i, i % 1000 == 0 ? "Point 0.\n" : "");
		text_add(&body, "Point 7.\n");
		struct reading_case c = reading_open(PLAIN_FROM("x"), text_bytes(&body));
		assert_int_equal(c.reading->sentence_count, MOST);
		assert_int_equal(c.reading->unreadable_count, over);
		if (over > 0) {
			assert_string_equal(c.reading->unreadable[0].part, "");
			assert_string_equal(c.reading->unreadable[0].why, "more sentences than are examined");
		}
		text_release(&body);
		reading_close(&c);
	}
}

/* Talk of what is confidential leaves room for a label behind it. */
static void test_label_behind_much_talk(void **state)
{
	struct text body = TEXT_INIT;
	text_add(&body, "--M\nContent-Type: text/plain\n\n");
	for (size_t i = 0; i < 60; i++)
		text_printf(&body, "We spoke of the confidential matter number %zu in the hall.\n\n", i);
	text_add(&body, "--M\nContent-Type: text/plain\n\nCONFIDENTIAL\n\nStaffing\n--M--\n");
	struct reading_case c = reading_open(MIXED, text_bytes(&body));
	const struct letter *outer = c.reading->outer;
	size_t labels = 0;
	for (size_t i = 0; i < outer->marking_count; i++)
		labels += outer->markings[i].strength == MARKING_EXPLICIT && strcmp(outer->markings[i].where, "part 2, line 1") == 0;
	assert_int_equal(outer->marking_count, 50);
	assert_int_equal(labels, 1);
	text_release(&body);
	reading_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_faces_are_one_letter), cmocka_unit_test(test_feet),
		cmocka_unit_test(test_sentences),		 cmocka_unit_test(test_enclosed_message),
		cmocka_unit_test(test_unreadable),		 cmocka_unit_test(test_text_beyond_the_limit_is_told),
		cmocka_unit_test(test_field_beyond_the_limit_is_told),
		cmocka_unit_test(test_automatic_mail), cmocka_unit_test(test_calendars),		 cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_too_many_sentences),	 cmocka_unit_test(test_label_behind_much_talk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
