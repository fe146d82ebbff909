/* phrases.h - the lexicon of a target, from settings with "phrases" and perhaps "labels". */
#ifndef COPYHOLD_TESTS_FUZZ_PHRASES_H
#define COPYHOLD_TESTS_FUZZ_PHRASES_H

#include "base/settings.h"
#include "fuzz.h"
#include "reading/lexicon.h"

/* Lives as long as the process: to compile it takes longer than an input. */
static inline struct lexicon *lexicon_of_settings(const char *settings)
{
	struct lexicon *lexicon = lexicon_new();
	struct settings_file *file = NULL;
	must(settings_open_string("fuzz", settings, &file, NULL));
	const struct settings_node *labels = settings_find(settings_root(file), "labels");
	must(lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), NULL));
	must((labels == NULL || lexicon_add_labels(lexicon, labels, NULL)) && lexicon_check(lexicon, NULL));
	settings_close(&file);
	return lexicon;
}

#endif
