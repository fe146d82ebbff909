/* entry.c - one message as a line of a list: from whom to whom, openly or hidden, why it is here, what it waits for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"

#include <string.h>

#include "base/unicode.h"
#include "review/finding.h"
#include "review/tend.h"

#define HOUR ((int64_t)3600)

/* --- people --- */

const char *person_class(const struct person *person, int64_t at)
{
	static const char *const third_parties = "third party";
	enum role role = person == NULL ? ROLE_NONE : person_role(person, clock_date_of(at));
	if (person != NULL && person->is_list)
		return "list";
	switch (role) {
	case ROLE_NONE:
	case ROLE_CONTRACTOR:
	case ROLE_RESIDENT:
	case ROLE_COMPLAINANT:
	case ROLE_BANK:
		return third_parties;
	default:
		return role_name(role);
	}
}

/* Unions and occupational health: that somebody wrote to them is nobody's business here (DOMAIN X2, X4). */
static bool is_protected(const struct person *person, int64_t at)
{
	return person != NULL && person_has_role(person, ROLE_PROTECTED, clock_date_of(at));
}

static json_t *make_person(const char *name, const char *address, const char *class)
{
	return json_pack("{s:s?, s:s, s:s}", "name", name, "address", address, "class", class);
}

/* The envelope's octets are a stranger's; jansson takes UTF-8 only. */
static const char *clean(const struct request *request, const char *text)
{
	if (text == NULL || unicode_is_utf8(bytes_of(text)))
		return text;
	return arena_string_of(request->arena, unicode_repair(request->arena, bytes_of(text)));
}

json_t *foreign_json(const struct request *request, const char *text)
{
	return text == NULL ? json_null() : json_string(clean(request, text));
}

json_t *person_json(const struct request *request, const char *address, int64_t at)
{
	const struct person *person = directory_by_address(request->snapshot->directory, address);
	if (is_protected(person, at))
		return make_person(NULL, "(not shown)", "protected");
	return make_person(person == NULL ? NULL : person->name, clean(request, address), person_class(person, at));
}

json_t *actor_json(const struct request *request, const char *by)
{
	const struct person *person = by == NULL ? NULL : directory_by_login(request->snapshot->directory, by);
	return foreign_json(request, person == NULL ? by : person->name);
}

/* i...b@post.example: enough to know one's own correspondent again. */
static const char *masked(const struct request *request, const char *address)
{
	const char *at = strrchr(address, '@');
	if (at == NULL || at == address)
		return "(not shown)";
	bool odd = ((unsigned char)address[0] | (unsigned char)at[-1]) >= 0x80;
	return odd ? arena_printf(request->arena, "...%s", at) : arena_printf(request->arena, "%c...%c%s", address[0], at[-1], at);
}

/* For a member: councillors, officers and lists by name, everybody else masked. */
static json_t *masked_person(const struct request *request, const char *address, int64_t at)
{
	const struct person *person = directory_by_address(request->snapshot->directory, address);
	const char *class = person_class(person, at);
	bool known = strcmp(class, "councillor") == 0 || strcmp(class, "officer") == 0 || strcmp(class, "list") == 0;
	if (known || person == request->person)
		return person_json(request, address, at);
	return is_protected(person, at) ? make_person(NULL, "(not shown)", "protected")
					: make_person(NULL, clean(request, masked(request, address)), class);
}

static const char *office_of(const struct person *person, int64_t at)
{
	unsigned held = person == NULL ? 0 : person_offices(person, clock_date_of(at)), bits;
	for (size_t i = 0; office_words[i] != NULL; i++)
		if (office_parse(office_words[i], &bits) && (held & bits) == bits)
			return office_words[i];
	enum role role = person == NULL ? ROLE_NONE : person_role(person, clock_date_of(at));
	return role == ROLE_NONE ? NULL : role_name(role);
}

/* As authenticated; else as the message says, without a name: anybody can write that. */
static const char *sender_address(const struct held *held)
{
	if (held->sender_address != NULL)
		return held->sender_address;
	return held->header_from != NULL && *held->header_from != '\0' ? held->header_from : held->from;
}

static json_t *sender_json(const struct request *request, const struct held *held)
{
	const struct person *person =
		held->sender_name == NULL ? NULL : directory_by_address(request->snapshot->directory, sender_address(held));
	return json_pack("{s:s?, s:s, s:s?}", "name", clean(request, held->sender_name), "address", clean(request, sender_address(held)), "office",
			 office_of(person, held->at));
}

/* --- what became of it --- */

static bool waits(const struct held_recipient *recipient)
{
	return recipient->state == HOLD_HELD || recipient->state == HOLD_RELEASING || recipient->state == HOLD_IN_DOUBT;
}

/* What is most in need of somebody comes first. */
static const char *state_of(const struct held *held)
{
	static const enum hold_state order[] = { HOLD_IN_DOUBT, HOLD_RELEASING, HOLD_HELD, HOLD_RETURNED, HOLD_RELEASED, HOLD_VOID };
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		for (size_t k = 0; k < held->recipient_count; k++)
			if (held->recipients[k].state == order[i])
				return hold_state_name(order[i]);
	return held->outcome;
}

static bool is_waiting(const struct held *held)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (waits(&held->recipients[i]))
			return true;
	return false;
}

/* --- the line --- */

static json_t *addressed_json(const struct request *request, const struct held *held, enum openness openness,
			      json_t *(*make)(const struct request *, const char *, int64_t))
{
	json_t *people = json_array();
	for (size_t i = 0; i < held->all_recipient_count; i++)
		if (held->addressed[i].openness == openness && held->all_recipients[i][0] != '\0')
			json_array_append_new(people, make(request, held->all_recipients[i], held->at));
	return people;
}

static json_t *held_json(const struct request *request, const struct held *held, json_t *(*make)(const struct request *, const char *, int64_t))
{
	json_t *people = json_array();
	for (size_t i = 0; i < held->recipient_count; i++)
		if (waits(&held->recipients[i]) && held->recipients[i].address[0] != '\0')
			json_array_append_new(people, make(request, held->recipients[i].address, held->at));
	return people;
}

static void add_time(const struct request *request, json_t *entry, const struct held *held)
{
	bool waiting = is_waiting(held);
	struct review_terms terms = request_desk(request).terms;
	struct next_deadline next = tend_next_deadline(&terms, held, request->now);
	json_object_set_new(entry, "waiting_hours", waiting ? json_integer((request->now - held->at) / HOUR) : json_null());
	json_object_set_new(entry, "deadline", waiting && next.at != 0 ? json_integer(next.at) : json_null());
	json_object_set_new(entry, "overdue", json_boolean(waiting && next.overdue));
}

static json_t *plain_entry(const struct request *request, const struct held *held)
{
	const struct finding_record *finding = finding_leading(held);
	json_t *entry = json_pack("{s:s, s:I, s:o, s:s?, s:b, s:s?, s:b, s:b, s:n, s:s?, s:s?, s:I}", "id", held->id, "at",
				  (json_int_t)held->at, "clause", foreign_json(request, finding == NULL ? NULL : finding->clause), "rule",
				  finding == NULL ? NULL : finding->rule, "subject_withheld", held->marked, "state", state_of(held), "escalated",
				  held->escalated, "two_persons", false, "decision", "direction", held->direction, "outcome", held->outcome, "size",
				  (json_int_t)held->size);
	json_object_set_new(entry, "why", foreign_json(request, finding == NULL ? NULL : finding->explanation));
	json_object_set_new(entry, "subject", foreign_json(request, held->marked ? NULL : held->subject));
	add_time(request, entry, held);
	return entry;
}

json_t *entry_json(const struct request *request, const struct held *held)
{
	json_t *entry = plain_entry(request, held);
	json_object_set_new(entry, "from", sender_json(request, held));
	json_object_set_new(entry, "open", addressed_json(request, held, OPENNESS_OPEN, person_json));
	json_object_set_new(entry, "hidden", addressed_json(request, held, OPENNESS_HIDDEN, person_json));
	json_object_set_new(entry, "held", held_json(request, held, person_json));
	return entry;
}

static bool is_theirs(const struct request *request, const char *address)
{
	return address != NULL && *address != '\0' && directory_by_address(request->snapshot->directory, address) == request->person;
}

static bool sent_it(const struct request *request, const struct held *held)
{
	if (held->auth != NULL)
		return directory_by_login(request->snapshot->directory, held->auth) == request->person;
	return is_theirs(request, held->sender_address);
}

static bool is_addressed(const struct request *request, const struct held *held)
{
	for (size_t i = 0; i < held->all_recipient_count; i++)
		if (is_theirs(request, held->all_recipients[i]))
			return true;
	return false;
}

/* What a finding says may name who was hidden, so only the sender reads it; the others read which clause it was. */
static void be_discreet(const struct request *request, json_t *entry, const struct held *held)
{
	const struct finding_record *finding = finding_leading(held);
	json_object_set_new(entry, "why", finding == NULL || finding->clause == NULL
			    ? json_null() : json_sprintf("It matched a rule that serves: %s.", clean(request, finding->clause)));
	json_object_set_new(entry, "hidden", json_array());
	json_object_set_new(entry, "held", json_array());
}

json_t *entry_own_json(const struct request *request, const struct held *held)
{
	bool sender = sent_it(request, held), addressed = sender || is_addressed(request, held);
	json_t *entry = plain_entry(request, held);
	json_object_set_new(entry, "from", held->sender_name != NULL ? sender_json(request, held)
								     : masked_person(request, sender_address(held), held->at));
	json_object_set_new(entry, "open", addressed_json(request, held, OPENNESS_OPEN, masked_person));
	json_object_set_new(entry, "hidden", addressed_json(request, held, OPENNESS_HIDDEN, masked_person));
	json_object_set_new(entry, "held", held_json(request, held, masked_person));
	json_object_set_new(entry, "deadline", json_null());
	if (!sender)
		be_discreet(request, entry, held);
	if (!addressed)
		json_object_set_new(entry, "subject", json_null());
	return entry;
}
