/* fuzz_desk.c - any bytes as a request to the desk: refused in words, or as far as somebody has to be there to answer.
 *
 * The answer is one object that says whether it is good, and never repeats a key or value of a request that is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "desk/call.h"
#include "desk/protocol.h"
#include "fuzz.h"

static void look_at(struct bytes content)
{
	json_t *answer = json_loadb(content.data, content.length, JSON_REJECT_DUPLICATES, NULL);
	must(content.length <= DESK_ANSWER_MOST && json_is_object(answer));
	must(json_is_false(json_object_get(answer, "ok")));
	must(json_is_string(json_object_get(answer, "error")) && json_string_length(json_object_get(answer, "text")) > 0);
	must(json_object_size(answer) == 3);
	json_decref(answer);
}

/* Whatever call it names: the arguments of each are checked against it. */
static void check_all(struct bytes content)
{
	json_t *request = NULL;
	struct error err = ERROR_INIT;
	const struct call *call;
	if (arguments_parse(content, &request, &err))
		for (size_t i = 0; (call = call_at(i)) != NULL; i++)
			if (arguments_check(request, call->arguments, call->argument_count, &err))
				must(json_is_string(json_object_get(request, "call")));
	json_decref(request);
	error_release(&err);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes content = { (const char *)data, size };
	look_at(calls_answer(arena, NULL, content, 1772442000));
	check_all(content);
	arena_free(&arena);
	return 0;
}
