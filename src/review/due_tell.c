/* due_tell.c - what the owner of a duty is told when it is laid on them, and again on the day of the reminder: what the rule asks for, by
 * when, the clause, and where the rule has one a letter they could send, with those it would go to. Where it is late the deputy may be told.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "action/foot_text.h"
#include "action/notice.h"
#include "base/clock.h"
#include "base/text.h"
#include "directory/group.h"
#include "directory/post.h"
#include "due_message.h"
#include "recusal.h"
#include "reminder.h"

static const char *const bodies[] = {
	/* TRANSLATORS: to an officer; %{title} is empty or the subject in brackets, %{asks} a sentence that says what is to be done. */
	[DUTY_CONTACT] = N_("This is about a message of %{when}%{title}, from %{sender}. %{asks} It is due by %{due}."),
	[DUTY_DEED] = N_("A reminder about a message of %{when}%{title}, from %{sender}. %{asks} It is due by %{due}."),
	[DUTY_DEPUTY] = N_("You get this as deputy, in case whoever was asked first is away. It is about a message of %{when}%{title}, from"
			   " %{sender}. %{asks} It was due by %{due}."),
};
static const char *const late = N_("A reminder about a message of %{when}%{title}, from %{sender}. %{asks} It was due by %{due}.");
static const char *const otherwise =
	N_("If it was done in another way, at a meeting say, or need not be done, please answer this message so that it can be noted.");

/* The groups that wait; none when nobody in particular does. */
static struct string_list groups_of(const struct reminder *reminder)
{
	const char **groups = arena_array(reminder->arena, reminder->count + 1, sizeof *groups);
	size_t count = 0, prefix = strlen(DUTY_WAITING_GROUP);
	for (size_t i = 0; i < reminder->count; i++)
		if (strncmp(reminder->duty[i].waiting, DUTY_WAITING_GROUP, prefix) == 0)
			groups[count++] = reminder->duty[i].waiting + prefix;
	return (struct string_list){ groups, count, NULL };
}

/* "Beth Shaw <shaw@marlbrook.example>, ..." */
static const char *leaders_of(const struct reminder *reminder, const struct string_list *groups)
{
	struct text out = TEXT_INIT;
	for (size_t i = 0; i < groups->count; i++) {
		struct person_list leaders = group_leaders(reminder->arena, reminder->desk->directory, groups->items[i], clock_date_of(reminder->now));
		for (size_t j = 0; j < leaders.count; j++)
			if (leaders.items[j]->address_count > 0)
				text_printf(&out, "%s%s <%s>", out.length == 0 ? "" : ", ", leaders.items[j]->name, leaders.items[j]->addresses[0]);
	}
	return text_to_arena(&out, reminder->arena).data;
}

static const char *fill(const struct reminder *reminder, bool welsh, const char *words, const struct string_list *groups)
{
	const struct notice_words *language = welsh ? reminder->desk->notices.words_cy : NULL;
	const char *group = reminder->duty->matter;
	return notice_fill(reminder->arena, words,
			   NOTICE_VALUES({ "group", group == NULL ? "" : group },
					 { "waiting", notice_names(reminder->arena, language, groups->items, groups->count) },
					 { "council", reminder->desk->notices.council_name }));
}

static void add_draft(const struct reminder *reminder, bool welsh, const struct string_list *groups, struct text *body)
{
	const struct rule_duty *duty = reminder->rule->duty;
	const char *draft = welsh && duty->draft_cy != NULL ? duty->draft_cy : duty->draft_en;
	if (draft == NULL)
		return;
	text_printf(body, "%s\n\n", reminder_say(reminder, welsh, N_("You could write:")));
	if (groups->count > 0) {
		const char *leaders = leaders_of(reminder, groups);
		text_printf(body, "%s\n", line_fill(reminder->arena, reminder_say(reminder, welsh, N_("To: %s")), &leaders, 1));
	}
	text_printf(body, "%s\n\n", fill(reminder, welsh, draft, groups));
}

static const char *body_of(const struct reminder *reminder)
{
	return reminder->part == DUTY_DEED && reminder->now >= reminder->due ? late : bodies[reminder->part];
}

static void add_language(const struct reminder *reminder, bool welsh, struct text *body)
{
	const struct rule_duty *duty = reminder->rule->duty;
	const struct held *held = reminder->held;
	const char *subject = reminder_subject(reminder), *sender = held->sender_name != NULL ? held->sender_name : held->from;
	const char *language = welsh && reminder->desk->notices.words_cy != NULL ? "cy" : "en";
	struct string_list groups = groups_of(reminder);
	const char *asks = fill(reminder, welsh, welsh && duty->asks_cy != NULL ? duty->asks_cy : duty->asks_en, &groups);
	text_add(body, notice_fill(reminder->arena, reminder_say(reminder, welsh, body_of(reminder)),
				   NOTICE_VALUES({ "sender", sender },
						 { "when", clock_format_local_in(reminder->arena, reminder->duty->started, language) },
						 { "title", subject == NULL ? "" : arena_printf(reminder->arena, " (\"%s\")", subject) },
						 { "asks", asks },
						 { "due", clock_format_local_in(reminder->arena, reminder->due, language) })));
	text_add(body, "\n\n");
	add_draft(reminder, welsh, &groups, body);
	text_printf(body, "%s\n\n", reminder_say(reminder, welsh, otherwise));
	reminder_close(reminder, welsh, body);
}

/* Which part has come for any of them; of two the later one. */
static bool find_part(struct reminder *reminder)
{
	bool first = false, last = false;
	for (size_t i = 0; i < reminder->count; i++) {
		const struct duty *duty = &reminder->duty[i];
		first |= reminder_has_come(duty->contact_reminder, duty->due, duty->contact_reminded_at, reminder->now);
		last |= reminder_has_come(duty->reminder, duty->due, duty->reminded_at, reminder->now);
	}
	reminder->part = last ? DUTY_DEED : DUTY_CONTACT;
	return first || last;
}

static bool deputy_part_has_come(const struct reminder *reminder)
{
	for (size_t i = 0; i < reminder->count; i++)
		if (reminder_has_come(reminder->duty[i].deputy_reminder, reminder->duty[i].due, reminder->duty[i].deputy_reminded_at, reminder->now))
			return true;
	return false;
}

/* The mailbox that all of them have, and nobody else, and that can be written to; or NULL. */
static const struct person *mailbox_of(const struct directory *directory, const struct person_list *people, calendar_date on)
{
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *list = directory_at(directory, i);
		size_t members = 0;
		for (size_t j = 0; j < people->count; j++)
			members += post_has_member(directory, list, people->items[j]);
		if (members == people->count && list->member_count == members && list->address_count > 0 && post_is(directory, list, on))
			return list;
	}
	return NULL;
}

static bool wrote_it(const struct reminder *reminder, const struct person *person)
{
	const struct reviewer reviewer = { person, person->addresses[0] };
	return reviewer_sent(reminder->desk->directory, reminder->held, &reviewer);
}

/* Where deputies are told: in the mailbox that they share, else each of them; none whose duty it is already, nor who wrote the message. */
static struct string_list deputies_of(const struct reminder *reminder)
{
	const struct directory *directory = reminder->desk->directory;
	const struct person *owner = directory_by_address(directory, reminder->duty->owner);
	calendar_date on = clock_date_of(reminder->now);
	struct person_list holders = directory_with_office(reminder->arena, directory, OFFICE_DEPUTY_CLERK, on);
	const struct person **deputies = arena_array(reminder->arena, holders.count + 1, sizeof *deputies);
	const char **addresses = arena_array(reminder->arena, holders.count + 1, sizeof *addresses);
	size_t count = 0;
	for (size_t i = 0; i < holders.count; i++)
		if (holders.items[i]->address_count > 0 && post_is(directory, holders.items[i], on) && holders.items[i] != owner &&
		    (owner == NULL || !post_has_member(directory, owner, holders.items[i])) && !wrote_it(reminder, holders.items[i]))
			deputies[count++] = holders.items[i];
	const struct person *mailbox = count < 2 ? NULL : mailbox_of(directory, &(struct person_list){ deputies, count }, on);
	if (mailbox != NULL) {
		deputies[0] = mailbox;
		count = 1;
	}
	for (size_t i = 0; i < count; i++)
		addresses[i] = deputies[i]->addresses[0];
	return (struct string_list){ addresses, count, NULL };
}

/* What the parts from `from` on would have said is said with it. */
static bool send(struct reminder *reminder, enum duty_part from, const char *const *addresses, size_t count, size_t *made, struct error *err)
{
	struct notice *notices = arena_array(reminder->arena, count + 1, sizeof *notices);
	struct duty_reminder sent = { from, reminder->part, notices, 0, reminder->now };
	bool done = false;
	reminder->due = reminder->duty->due;
	for (size_t i = 0; i < count; i++) {
		reminder->to = addresses[i];
		notices[sent.notice_count++] = reminder_make(reminder, N_("To be done: %{about}"), add_language);
	}
	if (sent.notice_count > 0 && !store_duties_reminded(reminder->desk->store, reminder->duty, reminder->count, &sent, &done, err))
		return false;
	*made += done;
	return true;
}

bool due_tell(struct reminder *reminder, size_t *made, struct error *err)
{
	bool owner = reminder_owner_is_known(reminder) && find_part(reminder), deputy = deputy_part_has_come(reminder);
	if ((owner || deputy) && !due_message(reminder->desk, reminder->arena, reminder->duty->id, &reminder->held, err))
		return false;
	if (reminder->held == NULL)
		return true;
	if (owner && !send(reminder, DUTY_CONTACT, &reminder->duty->owner, 1, made, err))
		return false;
	if (!deputy)
		return true;
	struct string_list deputies = deputies_of(reminder);
	reminder->part = DUTY_DEPUTY;
	return send(reminder, DUTY_DEPUTY, deputies.items, deputies.count, made, err);
}
