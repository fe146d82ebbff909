/* pattern.h - phrases and regular expressions over text (PCRE2, JIT).
 *
 * A phrase is what an administrator writes in a configuration:
 *   accept your (quotation|quote|tender)     words, blanks match any run of blanks, ( | ) alternatives
 *   [hereby] instruct you                    [ ] optional words
 *   invoice ... council                      ... up to six words between
 *   cyfrinach*                               * the rest of a word
 *   /\bPO\s*\d{3,}/                          between slashes: a PCRE2 regular expression
 * Phrases match whole words, without regard to case, on text in unicode_plain form.
 *
 * A compiled pattern may be used by many threads, for whom it is immutable: the machine code that is made for it when it is first tried is
 * made once, under a lock. Match data is the caller's scratch. */
#ifndef COPYHOLD_BASE_PATTERN_H
#define COPYHOLD_BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

/* Three answers, everywhere: what could not be told is not "no". UNHEARD is none: of a past message, when nobody asked then what is asked now
 * (policy/testimony.h); it may be any of the three. */
enum answer { NO, YES, UNKNOWN, UNHEARD };

struct pattern;
struct needles;
struct pattern_scratch; /* match data and JIT stack; one per thread or message */

struct pattern_span {
	size_t start, end; /* byte offsets into the subject */
};

/* Limits of one match: PCRE2's match limit counts per start position, so subjects are bounded too. */
#define PATTERN_MATCH_LIMIT 50000
#define PATTERN_DEPTH_LIMIT 1000
#define PATTERN_MAX_LENGTH 24576

struct pattern_scratch *pattern_scratch_new(void);
void pattern_scratch_free(struct pattern_scratch **scratch);

/* Compiles one phrase. A bad one is ERROR_SETTINGS whose text says what is wrong and where in the phrase; a leading
 * "(*" verb and \C are refused. Freed with pattern_free. */
bool pattern_compile(const char *phrase, struct pattern **out, struct error *err) MUST_CHECK;
void pattern_free(struct pattern **pattern);
/* Makes its machine code now, for whoever is about to fork or may make none later on. */
void pattern_make_ready(const struct pattern *pattern);
const char *pattern_source(const struct pattern *pattern); /* the phrase as written */
/* What must stand in a text for it to match; lives as long as the pattern. */
const struct needles *pattern_needles(const struct pattern *pattern);

/* The first match at or after `from`. `subject` must be valid UTF-8. UNKNOWN when a limit was hit. */
enum answer pattern_find(const struct pattern *pattern, struct pattern_scratch *scratch, struct bytes subject,
			 size_t from, struct pattern_span *span_out);

#endif
