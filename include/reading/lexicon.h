/* lexicon.h - families of phrases an administrator keeps in the configuration.
 *
 * A family is a list of phrases and, in the same sentence, families that take its meaning away:
 *
 *   phrases = {
 *     obligation = {
 *       any = ( "accept your (quotation|tender)", ... );
 *       unless = ( "hedge", "reported-resolution" );  // anywhere in the same sentence
 *       unless_before = ( "not-performed" );           // ending at most six words before the match
 *       unless_in_clause = ( "negation" );             // the same, but not across the beginning of a new clause
 *     };
 *   };
 *
 * Families of one name in several files add up. Immutable once loaded; shared by threads. */
#ifndef COPYHOLD_READING_LEXICON_H
#define COPYHOLD_READING_LEXICON_H

#include "base/finding.h"
#include "base/pattern.h"
#include "base/settings.h"
#include "base/sieve.h"
#include "reading/label_map.h"
#include "reading/known.h"
#include "reading/stock.h"

struct lexicon;

struct phrase_match {
	const char *family;
	const char *phrase;  /* as written in the configuration */
	struct pattern_span span;
};

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon **lexicon);
/* Adds the families of one `phrases = { ... };` group. Refuses bad phrases with file and line. */
bool lexicon_add(struct lexicon *lexicon, const struct settings_node *phrases, struct error *err) MUST_CHECK;
/* After the last add: phrases made of other families ("{family}", phrase_fill.h) are put together, and every family
 * named in `unless`, `unless_before` and `unless_in_clause` must exist. From then on a text is sifted for all families in one
 * pass, before any expression is tried. */
bool lexicon_check(struct lexicon *lexicon, struct error *err) MUST_CHECK;
/* Adds the council's own labels, `labels = ( { name = "..."; ... } );`, before lexicon_check. Refuses bad ones with file and line. */
bool lexicon_add_labels(struct lexicon *lexicon, const struct settings_node *labels, struct error *err) MUST_CHECK;
/* One of them, copied; its name also becomes a phrase of "marking-line", or of "marking-open" when it does not mark. */
void lexicon_add_label(struct lexicon *lexicon, const struct label *label);
const struct label_map *lexicon_labels(const struct lexicon *lexicon);
/* Adds the known boilerplate of one file, copied; before lexicon_check. Refuses what known_read does, with `name` and line. */
bool lexicon_learn(struct lexicon *lexicon, const char *name, struct bytes content, struct error *err) MUST_CHECK;
bool lexicon_has(const struct lexicon *lexicon, const char *family);
/* NULL-terminated, sorted; borrowed. */
const char *const *lexicon_families(const struct lexicon *lexicon);

/* The first phrase of the family in the text, unless-families not considered. NO for an unknown family. */
enum answer lexicon_find(const struct lexicon *lexicon, struct pattern_scratch *scratch, const char *family,
			 struct bytes plain, struct phrase_match *match_out);
/* The leftmost match of the family at or after `from`, the longest of those that begin there. */
enum answer lexicon_next(const struct lexicon *lexicon, struct pattern_scratch *scratch, const char *family,
			 struct bytes plain, size_t from, struct phrase_match *match_out);
/* The family is said in this sentence: some phrase matches that no `unless` family weakens. */
enum answer lexicon_says(const struct lexicon *lexicon, struct pattern_scratch *scratch, const char *family,
			 struct bytes sentence, struct phrase_match *match_out);

/* The sieve over all families, NULL until checked, and which of its patterns are a family's; false for an unknown family. */
const struct sieve *lexicon_sieve(const struct lexicon *lexicon);
bool lexicon_range(const struct lexicon *lexicon, const char *family, size_t *first_out, size_t *behind_out) MUST_CHECK;

/* A family as another process can be told it: phrases put together already. The lists end in NULL. */
struct lexicon_family {
	const char *name;
	const char *const *phrases;
	const char *const *unless, *const *unless_before, *const *unless_in_clause;
};
/* False when there is none. After lexicon_check. */
bool lexicon_family_of(const struct lexicon *lexicon, struct arena *arena, const char *name, struct lexicon_family *out);
/* Adds such a family, copied, where there are no settings for lexicon_add; lexicon_check follows. Refuses a phrase that cannot be compiled. */
bool lexicon_take(struct lexicon *lexicon, const struct lexicon_family *family, struct error *err) MUST_CHECK;
/* One text that another lexicon has learnt, copied. Refuses what is too short (known.h). */
bool lexicon_take_text(struct lexicon *lexicon, const char *text, struct error *err) MUST_CHECK;
/* Makes all machine code now, for whoever is about to fork or may make none later on; else it is made as phrases are tried. */
void lexicon_make_ready(const struct lexicon *lexicon);
/* From now on only families of the list (it ends in NULL and outlives the lexicon) may be asked for: to ask for another that is not
 * there is a broken build and aborts, for the answer could only be wrong. */
void lexicon_limit(struct lexicon *lexicon, const char *const *only);

/* One phrase of a family as it was written, and where; the file is made in the arena, NULL where nobody wrote it. False past the last one. */
struct lexicon_phrase {
	const char *family, *written;
	const struct pattern *pattern;
	const char *file;
	int line;
};
size_t lexicon_phrase_count(const struct lexicon *lexicon, const char *family);
bool lexicon_phrase_at(const struct lexicon *lexicon, struct arena *arena, const char *family, size_t index, struct lexicon_phrase *out);

/* Phrases that can be compiled and yet do nothing, or too much: see lexicon_classes, of which the last one has no name. */
void lexicon_lint(const struct lexicon *lexicon, struct findings *findings);
extern const struct finding_class lexicon_classes[];

/* For whoever tests tests, while nobody else uses it: from now on that family finds nothing, and the one muted before finds again what it did;
 * NULL: none is. A reader that was told of its phrases still has them. */
void lexicon_mute(struct lexicon *lexicon, const char *family);
/* Other families' phrases are made of it ({family}): muting it does not reach them. */
bool lexicon_fills_others(const struct lexicon *lexicon, const char *family);

/* What the reader knows without being told; lives as long as the lexicon. */
const struct stock *lexicon_stock(const struct lexicon *lexicon);
/* What it has learnt; lives as long as the lexicon. */
const struct known *lexicon_known(const struct lexicon *lexicon);

#endif
