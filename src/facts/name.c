/* name.c - in whose name the message goes out: the signature, else From, else Sender (DOMAIN 1C).
 *
 * A name is what the reader of the letter sees; who sends is told by authentication, elsewhere.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

static void take_person(const struct facts *facts, struct in_name_of *name, const struct person *person)
{
	bool councillor = person_has_role(person, ROLE_COUNCILLOR, facts->on);
	name->councillor |= councillor;
	name->officer |= person_has_role(person, ROLE_OFFICER, facts->on);
	if (councillor)
		name->offices |= person_offices(person, facts->on);
}

struct fit {
	struct person_list councillors, officers;
};

static struct fit fit_name(struct gathering *gathering, const char *written)
{
	const struct facts *facts = gathering->facts;
	return (struct fit){
		directory_by_name(gathering->arena, facts->directory, written, ROLE_COUNCILLOR, facts->on),
		directory_by_name(gathering->arena, facts->directory, written, ROLE_OFFICER, facts->on),
	};
}

/* Titles choose between a councillor and an officer of one name; somebody who is both is one person. */
static const struct person *only_person(const struct fit *fit, bool as_councillor, bool as_officer)
{
	bool use_councillors = fit->councillors.count > 0 && (as_councillor || !as_officer || fit->officers.count == 0);
	bool use_officers = fit->officers.count > 0 && (as_officer || !as_councillor || fit->councillors.count == 0);
	if (use_councillors && fit->councillors.count == 1 && (!use_officers || as_councillor))
		return fit->councillors.items[0];
	if (use_officers && fit->officers.count == 1 && (!use_councillors || as_officer))
		return fit->officers.items[0];
	bool same = fit->councillors.count == 1 && fit->officers.count == 1 && fit->councillors.items[0] == fit->officers.items[0];
	return same ? fit->councillors.items[0] : NULL;
}

/* A councillor who is also an officer signs as what the title says. */
static void apply_title(struct in_name_of *name, const struct person *person, const struct facts *facts,
			const struct signature *signature)
{
	bool both = person_has_role(person, ROLE_COUNCILLOR, facts->on) && person_has_role(person, ROLE_OFFICER, facts->on);
	if (!both || signature->as_councillor == signature->as_officer) {
		take_person(facts, name, person);
		return;
	}
	name->councillor |= signature->as_councillor;
	name->officer |= signature->as_officer;
	if (signature->as_councillor)
		name->offices |= person_offices(person, facts->on);
}

/* An office without a name: "Town Clerk". */
static const struct person *holder(struct gathering *gathering, const char *office)
{
	const struct facts *facts = gathering->facts;
	unsigned bits;
	if (office == NULL || !office_parse(office, &bits))
		return NULL;
	struct person_list holders = directory_with_office(gathering->arena, facts->directory, bits, facts->on);
	return holders.count == 1 ? holders.items[0] : NULL;
}

/* What the title alone tells when no one person fits. */
static bool take_titles(struct in_name_of *name, const struct signature *signature, const struct fit *fit)
{
	unsigned bits = 0;
	bool councillor = signature->as_councillor || (fit->councillors.count > 0 && fit->officers.count == 0);
	bool officer = signature->as_officer || (fit->officers.count > 0 && fit->councillors.count == 0);
	name->councillor |= councillor;
	name->officer |= officer;
	if (councillor && signature->office != NULL && office_parse(signature->office, &bits))
		name->offices |= bits;
	return councillor || officer;
}

/* False when the signature is nobody's of the council. */
static bool take_signature(struct gathering *gathering, struct in_name_of *name, const struct signature *signature,
			   const struct person **person_out)
{
	struct fit fit = { { NULL, 0 }, { NULL, 0 } };
	const struct person *person = NULL;
	if (signature->name != NULL) {
		fit = fit_name(gathering, signature->name);
		person = only_person(&fit, signature->as_councillor, signature->as_officer);
	} else {
		person = holder(gathering, signature->office);
	}
	*person_out = person;
	if (person == NULL)
		return take_titles(name, signature, &fit);
	apply_title(name, person, gathering->facts, signature);
	return true;
}

static bool is_council_office(const char *office)
{
	unsigned bits;
	const unsigned others = OFFICE_BANK_SIGNATORY | OFFICE_SPOKESPERSON | OFFICE_GROUP_LEADER | OFFICE_ELECTED;
	return office != NULL && office_parse(office, &bits) && (bits & ~others) != 0;
}

static void take_capacity(struct in_name_of *name, const struct signature *signature)
{
	name->for_council |= signature->for_council || is_council_office(signature->office);
	name->for_other_body |= signature->for_other_body;
	name->personal |= signature->personal;
}

static bool name_by_signature(struct gathering *gathering, struct in_name_of *name)
{
	const struct letter *outer = gathering->facts->reading->outer;
	for (size_t i = 0; i < outer->signature_count; i++) {
		const struct signature *signature = &outer->signatures[i];
		const struct person *person;
		take_capacity(name, signature);
		if (!take_signature(gathering, name, signature, &person))
			continue;
		if (name->signer_count == 0) {
			name->person = person;
			name->text = signature->text;
		} else if (name->person != person) {
			name->person = NULL;
		}
		const char *called = person != NULL ? person->name : signature->name != NULL ? signature->name : signature->office;
		*ARENA_PUSH(gathering->arena, name->signers, name->signer_count) = called != NULL ? called : signature->text;
	}
	if (name->signer_count > 0)
		name->source = NAME_FROM_SIGNATURE;
	return name->signer_count > 0;
}

/* Everybody who shares the mailbox, when they are of one kind. */
static bool take_list(struct gathering *gathering, struct in_name_of *name, const struct person *list)
{
	const struct facts *facts = gathering->facts;
	struct person_list members = members_of(gathering->arena, facts, list);
	size_t councillors = 0, officers = 0;
	for (size_t i = 0; i < members.count; i++) {
		councillors += person_has_role(members.items[i], ROLE_COUNCILLOR, facts->on);
		officers += person_has_role(members.items[i], ROLE_OFFICER, facts->on);
	}
	name->councillor = members.count > 0 && councillors == members.count;
	name->officer = members.count > 0 && officers == members.count;
	name->person = members.count == 1 ? members.items[0] : NULL;
	return name->councillor || name->officer;
}

/* What the reader sees of a mailbox: the display name when it names somebody of the council, else whose address it is. */
static bool name_by_mailbox(struct gathering *gathering, struct in_name_of *name, const struct mailbox *mailbox,
			    enum name_source source)
{
	const struct facts *facts = gathering->facts;
	const struct person *person = NULL;
	if (mailbox->name != NULL) {
		struct fit fit = fit_name(gathering, mailbox->name);
		person = only_person(&fit, false, false);
	}
	if (person == NULL)
		person = directory_by_address(facts->directory, mailbox->address);
	if (person == NULL)
		return false;
	name->source = source;
	name->text = mailbox->name == NULL ? mailbox->address :
					     arena_printf(gathering->arena, "%s <%s>", mailbox->name, mailbox->address);
	if (person->is_list)
		return take_list(gathering, name, person);
	take_person(facts, name, person);
	name->person = person;
	return name->councillor || name->officer;
}

static bool name_by_mailboxes(struct gathering *gathering, struct in_name_of *name, const struct mailbox_list *mailboxes,
			      enum name_source source)
{
	return mailboxes->count > 0 && name_by_mailbox(gathering, name, &mailboxes->items[0], source);
}

/* A title alone could be another council's: only somebody of the directory counts. */
static bool is_councillors(struct gathering *gathering, const struct letter *letter)
{
	bool councillor = false;
	for (size_t i = 0; i < letter->signature_count; i++) {
		struct in_name_of name = { 0 };
		const struct person *person;
		if (take_signature(gathering, &name, &letter->signatures[i], &person) && name.officer)
			return false;
		councillor |= name.councillor && person != NULL;
	}
	return councillor;
}

static void gather_attached(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct letter **found = NULL;
	for (size_t i = 0; i < facts->reading->letter_count; i++) {
		const struct letter *letter = facts->reading->letters[i];
		if (letter->kind == LETTER_ATTACHED && is_councillors(gathering, letter))
			*ARENA_PUSH(gathering->arena, found, facts->attached_count) = letter;
	}
	facts->attached = found;
}

bool facts_is_councillors_letter(const struct facts *facts, const struct letter *letter)
{
	for (size_t i = 0; i < facts->attached_count; i++)
		if (facts->attached[i] == letter)
			return true;
	return letter == facts->reading->outer;
}

void gather_name(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct in_name_of *name = &facts->name;
	if (!facts->sender_known)
		return; /* whatever a stranger writes above or below a letter, it is not the council's */
	gather_attached(gathering);
	if (name_by_signature(gathering, name) ||
	    name_by_mailboxes(gathering, name, &facts->reading->outer->from, NAME_FROM_FROM) ||
	    name_by_mailboxes(gathering, name, &facts->reading->sender, NAME_FROM_SENDER))
		return;
	if (name->source != NAME_UNKNOWN || facts->sender.person->is_list)
		return;
	/* Neither a signature nor a header names anybody: whoever signed in sends in their own name. */
	take_person(facts, name, facts->sender.person);
	name->source = NAME_FROM_SENDER;
	name->person = facts->sender.person;
	name->text = facts->sender.person->name;
}
