/* pattern.c - see pattern.h. The one file that sees PCRE2.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"

#include <pcre2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/needles.h"
#include "base/phrase.h"
#include "base/sieve_memory.h"

#define JIT_STACK_START ((size_t)32 * 1024)
#define JIT_STACK_MOST ((size_t)1024 * 1024)
#define HEAP_LIMIT_KIB 4096
/* A phrase grows when it becomes an expression: each "..." is some thirty characters. */
#define REGEX_MAX_LENGTH ((size_t)PATTERN_MAX_LENGTH * 16)

/* Machine code is made for a pattern when it is first tried, as most are never: it costs more than all else of compiling. Whether there is
 * any changes nothing that is found until then, since no match was made without. */
struct engine {
	pcre2_code *code;
	pthread_mutex_t making;
	atomic_bool made; /* or refused: nobody changes `code` any more */
};

struct pattern {
	char *source;
	struct engine *engine;
	struct needles *needles;
};

struct pattern_scratch {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	struct sieve_memory *memory;
};

struct pattern_scratch *pattern_scratch_new(void)
{
	struct pattern_scratch *scratch = memory_must(calloc(1, sizeof *scratch));
	scratch->data = memory_must(pcre2_match_data_create(1, NULL));
	scratch->context = memory_must(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(scratch->context, PATTERN_MATCH_LIMIT);
	pcre2_set_depth_limit(scratch->context, PATTERN_DEPTH_LIMIT);
	pcre2_set_heap_limit(scratch->context, HEAP_LIMIT_KIB);
	/* NULL where executable memory is refused: then nothing was compiled for it either. */
	scratch->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MOST, NULL);
	pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
	scratch->memory = sieve_memory_new();
	return scratch;
}

void pattern_scratch_free(struct pattern_scratch **scratch)
{
	if (*scratch == NULL)
		return;
	sieve_memory_free(&(*scratch)->memory);
	pcre2_jit_stack_free((*scratch)->stack);
	pcre2_match_context_free((*scratch)->context);
	pcre2_match_data_free((*scratch)->data);
	free(*scratch);
	*scratch = NULL;
}

/* Between slashes: the expression itself. Verbs are refused because they change limits and options behind our back. */
static bool regex_of_slashes(struct bytes phrase, struct text *regex, struct error *err)
{
	if (phrase.length < 3 || phrase.data[phrase.length - 1] != '/')
		return error_set(err, ERROR_SETTINGS, "phrase \"%.*s\": an expression that begins with \"/\" ends with \"/\"",
				 (int)phrase.length, phrase.data);
	struct bytes inner = bytes_slice(phrase, 1, phrase.length - 1);
	if (bytes_starts_with(inner, BYTES("(*")))
		return error_set(err, ERROR_SETTINGS, "phrase \"%.*s\": an expression may not begin with a \"(*\" verb",
				 (int)phrase.length, phrase.data);
	text_add_bytes(regex, inner);
	return true;
}

static pcre2_code *compile(struct bytes phrase, struct bytes regex, struct error *err)
{
	pcre2_compile_context *context = memory_must(pcre2_compile_context_create(NULL));
	pcre2_set_max_pattern_length(context, REGEX_MAX_LENGTH);
	int problem = 0;
	PCRE2_SIZE where = 0;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex.data, regex.length,
					 PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C, &problem,
					 &where, context);
	pcre2_compile_context_free(context);
	if (code == NULL) {
		PCRE2_UCHAR words[256];
		pcre2_get_error_message(problem, words, sizeof words);
		error_set(err, ERROR_SETTINGS, "phrase \"%.*s\", character %zu: %s", (int)phrase.length, phrase.data,
			  (size_t)where + 1, (const char *)words);
	}
	return code;
}

static struct engine *engine_new(pcre2_code *code)
{
	struct engine *engine = memory_must(calloc(1, sizeof *engine));
	engine->code = code;
	pthread_mutex_init(&engine->making, NULL);
	atomic_init(&engine->made, false);
	return engine;
}

/* One thread makes it while the others wait: PCRE2 writes into what they are about to read. */
static const pcre2_code *ready_code(struct engine *engine)
{
	if (atomic_load_explicit(&engine->made, memory_order_acquire))
		return engine->code;
	pthread_mutex_lock(&engine->making);
	if (!atomic_load_explicit(&engine->made, memory_order_relaxed)) {
		/* Where a hardened system refuses it, matching is slower and says the same. */
		(void)pcre2_jit_compile(engine->code, PCRE2_JIT_COMPLETE);
		atomic_store_explicit(&engine->made, true, memory_order_release);
	}
	pthread_mutex_unlock(&engine->making);
	return engine->code;
}

static void engine_free(struct engine *engine)
{
	pthread_mutex_destroy(&engine->making);
	pcre2_code_free(engine->code);
	free(engine);
}

static bool matches_empty(const pcre2_code *code)
{
	uint32_t empty = 0;
	return pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty) != 0 || empty != 0;
}

bool pattern_compile(const char *source, struct pattern **out, struct error *err)
{
	struct bytes phrase = bytes_trim(bytes_of(source));
	if (phrase.length == 0)
		return error_set(err, ERROR_SETTINGS, "a phrase is empty");
	if (phrase.length > PATTERN_MAX_LENGTH)
		return error_set(err, ERROR_SETTINGS, "a phrase is longer than %d bytes: \"%.40s...\"", PATTERN_MAX_LENGTH,
				 phrase.data);
	struct text regex = TEXT_INIT;
	bool good = phrase.data[0] == '/' ? regex_of_slashes(phrase, &regex, err) : phrase_to_regex(phrase, &regex, err);
	pcre2_code *code = good ? compile(phrase, text_bytes(&regex), err) : NULL;
	if (code == NULL || matches_empty(code)) {
		text_release(&regex);
		if (code == NULL)
			return false;
		pcre2_code_free(code);
		return error_set(err, ERROR_SETTINGS, "phrase \"%.*s\": it could match nothing at all, and so everywhere",
				 (int)phrase.length, phrase.data);
	}
	struct pattern *pattern = memory_must(calloc(1, sizeof *pattern));
	pattern->source = memory_must(strdup(source));
	pattern->engine = engine_new(code);
	pattern->needles = needles_of_regex(text_bytes(&regex));
	text_release(&regex);
	*out = pattern;
	return true;
}

void pattern_free(struct pattern **pattern)
{
	if (*pattern == NULL)
		return;
	engine_free((*pattern)->engine);
	free((*pattern)->needles);
	free((*pattern)->source);
	free(*pattern);
	*pattern = NULL;
}

void pattern_make_ready(const struct pattern *pattern)
{
	(void)ready_code(pattern->engine);
}

const char *pattern_source(const struct pattern *pattern)
{
	return pattern->source;
}

const struct needles *pattern_needles(const struct pattern *pattern)
{
	return pattern->needles;
}

struct sieve_memory *pattern_scratch_sieve_memory(struct pattern_scratch *scratch)
{
	return scratch->memory;
}

enum answer pattern_find(const struct pattern *pattern, struct pattern_scratch *scratch, struct bytes subject,
			 size_t from, struct pattern_span *span_out)
{
	if (from > subject.length)
		return NO;
	const char *data = subject.data == NULL ? "" : subject.data;
	while (from < subject.length && ((unsigned char)data[from] & 0xc0) == 0x80)
		from++; /* unchecked UTF-8 is entered at a character only */
	int count = pcre2_match(ready_code(pattern->engine), (PCRE2_SPTR)data, subject.length, from, PCRE2_NO_UTF_CHECK, scratch->data,
				scratch->context);
	if (count == PCRE2_ERROR_NOMATCH)
		return NO;
	if (count < 0)
		return UNKNOWN;
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(scratch->data);
	/* \K inside a look-ahead can put the start behind the end. */
	span_out->start = ends[0] < ends[1] ? ends[0] : ends[1];
	span_out->end = ends[0] < ends[1] ? ends[1] : ends[0];
	return YES;
}
