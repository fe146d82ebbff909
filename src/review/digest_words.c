/* digest_words.c - the sentences of a digest in each of the Council's languages, the same in its text and its HTML. Neutral: an observation
 * is no fault.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digest_page.h"

const char *digest_title(const struct voice *voice, const struct digest_page *page)
{
	struct arena *arena = voice->arena;
	const char *council = page->options.council_name;
	/* TRANSLATORS: each of these is the subject of a mail; ": " and the Council's name follow */
	const char *title = voice_say(voice, N_("Nothing waits and nothing is new"));
	if (page->waiting > 0)
		title = voice_count(voice, (int64_t)page->waiting, N_("%{count} message waits for your decision"), N_("%{count} messages wait for your decision"));
	else if (page->news_total > 0)
		title = voice_count(voice, (int64_t)page->news_total, N_("Nothing waits, %{count} new observation"), N_("Nothing waits, %{count} new observations"));
	return arena_printf(arena, "%s: %s", title, council);
}

const char *digest_first_line(const struct voice *voice, const struct digest_page *page)
{
	const char *waiting = voice_fill(voice, N_("%{count} waiting for you;"), { "count", voice_number(voice, (int64_t)page->waiting) });
	const char *news = voice_count(voice, (int64_t)page->news_total, N_("%{count} new observation since the last digest."),
				       N_("%{count} new observations since the last digest."));
	return arena_printf(voice->arena, "%s %s", waiting, news);
}

const char *digest_nothing(const struct voice *voice, const struct digest_page *page)
{
	return page->waiting > 0 ? NULL : voice_say(voice, N_("Nothing is waiting for you."));
}

const char *digest_elsewhere(const struct voice *voice, const struct digest_page *page)
{
	return page->second ? NULL : report_elsewhere(voice, page->elsewhere);
}

const char *digest_unlisted(const struct voice *voice, const struct digest_page *page)
{
	if (page->waiting <= page->item_count)
		return NULL;
	return voice_fill(voice, N_("%{count} more wait; these are the oldest %{listed}."),
			  { "count", voice_number(voice, (int64_t)(page->waiting - page->item_count)) },
			  { "listed", voice_number(voice, (int64_t)page->item_count) });
}

const char *digest_how(const struct voice *voice, const struct digest_page *page)
{
	if (page->job->console_address == NULL)
		return voice_say(voice, report_how_to_decide[0]);
	return voice_say(voice, N_("A link opens the page of one message, after you have logged in. It is for you alone and works for a fortnight; nothing"
				   " is done until you press a button there."));
}

const char *digest_now(const struct voice *voice, const struct digest_page *page)
{
	return voice_time(voice, page->now);
}

const char *digest_waiting(const struct voice *voice, const struct digest_item *item)
{
	/* TRANSLATORS: %{hours} is "20 hours", perhaps with ", OVERDUE" behind it */
	return voice_fill(voice, N_("waiting %{hours}"), { "hours", report_hours(voice, &item->waiting) });
}
