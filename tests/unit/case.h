/* case.h - facts of a small message, for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_CASE_H
#define COPYHOLD_TESTS_CASE_H

#include "facts/facts.h"
#include "people.h"

/* Marlbrook Town Council, small. */
static const char case_people[] =
	"id,name,role,offices,group,addresses,from,to,logins,members,welsh_name\n"
	"khan,Amir Khan,councillor,mayor,Blue,cllr.khan@marlbrook.example;mayor@marlbrook.example;amir@home.example,2023-05-09,,,,\n"
	"lowe,Frances Lowe,councillor,,Green,cllr.lowe@marlbrook.example,2019-05-07,,,,\n"
	"moss,Carl Moss,councillor,,,cllr.moss@marlbrook.example;carl.moss@marlbrook.example;carl.moss77@gmail.com,2023-05-09,,carl,,\n"
	"price,Gareth Price,councillor,leader,Blue,cllr.price@marlbrook.example,2015-05-12,,,,\n"
	"hjones,Huw Jones,councillor,,Red,cllr.jones@marlbrook.example,2019-05-07,,,,\n"
	"bjones,Bronwen Jones,councillor,,Red,cllr.b.jones@marlbrook.example,2025-05-06,,,,\n"
	"hall,Priscilla Webb-Hall,councillor,,,cllr.webb-hall@marlbrook.example;cllr.webb-hall@wexshire.example,2023-05-09,,,,\n"
	"sian,Si\xc3\xa2n Pritchard,councillor,,,cllr.pritchard@marlbrook.example;sian@t\xc5\xb7.example,2023-05-09,,,,Si\xc3\xa2n Prydderch\n"
	"todd,Ray Todd,councillor,,Blue,cllr.todd@marlbrook.example;ray@home.example,2019-05-07,2025-05-05,,,\n"
	"ames,Ruth Ames,officer,clerk,,clerk@marlbrook.example;ruth.ames@marlbrook.example,,,rames,,\n"
	"fox,Lena Fox,officer,,,lena.fox@marlbrook.example;info@marlbrook.example,,,,,\n"
	"rees,Nia Rees,officer,deputy-clerk,,nia.rees@marlbrook.example,,,,,\n"
	"cole,Sam Cole,officer,deputy-clerk,,sam.cole@marlbrook.example,,,,,\n"
	",All councillors,list,,councillors,allcouncillors@marlbrook.example,,,,,\n"
	",Planning committee,list,,,planning@marlbrook.example,,,,lowe;price;sam.cole@marlbrook.example,\n"
	",Deputy,list,,,deputy@marlbrook.example,,,,rees;cole,\n"
	",Blue group,list,,Blue,blue@marlbrook.example,,,,,\n"
	",Newsletter,list,,public,news@marlbrook.example,,,,,\n"
	",Archive,list,,,archive@marlbrook.example,,,,,\n"
	",Liaison,list,,,liaison@marlbrook.example,,,,khan;newsdesk@gazette.example,\n"
	",Advisers,list,,,advisers@marlbrook.example,,,,k.lamb@lambkeyes.example,\n"
	",Helen Marsh,oversight,,,mo@wexshire.example,,,,,\n"
	",Keith Lamb,adviser,,,k.lamb@lambkeyes.example,,,,,\n"
	",Audit LLP,auditor,,,audit@audit.example,,,,,\n"
	",Pat Doyle,protected,,,p.doyle@union.example,,,,,\n"
	",Gazette,press,,,newsdesk@gazette.example,,,,,\n"
	",Dana Whitlock MP,minister,,,ps@communities.example,,,,,\n"
	",Peter Dunn,authority,,,cllr.dunn@wexshire.example,,,,,\n"
	",Ivy Webb,complainant,,,ivy.webb@post.example,,,,,\n"
	",Oakfield Ltd,contractor,,,contracts@oakfield.example,,,,,\n"
	"vale,Jo Vale,adviser,,,jo.vale@post.example,,,,,\n"
	"vale,Jo Vale,complainant,,,,,,,,\n"
	"noor,Noor Aziz,complainant,,,cllr.aziz@marlbrook.example,,,,,\n"
	"noor,Noor Aziz,councillor,,,,2025-05-06,,,,\n";

static const char *const case_networks[] = { "192.0.2.0/24" }, *const case_header_networks[] = { "198.51.100.7", "2001:db8::/32" };
static const struct trusted_relay case_relays[] = {
	{ case_networks, 1, VOUCH_ENVELOPE_FROM, 0 },
	{ case_header_networks, 2, VOUCH_HEADER_FROM, 600 },
};
static const char *const case_domains[] = { "marlbrook.example", "old-marlbrook.example" };
static const struct council case_council = {
	.name = "Marlbrook Town Council", .domains = case_domains, .domain_count = 2, .trusted = case_relays, .trusted_count = 2,
};

struct case_of {
	const char *auth, *from, *client;
	const char *rcpt;    /* separated by blanks */
	const char *message; /* LF line ends */
};

struct fixture {
	struct people people;
	struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	struct arena *arena;
	const struct council *council;
};

static inline void add_phrases(struct lexicon *lexicon)
{
	static const char content[] = "phrases = { marking = { any = ( \"[strictly] [private and] confidential\", \"in confidence\" ); }; };";
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	if (!settings_open_string("phrases", content, &file, &err) ||
	    !lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), &err))
		abort();
	settings_close(&file);
}

static inline struct fixture fixture_new(void)
{
	struct fixture fixture = { people_load(case_people), lexicon_new(), pattern_scratch_new(), arena_new(), &case_council };
	struct error err = ERROR_INIT;
	add_phrases(fixture.lexicon);
	if (fixture.people.directory == NULL || !lexicon_check(fixture.lexicon, &err))
		abort();
	return fixture;
}

static inline void fixture_free(struct fixture *fixture)
{
	arena_free(&fixture->arena);
	pattern_scratch_free(&fixture->scratch);
	lexicon_free(&fixture->lexicon);
	people_free(&fixture->people);
}

/* 2 March 2026, 09:00. */
static inline const struct facts *facts_recalling(struct fixture *fixture, const struct case_of *one, const struct recall *recall)
{
	struct arena *arena = fixture->arena;
	struct envelope *envelope = arena_alloc(arena, sizeof *envelope);
	const char **recipients = NULL;
	for (const char *at = one->rcpt; *at != '\0';) {
		size_t length = strcspn(at, " ");
		*ARENA_PUSH(arena, recipients, envelope->recipient_count) = arena_string_of(arena, (struct bytes){ at, length });
		at += length + strspn(at + length, " ");
	}
	envelope->from = one->from == NULL ? "" : one->from;
	envelope->recipients = recipients;
	envelope->auth = one->auth;
	envelope->client = one->client;
	envelope->at = 1772442000;
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct message *message = message_scan(arena, message_to_crlf(arena, bytes_of(one->message)), &limits);
	const struct reading *reading = reading_make(arena, message, fixture->lexicon, fixture->scratch);
	return facts_gather(arena, envelope, reading, recall, fixture->people.directory, fixture->council, fixture->lexicon, fixture->scratch);
}

static inline const struct facts *facts_of(struct fixture *fixture, const struct case_of *one)
{
	return facts_recalling(fixture, one, NULL);
}

#endif
