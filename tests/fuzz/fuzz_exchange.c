/* fuzz_exchange.c - any bytes as an export of Exchange transport rules, and as what the caged reader of one answers.
 *
 * What must hold: whatever is drafted loads as a pack, and no draft does anything by itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "../../src/reader/exchange.h"
#include "cli/exchange.h"
#include "rules.h"

static void check_rules(const struct policy *policy, size_t most)
{
	must(policy_count(policy) <= most);
	for (size_t i = 0; i < policy_count(policy); i++) {
		const struct rule *rule = policy_at(policy, i);
		must(rule->mode == MODE_OFF || rule->mode == MODE_OBSERVE);
		must(rule->action <= ACTION_HOLD && rule->also == 0);
	}
}

static void load_draft(const char *draft, size_t most)
{
	struct error err = ERROR_INIT;
	struct settings_file *file = NULL;
	struct lexicon *lexicon = lexicon_new();
	struct policy *policy = policy_new();
	bool good = settings_open_string("draft.conf", draft, &file, &err) && rules_of_settings(settings_root(file), -1, lexicon, policy, &err);
	if (!good)
		fprintf(stderr, "%s\n%s\n", draft, error_text(&err));
	must(good);
	check_rules(policy, most);
	settings_close(&file);
	policy_free(&policy);
	lexicon_free(&lexicon);
	error_release(&err);
}

static void draft(struct arena *arena, struct bytes records)
{
	struct error err = ERROR_INIT;
	struct exchange_rules rules = { NULL, 0 };
	char *text = NULL;
	size_t length = 0;
	if (!exchange_read_records(arena, records, &rules, &err)) {
		must(err.kind == ERROR_INPUT);
		error_release(&err);
		return;
	}
	FILE *out = open_memstream(&text, &length);
	must(out != NULL);
	exchange_print_draft(arena, &rules, out);
	must(fclose(out) == 0 && text != NULL);
	load_draft(text, rules.count);
	free(text);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes content = { (const char *)data, size };
	struct text records = TEXT_INIT;
	if (exchange_read(arena, content, &records))
		draft(arena, text_bytes(&records));
	draft(arena, content);
	text_release(&records);
	arena_free(&arena);
	return 0;
}
