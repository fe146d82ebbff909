/* voice.h - one of the Council's languages, speaking to a reviewer. Private to src/review. */
#ifndef COPYHOLD_REVIEW_VOICE_H
#define COPYHOLD_REVIEW_VOICE_H

#include "action/notice_words.h"

struct voice {
	struct arena *arena;
	const struct notice_words *words; /* NULL: English */
	const char *tag;                  /* "en", "cy", as in <html lang> */
};
#define VOICE_ENGLISH(borrowed_arena) (&(const struct voice){ .arena = (borrowed_arena), .words = NULL, .tag = "en" })

/* The Council's, in their order. */
#define VOICES_MOST ((size_t)2)
struct voices {
	struct voice items[VOICES_MOST];
	size_t count;
};
struct voices voices_of(struct arena *arena, const struct plan_options *options);
/* "cy, en", as Content-Language has them. */
const char *voices_tags(struct arena *arena, const struct voices *voices);

/* "Pam / Why"; and how many characters that is wide. */
const char *voices_say(const struct voices *voices, const char *text);
size_t voices_width(const char *words);
/* <element><span lang="cy">Pam</span> / <span lang="en">Why</span></element>, or only the words where there is one language. */
struct markup;
void voices_element(const struct voices *voices, struct markup *markup, const char *element, const char *text);

const char *voice_say(const struct voice *voice, const char *text);
/* %{count} of a text that is marked with N_(); `one` when it is 1. A language whose nouns change with more numbers needs words that do not. */
const char *voice_count(const struct voice *voice, int64_t count, const char *one, const char *many);
#define voice_fill(voice, text, ...) notice_fill((voice)->arena, voice_say(voice, text), NOTICE_VALUES(__VA_ARGS__))
const char *voice_number(const struct voice *voice, int64_t number);
const char *voice_time(const struct voice *voice, int64_t at);

#endif
