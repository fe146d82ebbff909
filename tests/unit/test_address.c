/* test_address.c - mailbox lists, well-formed and not, and the form addresses are compared in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "message/address.h"

/* "name|address|group" for each mailbox, joined with " ; ". */
static const char *shown(struct arena *arena, struct mailbox_list list)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < list.count; i++) {
		const struct mailbox *box = &list.items[i];
		text_printf(&text, "%s%s|%s", i == 0 ? "" : " ; ", box->name == NULL ? "" : box->name, box->address);
		if (box->group != NULL)
			text_printf(&text, "|%s", box->group);
	}
	text_add(&text, "");
	return text_to_arena(&text, arena).data;
}

static void test_lists(void **state)
{
	static const struct {
		const char *value, *shown;
		bool lenient;
	} cases[] = {
		{ "a@b.example", "|a@b.example", false },
		{ "John Smith <j@b.example>, \"Khan, Amir\" <a@b.example>", "John Smith|j@b.example ; Khan, Amir|a@b.example",
		  false },
		{ "a@b.example (Amir Khan)", "Amir Khan|a@b.example", false },
		{ "undisclosed-recipients:;", "", false },
		{ "Planning: a@b.example, C <c@b.example>; d@b.example",
		  "|a@b.example|Planning ; C|c@b.example|Planning ; |d@b.example", true },
		{ "Planning: a@b.example, C <c@b.example>;, d@b.example",
		  "|a@b.example|Planning ; C|c@b.example|Planning ; |d@b.example", false },
		{ "=?utf-8?Q?Si=C3=A2n?= <s@b.example>", "Si\xC3\xA2n|s@b.example", false },
		{ "\"=?utf-8?B?U2nDom4=?=\" <s@b.example>", "Si\xC3\xA2n|s@b.example", false },
		{ "\"x@y.example\" <real@b.example>", "x@y.example|real@b.example", false },
		{ "\"a \\\"b\\\" c\" <q@b.example>", "a \"b\" c|q@b.example", false },
		{ "<a@b.example>", "|a@b.example", false },
		{ "a@b.example,\r\n\tc@b.example", "|a@b.example ; |c@b.example", false },
		{ "John (Johnny (J)) <j@b.example>", "John|j@b.example", false },
		/* What the grammar does not allow and people send. */
		{ "x@y.example <real@b.example>", "x@y.example|real@b.example", false },
		{ "a@b.example; c@b.example", "|a@b.example ; |c@b.example", true },
		{ "a@b.example c@b.example", "|a@b.example ; |c@b.example", true },
		{ "John <a@b.example> Mary <c@b.example>", "John|a@b.example ; Mary|c@b.example", true },
		{ "<<a@b.example>>", "|a@b.example", true },
		{ "John a@b.example", "John|a@b.example", true },
		{ "foo bar baz", "foo bar baz|", true },
		{ "a@b.example, , c@b.example", "|a@b.example ; |c@b.example", true },
		/* Within the grammar, but libetpan does not read it so. */
		{ "\"john smith\"@b.example", "|\"john smith\"@b.example", true },
		{ "J <j(x)@b.example>", "J|j@b.example", true },
		{ "<>", "|", true },
		{ "\"John <j@b.example>", "John|j@b.example", true },
		{ "John <j@b.example", "John|j@b.example", true },
		{ "Team: a@b.example, c@b.example", "|a@b.example|Team ; |c@b.example|Team", true },
		{ "", "", false },
		{ " , ", "", true },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mailbox_list list = mailboxes_parse(arena, bytes_of(cases[i].value));
		assert_string_equal(shown(arena, list), cases[i].shown);
		if (list.lenient != cases[i].lenient)
			fail_msg("%s: lenient is %d", cases[i].value, list.lenient);
	}
	struct mailbox_list cut = mailboxes_parse(arena, BYTES("a@b.example\0, c@b.example"));
	assert_string_equal(shown(arena, cut), "|a@b.example ; |c@b.example");
	assert_true(cut.lenient);
	arena_free(&arena);
}

static void test_all_fields_count(void **state)
{
	struct arena *arena = arena_new();
	const char *raw = "To: a@b.example\r\nCc: x@b.example\r\nTO: b@b.example\r\n\r\n";
	struct message *message = message_scan(arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
	assert_string_equal(shown(arena, mailboxes_of(arena, message->root, "to")), "|a@b.example ; |b@b.example");
	assert_int_equal(mailboxes_of(arena, message->root, "Bcc").count, 0);
	arena_free(&arena);
}

static void test_normal(void **state)
{
	static const struct {
		const char *written, *normal;
	} cases[] = {
		{ "A.B@Council.EXAMPLE", "a.b@council.example" },
		{ " <a@b.example> ", "a@b.example" },
		{ "<@relay.example,@two.example:a@b.example>", "a@b.example" },
		{ "\"a.b\"@c.example", "a.b@c.example" },
		{ "\"A b\"@c.example", "\"a b\"@c.example" },
		{ "\"a\\\"b\"@c.example", "\"a\\\"b\"@c.example" },
		{ "\"a\\b\"@c.example", "ab@c.example" },
		{ "\"a@b\"@c.example", "\"a@b\"@c.example" },
		{ "a+tag@b.example", "a+tag@b.example" },
		{ "a@b.example.", "a@b.example" },
		{ "a@B\xC3\xBC" "cher.example", "a@xn--bcher-kva.example" },
		{ "a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example" },
		{ "SI\xC3\x82N@b.example", "si\xC3\xA2n@b.example" },
		{ "a\xCB\x99" "b@c.example", "\"a \xCC\x87" "b\"@c.example" }, /* normalises to a blank and an accent */
		{ "a@[192.0.2.1]", "a@[192.0.2.1]" },
		{ "root", NULL },
		{ "", NULL },
		{ "<>", NULL },
		{ "@b.example", NULL },
		{ "a@", NULL },
		{ "a@b.example..", NULL },
		{ "a@.b.example", NULL },
		{ "a@b\xEF\xBC\xA0" "c.example", NULL }, /* full-width @ */
		{ "a@b..example", NULL },
		{ "a@b\xE3\x80\x82" "example", "a@b.example" }, /* ideographic full stop */
		{ "a@b\xE3\x80\x82", "a@b" },
		{ "a@b\xE3\x80\x82.", NULL }, /* the root twice */
		{ "a b@c.example", NULL },
		{ "a@b c.example", NULL },
		{ "a@b.example\r\nRCPT TO:<x@y>", NULL },
		{ "\"a@b.example", NULL },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *normal = address_normal(arena, cases[i].written);
		if (cases[i].normal == NULL)
			assert_null(normal);
		else if (normal == NULL)
			fail_msg("%s has no normal form", cases[i].written);
		else
			assert_string_equal(normal, cases[i].normal);
	}
	arena_free(&arena);
}

static void test_pieces(void **state)
{
	struct arena *arena = arena_new();
	struct bytes local, domain;
	assert_true(address_split("\"a@b\"@c.example", &local, &domain));
	assert_true(bytes_equal(local, BYTES("\"a@b\"")));
	assert_true(bytes_equal(domain, BYTES("c.example")));
	assert_false(address_split("root", &local, &domain));
	assert_true(bytes_equal(address_domain("\"a@b\"@c.example"), BYTES("c.example")));
	assert_int_equal(address_domain("root").length + address_domain(NULL).length, 0);
	assert_string_equal(address_without_tag(arena, "clerk+x@c.example"), "clerk@c.example");
	assert_string_equal(address_without_tag(arena, "clerk@c.example"), "clerk@c.example");
	assert_string_equal(address_without_tag(arena, "+x@c.example"), "+x@c.example");
	assert_string_equal(address_without_tag(arena, "\"a+b\"@c.example"), "\"a+b\"@c.example");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_all_fields_count),
		cmocka_unit_test(test_normal),
		cmocka_unit_test(test_pieces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
