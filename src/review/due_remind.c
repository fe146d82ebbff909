/* due_remind.c - the reminder of a reply that is due: to the officer or mailbox it was put to, in the Council's languages, with the clause.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "action/foot_text.h"
#include "action/notice_words.h"
#include "action/own_mail.h"
#include "base/clock.h"
#include "base/harmless.h"
#include "base/text.h"
#include "directory/post.h"
#include "due_message.h"
#include "review/reply_due.h"

#define MADE_UP_FOR ((int64_t)3 * 24 * 60 * 60)

static const char *const bodies[] = {
	/* TRANSLATORS: to an officer; %{title} is empty or the subject in brackets. */
	[CLOCK_CONTACT] = N_("%{sender} wrote to you on %{when}%{title}. The protocol asks that you are in touch with them by %{due}. A short "
			     "answer that says when they can expect a full reply is enough for that."),
	[CLOCK_RESPONSE] = N_("%{sender} wrote to you on %{when}%{title}. The protocol asks for a reply by %{due}. If you need longer, please "
			      "tell them by when they can expect it; that day then counts."),
};
static const char *const otherwise =
	N_("If you have replied in another way, by telephone say, or no reply is needed, please answer this message so that it can be noted.");

struct reminder {
	struct desk *desk;
	struct arena *arena;
	const struct reply_clock *clock;
	const struct rule *rule;
	const struct held *held;
	enum clock_part part;
	int64_t due, now;
};

static const char *say(const struct reminder *reminder, bool welsh, const char *text)
{
	return notice_words_text(welsh ? reminder->desk->notices.words_cy : NULL, text);
}

static const char *subject_of(const struct reminder *reminder)
{
	const char *subject = reminder->held->subject;
	return subject == NULL || *subject == '\0' ? NULL : harmless_line(reminder->arena, bytes_of(subject));
}

static void add_language(const struct reminder *reminder, bool welsh, struct text *body)
{
	struct arena *arena = reminder->arena;
	const struct person *member = directory_by_address(reminder->desk->directory, reminder->clock->member);
	const char *subject = subject_of(reminder), *clause = reminder->rule->clause, *id = reminder->held->id;
	const char *language = welsh && reminder->desk->notices.words_cy != NULL ? "cy" : "en";
	text_add(body, notice_fill(arena, say(reminder, welsh, bodies[reminder->part]),
				   NOTICE_VALUES({ "sender", member == NULL ? reminder->clock->member : member->name },
						 { "when", clock_format_local_in(arena, reminder->clock->started, language) },
						 { "title", subject == NULL ? "" : arena_printf(arena, " (\"%s\")", subject) },
						 { "due", clock_format_local_in(arena, reminder->due, language) })));
	text_printf(body, "\n\n%s\n\n", say(reminder, welsh, otherwise));
	text_printf(body, "%s\n", line_fill(arena, say(reminder, welsh, N_("Clause: %s")), &clause, 1));
	text_printf(body, "%s\n", line_fill(arena, say(reminder, welsh, N_("Reference: %s")), &id, 1));
}

static struct notice make(const struct reminder *reminder)
{
	const struct plan_options *options = &reminder->desk->notices;
	bool both = options->words_cy != NULL, welsh_first = both && options->welsh_first;
	const char *subject = subject_of(reminder);
	struct text body = TEXT_INIT;
	add_language(reminder, welsh_first, &body);
	if (both) {
		text_add(&body, "\n--------\n\n");
		add_language(reminder, !welsh_first, &body);
	}
	struct own_mail mail = {
		.from_name = options->council_name,
		.from = options->notice_from,
		.to = reminder->clock->officer,
		.subject = notice_fill(reminder->arena, say(reminder, welsh_first, N_("Reply due: %{about}")),
				       NOTICE_VALUES({ "about", subject == NULL ? reminder->held->id : subject })),
		.id = arena_printf(reminder->arena, "%s.reply-%s-%lld", reminder->held->id, reminder->part == CLOCK_CONTACT ? "contact" : "due",
				   (long long)reminder->due),
		.in_reply_to = reminder->clock->message_id,
		.languages = !both ? "en" : welsh_first ? "cy, en" : "en, cy",
		.at = reminder->now,
		.body = text_bytes(&body),
	};
	struct notice notice = { .kind = NOTICE_REMINDER, .to = reminder->clock->officer, .message = own_mail_make(reminder->arena, &mail) };
	text_release(&body);
	return notice;
}

static const struct rule *rule_that_reminds(const struct desk *desk, const char *id)
{
	for (size_t i = 0; desk->policy != NULL && i < policy_count(desk->policy); i++) {
		const struct rule *rule = policy_at(desk->policy, i);
		if (strcmp(rule->id, id) == 0)
			return rule->clock != NULL && rule->mode >= MODE_ADVISE ? rule : NULL;
	}
	return NULL;
}

static bool has_come(int64_t reminder, int64_t due, int64_t done_at, int64_t now)
{
	return reminder != 0 && done_at == 0 && reminder <= now && now < due + MADE_UP_FOR;
}

/* Of two that have come at once only the later one is sent. */
static bool remind_one(struct reminder *reminder, size_t *made, struct error *err)
{
	const struct reply_clock *clock = reminder->clock;
	int64_t response_due = clock->promised != 0 ? clock->promised : clock->response_due, now = reminder->now;
	bool contact = clock->contacted_at == 0 && has_come(clock->contact_reminder, clock->contact_due, clock->contact_reminded_at, now);
	bool response = has_come(clock->response_reminder, response_due, clock->response_reminded_at, now), done = false;
	if (!contact && !response)
		return true;
	if (!due_message(reminder->desk, reminder->arena, clock->id, &reminder->held, err))
		return false;
	if (reminder->held == NULL)
		return true;
	if (contact && response && !store_clock_reminded(reminder->desk->store, clock, CLOCK_CONTACT, NULL, now, &done, err))
		return false;
	reminder->part = response ? CLOCK_RESPONSE : CLOCK_CONTACT;
	reminder->due = response ? response_due : clock->contact_due;
	struct notice notice = make(reminder);
	if (!store_clock_reminded(reminder->desk->store, clock, reminder->part, &notice, now, &done, err))
		return false;
	*made += done;
	return true;
}

bool due_remind(struct desk *desk, int64_t now, size_t *made_out, struct error *err)
{
	struct arena *arena = arena_new();
	struct reply_clock_list clocks = { NULL, 0 };
	bool good = desk->notices.notice_from == NULL || store_clocks_running(desk->store, arena, now, &clocks, err);
	*made_out = 0;
	for (size_t i = 0; good && i < clocks.count; i++) {
		struct reminder reminder = { .desk = desk, .arena = arena, .clock = &clocks.items[i], .now = now };
		const struct person *officer = directory_by_address(desk->directory, reminder.clock->officer);
		reminder.rule = rule_that_reminds(desk, reminder.clock->rule);
		if (reminder.rule != NULL && post_is(desk->directory, officer, clock_date_of(now)))
			good = remind_one(&reminder, made_out, err);
	}
	arena_free(&arena);
	return good;
}
