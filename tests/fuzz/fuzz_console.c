/* fuzz_console.c - any target, headers, cookies and body put to the console, with a desk that says whatever the input has it say: an
 * answer always comes, carries its headers, never leads elsewhere, and nothing acts without the token.
 *
 * The input is lines: method, target, headers as "Name: value" up to an empty line, then the body. A line "Desk: JSON" is the desk's
 * answer to all but `me`; in the body, "@@" stands for a good token.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "../unit/console_scene.h"
#include "fuzz.h"

struct told {
	struct scene *scene;
	const char *desk; /* NULL: the usual answers */
};

static bool ask(void *self, const json_t *request, json_t **answer_out, struct error *err)
{
	struct told *told = self;
	const char *call = json_string_value(json_object_get(request, "call"));
	json_t *answer = told->desk != NULL && strcmp(call, "me") != 0 ? json_loads(told->desk, JSON_ALLOW_NUL, NULL) : NULL;
	if (!scene_ask(told->scene, request, answer_out, err))
		return false;
	if (json_is_object(answer)) {
		json_decref(*answer_out);
		*answer_out = answer;
	} else {
		json_decref(answer);
	}
	return true;
}

static void read_header(struct told *told, struct bytes line)
{
	struct scene *scene = told->scene;
	size_t colon = bytes_find_char(line, ':', 0);
	if (colon == (size_t)-1)
		return;
	const char *name = arena_string_of(scene->arena, bytes_slice(line, 0, colon));
	const char *value = arena_string_of(scene->arena, bytes_trim(bytes_slice(line, colon + 1, line.length)));
	if (strcmp(name, "Desk") == 0)
		told->desk = value;
	else if (scene->request.header_count < SCENE_HEADERS_MOST)
		scene_header(scene, name, value);
}

/* The body, with good tokens where it asks for them. */
static struct bytes read_body(struct scene *scene, struct bytes raw, bool *good_out)
{
	struct text body = TEXT_INIT;
	size_t from = 0;
	bool open = strncmp(scene->request.target, "/login", 6) == 0 || strncmp(scene->request.target, "/link/", 6) == 0;
	for (size_t at; (at = bytes_find(raw, BYTES("@@"), from)) != (size_t)-1; from = at + 2) {
		text_add_bytes(&body, bytes_slice(raw, from, at));
		text_add(&body, token_for_form(scene->arena, open ? SCENE_BEFORE : SCENE_SESSION));
		*good_out = true;
	}
	text_add_bytes(&body, bytes_slice(raw, from, raw.length));
	return text_to_arena(&body, scene->arena);
}

static bool only_shows(const char *call)
{
	static const char *const showing[] = { "me", "desk", "message", "search", "own", "statistics", "report", "status", "journal", "link" };
	for (size_t i = 0; i < sizeof showing / sizeof *showing; i++)
		if (strcmp(showing[i], call) == 0)
			return true;
	return false;
}

static void check(const struct scene *scene, bool good)
{
	const struct answer *answer = &scene->answer;
	const char *location = answer_header(answer, "Location"), *type = answer_header(answer, "Content-Type");
	must(answer->status >= 200 && answer->status < 600);
	must(answer_header(answer, "Content-Security-Policy") != NULL && answer_header(answer, "Cache-Control") != NULL);
	must((answer->status == 303) == (location != NULL));
	must(location == NULL || (location[0] == '/' && location[1] != '/' && location[1] != '\\'));
	for (size_t i = 0; i < answer->header_count; i++)
		for (const char *c = answer->headers[i].value; *c != '\0'; c++)
			must((unsigned char)*c >= ' ');
	volatile char seen = 0;
	for (size_t i = 0; i < answer->body.length; i++)
		seen ^= answer->body.data[i]; /* all of it is there still */
	for (size_t i = 0; i < scene->asked_count; i++)
		must(good || only_shows(scene_asked(scene, i)));
	if (type != NULL && strncmp(type, "text/html", 9) == 0 && answer_header(answer, "Content-Disposition") == NULL)
		must(!scene_says(scene, "<script") && !scene_says(scene, "<img") && !scene_says(scene, "=\"javascript:"));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct scene scene;
	struct bytes input = { (const char *)data, size }, line, method = BYTES_EMPTY, target = BYTES_EMPTY;
	size_t offset = 0;
	bool good = false;
	must(sodium_init() >= 0);
	scene_begin(&scene);
	struct told told = { .scene = &scene };
	scene.console.desk = (struct desk_door){ ask, &told };
	if (bytes_next_line(input, &offset, &method) && bytes_next_line(input, &offset, &target)) {
		scene_request(&scene, arena_string_of(scene.arena, method), arena_string_of(scene.arena, target));
		while (bytes_next_line(input, &offset, &line) && line.length > 0)
			read_header(&told, line);
		scene.request.body = read_body(&scene, bytes_slice(input, offset, input.length), &good);
		scene_answer(&scene);
		check(&scene, good);
	}
	scene_end(&scene);
	return 0;
}
