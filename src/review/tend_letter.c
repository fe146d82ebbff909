/* tend_letter.c - see tend_letter.h. English and Welsh in the council's order, as all own mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tend_letter.h"

#include <string.h>

#include "action/foot_text.h"
#include "action/notice.h"
#include "action/notice_words.h"
#include "action/own_mail.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/text.h"
#include "review/finding.h"
#include "who_has.h"

enum tend_text {
	TEXT_FAILED, TEXT_PASSED, TEXT_EXPIRED_ESCALATE, TEXT_EXPIRED_RETURN, TEXT_EXPIRED_RELEASE, TEXT_STILL_WAITS, TEXT_STILL_WAITS_SOME, TEXT_COUNT
};

struct tend_words {
	const char *name;          /* of the kind, in the Message-ID */
	const char *subject, *body; /* subject: reference; body: what the kind gives, in order */
};

/* The values: 1 reference, 2 when it was held, 3 the clause, 4 what came in between. */
static const struct tend_words letters[TEXT_COUNT] = {
	[TEXT_FAILED] = { "failed", N_("Not done: your decision on %s"),
		N_("Your decision on a held message could not be carried out. The message is kept.\n\n"
		   "What happened: %s\n\nPlease look at it again and decide anew.\n") },
	[TEXT_PASSED] = { "passed", N_("For your decision: %s"),
		N_("A held message is passed to you, the second reviewer, for a decision. Nothing is sent until then.\n\nWhy: %s\n") },
	[TEXT_EXPIRED_ESCALATE] = { "expired", N_("Overdue: %s"),
		N_("Nobody has decided on a held message in the time the Council has set. It is kept and waits for the second "
		   "reviewer; its sender has been told.\n") },
	[TEXT_EXPIRED_RETURN] = { "expired", N_("Returned undecided: %s"),
		N_("Nobody has decided on a held message in the time the Council has set. As its rule says, it is being returned to "
		   "its sender.\n") },
	[TEXT_EXPIRED_RELEASE] = { "expired", N_("Released undecided: %s"),
		N_("Nobody has decided on a held message in the time the Council has set. As its rule says, it is being released with "
		   "a line at its foot that tells so.\n") },
	[TEXT_STILL_WAITS] = { "waits", N_("Still waiting: %s"),
		N_("Your message has not been sent: it still waits for a decision, which has taken longer than the Council intends. The "
		   "second reviewer has been asked. If it is urgent, or no longer needed, please reply to this message.\n") },
	[TEXT_STILL_WAITS_SOME] = { "waits", N_("Still waiting: %s"),
		/* TRANSLATORS: the addresses */
		N_("Your message has not been sent to %s: it still waits for a decision, which has taken longer than the Council intends. "
		   "The other recipients have it. The second reviewer has been asked. If it is urgent, or no longer needed, please reply to "
		   "this message.\n") },
};

struct tend_letter {
	const struct desk *desk;
	struct arena *arena;
	const struct held *held;
	enum tend_text text;
	const char *value, *to;
	int64_t at;
	struct some_recipients lacking; /* named in place of the value, in each language */
	const char *value_cy;           /* the value in Welsh; NULL: it is the same */
};

/* In the Council's other language, or English. */
static const char *say(const struct tend_letter *letter, bool welsh, const char *text)
{
	return notice_words_text(welsh ? letter->desk->notices.words_cy : NULL, text);
}

static void add_fact(const struct tend_letter *letter, bool welsh, const char *text, const char *value, struct text *body)
{
	text_printf(body, "%s\n", line_fill(letter->arena, say(letter, welsh, text), &value, 1));
}

static void add_language(const struct tend_letter *letter, bool welsh, struct text *body)
{
	const struct finding_record *finding = finding_that_held(letter->held);
	const struct plan_options *options = &letter->desk->notices;
	const char *value = welsh && options->words_cy != NULL && letter->value_cy != NULL ? letter->value_cy : letter->value;
	if (letter->lacking.count > 0)
		value = notice_names(letter->arena, welsh ? options->words_cy : options->words_en, letter->lacking.items, letter->lacking.count);
	text_add(body, line_fill(letter->arena, say(letter, welsh, letters[letter->text].body), &value, value == NULL ? 0 : 1));
	text_add_char(body, '\n');
	add_fact(letter, welsh, N_("Reference: %s"), letter->held->id, body);
	add_fact(letter, welsh, N_("Held since: %s"), clock_format_local_in(letter->arena, letter->held->at, welsh ? "cy" : "en"), body);
	if (finding != NULL && finding->clause != NULL)
		add_fact(letter, welsh, N_("Clause: %s"), finding->clause, body);
}

static struct notice make(const struct tend_letter *letter)
{
	const struct plan_options *options = &letter->desk->notices;
	bool welsh_first = options->words_cy != NULL && options->welsh_first;
	struct text body = TEXT_INIT;
	add_language(letter, welsh_first, &body);
	if (options->words_cy != NULL) {
		text_add(&body, "\n--------\n\n");
		add_language(letter, !welsh_first, &body);
	}
	const struct tend_words *words = &letters[letter->text];
	struct own_mail mail = {
		.from_name = options->council_name,
		.from = options->notice_from,
		.to = letter->to,
		.subject = line_fill(letter->arena, say(letter, welsh_first, words->subject), &letter->held->id, 1),
		.id = arena_printf(letter->arena, "%s.%s-%lld-%.12s", letter->held->id, words->name, (long long)letter->at,
				   digest_of(letter->arena, bytes_of(letter->to))),
		.languages = options->words_cy == NULL ? "en" : welsh_first ? "cy, en" : "en, cy",
		.at = letter->at,
		.body = text_bytes(&body),
	};
	struct notice notice = {
		.kind = NOTICE_REVIEW, .to = arena_string(letter->arena, letter->to), .message = own_mail_make(letter->arena, &mail),
	};
	text_release(&body);
	return notice;
}

/* Where mail reaches whoever goes by this name or address. */
static const char *address_of(const struct desk *desk, const char *by)
{
	if (strchr(by, '@') != NULL)
		return by;
	const struct person *person = directory_by_login(desk->directory, by);
	return person == NULL || person->address_count == 0 ? NULL : person->addresses[0];
}

bool tend_letter_failed(const struct desk *desk, struct arena *arena, const struct held *held, const char *by, const char *why, int64_t at,
			struct notice *out)
{
	struct tend_letter letter = { desk, arena, held, TEXT_FAILED, why, address_of(desk, by), at, { 0 }, NULL };
	if (letter.to == NULL)
		letter.to = desk->second_reviewer != NULL ? desk->second_reviewer : desk->reviewer_count > 0 ? desk->reviewers[0] : NULL;
	if (letter.to == NULL)
		return false;
	*out = make(&letter);
	return true;
}

bool tend_letter_passed(const struct desk *desk, struct arena *arena, const struct held *held, const char *why, const char *why_cy, int64_t at,
			struct notice *out)
{
	struct tend_letter letter = { desk, arena, held, TEXT_PASSED, why, desk->second_reviewer, at, { 0 }, why_cy };
	if (letter.to == NULL)
		return false;
	*out = make(&letter);
	return true;
}

struct notice tend_letter_expired(const struct desk *desk, struct arena *arena, const struct held *held, const char *to, enum on_expiry expiry,
				  int64_t at)
{
	static const enum tend_text texts[] = {
		[EXPIRY_ESCALATE] = TEXT_EXPIRED_ESCALATE,
		[EXPIRY_RETURN] = TEXT_EXPIRED_RETURN,
		[EXPIRY_RELEASE_ANNOTATED] = TEXT_EXPIRED_RELEASE,
	};
	struct tend_letter letter = { desk, arena, held, texts[expiry], NULL, to, at, { 0 }, NULL };
	return make(&letter);
}

bool tend_letter_still_waits(const struct desk *desk, struct arena *arena, const struct held *held, int64_t at, struct notice *out)
{
	struct tend_letter letter = { desk, arena, held, TEXT_STILL_WAITS, NULL, held->sender_address, at, who_lacks(arena, held), NULL };
	if (letter.lacking.count > 0)
		letter.text = TEXT_STILL_WAITS_SOME;
	if (letter.to == NULL)
		return false;
	*out = make(&letter);
	return true;
}
