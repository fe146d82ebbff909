/* call_status.c - the call status: is mail flowing, is the journal whole, can anything be released. No person and no message stands in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"

#include <string.h>

#include "review/retention.h"
#include "store/digest_slot.h"
#include "store/store_memory.h"

#define DAY ((int64_t)86400)

static json_t *time_json(int64_t at)
{
	return at == 0 ? json_null() : json_integer(at);
}

/* The instant this day began in the Council's own time zone, to the hour: counts are kept by the hour. */
static int64_t midnight(int64_t now)
{
	int64_t at = now - now % 3600;
	while (clock_date_of(at - 1) == clock_date_of(now))
		at -= 3600;
	return at;
}

static bool add_mail(struct request *request, const struct store_size *size, struct error *err)
{
	struct summary today = { 0 }, week = { 0 };
	int64_t begun = midnight(request->now);
	if (!store_summary(request->store, request->arena, begun, request->now + 1, 0, &today, err) ||
	    !store_summary(request->store, request->arena, begun - 7 * DAY, request->now + 1, 0, &week, err))
		return false;
	request_add(request, "mail", json_pack("{s:o, s:I, s:I}", "last_message_at", time_json(size->last_message_at), "examined_today",
					       (json_int_t)today.tally.examined, "held_now", (json_int_t)size->waiting));
	request_add(request, "outbox", json_pack("{s:I, s:o}", "waiting", (json_int_t)week.outbox_waiting, "oldest_at", time_json(week.outbox_oldest)));
	request_add(request, "internal_seen", json_integer(week.tally.internal));
	return true;
}

static json_t *refusal_json(const struct request *request, const struct house_state *state)
{
	if (state->refused_at == 0)
		return json_null();
	return json_pack("{s:I, s:o}", "at", (json_int_t)state->refused_at, "text", foreign_json(request, state->refused));
}

static const char *detail_word(const json_t *detail, const char *key)
{
	return json_string_value(json_object_get(detail, key));
}

/* The gate reads its configuration by itself: what it has in force, it says in the journal. */
static bool add_gate(struct request *request, struct error *err)
{
	struct journal_line loaded, refused;
	if (!store_journal_reload(request->store, request->arena, "reload", "copyhold-milter", &loaded, err) ||
	    !store_journal_reload(request->store, request->arena, "reload-refused", "copyhold-milter", &refused, err))
		return false;
	json_t *good = json_loads(loaded.detail == NULL ? "" : loaded.detail, 0, NULL), *bad = json_loads(refused.detail == NULL ? "" : refused.detail, 0, NULL);
	const char *digest = detail_word(good, "digest");
	json_t *gate = digest == NULL && refused.number == 0 ? json_null() : json_object();
	if (json_is_object(gate)) {
		json_object_set_new(gate, "loaded_at", time_json(loaded.at));
		json_object_set_new(gate, "digest", foreign_json(request, digest));
		json_object_set_new(gate, "same", digest == NULL ? json_null() : json_boolean(strcmp(digest, request->snapshot->digest) == 0));
		json_object_set_new(gate, "people_trouble", detail_word(good, "people") == NULL ? json_null() : foreign_json(request, detail_word(good, "people")));
		json_object_set_new(gate, "refused", refused.number <= loaded.number ? json_null() :
				    json_pack("{s:I, s:o}", "at", (json_int_t)refused.at, "text", foreign_json(request, detail_word(bad, "why"))));
	}
	json_decref(good);
	json_decref(bad);
	request_add(request, "gate", gate);
	return true;
}

static bool add_upkeep(struct request *request, struct error *err)
{
	struct retention_last last;
	int64_t digest = 0;
	if (!retention_last_run(request->store, &last, err) || !store_digest_newest(request->store, &digest, err))
		return false;
	request_add(request, "retention", json_pack("{s:o, s:o, s:I}", "last_at", time_json(last.at), "next_at", time_json(last.next_at), "removed",
						    (json_int_t)last.removed));
	request_add(request, "digest", json_pack("{s:o}", "last_at", time_json(digest)));
	return true;
}

/* Memory may be lost, and mail waits for it: a page that cannot tell says so. */
static void add_memory(struct request *request)
{
	const struct snapshot *snapshot = request->snapshot;
	const struct store_memory_options options = { .terms = snapshot->memory_terms, .journal = request->store };
	struct memory_figures figures;
	struct memory *memory = NULL;
	struct error why = ERROR_INIT;
	json_t *told = json_null();
	if (snapshot->memory_kept && store_memory_open(store_directory(request->store), &options, &memory, &why) && memory_figures(memory, &figures, &why))
		told = json_pack("{s:I, s:I, s:I, s:I, s:o, s:I}", "messages", (json_int_t)figures.messages, "prints", (json_int_t)figures.prints, "envelopes",
				 (json_int_t)figures.envelopes, "octets", (json_int_t)figures.octets, "oldest_at", time_json(figures.oldest),
				 "set_aside", (json_int_t)store_memory_set_aside(store_directory(request->store)));
	memory_close(&memory);
	error_release(&why);
	request_add(request, "memory", told);
}

bool call_status(struct request *request, struct error *err)
{
	const struct snapshot *snapshot = request->snapshot;
	struct store_size size;
	struct house_state state;
	if (!store_measure(request->store, &size, err) || !house_state(request->house, request->arena, snapshot, request->now, &state, err) ||
	    !add_mail(request, &size, err) || !add_gate(request, err) || !add_upkeep(request, err))
		return false;
	request_add(request, "configuration", json_pack("{s:I, s:s, s:o, s:o}", "loaded_at", (json_int_t)state.loaded_at, "digest", snapshot->digest,
							"refused", refusal_json(request, &state), "people_trouble", snapshot->people_trouble == NULL
							? json_null() : foreign_json(request, snapshot->people_trouble)));
	request_add(request, "store", json_pack("{s:I, s:I, s:I, s:I, s:b, s:I}", "octets", (json_int_t)size.octets, "free_octets",
						(json_int_t)size.free_octets, "messages", (json_int_t)size.messages, "journal_lines",
						(json_int_t)size.journal_lines, "journal_good", state.journal_broken_at == 0, "journal_checked_at",
						(json_int_t)state.journal_checked_at));
	request_add(request, "release", json_pack("{s:I, s:b, s:o}", "tested_at", (json_int_t)state.release_tested_at, "good", state.release_good,
						  "reply", foreign_json(request, state.release_reply)));
	add_memory(request);
	request_add(request, "mode", json_string(snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode)));
	request_add(request, "authority", snapshot->authority_minute == NULL
			    ? NULL : json_pack("{s:s, s:s?}", "minute", snapshot->authority_minute, "date", snapshot->authority_date));
	return true;
}
