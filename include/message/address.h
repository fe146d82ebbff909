/* address.h - mailboxes in header fields and paths in the envelope (RFC 5322 3.4, RFC 5321 4.1.2).
 *
 * Header lists are parsed by libetpan behind a guard; what it cannot parse is read leniently and the list marked
 * `lenient`, so that no visible recipient is missed. */
#ifndef COPYHOLD_MESSAGE_ADDRESS_H
#define COPYHOLD_MESSAGE_ADDRESS_H

#include "message/message.h"

struct mailbox {
	const char *name;    /* display name decoded to UTF-8, or NULL */
	const char *address; /* addr-spec as written, quotes kept where needed; never NULL, may be "" for <> */
	const char *group;   /* the group it stands in, or NULL */
};
struct mailbox_list {
	const struct mailbox *items;
	size_t count;
	bool lenient; /* some of it did not follow the grammar */
};

/* Every mailbox of every field of that name, in order; group members included, empty groups give none. */
struct mailbox_list mailboxes_of(struct arena *arena, const struct part *part, const char *field);
struct mailbox_list mailboxes_parse(struct arena *arena, struct bytes value);
/* The same by our own code alone, for a process that does not run libetpan: `lenient` says less then. */
struct mailbox_list mailboxes_of_ours(struct arena *arena, const struct part *part, const char *field);
struct mailbox_list mailboxes_parse_ours(struct arena *arena, struct bytes value);

/* The form addresses are compared in: local part lower-cased and unquoted where quotes are not needed, domain
 * lower-case A-labels, no angle brackets, no source route; NULL when it is no address. Sub-addressing is kept. */
char *address_normal(struct arena *arena, const char *address);
/* Local part and domain of a normal address: pointers into it by length. False when there is no '@'. */
bool address_split(const char *normal, struct bytes *local_out, struct bytes *domain_out);
/* The domain of a normal address; empty for NULL and when there is no '@'. */
struct bytes address_domain(const char *normal);
/* local+tag@domain -> local@domain; borrows when there is no tag. */
char *address_without_tag(struct arena *arena, const char *normal);

#endif
