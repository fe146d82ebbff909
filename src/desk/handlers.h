/* handlers.h - the calls' own functions, and what several of them say. Private to src/desk. */
#ifndef COPYHOLD_DESK_HANDLERS_H
#define COPYHOLD_DESK_HANDLERS_H

#include "desk/call.h"
#include "store/browse.h"

bool call_login(struct request *request, struct error *err);
bool call_logout(struct request *request, struct error *err);
bool call_me(struct request *request, struct error *err);
bool call_desk(struct request *request, struct error *err);
bool call_search(struct request *request, struct error *err);
bool call_own(struct request *request, struct error *err);
bool call_message(struct request *request, struct error *err);
bool call_content(struct request *request, struct error *err);
bool call_decide(struct request *request, struct error *err);
bool call_undo(struct request *request, struct error *err);
bool call_confirm(struct request *request, struct error *err);
bool call_mark(struct request *request, struct error *err);
bool call_bulk(struct request *request, struct error *err);
bool call_export(struct request *request, struct error *err);
bool call_legal_hold(struct request *request, struct error *err);
bool call_own_act(struct request *request, struct error *err);
bool call_link(struct request *request, struct error *err);
bool call_statistics(struct request *request, struct error *err);
bool call_report(struct request *request, struct error *err);
bool call_journal(struct request *request, struct error *err);
bool call_status(struct request *request, struct error *err);

#define PAGE_ENTRIES ((size_t)50)

/* A message's line on the desk, for whoever may review it. */
json_t *entry_json(const struct request *request, const struct held *held);
/* The same for a member whose own it is: who is hidden only for the sender, third parties masked. */
json_t *entry_own_json(const struct request *request, const struct held *held);
/* Somebody an address belongs to, on the day of the message. */
json_t *person_json(const struct request *request, const char *address, int64_t at);
/* "councillor", "officer", "third party" ... */
const char *person_class(const struct person *person, int64_t at);
/* Text of a message or of the MTA: valid UTF-8 in any case; null for NULL. */
json_t *foreign_json(const struct request *request, const char *text);
/* A document: text as it is; what is no text, such as a PDF, in base64. */
json_t *document_json(struct arena *arena, struct bytes content, const char *type);
/* Whoever did something, by name where the directory has one. */
json_t *actor_json(const struct request *request, const char *by);

#endif
