/* digest_page.c - gathers what one reviewer is told, with recusal applied before anything is put into words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest_page.h"

#include <string.h>

#include "recusal.h"
#include "review/finding.h"
#include "review/link.h"
#include "store/own_link.h"

#define HOUR ((int64_t)3600)
#define DAY ((int64_t)86400)

struct gathering {
	const struct digest_job *job;
	struct arena *arena;
	struct reviewer reviewer;
	const struct link_keys *keys; /* NULL: no links */
	int64_t before;
	struct digest_page *page;
	struct digest_item *items;
	struct digest_count *news;
};

static bool may_see(const struct gathering *gathering, const struct held *held)
{
	return recusal_reason(gathering->job->desk->directory, held, &gathering->reviewer) == NULL;
}

/* Somebody before the second reviewer can decide on it. */
static bool is_for_the_first(const struct gathering *gathering, const struct held *held)
{
	const struct desk *desk = gathering->job->desk;
	for (size_t i = 0; i < desk->reviewer_count; i++) {
		struct reviewer reviewer = reviewer_resolve(desk->directory, desk->reviewers[i]);
		if (recusal_reason(desk->directory, held, &reviewer) == NULL)
			return true;
	}
	return false;
}

/* Of the second reviewer: what was passed on, and what no other may decide. */
static bool is_theirs(const struct gathering *gathering, const struct held *held)
{
	if (!may_see(gathering, held))
		return false;
	return gathering->page->second ? held->escalated || !is_for_the_first(gathering, held) : !held->escalated;
}

static const char *link_to(const struct gathering *gathering, const char *id)
{
	if (gathering->keys == NULL)
		return NULL;
	const char *token = link_make(gathering->arena, gathering->keys, id, gathering->page->reader, gathering->page->now + LINK_DAYS * DAY);
	return arena_printf(gathering->arena, "%s/link/%s", gathering->job->console_address, token);
}

static bool add_item(struct gathering *gathering, const struct held *held, struct error *err)
{
	struct digest_page *page = gathering->page;
	page->waiting++;
	if (page->item_count >= DIGEST_ITEMS_MOST)
		return true;
	const struct finding_record *finding = finding_leading(held);
	struct next_deadline next = tend_next_deadline(&gathering->job->desk->terms, held, page->now);
	struct sender_reply reply;
	bool replied = false;
	if (!store_sender_reply_find(gathering->job->desk->store, gathering->arena, held->id, &replied, &reply, err))
		return false;
	*ARENA_PUSH(gathering->arena, gathering->items, page->item_count) = (struct digest_item){
		.held = held,
		.waiting = { .held = held, .hours = (page->now - held->at) / HOUR, .overdue = next.overdue },
		.why = finding == NULL ? NULL : finding->explanation,
		.clause = finding == NULL ? NULL : finding->clause,
		.next = next,
		.said = replied ? reply.text : NULL,
		.link = link_to(gathering, held->id),
	};
	page->items = gathering->items;
	return true;
}

static bool gather_waiting(struct gathering *gathering, struct error *err)
{
	struct held_list list;
	if (!store_list_held(gathering->job->desk->store, gathering->arena, false, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct held *held = &list.items[i];
		if (gathering->before != 0 && held->at > gathering->before)
			continue;
		if (!is_theirs(gathering, held))
			gathering->page->elsewhere++;
		else if (!add_item(gathering, held, err))
			return false;
	}
	return true;
}

static void add_news(struct gathering *gathering, const struct finding_record *finding)
{
	struct digest_page *page = gathering->page;
	page->news_total++;
	for (size_t i = 0; i < page->news_count; i++) {
		if (strcmp(gathering->news[i].rule, finding->rule) == 0) {
			gathering->news[i].count++;
			return;
		}
	}
	*ARENA_PUSH(gathering->arena, gathering->news, page->news_count) = (struct digest_count){ finding->rule, finding->clause, 1 };
	page->news = gathering->news;
}

/* The second reviewer hears only of what waits for them. */
static void gather_news(struct gathering *gathering)
{
	const struct summary *summary = &gathering->page->report.summary;
	for (size_t i = 0; !gathering->page->second && i < summary->finding_count; i++) {
		const struct finding_entry *entry = &summary->findings[i];
		if ((gathering->before == 0 || entry->message->at <= gathering->before) && may_see(gathering, entry->message))
			add_news(gathering, entry->finding);
	}
}

bool digest_gather(const struct digest_job *job, struct arena *arena, const char *reader, bool second, int64_t from, int64_t now, int64_t before,
		   struct digest_page *out, struct error *err)
{
	struct gathering gathering = { .job = job, .arena = arena, .before = before, .page = out };
	struct store *store = job->desk->store;
	*out = (struct digest_page){ .job = job, .reader = reader, .second = second, .now = now };
	out->options = (struct report_options){ .council_name = job->desk->notices.council_name, .mode = job->mode, .from = from, .to = now + 1, .now = now };
	out->report.options = &out->options;
	out->voices = voices_of(arena, &job->desk->notices);
	gathering.reviewer = reviewer_resolve(job->desk->directory, reader);
	if (job->console_address != NULL && !link_keys_load(job->store_directory, now, arena, &gathering.keys, err))
		return false;
	if (!store_summary(store, arena, from, now + 1, REPORT_FINDINGS_MOST, &out->report.summary, err) || !gather_waiting(&gathering, err))
		return false;
	gather_news(&gathering);
	return store_journal_verify(store, &out->report.journal_lines, &out->report.journal_broken_at, err) &&
	       store_journal_head(store, arena, &out->report.journal_head, err);
}
