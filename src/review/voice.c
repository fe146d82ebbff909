/* voice.c - see voice.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice.h"

#include <string.h>

#include "base/clock.h"
#include "base/markup.h"

struct voices voices_of(struct arena *arena, const struct plan_options *options)
{
	const struct voice english = { arena, NULL, "en" }, welsh = { arena, options->words_cy, "cy" };
	if (options->words_cy == NULL)
		return (struct voices){ { english }, 1 };
	return options->welsh_first ? (struct voices){ { welsh, english }, 2 } : (struct voices){ { english, welsh }, 2 };
}

const char *voices_tags(struct arena *arena, const struct voices *voices)
{
	return voices->count == 1 ? voices->items[0].tag : arena_printf(arena, "%s, %s", voices->items[0].tag, voices->items[1].tag);
}

const char *voices_say(const struct voices *voices, const char *text)
{
	const char *first = voice_say(&voices->items[0], text);
	return voices->count == 1 ? first : arena_printf(voices->items[0].arena, "%s / %s", first, voice_say(&voices->items[1], text));
}

size_t voices_width(const char *words)
{
	size_t count = 0;
	for (; *words != '\0'; words++)
		count += ((unsigned char)*words & 0xc0) != 0x80;
	return count;
}

void voices_element(const struct voices *voices, struct markup *markup, const char *element, const char *text)
{
	markup_open(markup, element, "scope", strcmp(element, "th") == 0 ? "col" : NULL, NULL);
	for (size_t i = 0; i < voices->count; i++) {
		const struct voice *voice = &voices->items[i];
		markup_words(markup, i == 0 ? "" : " / ");
		if (voices->count == 1)
			markup_words(markup, voice_say(voice, text));
		else
			markup_element(markup, "span", voice_say(voice, text), "lang", voice->tag, NULL);
	}
	markup_close(markup, element);
}

const char *voice_say(const struct voice *voice, const char *text)
{
	return notice_words_text(voice->words, text);
}

const char *voice_number(const struct voice *voice, int64_t number)
{
	return arena_printf(voice->arena, "%lld", (long long)number);
}

const char *voice_count(const struct voice *voice, int64_t count, const char *one, const char *many)
{
	return voice_fill(voice, count == 1 ? one : many, { "count", voice_number(voice, count) });
}

const char *voice_time(const struct voice *voice, int64_t at)
{
	return clock_format_local_in(voice->arena, at, voice->tag);
}
