/* conclude.c - see conclude.h. The order is the promise: judge, commit, ask whether the mail server is still there,
 * change, answer. Until the commit nothing happened; after it a failure takes the record back, and the sender tries again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/conclude.h"

#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/past.h"
#include "milter/apply.h"

/* One message at its end. */
struct closing {
	SMFICTX *context;
	struct gate *gate;
	struct session *session;
	const struct judgement *judgement;
	const char *queue_id;
	size_t kept;        /* recipients whose outcome is hold or stricter */
	size_t returned;    /* of them: recipients whose outcome is return */
	const char *record; /* id under which it is in the store */
	bool committed;     /* what it came to is in the store */
	struct memory *remembered; /* where later messages are judged by it, or NULL */
	bool duplicate;     /* it was there before: the sender tried again */
	struct timespec began;
};

static struct memory *memory_for(struct gate *gate, const struct session *session)
{
	return session->snapshot->memory_kept ? gate->memory : NULL;
}

static long elapsed_ms(const struct timespec *since)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

/* What of a text may stand in an SMTP reply; libmilter reads % as a format. */
static char *reply_text(struct arena *arena, const char *sentence)
{
	struct text out = TEXT_INIT;
	for (; *sentence != '\0' && out.length < 400; sentence++) {
		if (*sentence == '%')
			text_add(&out, "%%");
		else
			text_add_char(&out, *sentence >= 0x20 && *sentence < 0x7f ? *sentence : '?');
	}
	struct bytes whole = text_to_arena(&out, arena);
	return arena_string_of(arena, whole);
}

static void set_reply(struct closing *closing, const char *code, const char *extended, const char *sentence)
{
	struct arena *arena = closing->session->arena;
	if (smfi_setreply(closing->context, arena_string(arena, code), arena_string(arena, extended), reply_text(arena, sentence)) != MI_SUCCESS)
		log_warning("%s: libmilter did not take the words of the reply", closing->queue_id);
}

static sfsistat try_again(struct closing *closing, const char *why)
{
	const struct tally one = { .retried = 1 };
	gate_count(closing->gate, &one);
	log_warning("%s: not taken, the sender tries again: %s", closing->queue_id, why);
	set_reply(closing, "451", "4.7.1", "The Council's correspondence check cannot take this message just now; please try again later");
	return SMFIS_TEMPFAIL;
}

static const char *sender_to_log(const struct closing *closing)
{
	if (closing->session->auth == NULL)
		return "not authenticated";
	return facts_sender_is_protected(closing->judgement->facts) ? "not listed" : closing->session->auth;
}

/* As far as it may be known. */
static const struct plan *plan_to_name(const struct closing *closing)
{
	return past_keepable(closing->session->arena, closing->judgement->verdict, closing->judgement->plan).plan;
}

/* One line a message: ids, sender, outcome and rules; never content. A second one where From does not go with the sender. */
static void log_conclusion(const struct closing *closing, const char *what)
{
	const struct plan *plan = plan_to_name(closing);
	struct text rules = TEXT_INIT;
	for (size_t i = 0; i < plan->finding_count; i++)
		text_printf(&rules, "%s%s", i > 0 ? "," : "", plan->findings[i]->rule->id);
	const struct session *session = closing->session;
	log_info("%s: %s, sender %s, outcome %s (%s), rules %s, %zu of %zu recipients kept back, %zu octets, %ld ms", closing->queue_id,
		 closing->record, sender_to_log(closing), outcome_name(plan->outcome), what,
		 plan->finding_count > 0 ? text_string(&rules) : "none", closing->kept, session->recipient_count, session->raw.length,
		 elapsed_ms(&closing->began));
	text_release(&rules);
	const struct facts *facts = closing->judgement->facts;
	if (facts->from_note != NULL)
		log_line(facts->sender_known ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, "%s: %s, %s", closing->queue_id, closing->record, facts->from_note);
}

static void count_recipients(struct closing *closing)
{
	const struct plan *plan = closing->judgement->plan;
	for (size_t i = 0; i < closing->session->recipient_count; i++) {
		if (plan->recipients[i] >= OUTCOME_HOLD)
			closing->kept++;
		if (plan->recipients[i] == OUTCOME_RETURN)
			closing->returned++;
	}
}

/* The reference, then the clause of the first rule that returns the message, which may be cut short. */
static const char *return_reason(const struct closing *closing)
{
	const struct plan *plan = closing->judgement->plan;
	for (size_t i = 0; i < plan->finding_count; i++)
		if (plan->findings[i]->action == ACTION_RETURN && plan->findings[i]->rule->mode == MODE_ENFORCE)
			return arena_printf(closing->session->arena, "Returned, reference %s, under %s", closing->judgement->id,
					    plan->findings[i]->rule->clause);
	return arena_printf(closing->session->arena, "Returned, reference %s, under the Council's protocol", closing->judgement->id);
}

/* Tells the mail server what to do. False: it may have heard half of it, or nothing, and must not deliver. */
static bool tell(struct closing *closing, sfsistat *answer_out, const char **what_out, struct error *err)
{
	const struct plan *plan = closing->judgement->plan;
	struct session *session = closing->session;
	/* A mail server that has given up waiting will send the message again: what it came to must not stand then, nor anybody be told of it. */
	if (smfi_progress(closing->context) != MI_SUCCESS)
		return error_set(err, ERROR_RETRY, "the mail server is gone");
	if (closing->returned > 0) {
		set_reply(closing, "550", "5.7.1", return_reason(closing));
		*answer_out = SMFIS_REJECT;
		*what_out = "returned to the sender";
		return true;
	}
	if (closing->kept == session->recipient_count && closing->kept > 0) {
		*answer_out = SMFIS_DISCARD; /* committed, so the message is ours */
		*what_out = closing->duplicate ? "was kept before" : "kept";
		return true;
	}
	*answer_out = SMFIS_CONTINUE;
	*what_out = closing->kept > 0 ? "kept for some" : "passed on";
	return apply_recipients(closing->context, session, plan, err) && apply_edits(closing->context, session->arena, closing->judgement, err);
}

static void take_back(struct closing *closing)
{
	struct error err = ERROR_INIT;
	if (!closing->committed || closing->duplicate)
		return;
	const struct session *session = closing->session;
	if (!gateway_take_back(session->arena, session->snapshot, closing->gate->store, closing->remembered, closing->judgement, closing->record,
			       clock_now(), &err))
		log_error("%s: %s was not passed on, and is not wholly taken back: %s", closing->queue_id, closing->record, error_text(&err));
	error_release(&err);
}

/* The journal's line for a message whose findings are not recorded as they stand. */
static bool journal_findings(struct closing *closing, const char *what, struct error *err)
{
	const struct plan *plan = plan_to_name(closing);
	json_t *rules = json_array();
	for (size_t i = 0; i < plan->finding_count; i++)
		json_array_append_new(rules, json_string(plan->findings[i]->rule->id));
	json_t *detail = json_pack("{s:s, s:I, s:o}", "queue_id", closing->queue_id, "octets_read", (json_int_t)closing->session->raw.length, "rules", rules);
	char *dumped = detail != NULL ? json_dumps(detail, JSON_COMPACT) : NULL;
	bool ok = dumped != NULL ? store_journal(closing->gate->store, what, closing->judgement->id, "copyhold-milter", dumped, clock_now(), err)
				 : error_set(err, ERROR_RETRY, "the journal's line for %s cannot be written as JSON", closing->queue_id);
	free(dumped);
	json_decref(detail);
	return ok;
}

/* The mail server knows one answer for the whole message. To refuse it for all leaves it with its sender, told why; taking
 * it for some would need its return to be ours. So nothing of the plan is done when only some are to get it back. */
static bool commit(struct closing *closing, struct error *err)
{
	struct session *session = closing->session;
	if (closing->returned > 0 && closing->returned < session->recipient_count)
		return journal_findings(closing, "refused", err);
	if (!gateway_commit(session->arena, session->snapshot, closing->gate->store, closing->judgement, &closing->duplicate, &closing->record, err))
		return false;
	closing->committed = true;
	struct memory *memory = memory_for(closing->gate, session);
	if (memory != NULL && !gateway_remember(session->arena, memory, closing->judgement, err))
		return false;
	closing->remembered = memory;
	return true;
}

static sfsistat carry_out(struct closing *closing)
{
	struct error err = ERROR_INIT;
	sfsistat answer = SMFIS_TEMPFAIL;
	const char *what = "";
	if (!commit(closing, &err)) {
		take_back(closing);
		answer = try_again(closing, error_text(&err));
	} else if (!tell(closing, &answer, &what, &err)) {
		take_back(closing);
		answer = try_again(closing, error_text(&err));
	} else {
		struct tally counted = gateway_tally(closing->judgement);
		gate_count(closing->gate, &counted);
		const struct session *session = closing->session;
		gate_keep_plain(closing->gate, session->snapshot, closing->judgement->envelope->at,
				gateway_plain_facts(session->arena, session->snapshot, closing->judgement));
		log_conclusion(closing, what);
	}
	error_release(&err);
	return answer;
}

/* A message longer than we read: it cannot be kept whole, nor its text changed, but what must not pass does not pass. */
static sfsistat carry_out_partly(struct closing *closing)
{
	struct error err = ERROR_INIT;
	if (closing->kept > 0)
		return try_again(closing, "it would have to be held and is longer than limits.message; set the mail server's message_size_limit no higher");
	sfsistat answer = SMFIS_CONTINUE;
	if (!journal_findings(closing, "partly-examined", &err) || !apply_removals(closing->context, closing->session->arena, closing->judgement, &err)) {
		answer = try_again(closing, error_text(&err));
	} else {
		const struct tally counted = { .examined = 1, .delivered = 1, .unreadable = 1 };
		gate_count(closing->gate, &counted);
		log_conclusion(closing, "longer than limits.message, only its beginning examined");
	}
	error_release(&err);
	return answer;
}

/* The relay tries again; what it brought is known then, and so is what came meanwhile. */
static sfsistat put_off(struct closing *closing)
{
	struct error err = ERROR_INIT;
	if (!gateway_remember(closing->session->arena, closing->gate->memory, closing->judgement, &err)) {
		sfsistat answer = try_again(closing, error_text(&err));
		error_release(&err);
		return answer;
	}
	struct tally counted = gateway_tally(closing->judgement);
	gate_count(closing->gate, &counted);
	log_info("%s: %s, put off until more of its copies have come (trusted.hold_window)", closing->queue_id, closing->record);
	set_reply(closing, "451", "4.7.1", "The Council's correspondence check waits for the other copies of this message; please try again in a minute");
	return SMFIS_TEMPFAIL;
}

sfsistat conclude(SMFICTX *context, struct gate *gate, struct session *session, const char *queue_id)
{
	struct closing closing = { .context = context, .gate = gate, .session = session, .queue_id = queue_id != NULL ? queue_id : "no queue id" };
	clock_gettime(CLOCK_MONOTONIC, &closing.began);
	if (session->starved)
		return try_again(&closing, "no room for it (limits.in_flight), or the gate is ending");
	if (session->recipient_count == 0)
		return try_again(&closing, "the mail server named no recipient");
	struct envelope envelope = session_envelope(session, clock_now());
	struct pattern_scratch *scratch = gate_take_scratch(gate);
	struct error err = ERROR_INIT;
	bool judged = gateway_judge(session->arena, session->snapshot, memory_for(gate, session), &envelope, session_message(session), scratch,
				    &closing.judgement, &err);
	gate_return_scratch(gate, scratch);
	if (!judged) {
		sfsistat answer = try_again(&closing, error_text(&err));
		error_release(&err);
		return answer;
	}
	if (closing.judgement->reader_failure != NULL)
		log_warning("%s: %s, only its headers were read: %s", closing.queue_id, closing.judgement->id, closing.judgement->reader_failure);
	closing.record = closing.judgement->id;
	count_recipients(&closing);
	if (closing.judgement->facts->put_off)
		return put_off(&closing);
	if (closing.judgement->plan->outcome == OUTCOME_RETRY)
		return try_again(&closing, "a rule could not be answered");
	return session->truncated ? carry_out_partly(&closing) : carry_out(&closing);
}
