/* due_remind.c - the reminder of a reply that is due: to the officer or mailbox it was put to, in the Council's languages, with the clause.
 * Other duties are told of and reminded of in due_tell.c.
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
#include "reminder.h"
#include "review/duties_due.h"

#define MADE_UP_FOR ((int64_t)3 * 24 * 60 * 60)

static const char *const bodies[] = {
	/* TRANSLATORS: to an officer; %{title} is empty or the subject in brackets. */
	[DUTY_CONTACT] = N_("%{sender} wrote to you on %{when}%{title}. The protocol asks that you are in touch with them by %{due}. A short "
			     "answer that says when they can expect a full reply is enough for that."),
	[DUTY_DEED] = N_("%{sender} wrote to you on %{when}%{title}. The protocol asks for a reply by %{due}. If you need longer, please "
			      "tell them by when they can expect it; that day then counts."),
};
static const char *const otherwise =
	N_("If you have replied in another way, by telephone say, or no reply is needed, please answer this message so that it can be noted.");

static const char *const id_words[] = { [DUTY_CONTACT] = "first", [DUTY_DEED] = "due", [DUTY_DEPUTY] = "deputy" };

const char *reminder_say(const struct reminder *reminder, bool welsh, const char *text)
{
	return notice_words_text(welsh ? reminder->desk->notices.words_cy : NULL, text);
}

const char *reminder_subject(const struct reminder *reminder)
{
	const char *subject = reminder->held->subject;
	return subject == NULL || *subject == '\0' ? NULL : harmless_line(reminder->arena, bytes_of(subject));
}

void reminder_close(const struct reminder *reminder, bool welsh, struct text *body)
{
	const char *clause = reminder->rule->clause, *id = reminder->held->id;
	text_printf(body, "%s\n", line_fill(reminder->arena, reminder_say(reminder, welsh, N_("Clause: %s")), &clause, 1));
	text_printf(body, "%s\n", line_fill(reminder->arena, reminder_say(reminder, welsh, N_("Reference: %s")), &id, 1));
}

static void add_language(const struct reminder *reminder, bool welsh, struct text *body)
{
	struct arena *arena = reminder->arena;
	const struct person *member = directory_by_address(reminder->desk->directory, reminder->duty->waiting);
	const char *subject = reminder_subject(reminder);
	const char *language = welsh && reminder->desk->notices.words_cy != NULL ? "cy" : "en";
	text_add(body, notice_fill(arena, reminder_say(reminder, welsh, bodies[reminder->part]),
				   NOTICE_VALUES({ "sender", member == NULL ? reminder->duty->waiting : member->name },
						 { "when", clock_format_local_in(arena, reminder->duty->started, language) },
						 { "title", subject == NULL ? "" : arena_printf(arena, " (\"%s\")", subject) },
						 { "due", clock_format_local_in(arena, reminder->due, language) })));
	text_printf(body, "\n\n%s\n\n", reminder_say(reminder, welsh, otherwise));
	reminder_close(reminder, welsh, body);
}

struct notice reminder_make(const struct reminder *reminder, const char *title, void (*add)(const struct reminder *, bool welsh, struct text *))
{
	const struct plan_options *options = &reminder->desk->notices;
	bool both = options->words_cy != NULL, welsh_first = both && options->welsh_first;
	const char *subject = reminder_subject(reminder);
	struct text body = TEXT_INIT;
	add(reminder, welsh_first, &body);
	if (both) {
		text_add(&body, "\n--------\n\n");
		add(reminder, !welsh_first, &body);
	}
	struct own_mail mail = {
		.from_name = options->council_name,
		.from = options->notice_from,
		.to = reminder->to,
		.subject = notice_fill(reminder->arena, reminder_say(reminder, welsh_first, title),
				       NOTICE_VALUES({ "about", subject == NULL ? reminder->held->id : subject })),
		.id = arena_printf(reminder->arena, "%s.%s-%s-%lld", reminder->held->id, reminder->duty->rule, id_words[reminder->part],
				   (long long)reminder->due),
		.in_reply_to = reminder->duty->message_id,
		.languages = !both ? "en" : welsh_first ? "cy, en" : "en, cy",
		.at = reminder->now,
		.body = text_bytes(&body),
	};
	struct notice notice = { .kind = NOTICE_REMINDER, .to = reminder->to, .message = own_mail_make(reminder->arena, &mail) };
	text_release(&body);
	return notice;
}

static const struct rule *rule_that_reminds(const struct desk *desk, const char *id)
{
	for (size_t i = 0; desk->policy != NULL && i < policy_count(desk->policy); i++) {
		const struct rule *rule = policy_at(desk->policy, i);
		if (strcmp(rule->id, id) == 0)
			return (rule->clock != NULL || rule->duty != NULL) && rule->mode >= MODE_ADVISE ? rule : NULL;
	}
	return NULL;
}

bool reminder_owner_is_known(const struct reminder *reminder)
{
	const struct directory *directory = reminder->desk->directory;
	return post_is(directory, directory_by_address(directory, reminder->duty->owner), clock_date_of(reminder->now));
}

bool reminder_has_come(int64_t reminder, int64_t due, int64_t done_at, int64_t now)
{
	return reminder != 0 && done_at == 0 && reminder <= now && now < (reminder > due ? reminder : due) + MADE_UP_FOR;
}

/* Of two that have come at once only the later one is sent. */
static bool remind_one(struct reminder *reminder, size_t *made, struct error *err)
{
	const struct duty *duty = reminder->duty;
	int64_t response_due = duty->promised != 0 ? duty->promised : duty->due, now = reminder->now;
	bool contact = duty->contacted_at == 0 && reminder_has_come(duty->contact_reminder, duty->contact_due, duty->contact_reminded_at, now);
	bool response = reminder_has_come(duty->reminder, response_due, duty->reminded_at, now), done = false;
	if (!contact && !response)
		return true;
	if (!due_message(reminder->desk, reminder->arena, duty->id, &reminder->held, err))
		return false;
	if (reminder->held == NULL)
		return true;
	reminder->part = response ? DUTY_DEED : DUTY_CONTACT;
	reminder->due = response ? response_due : duty->contact_due;
	struct notice notice = reminder_make(reminder, N_("Reply due: %{about}"), add_language);
	struct duty_reminder sent = { contact ? DUTY_CONTACT : DUTY_DEED, reminder->part, &notice, 1, now };
	if (!store_duties_reminded(reminder->desk->store, duty, 1, &sent, &done, err))
		return false;
	*made += done;
	return true;
}

/* How many stand together from there: what one message laid on by one rule, for whoever waits. */
static size_t of_one_finding(const struct duty_list *duties, size_t first)
{
	size_t count = 1;
	while (first + count < duties->count && strcmp(duties->items[first].id, duties->items[first + count].id) == 0 &&
	       strcmp(duties->items[first].rule, duties->items[first + count].rule) == 0)
		count++;
	return count;
}

bool due_remind(struct desk *desk, int64_t now, size_t *made_out, struct error *err)
{
	struct arena *arena = arena_new();
	struct duty_list duties = { NULL, 0 };
	bool good = desk->notices.notice_from == NULL || store_duties_running(desk->store, arena, now, &duties, err);
	*made_out = 0;
	for (size_t i = 0, count; good && i < duties.count; i += count) {
		struct reminder reminder = { .desk = desk, .arena = arena, .duty = &duties.items[i], .now = now };
		count = of_one_finding(&duties, i);
		reminder.rule = rule_that_reminds(desk, reminder.duty->rule);
		reminder.count = count;
		reminder.to = reminder.duty->owner;
		if (reminder.rule == NULL)
			continue;
		if (reminder.rule->duty != NULL)
			good = due_tell(&reminder, made_out, err);
		else if (reminder_owner_is_known(&reminder))
			good = remind_one(&reminder, made_out, err);
	}
	arena_free(&arena);
	return good;
}
