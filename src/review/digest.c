/* digest.c - see digest.h: when a digest is due, for whom, and that it is made once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/digest.h"

#include "digest_page.h"
#include "report_mail.h"
#include "store/digest_slot.h"

#define DAY ((int64_t)86400)
/* Farther back no time is looked for: no office is closed so long. */
#define SLOT_DAYS_MOST 31

static bool is_a_day(const struct digest_settings *settings, const struct office_hours *office, calendar_date date)
{
	struct office_hours open = *office;
	if (settings->days != 0)
		open.days = settings->days;
	return office_is_open_on(&open, date);
}

int64_t digest_slot(const struct digest_settings *settings, const struct office_hours *office, int64_t now)
{
	calendar_date date = clock_date_of(now);
	for (int back = 0; settings->at != DIGEST_NEVER && back <= SLOT_DAYS_MOST; back++, date = clock_date_add(date, -1)) {
		int64_t slot = clock_at_local(date, settings->at);
		if (slot <= now && is_a_day(settings, office, date))
			return slot;
	}
	return 0;
}

/* One reader's. */
struct edition {
	const struct digest_job *job;
	struct arena *arena;
	const char *reader;
	bool second;
	int64_t slot, now;
	struct digest_mark last;
	struct digest_page page;
};

/* No mail came since the week's day began, on which or after which this one is due: so a Monday that is a holiday moves it to Tuesday. The week in
 * which it all began needs none. */
static bool is_heartbeat(const struct edition *edition)
{
	int weekday = edition->job->settings.heartbeat;
	if (weekday == DIGEST_NEVER || edition->second || edition->last.slot == 0)
		return false;
	calendar_date day = clock_date_of(edition->slot);
	int since = (clock_weekday(day) - weekday + 7) % 7;
	int64_t heard = edition->last.mailed_at != 0 ? edition->last.mailed_at : edition->last.first_at;
	return heard < clock_day_start(clock_date_add(day, -since));
}

static bool has_news(const struct edition *edition)
{
	return edition->page.waiting > 0 || edition->page.news_total > 0;
}

/* The first one looks back as far as a report does, and counts what was there when it was due: a gate just started has nothing to make up for. */
static bool gather(struct edition *edition, struct error *err)
{
	bool first = edition->last.slot == 0;
	int64_t from = first ? edition->slot - edition->job->report_days * DAY : edition->last.made_at;
	return digest_gather(edition->job, edition->arena, edition->reader, edition->second, from, edition->now, first ? edition->slot : 0,
			     &edition->page, err);
}

static bool compose(struct edition *edition, struct notice *out, struct error *err)
{
	struct arena *arena = edition->arena;
	struct two_forms mail = {
		.from_name = edition->page.options.council_name,
		.from = edition->job->desk->notices.notice_from,
		.to = edition->reader,
		.subject = digest_title(&edition->page.voices.items[0], &edition->page),
		.id = arena_printf(arena, "digest.%lld", (long long)edition->slot),
		.at = edition->now,
		.languages = edition->page.voices.count == 1 ? "en-GB" : voices_tags(arena, &edition->page.voices),
		.text = digest_as_text(arena, &edition->page),
		.html = digest_as_html(arena, &edition->page),
	};
	*out = (struct notice){ .kind = NOTICE_DIGEST, .to = edition->reader };
	return two_forms_mail(arena, &mail, &out->message, err);
}

static bool make(struct edition *edition, bool *mailed_out, struct error *err)
{
	struct store *store = edition->job->desk->store;
	struct notice notice;
	bool mine = false;
	if (!store_digest_last(store, edition->reader, &edition->last, err))
		return false;
	if (edition->last.slot >= edition->slot)
		return true;
	if (!gather(edition, err))
		return false;
	bool speaks = has_news(edition) || is_heartbeat(edition);
	if (speaks && !compose(edition, &notice, err))
		return false;
	if (!store_digest_claim(store, edition->reader, edition->slot, edition->now, speaks ? &notice : NULL, &mine, err))
		return false;
	*mailed_out = mine && speaks;
	return true;
}

static bool make_for(const struct digest_job *job, const char *reader, bool second, int64_t slot, int64_t now, size_t *made_out, struct error *err)
{
	struct edition edition = { .job = job, .arena = arena_new(), .reader = reader, .second = second, .slot = slot, .now = now };
	bool mailed = false;
	bool good = make(&edition, &mailed, err);
	*made_out += mailed;
	arena_free(&edition.arena);
	return good;
}

/* One reader's trouble does not rob the others of theirs; the first is told. */
bool digest_run(const struct digest_job *job, int64_t now, size_t *made_out, struct error *err)
{
	const struct desk *desk = job->desk;
	int64_t slot = digest_slot(&job->settings, &desk->terms.office, now);
	bool good = true;
	*made_out = 0;
	if (slot == 0)
		return true;
	for (size_t i = 0; i < desk->reviewer_count; i++)
		good = make_for(job, desk->reviewers[i], false, slot, now, made_out, good ? err : NULL) && good;
	if (desk->second_reviewer != NULL)
		good = make_for(job, desk->second_reviewer, true, slot, now, made_out, good ? err : NULL) && good;
	return good;
}
