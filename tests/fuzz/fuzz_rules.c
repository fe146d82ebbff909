/* fuzz_rules.c - any bytes as phrases and rules: refused with file and line, or one message is judged by them.
 *
 * What must hold: a rule that fires says so in words and concerns somebody, and the judgement can be had again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/unicode.h"
#include "people.h"
#include "rules.h"

#define AT 1772442000 /* 2 March 2026, 09:00 */

static const char people[] = "name,role,offices,addresses\n"
			     "Ruth Ames,officer,clerk,clerk@b.example\n"
			     "Carl Moss,councillor,,moss@b.example\n"
			     "Amir Khan,councillor,mayor,khan@b.example\n"
			     "Ivy Webb,complainant,,webb@post.example\n";
static const char letter[] = "From: Ruth Ames <clerk@b.example>\r\nTo: Carl Moss <moss@b.example>\r\nCc: webb@post.example\r\n"
			     "Subject: CONFIDENTIAL: the fees\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
			     "Content-Transfer-Encoding: 8bit\r\n\r\n"
			     "Dear Carl,\r\n\r\nOn behalf of the Council we accept your quotation. Shall we proceed?\r\n"
			     "Mae'r ffioedd yn gyfrinachol.\r\n\r\nRuth Ames\r\nTown Clerk\r\n\r\n"
			     "On Mon, 2 Mar 2026, Carl Moss wrote:\r\n> In confidence: are they due?\r\n";
static const char *const domains[] = { "b.example" };
static const char *const recipients[] = { "moss@b.example", "webb@post.example", "khan@b.example" };

static const struct verdict *judge(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon,
				   const struct directory *directory, struct pattern_scratch *scratch)
{
	static const struct envelope envelope = { .from = "clerk@b.example", .recipients = recipients, .recipient_count = 3,
						  .auth = "clerk@b.example", .at = AT };
	static const struct council council = { .name = "Marlbrook Town Council", .domains = domains, .domain_count = 1 };
	struct message *message = message_scan(arena, bytes_of(letter), &MESSAGE_LIMITS_DEFAULT);
	const struct reading *reading = reading_make(arena, message, lexicon, scratch);
	const struct facts *facts = facts_gather(arena, &envelope, reading, NULL, directory, &council, lexicon, scratch);
	return policy_judge(arena, policy, facts, lexicon, scratch);
}

static void check_opinion(const struct opinion *opinion, const struct opinion *again)
{
	must(opinion->rule == again->rule && opinion->fires == again->fires && opinion->action == again->action);
	if (opinion->fires != YES)
		return;
	must(opinion->explanation != NULL && unicode_is_utf8(bytes_of(opinion->explanation)));
	must(strcmp(opinion->explanation, again->explanation) == 0);
	must(opinion->concerns[0] || opinion->concerns[1] || opinion->concerns[2]);
	for (size_t i = 0; i < opinion->evidence_count; i++)
		must(unicode_is_utf8(bytes_of(opinion->evidence[i].text)));
}

static void judge_twice(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon,
			const struct directory *directory)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	const struct verdict *verdict = judge(arena, policy, lexicon, directory, scratch);
	const struct verdict *again = judge(arena, policy, lexicon, directory, scratch);
	must(verdict->opinion_count == again->opinion_count && verdict->opinion_count <= policy_count(policy));
	for (size_t i = 0; i < verdict->opinion_count; i++)
		check_opinion(&verdict->opinions[i], &again->opinions[i]);
	pattern_scratch_free(&scratch);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct directory *directory;
	if (directory == NULL)
		directory = directory_of_council(people);
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	struct settings_file *file = NULL;
	struct lexicon *lexicon = lexicon_new();
	struct policy *policy = policy_new();
	const char *content = arena_string_of(arena, (struct bytes){ (const char *)data, size });
	if (settings_open_string("fuzz.conf", content, &file, &err)) {
		if (rules_of_settings(settings_root(file), MODE_ENFORCE, lexicon, policy, &err))
			judge_twice(arena, policy, lexicon, directory);
		else
			must(err.kind == ERROR_SETTINGS && err.text != NULL && strncmp(err.text, "fuzz.conf:", 10) == 0);
		settings_close(&file);
	}
	policy_free(&policy);
	lexicon_free(&lexicon);
	error_release(&err);
	arena_free(&arena);
	return 0;
}
