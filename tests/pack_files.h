/* pack_files.h - the files of a shipped pack, for tests and tools that need its phrases or rules without a council around it. */
#ifndef COPYHOLD_TESTS_PACK_FILES_H
#define COPYHOLD_TESTS_PACK_FILES_H

#include "base/settings.h"
#include "base/text.h"
#include "reading/lexicon.h"

/* Called for each library that the pack at `path` uses, then for the pack itself; stops where `use` fails. */
struct pack_user {
	bool (*use)(void *context, bool is_library, const struct settings_node *root, struct error *err);
	void *context;
};

static inline bool pack_use_file(const char *path, bool is_library, const struct pack_user *user, struct error *err)
{
	struct settings_file *file = NULL;
	bool good = settings_open(path, &file, err) && user->use(user->context, is_library, settings_root(file), err);
	if (file != NULL)
		settings_close(&file);
	return good;
}

static inline bool pack_each_file(const char *path, const struct pack_user *user, struct error *err)
{
	struct settings_file *file = NULL;
	const char *slash = strrchr(path, '/');
	bool good = settings_open(path, &file, err);
	const struct settings_node *uses = good ? settings_find(settings_find(settings_root(file), "pack"), "uses") : NULL;
	for (size_t i = 0; good && uses != NULL && i < settings_count(uses); i++) {
		struct text library = TEXT_INIT;
		text_printf(&library, "%.*s/../library/%s.conf", slash == NULL ? 1 : (int)(slash - path), slash == NULL ? "." : path,
			    settings_string(settings_at(uses, i)));
		good = pack_use_file(text_string(&library), true, user, err);
		text_release(&library);
	}
	if (file != NULL)
		settings_close(&file);
	return good && pack_use_file(path, false, user, err);
}

static inline bool pack_use_phrases(void *lexicon, bool is_library, const struct settings_node *root, struct error *err)
{
	(void)is_library;
	const struct settings_node *phrases = settings_find(root, "phrases");
	return phrases == NULL || lexicon_add(lexicon, phrases, err);
}

static inline bool pack_add_phrases(const char *path, struct lexicon *lexicon, struct error *err)
{
	struct pack_user user = { pack_use_phrases, lexicon };
	return pack_each_file(path, &user, err);
}

#endif
