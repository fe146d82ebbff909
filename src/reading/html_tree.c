/* html_tree.c - see html_tree.h.
 *
 * gumbo cannot be told to stop, so its allocator jumps out when the budget is spent; every block it took is on our own
 * list, which also makes freeing independent of the depth of the tree (its own destructor recurses).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/html_tree.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdlib.h>

struct block {
	struct block *before, *behind;
	size_t size;
	alignas(max_align_t) char room[];
};

struct html_tree {
	struct block *blocks;
	size_t used;
	jmp_buf spent;
	GumboOutput *output;
};

static void *take(void *userdata, size_t size)
{
	struct html_tree *tree = userdata;
	if (size > HTML_TREE_BYTES - tree->used)
		longjmp(tree->spent, 1);
	struct block *block = malloc(sizeof *block + size);
	if (block == NULL)
		abort();
	tree->used += size;
	*block = (struct block){ .behind = tree->blocks, .size = size };
	if (tree->blocks != NULL)
		tree->blocks->before = block;
	tree->blocks = block;
	return block->room;
}

static void give_back(void *userdata, void *room)
{
	struct html_tree *tree = userdata;
	if (room == NULL)
		return;
	struct block *block = (struct block *)((char *)room - offsetof(struct block, room));
	if (block->before != NULL)
		block->before->behind = block->behind;
	else
		tree->blocks = block->behind;
	if (block->behind != NULL)
		block->behind->before = block->before;
	tree->used -= block->size;
	free(block);
}

static void give_all_back(struct html_tree *tree)
{
	while (tree->blocks != NULL)
		give_back(tree, tree->blocks->room);
	tree->output = NULL;
}

static bool parse(struct html_tree *tree, struct bytes html)
{
	GumboOptions options = kGumboDefaultOptions;
	options.allocator = take;
	options.deallocator = give_back;
	options.userdata = tree;
	options.max_errors = 0;
	if (setjmp(tree->spent) != 0)
		return false;
	tree->output = gumbo_parse_with_options(&options, html.data, html.length);
	return true;
}

struct html_tree *html_tree_new(struct bytes html, size_t *cut_out)
{
	struct html_tree *tree = calloc(1, sizeof *tree);
	if (tree == NULL)
		abort();
	if (html.data == NULL)
		html = BYTES("");
	while (!parse(tree, html)) {
		give_all_back(tree);
		html.length /= 2;
	}
	*cut_out = html.length;
	return tree;
}

void html_tree_free(struct html_tree **tree)
{
	if (*tree == NULL)
		return;
	give_all_back(*tree);
	free(*tree);
	*tree = NULL;
}

const GumboNode *html_tree_root(const struct html_tree *tree)
{
	return tree->output->root;
}

struct bytes html_attribute(const GumboElement *element, const char *name)
{
	GumboAttribute *attribute = gumbo_get_attribute(&element->attributes, name);
	return attribute == NULL ? BYTES_EMPTY : bytes_of(attribute->value);
}
