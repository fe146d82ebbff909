/* notice_words.c - the texts of notices in English, and their way into another language. DOMAIN 5.4 sets their order and tone:
 * courteous, exact, no blame.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice_words.h"

#include "base/settings.h"
#include "base/text.h"

const char *const notice_part_names[PART_COUNT + 1] = { "subject", "opening", "opening_some", "step", "wrong", "link", "thanks", NULL };

#define WRONG [PART_WRONG] = N_("If this is wrong, or an exception, please reply and say why.")
#define QUESTION [PART_WRONG] = N_("If you have a question, please reply.")
/* Follows the sentence that says how to reply. */
#define LINK [PART_LINK] = N_("Or answer here: %{link}")
#define THANKS [PART_THANKS] = N_("Thank you. Reference: %{reference}")

const struct notice_words notice_words_en = {
	.parts = {
		[NOTICE_HELD] = {
			/* TRANSLATORS: a subject; %{about} is the subject of the message it is about. */
			[PART_SUBJECT] = N_("Held: %{about}"),
			/* TRANSLATORS: %{title} is empty, or a blank and the subject in quotation marks. */
			[PART_OPENING] = N_("Your message%{title} has not been sent."),
			[PART_OPENING_SOME] = N_("Your message%{title} has not been sent to %{held}. The other recipients have it."),
			[PART_STEP] = N_("A reviewer will decide. You need do nothing; if you did not mean to send it, please reply and say so."),
			WRONG, LINK, THANKS,
		},
		[NOTICE_ANNOTATED] = {
			[PART_SUBJECT] = N_("Line added: %{about}"),
			[PART_OPENING] = N_("Your message%{title} was delivered."),
			[PART_STEP] = N_("You need do nothing."),
			WRONG, LINK, THANKS,
		},
		[NOTICE_ADVICE] = {
			[PART_SUBJECT] = N_("About your message: %{about}"),
			[PART_OPENING] = N_("Your message%{title} was delivered."),
			[PART_STEP] = N_("You need do nothing now."),
			WRONG, LINK, THANKS,
		},
		[NOTICE_RETURNED] = {
			[PART_SUBJECT] = N_("Returned: %{about}"),
			[PART_OPENING] = N_("Your message%{title} has not been sent; it is returned to you."),
			[PART_OPENING_SOME] = N_("Your message%{title} has not been sent to %{held}. The other recipients have it."),
			[PART_STEP] = N_("You can change it and send it again."),
			WRONG, THANKS,
		},
		[NOTICE_COMPANION] = {
			[PART_SUBJECT] = N_("Re: %{about}"),
			[PART_OPENING] = N_("The message%{title} from %{sender} has a copy that its To and Cc do not show."),
			[PART_STEP] = N_("You need do nothing."),
			WRONG, THANKS,
		},
		[NOTICE_RELEASED] = {
			[PART_SUBJECT] = N_("Sent: %{about}"),
			[PART_OPENING] = N_("Your message%{title} has now been sent."),
			[PART_OPENING_SOME] = N_("Your message%{title} has now been sent to %{held}."),
			[PART_STEP] = N_("You need do nothing."),
			QUESTION, THANKS,
		},
		[NOTICE_ESCALATED] = {
			[PART_SUBJECT] = N_("Still waiting: %{about}"),
			[PART_OPENING] = N_("Your message%{title} still waits for a decision."),
			[PART_OPENING_SOME] = N_("Your message%{title} still waits for a decision before it goes to %{held}. The other recipients have it."),
			[PART_STEP] = N_("It was passed to a second reviewer, who will decide. You need do nothing."),
			WRONG, THANKS,
		},
		[NOTICE_EXPIRED] = {
			[PART_SUBJECT] = N_("Returned: %{about}"),
			[PART_OPENING] = N_("Your message%{title} has not been sent: nobody decided in time, and it is returned to you."),
			[PART_OPENING_SOME] = N_("Your message%{title} has not been sent to %{held}: nobody decided in time, and it is returned to you. The other recipients have it."),
			[PART_STEP] = N_("You can change it and send it again."),
			QUESTION, THANKS,
		},
	},
	.words = {
		[WORD_SUBJECT_APART] = N_("Recipients told: %{about}"),
		/* TRANSLATORS: the subject of a message, behind "Your message" */
		[WORD_TITLE] = N_(" \"%{subject}\""),
		/* TRANSLATORS: after a list of names */
		[WORD_OTHERS] = N_(" and %{count} more"),
		[WORD_ADDED] = N_("Added at its foot: %{lines}."),
		/* TRANSLATORS: %{why} is one of the sentences such as "the message is signed" */
		[WORD_NOT_ADDED] = N_("This should stand at its foot, but could not be added because %{why}: %{lines}."),
		[WORD_TOLD_APART] = N_("This should stand at its foot, but could not be added because %{why}. The recipients were told in a notice: %{lines}."),
		/* TRANSLATORS: the message came in several parcels; this is about the later one */
		[WORD_TOLD_LATER] = N_("Added at the foot of this copy; those who had theirs already were told in a notice: %{lines}."),
		[WORD_LATE_UNTOLD] = N_("Added at the foot of this copy; some had theirs already, without it, and were not told: %{lines}."),
		[WORD_CAME_LATER] = N_("That was not known when yours came. This stands for the line at its foot:"),
		[WORD_STANDS_HERE] = N_("It could not be altered, because %{why}. This stands for the line at its foot:"),
		[WORD_MADE_OPEN] = N_("Its sender has asked that you know of it. This stands for the line at its foot:"),
		[WORD_BESIDE_SUBJECT] = N_("A message you have: %{about}"),
		/* TRANSLATORS: to an officer, of a message somebody sent them; %{sender} is an address or a name */
		[WORD_BESIDE] = N_("A message from %{sender} has reached you; it was delivered as it came. This note is to you alone."),
		[WORD_BESIDE_STEP] = N_("You need do nothing now."),
		[WORD_UNDECIDED] = N_("It could not be told whether one of the council's rules applies to it."),
		[WORD_CLAUSE] = N_("The clause: %{clause}."),
		[WORD_CLAUSE_QUOTED] = N_("The clause: %{clause}: \"%{quote}\""),
	},
};

static const char *const part_slots[PART_COUNT] = {
	[PART_SUBJECT] = "about", [PART_OPENING] = "title", [PART_OPENING_SOME] = "title held", [PART_STEP] = "", [PART_WRONG] = "",
	[PART_LINK] = "link", [PART_THANKS] = "reference",
};
#define SLOT_NAMES "about", "title", "held", "sender", "link", "reference"

/* The name between "%{" and "}" at or after *at, which is moved past it. False at the end; `closed_out` tells a slot left open. */
static bool next_slot(struct bytes text, size_t *at, struct bytes *name_out, bool *closed_out)
{
	size_t start = bytes_find(text, BYTES("%{"), *at);
	if (start == (size_t)-1)
		return false;
	size_t end = bytes_find_char(text, '}', start);
	*closed_out = end != (size_t)-1;
	*name_out = bytes_slice(text, start + 2, *closed_out ? end : text.length);
	*at = *closed_out ? end + 1 : text.length;
	return true;
}

/* `slots`: names apart by one blank. */
static bool is_among(struct bytes name, const char *slots)
{
	struct bytes all = bytes_of(slots);
	for (size_t at = 0; at < all.length;) {
		size_t end = bytes_find_char(all, ' ', at);
		struct bytes one = bytes_slice(all, at, end);
		if (bytes_equal(one, name))
			return true;
		at += one.length + 1;
	}
	return false;
}

static bool has_slot(struct bytes text, struct bytes wanted)
{
	struct bytes name;
	bool closed;
	for (size_t at = 0; next_slot(text, &at, &name, &closed);)
		if (bytes_equal(name, wanted))
			return true;
	return false;
}

static bool complain_slot(struct arena *arena, struct bytes name, struct error *err)
{
	static const char *const names[] = { SLOT_NAMES, NULL };
	const char *written = arena_string_of(arena, name), *close = settings_suggest(written, names);
	return error_set(err, ERROR_SETTINGS, "this text can have no slot %%{%s}%s%s%s", written, close == NULL ? "" : " (did you mean %{",
			 close == NULL ? "" : close, close == NULL ? "" : "}?)");
}

static bool check_slots(struct arena *arena, const char *allowed, struct bytes text, struct error *err)
{
	struct bytes name, all = bytes_of(allowed);
	bool closed;
	for (size_t at = 0; next_slot(text, &at, &name, &closed);) {
		if (!closed)
			return error_set(err, ERROR_SETTINGS, "a slot is not closed: \"%%{%.20s\"", arena_string_of(arena, name));
		if (!is_among(name, allowed))
			return complain_slot(arena, name, err);
	}
	for (size_t at = 0; at < all.length;) {
		struct bytes wanted = bytes_slice(all, at, bytes_find_char(all, ' ', at));
		if (!has_slot(text, wanted))
			return error_set(err, ERROR_SETTINGS, "the slot %%{%s} is missing", arena_string_of(arena, wanted));
		at += wanted.length + 1;
	}
	return true;
}

const char *notice_words_text(const struct notice_words *words, const char *text)
{
	const char *translation = words == NULL || words->catalogue == NULL ? NULL : catalogue_text(words->catalogue, text);
	return translation == NULL ? text : translation;
}

bool notice_part_check(enum notice_kind kind, enum notice_part part, const char *text, struct error *err)
{
	struct arena *arena = arena_new();
	const char *slots = kind == NOTICE_COMPANION && part == PART_OPENING ? "title sender" : part_slots[part];
	bool good = check_slots(arena, slots, bytes_of(text), err);
	arena_free(&arena);
	return good;
}

const char *notice_fill(struct arena *arena, const char *text, const struct notice_value *values, size_t count)
{
	struct bytes all = bytes_of(text), name;
	struct text out = TEXT_INIT;
	size_t done = 0, at = 0;
	bool closed;
	while (next_slot(all, &at, &name, &closed) && closed) {
		text_add_bytes(&out, bytes_slice(all, done, at - name.length - 3));
		for (size_t i = 0; i < count; i++)
			if (bytes_equal(name, bytes_of(values[i].slot)))
				text_add(&out, values[i].value);
		done = at;
	}
	text_add_bytes(&out, bytes_slice(all, done, all.length));
	return arena_string_of(arena, text_to_arena(&out, arena));
}

/* Both have the same slots: each of one is in the other. */
static bool slots_agree(const char *text, const char *other)
{
	struct bytes name;
	bool closed;
	for (size_t at = 0; next_slot(bytes_of(text), &at, &name, &closed);)
		if (!closed || !has_slot(bytes_of(other), name))
			return false;
	return true;
}

static bool translate(const struct catalogue *catalogue, const char *text, const char **out, struct error *err)
{
	if (text == NULL)
		return true;
	*out = catalogue_text(catalogue, text);
	if (*out == NULL)
		return error_set(err, ERROR_SETTINGS, "the catalogue does not have \"%s\": it belongs to another version", text);
	if (!slots_agree(text, *out) || !slots_agree(*out, text))
		return error_set(err, ERROR_SETTINGS, "the catalogue has \"%s\" with other slots: \"%s\"", text, *out);
	return true;
}

bool notice_words_translate(struct arena *arena, const struct catalogue *catalogue, struct notice_words **out, struct error *err)
{
	struct notice_words *words = arena_alloc(arena, sizeof *words);
	bool good = true;
	for (size_t kind = 0; good && kind < NOTICE_TOLD_COUNT; kind++)
		for (size_t part = 0; good && part < PART_COUNT; part++)
			good = translate(catalogue, notice_words_en.parts[kind][part], &words->parts[kind][part], err);
	for (size_t i = 0; good && i < WORD_COUNT; i++)
		good = translate(catalogue, notice_words_en.words[i], &words->words[i], err);
	for (enum untouched why = TOUCHED; good && why < UNTOUCHED_COUNT; why++)
		good = translate(catalogue, untouched_sentence(why), &words->untouched[why], err);
	words->catalogue = catalogue;
	*out = words;
	return good;
}
