/* page_seed.h - a page made from a seed of tests/fuzz/seeds-page: {"page","path","fields","me","answer","said"?,"problem"?}. */
#ifndef COPYHOLD_TESTS_UNIT_PAGE_SEED_H
#define COPYHOLD_TESTS_UNIT_PAGE_SEED_H

#include <string.h>

#include "console/pages.h"

#define SEED_NOW ((int64_t)1772550000)

static const struct {
	const char *name;
	void (*show)(struct page *page, const json_t *answer);
} seed_pages[] = {
	{ "desk", page_desk }, { "message", page_message }, { "content", page_content }, { "bulk", page_bulk }, { "bulk-done", page_bulk_done },
	{ "search", page_search }, { "own", page_own }, { "export", page_export }, { "statistics", page_statistics }, { "status", page_status },
	{ "link", page_link }, { "link-done", page_link_done }, { "help", page_help },
	{ "journal", page_journal },
};
#define SEED_PAGES (sizeof seed_pages / sizeof seed_pages[0])

static inline struct bytes seed_show(struct arena *arena, void (*show)(struct page *, const json_t *), const json_t *seed)
{
	const json_t *answer = json_object_get(seed, "answer");
	const char *said = json_string_value(json_object_get(seed, "said")), *problem = json_string_value(json_object_get(seed, "problem"));
	struct fields fields = { NULL, 0 };
	struct markup markup = MARKUP_INIT(arena);
	struct page page = { .markup = &markup, .council = "Marlbrook Town Council", .language = "en-GB", .csrf = "token", .style = "/style-0.css",
			     .path = answer_string(seed, "path"), .said = said, .problem = problem, .fields = &fields, .now = SEED_NOW };
	if (json_is_object(json_object_get(seed, "me")))
		page.me = json_object_get(seed, "me");
	if (page.path[0] != '/')
		page.path = "/desk";
	if (!fields_read(arena, bytes_of(answer_string(seed, "fields")), &fields, NULL))
		fields = (struct fields){ NULL, 0 };
	show(&page, json_is_object(answer) ? answer : NULL);
	return markup_end(&markup);
}

#endif
