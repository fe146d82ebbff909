/* council.c - the Council, its people and the relays it trusts, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/unicode.h"
#include "gateway/build.h"
#include "gateway/people_kept.h"

static const char *const vouch_words[] = { "envelope-from", "header-from", NULL };

struct council_keys {
	const char *name, *second_reviewer, *notice_from;
	struct string_list domains;
	const struct settings_node *authority;
	struct conduct_settings conduct;
};
static const struct setting_row council_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct council_keys, name), true, 0, 0, NULL, "as it signs itself" },
	{ "domains", SETTING_STRINGS, offsetof(struct council_keys, domains), true, 0, 0, NULL, "mail domains that are the Council's" },
	{ "authority", SETTING_GROUP, offsetof(struct council_keys, authority), false, 0, 0, NULL, "the resolution that allows enforcement" },
	{ "second_reviewer", SETTING_STRING, offsetof(struct council_keys, second_reviewer), false, 0, 0, NULL, "decides what the first reviewer may not" },
	{ "notice_from", SETTING_STRING, offsetof(struct council_keys, notice_from), false, 0, 0, NULL, "mailbox notices come from and can be answered to" },
	{ "standards", SETTING_GROUP, offsetof(struct council_keys, conduct.standards), false, 0, 0, NULL,
	  "{ name; addresses; }: where complaints under the councillors' code go" },
	{ "complaints", SETTING_GROUP, offsetof(struct council_keys, conduct.complaints), false, 0, 0, NULL,
	  "{ about_officers; about_clerk; }: where complaints about officers go" },
	{ "wards", SETTING_LIST, offsetof(struct council_keys, conduct.wards), false, 0, 0, NULL, "( { name; words; } ): by which words a ward is known" },
};

struct authority_keys {
	const char *minute, *date;
};
static const struct setting_row authority_rows[] = {
	{ "minute", SETTING_STRING, offsetof(struct authority_keys, minute), true, 0, 0, NULL, "minute reference" },
	{ "date", SETTING_STRING, offsetof(struct authority_keys, date), true, 0, 0, NULL, "date of the meeting, YYYY-MM-DD" },
};

/* Longer than that a relay's own patience may end first, and copies are known again for four hours only. */
#define HOLD_WINDOW_MOST 3600

struct trusted_keys {
	struct string_list networks;
	int identity, hold_window;
};
static const struct setting_row trusted_rows[] = {
	{ "networks", SETTING_STRINGS, offsetof(struct trusted_keys, networks), true, 0, 0, NULL, "addresses the relay sends from" },
	{ "identity", SETTING_WORD, offsetof(struct trusted_keys, identity), true, 0, 0, vouch_words, "which address it vouches for" },
	{ "hold_window", SETTING_INT, offsetof(struct trusted_keys, hold_window), false, 0, HOLD_WINDOW_MOST, NULL,
	  "seconds for which a message is put off whose To or Cc names people of the council that no envelope has reached yet" },
};

bool build_council(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	struct council_keys keys = { 0 };
	struct authority_keys authority = { 0 };
	const struct settings_node *node = build->top.council;
	if (!settings_fill(node, ROWS(council_rows), build->arena, &keys, err))
		return false;
	if (keys.domains.count == 0)
		return settings_complain(settings_find(node, "domains"), err, "council.domains is empty: name the mail domains that are the Council's");
	if (keys.authority != NULL) {
		calendar_date date;
		if (!settings_fill(keys.authority, ROWS(authority_rows), build->arena, &authority, err) ||
		    !build_date(keys.authority, "date", "council.authority.date", authority.date, &date, err))
			return false;
	}
	const char **domains = arena_array(build->arena, keys.domains.count, sizeof *domains);
	for (size_t i = 0; i < keys.domains.count; i++) {
		const char *written = keys.domains.items[i];
		if (!build_is_address(build, arena_printf(build->arena, "postmaster@%s", written)))
			return settings_complain(settings_find(node, "domains"), err, "council.domains: \"%s\" is %s", written,
						 strchr(written, '@') != NULL ? "an address, not a domain" : "not a domain");
		domains[i] = unicode_domain(build->arena, bytes_of(keys.domains.items[i]));
	}
	snapshot->council.name = keys.name;
	snapshot->council.domains = domains;
	snapshot->council.domain_count = keys.domains.count;
	snapshot->authority_minute = authority.minute;
	snapshot->authority_date = authority.date;
	snapshot->second_reviewer = keys.second_reviewer;
	snapshot->notice_from = keys.notice_from;
	return build_conduct(build, &keys.conduct, err);
}

/* The first error stands in err already; whoever gathers them gets each. */
static bool tell_each(const char *path, const struct directory_problem *problems, size_t count, struct error *err)
{
	for (size_t i = 0; err != NULL && err->gatherer != NULL && i < count; i++) {
		if (!problems[i].error)
			continue;
		error_set(err, ERROR_SETTINGS, "%s:%d: %s", path, problems[i].line, problems[i].text);
		error_gathered(err);
	}
	return false;
}

bool build_people(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	/* The directory borrows it for as long as it lives. */
	struct string_list *domains = arena_alloc(build->arena, sizeof *domains);
	*domains = (struct string_list){ snapshot->council.domains, snapshot->council.domain_count, NULL };
	const struct directory_problem *problems = NULL;
	size_t problem_count = 0;
	const char *path = build_beside(build, build->top.directory);
	snapshot->directory_path = path;
	bool good = directory_load(path, domains, &snapshot->directory, build->arena, &problems, &problem_count, err);
	if (!good && build->kept_people_serve)
		good = people_kept_load(build, domains, &problems, &problem_count, err);
	if (!good)
		return tell_each(path, problems, problem_count, err);
	if (snapshot->people_trouble != NULL)
		path = people_kept_path(build->arena, snapshot);
	for (size_t i = 0; i < problem_count; i++)
		build_found(build, problems[i].class, path, problems[i].line, problems[i].text);

	const struct string_list *reviewers = &build->top.reviewers;
	for (size_t i = 0; i < reviewers->count; i++)
		if (!build_is_address(build, reviewers->items[i]))
			return settings_complain(settings_find(build_root(build), "reviewers"), err, "reviewers: \"%s\" is not an address", reviewers->items[i]);
		else if (directory_by_address(snapshot->directory, reviewers->items[i]) == NULL)
			build_warn(build, GATEWAY_REVIEWER_UNKNOWN, snapshot->path, reviewers->lines[i],
				   "reviewer %s is not in the directory, so recusal cannot be checked for them", reviewers->items[i]);
	snapshot->reviewers = reviewers->items;
	snapshot->reviewer_count = reviewers->count;
	return true;
}

static bool check_networks(struct build *build, const struct string_list *networks, const struct settings_node *node, struct error *err)
{
	if (networks->count == 0)
		return settings_complain(node, err, "trusted.networks is empty: name the addresses the relay sends from");
	for (size_t i = 0; i < networks->count; i++) {
		const char *network = networks->items[i], *bits = strchr(network, '/');
		if (!network_is_valid(network))
			return settings_complain(node, err, "trusted.networks: \"%s\" is not an address or network such as 192.0.2.0/24", network);
		if (bits != NULL && strspn(bits + 1, "0") == strlen(bits + 1))
			build_warn(build, GATEWAY_OPEN_RELAY, build->snapshot->path, settings_line(node),
				   "trusted.networks: \"%s\" lets anybody on the Internet write in any councillor's name", network);
	}
	return true;
}

bool build_trusted(struct build *build, struct error *err)
{
	const struct settings_node *list = build->top.trusted;
	size_t count = list == NULL ? 0 : settings_count(list);
	struct trusted_relay *relays = arena_array(build->arena, count, sizeof *relays);
	bool good = true;
	for (size_t i = 0; i < count; i++) {
		struct trusted_keys keys = { 0 };
		const struct settings_node *node = settings_at(list, i);
		good &= settings_fill(node, ROWS(trusted_rows), build->arena, &keys, err) && check_networks(build, &keys.networks, node, err);
		if (!good && !error_gathered(err))
			return false;
		relays[i] = (struct trusted_relay){ keys.networks.items, keys.networks.count, (enum vouch)keys.identity, keys.hold_window };
	}
	build->snapshot->council.trusted = relays;
	build->snapshot->council.trusted_count = count;
	return good;
}
