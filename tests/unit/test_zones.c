/* test_zones.c - whose each line of a text is. A case is the text itself with the answer in front of every line: the
 * number of the letter and its zone (A author, S signature, D disclaimer, H header, "--" for blank lines).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading_case.h"

struct zone_case {
	const char *subject;
	const char *lines;
	const char *letters; /* one word each: kind letter (O Q F), its parent's number, its author's name or address */
};

static const struct zone_case cases[] = {
	{ "Re: Allotments", /* Outlook, classic */
	  "0A Dear Carl,\n--\n0A I accept.\n--\n0S Kind regards,\n--\n0S Ruth Ames\n0S Town Clerk\n--\n"
	  "1H -----Original Message-----\n1H From: Carl Moss [mailto:moss@marlbrook.example]\n1H Sent: 03 March 2026 10:02\n"
	  "1H To: Ruth Ames\n1H Subject: Allotments\n--\n1A Hello Ruth\n--\n1S Carl\n",
	  "O Q0:moss@marlbrook.example" },
	{ "RE: Allotments", /* Outlook on the web, names only, disclaimer above the history */
	  "0A Yes.\n--\n0S Regards\n0S Ruth\n--\n"
	  "0D This email and any attachments are confidential and intended solely for the addressee.\n"
	  "0D If you are not the intended recipient please delete it.\n--\n0D Think before you print.\n--\n"
	  "1H ________________________________\n1H From: Carl Moss\n1H Sent: 03 March 2026 10:02\n1H To: Ruth Ames\n"
	  "1H Subject: Re: Allotments\n--\n1A Again?\n--\n"
	  "2H From: Ruth Ames <clerk@marlbrook.example>\n2H Sent: 02 March 2026\n2H To: Carl Moss\n2H Subject: Allotments\n--\n2A First.\n",
	  "O Q0:Carl_Moss Q1:clerk@marlbrook.example" },
	{ "Re: Allotments", /* Gmail, wrapped attribution, nested */
	  "0A Fine by me.\n--\n1H On Tue, 3 Mar 2026 at 10:02, Carl Moss <\n1H moss@marlbrook.example> wrote:\n--\n"
	  "1A > Hello\n1A >\n2H > On Mon, 2 Mar 2026 at 9:00, Ruth Ames <clerk@marlbrook.example> wrote:\n2A >> First\n",
	  "O Q0:moss@marlbrook.example Q1:clerk@marlbrook.example" },
	{ "Re: Allotments", /* interleaved */
	  "1H On 03/03/2026 10:02, Carl Moss wrote:\n1A > Can we meet?\n--\n0A Yes.\n--\n1A > Where?\n--\n0A At the hall.\n--\n0S Ruth\n",
	  "O Q0:Carl_Moss" },
	{ "Re: Allotments", /* bottom posting */
	  "1H On 03/03/2026 10:02, Carl Moss wrote:\n1A > Can we meet?\n1A > Soon?\n--\n0A Yes, on Monday.\n--\n0S Kind regards\n0S Ruth Ames\n",
	  "O Q0:Carl_Moss" },
	{ "Re: Allotments", /* Apple quotes the attribution too */
	  "0A Good.\n--\n1H > On 3 Mar 2026, at 10:02, Carl Moss <moss@marlbrook.example> wrote:\n1A >\n1A > Hello\n",
	  "O Q0:moss@marlbrook.example" },
	{ "Re: Allotments", /* a quotation without a word, by somebody who quoted */
	  "0A Good.\n--\n1A > Bob's answer\n2H > On Mon, 2 Mar 2026, Alice wrote:\n2A >> question\n",
	  "O Q0: Q1:Alice" },
	{ "Fwd: Allotments", /* Gmail forward */
	  "0A See below.\n--\n1H ---------- Forwarded message ---------\n1H From: Carl Moss <moss@marlbrook.example>\n"
	  "1H Date: Tue, 3 Mar 2026 at 10:02\n1H Subject: Allotments\n1H To: <clerk@marlbrook.example>\n--\n--\n1A Hello\n",
	  "O F0:moss@marlbrook.example" },
	{ "Allotments", /* Apple forward under a subject of its own */
	  "0A See below.\n--\n1H Begin forwarded message:\n--\n1H > From: Carl Moss <moss@marlbrook.example>\n"
	  "1H > Subject: Allotments\n1H > Date: 3 March 2026 at 10:02:00 GMT\n1H > To: clerk@marlbrook.example\n1A >\n1A > Hello\n--\n0A Thanks for looking.\n",
	  "O F0:moss@marlbrook.example" },
	{ "Allotments", /* Thunderbird forward */
	  "0A See below.\n--\n1H -------- Forwarded Message --------\n1H Subject: \tAllotments\n1H Date: \tTue, 3 Mar 2026 10:02:00 +0000\n"
	  "1H From: \tCarl Moss <moss@marlbrook.example>\n1H To: \tclerk@marlbrook.example\n--\n1A Hello\n",
	  "O F0:moss@marlbrook.example" },
	{ "FW: Allotments", /* Outlook forward: the subject says it, and only of the first block */
	  "1H From: Carl Moss <moss@marlbrook.example>\n1H Sent: 03 March 2026 10:02\n1H To: Ruth Ames <clerk@marlbrook.example>\n"
	  "1H Subject: Allotments\n--\n1A Hello\n--\n"
	  "2H *From:* Ruth Ames <clerk@marlbrook.example>\n2H *Sent:* 02 March 2026 10:02\n2H *To:* Carl Moss\n2H *Subject:* Allotments\n--\n2A First\n",
	  "O F0:moss@marlbrook.example Q1:clerk@marlbrook.example" },
	{ "Ymlaen: Y parc", /* Welsh */
	  "0A Gweler isod.\n--\n0S Cofion gorau\n0S Siân\n--\n1H Oddi wrth: Huw Jones <jones@marlbrook.example>\n1H Anfonwyd: 3 Mawrth 2026 10:02\n"
	  "1H At: Siân Rees\n1H Testun: Y parc\n--\n1A Helo\n--\n"
	  "2H Ar Maw 3 Maw 2026 am 10:02, ysgrifennodd Siân Rees <sian@marlbrook.example>:\n2A > Bore da\n",
	  "O F0:jones@marlbrook.example Q1:sian@marlbrook.example" },
	{ "AW: Test", "0A Ja.\n--\n1H Von: Carl Moss <moss@x.example>\n1H Gesendet: Dienstag, 3. März 2026 10:02\n1H An: Ruth Ames\n1H Betreff: Test\n--\n1A Nein.\n",
	  "O Q0:moss@x.example" },
	{ "Re: Test", "0A Oui.\n--\n1H Le mar. 3 mars 2026 à 10:02, Carl Moss <moss@x.example> a écrit :\n--\n1A > Non.\n", "O Q0:moss@x.example" },
	{ "Re: Test", "0A Sí.\n--\n1H El mar, 3 mar 2026 a las 10:02, Carl Moss (<moss@x.example>) escribió:\n--\n1A > No.\n", "O Q0:moss@x.example" },
	{ "Odp: Test", "0A Tak.\n--\n1H W dniu 03.03.2026 o 10:02, Carl Moss pisze:\n1A > Nie.\n", "O Q0:Carl_Moss" },
	{ "Re: Roof", /* quoted by other marks */
	  "1H On Tue, 3 Mar 2026 at 10:02, Carl Moss <moss@x.example> wrote:\n1A # The roof leaks.\n1A # Do you accept?\n--\n0A I accept.\n--\n"
	  "1A # And the gate?\n0A Never.\n",
	  "O Q0:moss@x.example" },
	{ "Re: Roof", /* and by initials */
	  "1H On Tue, 3 Mar 2026 at 10:02, Carl Moss <moss@x.example> wrote:\n--\n1A CM> The roof leaks.\n--\n0A I know.\n--\n1A CM> Do you accept?\n0A Yes.\n",
	  "O Q0:moss@x.example" },
	{ "List", "0A As Carl wrote:\n0A - one\n0A - two\n--\n0A and I agree.\n", "O" },
	{ "Script", "0A # first\n0A # second\n0A make\n", "O" },
	/* near misses: none of these begins another letter */
	{ "Re: Allotments", /* quoted, with no more than who and when */
	  "1H > From: Carl Moss [mailto:moss@marlbrook.example]\n1H > Sent: 3 March 2026 10:02\n--\n1A > May I?\n--\n0A Yes.\n",
	  "O Q0:moss@marlbrook.example" },
	{ "Re: Fete", "1A > From: Saturday\n1A > To: Sunday\n1A > we are open.\n--\n0A Good.\n", "O Q0:" },
	{ "Fete", "0A Come along.\n--\n0A From: 10am\n0A To: 4pm\n0A Date: Saturday 7 March\n", "O" },
	{ "Memo", "0A To: All councillors\n0A From: Town Clerk\n0A Date: 3 March\n0A Subject: Meeting\n--\n0A Please attend.\n", "O" },
	{ "Memo", "0A From: Town Clerk\n0A To: All councillors\n0A Date: 3 March\n0A Subject: Meeting\n--\n0A Please attend.\n", "O" },
	{ "Note", "0A On Friday Cllr Lowe wrote:\n0A nothing much, and I did not answer.\n", "O" },
	{ "Note", "0A On reflection:\n0A - one\n0A - two\n", "O" },
	{ "Note", "0A Original message below is what I meant to say.\n", "O" },
	{ "Note", "0A -----\n0A Agenda\n0A -----\n0A Item\n", "O" },
	{ "Note", "0A >From what I hear it is settled.\n", "O" },
	/* signatures and boilerplate */
	{ "Note", "0A Dear Carl\n--\n0A Thanks Ruth,\n--\n0A That is fine with me.\n--\n0S Carl Moss\n0S Councillor\n", "O" },
	{ "Note", "0A Thank you.\n", "O" },
	{ "Note", "0A Hello\n--\n0S Sent from my iPhone\n", "O" },
	{ "Note", "0A The mower was sent from my iPhone shop to yours.\n", "O" },
	{ "Note", "0A Hello\n--\n0S Regards\n0S Ruth Ames\n0S Clerk\n--\n0A CC councillor Amir Khan\n--\n"
		  "0D This email is intended only for the addressee.\n", "O" },
	{ "Note", "0A Hello\n--\n0S Regards\n0S Ruth Ames\n--\n0A PS please bring the key.\n", "O" },
	{ "Note", "0D This message contains privileged information intended solely for the addressee. Unauthorised use is prohibited.\n--\n"
		  "0A Dear Carl\n--\n0A I accept.\n--\n0S Regards\n0S Ruth Ames\n", "O" },
	{ "Note", "0A This email is confidential - please do not share it, Carl.\n--\n0A I mean it.\n--\n0S Ruth Ames\n", "O" },
	{ "Note", "0A Please treat the above as confidential until I have told the staff.\n--\n0S Regards\n0S Ruth Ames\n", "O" },
	{ "Note", "0A Hello\n--\n0S Cofion\n0S Siân Rees\n--\n0D Os nad chi yw'r derbynnydd, dilëwch y neges hon.\n", "O" },
	{ "Note", "0A One\n--\n0S Kind regards\n0S Ruth Ames\n0S Town Clerk\n--\n0S Kind regards\n0S Amir Khan\n0S Mayor\n", "O" },
};

struct placed {
	size_t letter;
	char zone;
};

/* The letter and zone of the line of the first part that begins at this offset. */
static struct placed place_of(const struct reading *reading, size_t offset)
{
	for (size_t i = 0; i < reading->letter_count; i++)
		for (size_t p = 0; p < reading->letters[i]->passage_count; p++)
			for (size_t k = 0; k < reading->letters[i]->passages[p].line_count; k++)
				if (reading->letters[i]->passages[p].lines[k].offset == offset)
					return (struct placed){ i, "ASDH"[reading->letters[i]->passages[p].lines[k].zone] };
	return (struct placed){ (size_t)-1, '?' };
}

static void check_letters(const struct zone_case *c, const struct reading *reading)
{
	struct text seen = TEXT_INIT;
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		text_add(&seen, i == 0 ? "" : " ");
		text_add_char(&seen, "OQFE"[letter->kind]);
		for (size_t k = 0; k < reading->letter_count; k++)
			if (reading->letters[k] == letter->parent)
				text_printf(&seen, "%zu:", k);
		if (i == 0 || letter->from.count == 0)
			continue;
		const struct mailbox *from = &letter->from.items[0];
		for (const char *s = from->address[0] != '\0' ? from->address : from->name; *s != '\0'; s++)
			text_add_char(&seen, *s == ' ' ? '_' : *s);
	}
	if (strcmp(text_string(&seen), c->letters) != 0)
		fail_msg("%s / %s: letters %s", c->subject, c->lines, text_string(&seen));
	text_release(&seen);
}

static void check_case(const struct zone_case *c)
{
	struct text headers = TEXT_INIT, body = TEXT_INIT;
	struct bytes line;
	text_printf(&headers, PLAIN_FROM("%s"), c->subject);
	for (size_t at = 0; bytes_next_line(bytes_of(c->lines), &at, &line);) {
		text_add_bytes(&body, bytes_slice(line, 3, line.length));
		text_add(&body, "\n");
	}
	struct reading_case reading = reading_open(text_string(&headers), text_bytes(&body));
	check_letters(c, reading.reading);
	size_t offset = 0;
	for (size_t at = 0; bytes_next_line(bytes_of(c->lines), &at, &line);) {
		size_t length = line.length > 3 ? line.length - 3 : 0;
		struct placed placed = place_of(reading.reading, offset);
		if (line.data[0] != '-' && (placed.letter != (size_t)(line.data[0] - '0') || placed.zone != line.data[1]))
			fail_msg("%s: \"%.*s\" is %zu%c", c->subject, (int)line.length, line.data, placed.letter, placed.zone);
		offset += length + 2;
	}
	text_release(&headers);
	text_release(&body);
	reading_close(&reading);
}

static void test_zones(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_case(&cases[i]);
}

/* Whatever is cut off, every line is in exactly one letter and one zone. */
static void test_each_line_once(void **state)
{
	const char *lines = cases[1].lines;
	for (size_t cut = 0; cut < strlen(lines); cut += 7) {
		struct reading_case c = reading_open(PLAIN_FROM("x"), bytes_slice(bytes_of(lines), 0, cut));
		size_t count = 0, wanted = 0, at = 0;
		struct bytes line;
		while (bytes_next_line(bytes_slice(bytes_of(lines), 0, cut), &at, &line))
			wanted++;
		for (size_t i = 0; i < c.reading->letter_count; i++)
			for (size_t p = 0; p < c.reading->letters[i]->passage_count; p++)
				count += c.reading->letters[i]->passages[p].line_count;
		assert_int_equal(count, wanted);
		reading_close(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_zones), cmocka_unit_test(test_each_line_once) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
