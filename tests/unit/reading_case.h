/* reading_case.h - a small message, its reading, and the families of phrases the tests use. */
#ifndef COPYHOLD_TESTS_READING_CASE_H
#define COPYHOLD_TESTS_READING_CASE_H

#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "base/text.h"
#include "reading/reading.h"

struct reading_case {
	struct arena *arena;
	struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	const struct reading *reading;
};

static const char reading_phrases[] =
	"phrases = {\n"
	"  marking = ( \"[strictly] [private (and|&)] confidential\", \"in [strict|strictest] confidence\",\n"
	"    \"not for (publication|circulation)\", \"/\\\\bofficial\\\\s*[-: ]\\\\s*sensitive\\\\b/\",\n"
	"    \"/\\\\bexempt\\\\b(?=.{0,60}\\\\b(?:part\\\\s*(?:ii|2)|schedule\\\\s*12a|para))/\",\n"
	"    \"[preifat a] (c|g|ch|ngh)yfrinachol\" );\n"
	"  marking-line = ( \"restricted\", \"private\", \"exempt\" );\n"
	"  marking-cancelled = ( \"cleared by the clerk\" );\n"
	"};";

/* `labels`: a configuration with the council's own, or NULL. */
static inline void reading_add_labels(struct lexicon *lexicon, const char *labels)
{
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	if (labels == NULL)
		return;
	if (!settings_open_string("labels", labels, &file, &err) || !lexicon_add_labels(lexicon, settings_find(settings_root(file), "labels"), &err))
		abort();
	settings_close(&file);
}

static inline struct reading_case reading_open_with(const char *headers, struct bytes body, const char *labels)
{
	struct reading_case c = { .arena = arena_new(), .lexicon = lexicon_new(), .scratch = pattern_scratch_new() };
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	if (!settings_open_string("test", reading_phrases, &file, &err) ||
	    !lexicon_add(c.lexicon, settings_find(settings_root(file), "phrases"), &err))
		abort();
	reading_add_labels(c.lexicon, labels);
	if (!lexicon_check(c.lexicon, &err))
		abort();
	settings_close(&file);
	struct text raw = TEXT_INIT;
	text_add(&raw, headers);
	text_add(&raw, "\n");
	text_add_bytes(&raw, body);
	struct bytes crlf = message_to_crlf(c.arena, text_to_arena(&raw, c.arena));
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct message *message = message_scan(c.arena, crlf, &limits);
	c.reading = reading_make(c.arena, message, c.lexicon, c.scratch);
	return c;
}

static inline struct reading_case reading_open(const char *headers, struct bytes body)
{
	return reading_open_with(headers, body, NULL);
}

static inline void reading_close(struct reading_case *c)
{
	lexicon_free(&c->lexicon);
	pattern_scratch_free(&c->scratch);
	arena_free(&c->arena);
}

#define PLAIN_FROM(subject) "From: Ruth Ames <clerk@marlbrook.example>\nTo: moss@marlbrook.example\nSubject: " subject "\n" \
	"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"

#endif
