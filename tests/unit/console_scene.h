/* console_scene.h - a console over a desk that answers from a table, and requests as a browser sends them; for the tests of pages
 * and answers and for the fuzz target. */
#ifndef COPYHOLD_TESTS_CONSOLE_SCENE_H
#define COPYHOLD_TESTS_CONSOLE_SCENE_H

#include "console/console.h"
#include "console/route.h"

#define SCENE_ADDRESS "https://desk.council.example"
#define SCENE_HOST "desk.council.example"
#define SCENE_SESSION "session-token-of-the-clerk"
#define SCENE_BEFORE "token-before-the-log-in"
#define SCENE_NOW ((int64_t)1774346400) /* 24 March 2026, 10:00 */
#define SCENE_HEADERS_MOST 12
#define SCENE_CALLS_MOST 12

struct scene {
	struct arena *arena;
	struct console console;
	/* the desk */
	const char *answers[8][2];    /* call, JSON: in place of the usual ones */
	bool away;                    /* nothing answers */
	json_t *asked[SCENE_CALLS_MOST];
	size_t asked_count;
	/* the request being made */
	struct http_header headers[SCENE_HEADERS_MOST];
	struct request request;
	struct answer answer;
};

/* All the desk's calls have an answer; those that list hold one of each. */
static inline const char *scene_usual(const char *call)
{
	static const char entry[] = "{\"id\":\"m1\",\"at\":1774340000,\"waiting_hours\":2,\"deadline\":1774400000,\"overdue\":false,\"why\":\"It may be private.\","
		"\"clause\":\"4.2\",\"rule\":\"copy\",\"from\":{\"name\":\"Si\\u00e2n O'Neill\",\"address\":\"sian@council.example\",\"office\":null},"
		"\"open\":[],\"hidden\":[],\"held\":[{\"name\":null,\"address\":\"a@b.example\",\"class\":\"third party\"}],\"subject\":\"<script>alert(1)</script>\","
		"\"subject_withheld\":false,\"state\":\"held\",\"escalated\":false,\"two_persons\":false,\"decision\":null,\"direction\":\"outgoing\","
		"\"outcome\":\"hold\",\"size\":1000}";
	static const char *const answers[][3] = {
		{ "me", "{\"ok\":true,\"login\":\"clerk\",\"name\":\"Si\\u00e2n O'Neill\",\"role\":\"reviewer\",\"address\":\"clerk@council.example\",\"council\":\"Marlbrook <Town> Council\","
			"\"mode\":\"enforce\",\"language\":\"en\",\"expires_at\":1774350000,\"may\":[\"desk\",\"message\",\"content\",\"decide\",\"search\",\"own\",\"export\",\"statistics\",\"report\",\"status\"]}" },
		{ "login", "{\"ok\":true,\"session\":\"" SCENE_SESSION "\",\"login\":\"clerk\",\"name\":\"Si\\u00e2n\",\"role\":\"reviewer\"}" },
		{ "desk", "{\"ok\":true,\"count\":1,\"page\":1,\"pages\":1,\"elsewhere\":0,\"now\":1774346400,\"entries\":[", "]}" },
		{ "search", "{\"ok\":true,\"count\":1,\"page\":1,\"pages\":1,\"entries\":[", "]}" },
		{ "own", "{\"ok\":true,\"entries\":[", "]}" },
		{ "message", "{\"ok\":true,\"findings\":[],\"recipients\":[],\"thread\":[],\"history\":[],\"offers\":[{\"deed\":\"release\",\"label\":\"Release\",\"will\":\"It goes out.\",\"prominent\":true,\"refused\":null}],"
			"\"reasons\":[{\"key\":\"other\",\"text\":\"Another\"}],\"attachments\":[],\"unread\":[],\"sender_reply\":null,\"legal_hold\":null,\"decided\":null,\"entry\":", "}" },
		{ "link", "{\"ok\":true,\"id\":\"m1\",\"purpose\":\"own\",\"entry\":{\"subject\":\"A <b>\",\"at\":1774340000,\"held\":[\"a@b.example\"],\"why\":\"Because.\",\"clause\":\"4.2\","
			"\"deeds\":[{\"deed\":\"withdraw\",\"label\":\"Withdraw\",\"will\":\"It is not sent.\"}],\"used\":null}}" },
		{ "export", "{\"ok\":true,\"document\":\"<p>\",\"type\":\"text/html\",\"name\":\"../e x.html\",\"count\":1}" },
		{ "report", "{\"ok\":true,\"document\":\"JVBERi0xLjQK\",\"type\":\"application/pdf\",\"name\":\"report.pdf\"}" },
		{ "content", "{\"ok\":true,\"letters\":[{\"who\":\"author\",\"from\":\"a\",\"date\":null,\"subject\":\"s\",\"zones\":[{\"kind\":\"text\",\"text\":\"<img src=x onerror=alert(1)>\",\"marks\":[[0,4]]}]}],\"truncated\":false}" },
	};
	static _Thread_local char whole[4096];
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		if (strcmp(answers[i][0], call) == 0) {
			snprintf(whole, sizeof whole, "%s%s%s", answers[i][1], answers[i][2] != NULL ? entry : "", answers[i][2] != NULL ? answers[i][2] : "");
			return whole;
		}
	}
	return "{\"ok\":true}";
}

static inline bool scene_ask(void *self, const json_t *request, json_t **answer_out, struct error *err)
{
	struct scene *scene = self;
	const char *call = json_string_value(json_object_get(request, "call")), *text = NULL;
	if (scene->asked_count < SCENE_CALLS_MOST)
		scene->asked[scene->asked_count++] = json_deep_copy(request);
	if (scene->away)
		return error_set(err, ERROR_UNAVAILABLE, "nobody is there");
	for (size_t i = 0; i < sizeof scene->answers / sizeof *scene->answers; i++)
		if (scene->answers[i][0] != NULL && strcmp(scene->answers[i][0], call) == 0)
			text = scene->answers[i][1];
	*answer_out = json_loads(text != NULL ? text : scene_usual(call), 0, NULL);
	if (*answer_out == NULL)
		abort();
	return true;
}

static inline int64_t scene_now(void)
{
	return SCENE_NOW;
}

static inline void scene_begin(struct scene *scene)
{
	memset(scene, 0, sizeof *scene);
	scene->arena = arena_new();
	scene->console = (struct console){
		.council = "Marlbrook Town Council",
		.style = style_path(scene->arena),
		.address = SCENE_ADDRESS,
		.https = true,
		.behind_proxy = true,
		.desk = { scene_ask, scene },
		.now = scene_now,
	};
}

static inline void scene_forget(struct scene *scene)
{
	for (size_t i = 0; i < scene->asked_count; i++)
		json_decref(scene->asked[i]);
	scene->asked_count = 0;
}

static inline void scene_end(struct scene *scene)
{
	scene_forget(scene);
	arena_free(&scene->arena);
}

/* Begins a request to our host, with no cookie. */
static inline void scene_request(struct scene *scene, const char *method, const char *target)
{
	scene_forget(scene);
	scene->headers[0] = (struct http_header){ "Host", SCENE_HOST };
	scene->request = (struct request){ .method = method, .target = target, .headers = scene->headers, .header_count = 1 };
}

static inline void scene_header(struct scene *scene, const char *name, const char *value)
{
	if (scene->request.header_count == SCENE_HEADERS_MOST)
		abort();
	scene->headers[scene->request.header_count++] = (struct http_header){ name, value };
}

/* The cookies of somebody who is logged in, and of somebody who looked at the log-in before. */
static inline void scene_cookies(struct scene *scene)
{
	scene_header(scene, "Cookie", "__Host-copyhold=" SCENE_SESSION "; __Host-copyhold-before=" SCENE_BEFORE);
}

static inline const struct answer *scene_answer(struct scene *scene)
{
	console_answer(&scene->console, &scene->request, scene->arena, &scene->answer);
	return &scene->answer;
}

static inline const struct answer *scene_get(struct scene *scene, const char *target)
{
	scene_request(scene, "GET", target);
	scene_cookies(scene);
	return scene_answer(scene);
}

/* A form of the console's own, as it would be on the page. */
static inline void scene_form(struct scene *scene, const char *target, const char *secret, const char *fields)
{
	scene_request(scene, "POST", target);
	scene_cookies(scene);
	scene_header(scene, "Content-Type", "application/x-www-form-urlencoded");
	const char *token = secret != NULL ? token_for_form(scene->arena, secret) : NULL;
	scene->request.body = bytes_of(token != NULL ? arena_printf(scene->arena, "csrf=%s&%s", token, fields) : fields);
}

static inline const struct answer *scene_post(struct scene *scene, const char *target, const char *fields)
{
	scene_form(scene, target, SCENE_SESSION, fields);
	return scene_answer(scene);
}

/* The name of the call that was asked `back` calls ago (0: the last), or "". */
static inline const char *scene_asked(const struct scene *scene, size_t back)
{
	return back < scene->asked_count ? json_string_value(json_object_get(scene->asked[scene->asked_count - 1 - back], "call")) : "";
}

static inline bool scene_says(const struct scene *scene, const char *words)
{
	return bytes_find(scene->answer.body, bytes_of(words), 0) != (size_t)-1;
}

#endif
