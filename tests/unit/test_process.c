/* test_process.c - a program that is fed and read at once: whatever it does, the answer comes in time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/process.h"

static const struct process_limits limits = { 8 << 20, 5 };

static struct bytes much(struct arena *arena, size_t length)
{
	char *data = arena_alloc(arena, length);
	for (size_t i = 0; i < length; i++)
		data[i] = (char)(i * 31 + i / 251);
	return (struct bytes){ data, length };
}

/* More than any pipe holds goes in while as much comes out. */
static void everything_comes_back(void **state)
{
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	static const char *const cat[] = { "cat", NULL };
	static const size_t lengths[] = { 0, 1, 65536, 3000001 };
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct bytes in = much(arena, lengths[i]), out;
		bool missing = true;
		if (!process_filter(arena, cat, in, &limits, &out, &missing, &err))
			fail_msg("%s", error_text(&err));
		assert_true(bytes_equal(in, out));
		assert_false(missing);
	}
	arena_free(&arena);
}

static void trouble_is_told(void **state)
{
	static const struct {
		const char *argv[4];
		const char *told;
		bool missing;
		struct process_limits limits;
	} rows[] = {
		{ { "/nonexistent/weasel", NULL }, "cannot be run", true, { 100, 5 } },
		{ { "false", NULL }, "failed", false, { 100, 5 } },
		{ { "sh", "-c", "kill -9 $$", NULL }, "failed", false, { 100, 5 } },
		{ { "sh", "-c", "exec cat; exit 3", NULL }, "printed more than 100 octets", false, { 100, 5 } },
		{ { "sleep", "60", NULL }, "took too long", false, { 100, 1 } },
		{ { "sh", "-c", "exec >&-; sleep 60", NULL }, "took too long", false, { 100, 1 } },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct arena *arena = arena_new();
		struct error err = ERROR_INIT;
		struct bytes out;
		bool missing = false;
		time_t began = time(NULL);
		assert_false(process_filter(arena, rows[i].argv, much(arena, 500000), &rows[i].limits, &out, &missing, &err));
		assert_int_equal(err.kind, ERROR_UNAVAILABLE);
		assert_non_null(strstr(error_text(&err), rows[i].told));
		assert_int_equal(missing, rows[i].missing);
		assert_true(time(NULL) - began < 10);
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left behind */
		error_release(&err);
		arena_free(&arena);
	}
}

/* One that does not listen is no trouble, and its hanging up kills nobody. */
static void it_need_not_listen(void **state)
{
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	static const char *const deaf[] = { "sh", "-c", "exec <&-; sleep 0.2; echo heard nothing", NULL };
	struct bytes out;
	bool missing = false;
	signal(SIGPIPE, SIG_DFL);
	assert_true(process_filter(arena, deaf, much(arena, 1000000), &limits, &out, &missing, &err));
	assert_true(bytes_equal(out, BYTES("heard nothing\n")));
	sigset_t pending;
	sigpending(&pending);
	assert_false(sigismember(&pending, SIGPIPE));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_comes_back),
		cmocka_unit_test(trouble_is_told),
		cmocka_unit_test(it_need_not_listen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
