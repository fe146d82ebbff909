/* memory_case.h - a directory of a few people and messages made of nothing but what they are known by, for tests of memory. */
#ifndef COPYHOLD_TESTS_MEMORY_CASE_H
#define COPYHOLD_TESTS_MEMORY_CASE_H

#include "council_folder.h"
#include "store/store_memory.h"

#define NOW ((int64_t)1772442000)
#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)

struct lab {
	struct arena *arena;
	const char *folder;
	struct directory *directory;
	struct memory *memory;
	struct memory_terms terms;
};

static inline struct lab *lab_new(void)
{
	static const char *const domains[] = { "marlbrook.example" };
	const struct string_list list = { domains, 1, NULL };
	struct lab *lab = calloc(1, sizeof *lab);
	struct error err = ERROR_INIT;
	lab->arena = arena_new();
	lab->terms = MEMORY_TERMS_DEFAULT;
	lab->folder = folder_new(lab->arena, "memory");
	const char *path = folder_put(lab->arena, lab->folder, "people.csv",
				      "name,role,addresses,id,group\n"
				      "Ruth Price,officer,ruth@marlbrook.example,,\n"
				      "Amir Khan,councillor,amir@marlbrook.example,p2,Orchard\n"
				      "Carys Jones,councillor,carys@marlbrook.example,p3,Orchard\n");
	if (!directory_load(path, &list, &lab->directory, lab->arena, NULL, NULL, &err))
		fail_msg("%s", error_text(&err));
	return lab;
}

static inline void lab_open_store(struct lab *lab)
{
	struct error err = ERROR_INIT;
	const struct store_memory_options options = { .terms = lab->terms };
	if (!store_memory_open(lab->folder, &options, &lab->memory, &err))
		fail_msg("%s", error_text(&err));
}

static inline void lab_free(struct lab *lab)
{
	memory_close(&lab->memory);
	directory_free(&lab->directory);
	folder_remove(lab->arena, lab->folder);
	arena_free(&lab->arena);
	free(lab);
}

static inline int lab_set_up_volatile(void **state)
{
	struct lab *lab = lab_new();
	lab->memory = memory_volatile_open(&lab->terms);
	*state = lab;
	return 0;
}

static inline int lab_set_up_store(void **state)
{
	struct lab *lab = lab_new();
	lab_open_store(lab);
	*state = lab;
	return 0;
}

static inline int lab_tear_down(void **state)
{
	lab_free(*state);
	return 0;
}

static inline const struct person *lab_person(const struct lab *lab, const char *address)
{
	const struct person *person = directory_by_address(lab->directory, address);
	assert_non_null(person);
	return person;
}

/* A message of one text with `count` prints from `first` on; content differs by its id and them. */
static inline struct trace *lab_trace(struct lab *lab, const char *message_id, uint64_t first, size_t count)
{
	struct trace *trace = arena_alloc(lab->arena, sizeof *trace);
	struct traced_text *text = arena_alloc(lab->arena, sizeof *text);
	uint64_t *prints = arena_array(lab->arena, count + 1, sizeof *prints);
	for (size_t i = 0; i < count; i++)
		prints[i] = (first + i) * 0x9e3779b97f4a7c15u;
	*text = (struct traced_text){ .where = "part 1", .first = 0, .count = count };
	*trace = (struct trace){ .message_id = message_id, .prints = prints, .print_count = count, .texts = text, .text_count = 1 };
	snprintf((char *)trace->content, sizeof trace->content, "%.16s %llu", message_id == NULL ? "" : message_id, (unsigned long long)first);
	return trace;
}

/* All prints of one behind all of the other. */
static inline void lab_append(struct lab *lab, struct trace *trace, const struct trace *more, const char *where)
{
	uint64_t *prints = arena_array(lab->arena, trace->print_count + more->print_count, sizeof *prints);
	struct traced_text *texts = arena_array(lab->arena, trace->text_count + 1, sizeof *texts);
	for (size_t i = 0; i < trace->print_count + more->print_count; i++)
		prints[i] = i < trace->print_count ? trace->prints[i] : more->prints[i - trace->print_count];
	for (size_t i = 0; i < trace->text_count; i++)
		texts[i] = trace->texts[i];
	texts[trace->text_count] = (struct traced_text){ .where = where, .first = trace->print_count, .count = more->print_count };
	trace->prints = prints;
	trace->print_count += more->print_count;
	trace->texts = texts;
	trace->text_count++;
}

static inline void lab_refer(struct lab *lab, struct trace *trace, const char *to)
{
	const char **references = arena_array(lab->arena, 1, sizeof *references);
	references[0] = to;
	trace->references = references;
	trace->reference_count = 1;
}

static inline void lab_attach(struct lab *lab, struct trace *trace, char file, const char *where)
{
	struct traced_file *files = arena_alloc(lab->arena, sizeof *files);
	*files = (struct traced_file){ .digest = { (unsigned char)file }, .size = 5000, .where = where };
	trace->files = files;
	trace->file_count = 1;
}

static inline struct recall lab_recall(struct lab *lab, const struct trace *trace, const char *principal, int64_t at)
{
	struct recall recall;
	struct error err = ERROR_INIT;
	if (!memory_recall(lab->memory, lab->arena, lab->directory, trace, principal, at, &recall, &err))
		fail_msg("%s", error_text(&err));
	return recall;
}

/* As the gateway does it: whatever is recalled of a message is its parents. */
static inline void lab_remember(struct lab *lab, const struct trace *trace, const char *id, int64_t at, unsigned kinds)
{
	const struct person *readers[] = { lab_person(lab, "amir@marlbrook.example") };
	struct recall recall = lab_recall(lab, trace, "ruth", at);
	struct error err = ERROR_INIT;
	const struct remembrance remembrance = {
		.trace = trace, .id = id, .at = at, .principal = "ruth", .kinds = kinds, .author = lab_person(lab, "ruth@marlbrook.example"),
		.readers = readers, .reader_count = 1, .group = (kinds & MEMORY_GROUP) != 0 ? "Orchard" : NULL,
		.parents = recall.ancestors, .parent_count = recall.ancestor_count,
	};
	if (!memory_remember(lab->memory, &remembrance, &err))
		fail_msg("%s", error_text(&err));
}

/* One envelope of a message, nothing more. */
static inline void lab_pass(struct lab *lab, const struct trace *trace, const char *principal, const char *id, int64_t at, const char *recipient,
			    bool delivered)
{
	const char *recipients[] = { recipient };
	struct error err = ERROR_INIT;
	const struct remembrance remembrance = {
		.trace = trace, .id = id, .at = at, .principal = principal, .recipients = recipients, .delivered = &delivered, .recipient_count = 1,
	};
	if (!memory_remember(lab->memory, &remembrance, &err))
		fail_msg("%s", error_text(&err));
}

#endif
