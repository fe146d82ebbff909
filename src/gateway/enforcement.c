/* enforcement.c - what has to stand behind a gateway that keeps mail back: the Council's authorisation, an address that answers, and
 * somebody to decide on what the first reviewer may not (DESIGN 8).
 *
 * A council that reads mail without telling its users, or holds it without anybody to decide, breaks the law by which it may do
 * either; so these are conditions, not advice. What is missing is told all at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "gateway/build.h"

/* No resolution that this program knew of is younger: a machine that believes in an earlier day has lost its clock, and must not
 * therefore refuse to pass mail. */
#define NO_EARLIER_TODAY ((calendar_date)20261101)

static const struct rule *first_enforced(const struct policy *policy)
{
	for (size_t i = 0; i < policy_count(policy); i++)
		if (policy_at(policy, i)->mode == MODE_ENFORCE)
			return policy_at(policy, i);
	return NULL;
}

static bool is_blank(const char *text)
{
	return text == NULL || bytes_trim(bytes_of(text)).length == 0;
}

/* Which of the three are not there. */
static bool check_present(struct build *build, const struct rule *rule, struct error *err)
{
	const struct snapshot *snapshot = build->snapshot;
	const struct {
		bool missing;
		const char *sentence;
	} needs[] = {
		{ snapshot->authority_minute == NULL,
		  "council.authority = { minute = \"...\"; date = \"YYYY-MM-DD\"; }, the resolution that allows it" },
		{ snapshot->notice_from == NULL, "council.notice_from = \"...\", a mailbox that senders of held mail can write to" },
		{ snapshot->second_reviewer == NULL,
		  "council.second_reviewer = \"...\", somebody to decide on mail the first reviewer sent, received or is the subject of" },
	};
	struct text missing = TEXT_INIT;
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
		if (needs[i].missing)
			text_printf(&missing, "%s%s", missing.length == 0 ? "" : "; and ", needs[i].sentence);
	bool good = missing.length == 0 ||
		    settings_complain(build->top.council, err, "rule \"%s\" is in enforce mode, which needs %s", rule->id, text_string(&missing));
	text_release(&missing);
	return good;
}

static bool check_authority(struct build *build, const struct rule *rule, struct error *err)
{
	const struct snapshot *snapshot = build->snapshot;
	const struct settings_node *node = settings_find(build->top.council, "authority");
	calendar_date today = clock_date_of(clock_now()), date = DATE_NONE;
	if (is_blank(snapshot->authority_minute))
		return settings_complain(settings_find(node, "minute"), err,
					 "council.authority.minute is empty: rule \"%s\" is in enforce mode, which needs the reference of the minute that allows it", rule->id);
	if (!clock_parse_date(snapshot->authority_date, &date, err))
		return false;
	if (date > (today > NO_EARLIER_TODAY ? today : NO_EARLIER_TODAY))
		return settings_complain(settings_find(node, "date"), err,
					 "council.authority.date: %s is still to come; until the Council has resolved it, set mode = \"advise\" or \"observe\"",
					 snapshot->authority_date);
	return true;
}

/* The second reviewer decides what the first may not: two addresses of one person are no second person. */
static bool check_second_reviewer(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	const struct settings_node *node = settings_find(build->top.council, "second_reviewer");
	const struct person *second = directory_by_address(snapshot->directory, snapshot->second_reviewer);
	for (size_t i = 0; i < snapshot->reviewer_count; i++) {
		const struct person *first = directory_by_address(snapshot->directory, snapshot->reviewers[i]);
		if ((second != NULL && first == second) || bytes_equal_nocase(bytes_of(snapshot->reviewers[i]), bytes_of(snapshot->second_reviewer)))
			return settings_complain(node, err,
						 "council.second_reviewer: %s is a reviewer already; name somebody else, outside the office, to decide on "
						 "mail the first reviewer sent, received or is the subject of",
						 snapshot->second_reviewer);
	}
	if (second == NULL)
		build_warn(build, GATEWAY_REVIEWER_UNKNOWN, snapshot->path, settings_line(node),
			   "second reviewer %s is not in the directory, so recusal cannot be checked for them", snapshot->second_reviewer);
	else if (second->is_list)
		return settings_complain(node, err, "council.second_reviewer: %s is a list; name one person, who answers for what they decide",
					 snapshot->second_reviewer);
	else if (person_role(second, clock_date_of(clock_now())) == ROLE_NONE)
		build_warn(build, GATEWAY_REVIEWER_UNKNOWN, snapshot->path, settings_line(node), "second reviewer %s is in the directory, but not in office today",
			   snapshot->second_reviewer);
	return true;
}

static bool answers_nobody(const char *address)
{
	static const char *const words[] = { "noreply@", "no-reply@", "no_reply@", "donotreply@", "do-not-reply@" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_starts_with_nocase(bytes_of(address), bytes_of(words[i])))
			return true;
	return false;
}

static bool check_addresses(struct build *build, struct error *err)
{
	const struct snapshot *snapshot = build->snapshot;
	const struct settings_node *council = build->top.council;
	if (snapshot->second_reviewer != NULL && !build_is_address(build, snapshot->second_reviewer))
		return settings_complain(settings_find(council, "second_reviewer"), err, "council.second_reviewer: \"%s\" is not an address",
					 snapshot->second_reviewer);
	if (snapshot->notice_from != NULL && !build_is_address(build, snapshot->notice_from))
		return settings_complain(settings_find(council, "notice_from"), err, "council.notice_from: \"%s\" is not an address",
					 snapshot->notice_from);
	return true;
}

static int line_of(const struct settings_node *group, const char *key)
{
	const struct settings_node *node = settings_find(group, key);
	return node == NULL ? 0 : settings_line(node);
}

bool build_enforcement(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	const struct rule *enforced = first_enforced(snapshot->policy);
	if (!check_addresses(build, err))
		return false;
	if (enforced != NULL && (!check_present(build, enforced, err) || !check_authority(build, enforced, err) || !check_second_reviewer(build, err)))
		return false;
	if (enforced != NULL && snapshot->reviewer_count == 0)
		build_warn(build, GATEWAY_NO_REVIEWER, snapshot->path, line_of(build_root(build), "reviewers"),
			   "reviewers is empty: only the second reviewer can decide on held mail, and nobody else gets the report");
	if (snapshot->notice_from == NULL) {
		snapshot->notice_from = arena_printf(build->arena, "postmaster@%s", snapshot->council.domains[0]);
		build_warn(build, GATEWAY_NOTICES_FROM, snapshot->path, settings_line(build->top.council),
			   "council.notice_from is not set: notices will come from %s", snapshot->notice_from);
	} else if (answers_nobody(snapshot->notice_from)) {
		build_warn(build, GATEWAY_NOTICES_FROM, snapshot->path, line_of(build->top.council, "notice_from"),
			   "council.notice_from is %s: people answer notices, so it should be a mailbox that somebody reads", snapshot->notice_from);
	}
	return true;
}
