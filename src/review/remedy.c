/* remedy.c - see remedy.h. The claim of the token comes first, so that of two who press only one acts; what cannot be done after all
 * gives it back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/remedy.h"

#include <string.h>

#include "action/foot_text.h"
#include "action/notice_words.h"
#include "base/text.h"
#include "base/unicode.h"
#include "carry.h"
#include "remedy_open.h"
#include "store/browse.h"
#include "voice.h"

#define OFFER(remedy) (1u << (remedy))

/* What is said of a decision a sender's deed leads to. */
static const char *const reasons[REMEDY_COUNT] = {
	[REMEDY_OPEN_COPY] = "Its sender made the copy plain.",
	[REMEDY_DROP_HIDDEN] = "Its sender took the hidden copy away.",
	[REMEDY_WITHDRAW] = "Its sender withdrew it.",
	[REMEDY_REASON] = NULL,
};

/* One look or one deed. */
struct errand {
	struct desk *desk;
	struct arena *arena;
	const char *token;
	int64_t now;
	const struct own_link *link;
	const struct held *held;
	bool decided;              /* a decision of a reviewer waits or is being carried out */
	struct copy_telling telling;
	struct deed deed;
	const char *text;          /* what was done */
};

static const char *say(const struct errand *errand, const char *text)
{
	return remedy_say(errand->desk, errand->arena, text);
}

static bool refuse(const struct errand *errand, enum error_kind kind, const char *text, struct error *err)
{
	return error_set(err, kind, "%s", say(errand, text));
}

static bool is_held(const struct held_recipient *recipient)
{
	return recipient->state == HOLD_HELD;
}

static bool is_hidden(const struct held *held, const char *address)
{
	for (size_t i = 0; i < held->all_recipient_count; i++)
		if (strcmp(held->all_recipients[i], address) == 0)
			return held->addressed[i].openness == OPENNESS_HIDDEN;
	return false;
}

/* How many are held, and how many of those are hidden copies. */
static size_t count_held(const struct held *held, size_t *hidden_out)
{
	size_t count = 0;
	*hidden_out = 0;
	for (size_t i = 0; i < held->recipient_count; i++) {
		if (!is_held(&held->recipients[i]))
			continue;
		count++;
		*hidden_out += is_hidden(held, held->recipients[i].address);
	}
	return count;
}

static bool look_for_decision(struct errand *errand, struct error *err)
{
	struct decision_list list;
	if (!store_decision_list(errand->desk->store, errand->arena, errand->held->id, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++)
		errand->decided = errand->decided || list.items[i].state == DECISION_CONFIRMING || list.items[i].state == DECISION_WAITING ||
				  list.items[i].state == DECISION_DOING;
	return true;
}

/* What of the link's deeds can be done at this moment. */
static unsigned deeds_now(const struct errand *errand)
{
	size_t hidden = 0, count = count_held(errand->held, &hidden);
	unsigned deeds = errand->link->deeds;
	bool free_to_act = count > 0 && !errand->decided;
	bool was_held = errand->held->recipient_count > 0;
	if (!free_to_act)
		deeds &= ~(OFFER(REMEDY_WITHDRAW) | OFFER(REMEDY_DROP_HIDDEN));
	if (hidden == 0)
		deeds &= ~OFFER(REMEDY_DROP_HIDDEN);
	if (was_held ? !free_to_act : errand->telling.to_count == 0 || errand->telling.line_count == 0)
		deeds &= ~OFFER(REMEDY_OPEN_COPY);
	return deeds;
}

static bool is_token(const char *token)
{
	size_t length = token == NULL ? 0 : strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
	return length == OWN_TOKEN_LENGTH && token[length] == '\0';
}

static bool find(struct errand *errand, struct error *err)
{
	if (!is_token(errand->token))
		return true;
	if (!store_own_link_find(errand->desk->store, errand->arena, errand->token, &errand->link, err))
		return false;
	if (errand->link == NULL)
		return true;
	const struct held *const *found = NULL;
	if (!store_messages(errand->desk->store, errand->arena, &errand->link->message, 1, &found, err))
		return false;
	errand->held = found[0];
	if (errand->held == NULL)
		return true;
	errand->telling = copy_telling_of(errand->desk, errand->arena, errand->held);
	return look_for_decision(errand, err);
}

static enum remedy_standing standing_of(const struct errand *errand)
{
	if (errand->link == NULL)
		return REMEDY_UNKNOWN;
	if (errand->held == NULL)
		return REMEDY_GONE;
	if (errand->link->used_at != 0)
		return REMEDY_USED;
	if (errand->link->expires_at <= errand->now)
		return REMEDY_EXPIRED;
	return deeds_now(errand) == 0 ? REMEDY_DECIDED : REMEDY_OPEN;
}

static const char *standing_text(const struct errand *errand, enum remedy_standing standing)
{
	static const char *const texts[] = {
		[REMEDY_OPEN] = N_("This page is about one message of yours. Nothing is done until you press a button, and that once."),
		[REMEDY_UNKNOWN] = N_("This link is not one that Copyhold made, or part of it is missing. Please reply to the notice instead."),
		[REMEDY_EXPIRED] = N_("This link has expired. Please reply to the notice instead."),
		[REMEDY_GONE] = N_("The message this link was about is no longer kept."),
		[REMEDY_DECIDED] = N_("A decision on this message has been made, so nothing more can be done here. If it is wrong, please reply to the notice."),
	};
	if (standing != REMEDY_USED)
		return say(errand, texts[standing]);
	const char *text = say(errand, N_("This link was used on %s. It works once; for anything more please reply to the notice."));
	const struct voices voices = voices_of(errand->arena, &errand->desk->notices);
	const char *at[VOICES_MOST] = { NULL };
	for (size_t i = 0; i < voices.count; i++)
		at[i] = voice_time(&voices.items[i], errand->link->used_at);
	return line_fill(errand->arena, text, at, voices.count);
}

/* --- looking --- */

static const struct remedy_text {
	const char *label, *will;
	const char *will_delivered; /* where it differs for a message that was delivered */
} remedy_texts[REMEDY_COUNT] = {
	[REMEDY_OPEN_COPY] = { N_("Make the copy plain"), N_("The message is sent, and those you wrote to can see who else has a copy."),
			       N_("Those you wrote to are told in a notice who else has a copy.") },
	[REMEDY_DROP_HIDDEN] = { N_("Send it without the hidden copy"), N_("The message is sent to those you wrote to openly; nobody else gets it."), NULL },
	[REMEDY_WITHDRAW] = { N_("Withdraw it"), N_("What is held is not sent to anybody. The message comes back to you."), NULL },
	[REMEDY_REASON] = { N_("Say why"), N_("Your words are put beside the message, and the reviewer reads them. Everything else stays as it is."), NULL },
};

const char *remedy_label(const struct desk *desk, struct arena *arena, enum remedy remedy)
{
	return remedy_say(desk, arena, remedy_texts[remedy].label);
}

static struct remedy_offer offer_of(const struct errand *errand, enum remedy remedy)
{
	const struct remedy_text *words = &remedy_texts[remedy];
	bool delivered = errand->held->recipient_count == 0 && words->will_delivered != NULL;
	return (struct remedy_offer){
		remedy, say(errand, words->label), say(errand, delivered ? words->will_delivered : words->will), remedy == REMEDY_REASON,
	};
}

bool remedy_look(struct desk *desk, struct arena *arena, const char *token, int64_t now, struct remedy_page *out, struct error *err)
{
	struct errand errand = { .desk = desk, .arena = arena, .token = token, .now = now };
	struct remedy_offer *offers = NULL;
	*out = (struct remedy_page){ 0 };
	if (!find(&errand, err))
		return false;
	out->standing = standing_of(&errand);
	out->text = standing_text(&errand, out->standing);
	if (errand.held == NULL)
		return true;
	out->held = errand.held;
	out->person = errand.link->person;
	out->used_at = errand.link->used_at;
	out->used_for = errand.link->used_for;
	for (int i = 0; out->standing == REMEDY_OPEN && i < REMEDY_COUNT; i++)
		if ((deeds_now(&errand) & OFFER(i)) != 0)
			*ARENA_PUSH(arena, offers, out->offer_count) = offer_of(&errand, (enum remedy)i);
	out->offers = offers;
	return true;
}

/* --- acting --- */

/* Those that are held, but for the hidden copies where they are left out. */
static const char *const *held_addresses(const struct errand *errand, bool without_hidden, size_t *count_out)
{
	const char **addresses = NULL;
	*count_out = 0;
	for (size_t i = 0; i < errand->held->recipient_count; i++) {
		const char *address = errand->held->recipients[i].address;
		if (is_held(&errand->held->recipients[i]) && !(without_hidden && is_hidden(errand->held, address)))
			*ARENA_PUSH(errand->arena, addresses, *count_out) = address;
	}
	return addresses;
}

/* What the rules of today do not leave to the sender. */
static bool leave_to_reviewer(const struct errand *errand, struct error *err)
{
	return refuse(errand, ERROR_REFUSED, N_("A reviewer has to decide on this message, so this cannot be done by the link. Please choose another way, or reply to the notice."), err);
}

/* Due at once: whoever tends the store carries it out, and again when the mail server is away. The notices go out with it. */
static bool release(struct errand *errand, bool without_hidden, const struct notice *notices, size_t notice_count, struct error *err)
{
	const struct decision *made = NULL, *earlier = NULL;
	bool is_made = false;
	struct decision wish = {
		.id = errand->held->id, .deed = DEED_RELEASE, .by = errand->deed.by, .reason = errand->deed.reason, .at = errand->now,
		.due_at = errand->now, .state = DECISION_WAITING,
	};
	wish.recipients = held_addresses(errand, without_hidden, &wish.recipient_count);
	if (wish.recipient_count == 0)
		return true;
	if (decide_needs_two(errand->desk, errand->held))
		return leave_to_reviewer(errand, err);
	if (!store_decision_make(errand->desk->store, errand->arena, &wish, notices, notice_count, &is_made, &made, &earlier, err))
		return false;
	return is_made || error_set(err, ERROR_REFUSED, "%s", standing_text(errand, REMEDY_DECIDED));
}

static bool tell(struct errand *errand, struct error *err)
{
	const struct notice *notices = copy_telling_notices(errand->desk, errand->arena, errand->held, &errand->telling, errand->now);
	for (size_t i = 0; i < errand->telling.to_count; i++)
		if (!store_outbox_add(errand->desk->store, &notices[i], errand->held->id, errand->now, err))
			return false;
	return true;
}

/* Whether the letter takes the line. False with ERROR_RETRY when nobody can tell just now. */
static bool takes_line(struct errand *errand, bool *takes_out, struct error *err)
{
	const struct letter_opener *opener = &errand->desk->opener;
	const char *const *lines = NULL;
	size_t line_count = 0;
	struct bytes raw, letter;
	struct error why = ERROR_INIT;
	if (!store_read_raw(errand->desk->store, errand->arena, errand->held->id, &raw, err))
		return false;
	*takes_out = opener->open != NULL && opener->open(opener->context, errand->arena, errand->held, raw, &lines, &line_count, &letter, &why);
	bool later = !*takes_out && why.kind == ERROR_RETRY;
	if (later)
		error_set(err, ERROR_RETRY, "%s", error_text(&why));
	error_release(&why);
	return !later;
}

/* With the line where the letter takes it, if no other rule then holds it; else with a notice, if there is anybody who may be told. */
static bool open_with_line(struct errand *errand, struct error *err)
{
	struct decision_answer answer;
	struct error why = ERROR_INIT;
	bool good = decide_open_copy(errand->desk, errand->arena, errand->held->id, &errand->deed, &answer, &why);
	if (!good && answer.conflict)
		error_set(err, ERROR_REFUSED, "%s", standing_text(errand, REMEDY_DECIDED));
	else if (!good && why.kind == ERROR_REFUSED)
		good = leave_to_reviewer(errand, err);
	else if (!good)
		error_set(err, why.kind, "%s", error_text(&why));
	error_release(&why);
	return good;
}

static bool open_held(struct errand *errand, struct error *err)
{
	bool takes = false;
	if (!takes_line(errand, &takes, err))
		return false;
	errand->text = say(errand, N_("The message is being sent, with the line that makes the copy plain. You will get a notice when it has gone."));
	if (takes)
		return open_with_line(errand, err);
	if (errand->telling.to_count == 0 || errand->telling.line_count == 0)
		return refuse(errand, ERROR_REFUSED, N_("The message cannot take the line that would make the copy plain. Please choose another way, or reply to the notice."), err);
	errand->text = say(errand, N_("The message is being sent, and those you wrote to are told in a notice of their own who else has a copy."));
	return release(errand, false, copy_telling_notices(errand->desk, errand->arena, errand->held, &errand->telling, errand->now),
		       errand->telling.to_count, err);
}

static bool open_copy(struct errand *errand, struct error *err)
{
	if (errand->held->recipient_count > 0)
		return open_held(errand, err);
	errand->text = say(errand, N_("Those you wrote to are told in a notice who else has a copy."));
	return tell(errand, err);
}

/* The rest goes first: should somebody have decided meanwhile, nothing is taken away. */
static bool drop_hidden(struct errand *errand, struct error *err)
{
	if (!release(errand, true, NULL, 0, err))
		return false;
	for (size_t i = 0; i < errand->held->recipient_count; i++) {
		bool moved = false;
		const struct held_recipient *recipient = &errand->held->recipients[i];
		if (is_held(recipient) && is_hidden(errand->held, recipient->address) &&
		    !store_move(errand->desk->store, errand->held->id, recipient->address, HOLD_HELD, HOLD_RETURNED, &errand->deed, NULL, &moved, err))
			return false;
	}
	errand->text = say(errand, N_("The hidden copy is not sent. Those you wrote to openly get the message."));
	return true;
}

static bool withdraw(struct errand *errand, struct error *err)
{
	struct carriage carriage = { .desk = errand->desk, .arena = errand->arena, .held = errand->held, .deed = &errand->deed };
	size_t moved = 0;
	errand->text = say(errand, N_("The message is withdrawn. It comes back to you by mail."));
	return carry_return(&carriage, &moved, err) && (moved > 0 || error_set(err, ERROR_REFUSED, "%s", standing_text(errand, REMEDY_DECIDED)));
}

static bool give_reason(struct errand *errand, struct error *err)
{
	errand->text = say(errand, N_("Thank you. Your words stand beside the message, and a reviewer will read them."));
	return true;
}

static bool (*const deeds[REMEDY_COUNT])(struct errand *, struct error *) = {
	[REMEDY_OPEN_COPY] = open_copy, [REMEDY_DROP_HIDDEN] = drop_hidden, [REMEDY_WITHDRAW] = withdraw, [REMEDY_REASON] = give_reason,
};

/* What was said, as text; NULL when nothing was. */
static bool read_words(struct errand *errand, enum remedy remedy, const char *said, const char **out, struct error *err)
{
	struct bytes words = bytes_trim(bytes_of(said));
	if (words.length > REMEDY_TEXT_MOST)
		return refuse(errand, ERROR_INPUT, N_("Please say it in fewer words."), err);
	*out = words.length == 0 ? NULL : arena_string_of(errand->arena, unicode_repair(errand->arena, words));
	if (remedy == REMEDY_REASON && *out == NULL)
		return refuse(errand, ERROR_INPUT, N_("Please say why: the text is empty."), err);
	return true;
}

static bool may_act(const struct errand *errand, enum remedy remedy, struct error *err)
{
	enum remedy_standing standing = standing_of(errand);
	if (standing == REMEDY_UNKNOWN)
		return error_set(err, ERROR_INPUT, "%s", standing_text(errand, standing));
	if (standing != REMEDY_OPEN)
		return error_set(err, ERROR_REFUSED, "%s", standing_text(errand, standing));
	if ((unsigned)remedy >= REMEDY_COUNT || (deeds_now(errand) & OFFER(remedy)) == 0)
		return refuse(errand, ERROR_REFUSED, N_("This cannot be done with this message any more. Please choose another way, or reply to the notice."), err);
	return true;
}

static bool do_claimed(struct errand *errand, enum remedy remedy, const char *words, struct error *err)
{
	struct deed saying = { errand->link->person, words, errand->now };
	if (words != NULL && !store_sender_reply(errand->desk->store, errand->held->id, &saying, err))
		return false;
	return deeds[remedy](errand, err);
}

bool remedy_act(struct desk *desk, struct arena *arena, const char *token, enum remedy remedy, const char *said, int64_t now,
		const char **text_out, struct error *err)
{
	struct errand errand = { .desk = desk, .arena = arena, .token = token, .now = now };
	const char *words = NULL;
	bool mine = false;
	if (!find(&errand, err) || !may_act(&errand, remedy, err) || !read_words(&errand, remedy, said, &words, err))
		return false;
	errand.deed = (struct deed){ errand.link->person, reasons[remedy], now };
	if (!store_own_link_claim(desk->store, token, remedy_name(remedy), now, &mine, err))
		return false;
	if (!mine)
		return refuse(&errand, ERROR_REFUSED, N_("This link has just been used. It works once; for anything more please reply to the notice."), err);
	if (do_claimed(&errand, remedy, words, err)) {
		*text_out = errand.text;
		return true;
	}
	struct error ignored = ERROR_INIT; /* then the link is used up, and the sender can still reply */
	if (!store_own_link_give_back(desk->store, token, now, &ignored))
		error_context(err, "%s", error_text(&ignored));
	error_release(&ignored);
	return false;
}
