/* completion.c - `copyhold completion`: what a shell completes, from the tables that the command line is parsed by.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"

/* Names of arguments that are files or folders; a shell can offer nothing for the others. */
static const char *const file_words[] = { "FILE", "DIR", "CASES", "MESSAGE", "OLD", "NEW", "NAME=FILE" };

static bool is_file(struct bytes word)
{
	for (size_t i = 0; i < sizeof file_words / sizeof *file_words; i++)
		if (bytes_equal(word, bytes_of(file_words[i])))
			return true;
	return false;
}

/* The next word of operands such as "keep|unkeep [ID]"; false at the end. */
static bool next_word(const char **at, struct bytes *out)
{
	static const char between[] = " |[].";
	const char *from = *at == NULL ? "" : *at + strspn(*at, between);
	*out = (struct bytes){ from, strcspn(from, between) };
	*at = from + out->length;
	return out->length > 0;
}

/* Words to choose from are written small, what stands for a value in capitals. */
static bool is_choice(struct bytes word)
{
	return word.data[0] >= 'a' && word.data[0] <= 'z';
}

struct offer {
	struct text words, flags, valued, filed; /* each a list with a blank before every word */
	bool files;                             /* among the operands */
};

static void gather(const struct command *command, struct offer *offer)
{
	struct bytes word;
	for (const char *at = command->operands; next_word(&at, &word);) {
		offer->files |= is_file(word);
		if (is_choice(word))
			text_printf(&offer->words, " %.*s", (int)word.length, word.data);
	}
	for (size_t i = 0; i < command->option_count; i++) {
		const struct option_row *row = &command->options[i];
		bool filed = row->argument != NULL && is_file(bytes_of(row->argument));
		text_printf(&offer->flags, " --%s", row->name);
		if (row->type != OPTION_FLAG)
			text_printf(filed ? &offer->filed : &offer->valued, " --%s", row->name);
	}
}

static void release(struct offer *offer)
{
	text_release(&offer->words);
	text_release(&offer->flags);
	text_release(&offer->valued);
	text_release(&offer->filed);
}

static void print_arm(const struct command *command)
{
	struct offer offer = { .files = false };
	gather(command, &offer);
	printf("\t%s)\n\t\twords='%s' options='%s --help'\n\t\tvalued='%s ' filed='%s ' files=%s ;;\n", command->name, text_string(&offer.words),
	       text_string(&offer.flags), text_string(&offer.valued), text_string(&offer.filed), offer.files ? "yes" : "");
	release(&offer);
}

static const char bash_head[] =
	"# bash completion of copyhold(1), made by `copyhold completion bash`\n"
	"_copyhold()\n"
	"{\n"
	"\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal command= given= at words= options= valued=' ' filed=' -c ' files=\n"
	"\tCOMPREPLY=()\n"
	"\tif [[ $current == = ]]; then\n"
	"\t\tcurrent=\n"
	"\telif [[ $previous == = ]]; then\n"
	"\t\tprevious=${COMP_WORDS[COMP_CWORD-2]}\n"
	"\tfi\n"
	"\tfor ((at = 1; at < COMP_CWORD; at++)); do\n"
	"\t\tcase ${COMP_WORDS[at]} in\n"
	"\t\t-c) [[ $command ]] || ((at++)) ;;\n"
	"\t\t-*) if [[ $valued$filed == *\" ${COMP_WORDS[at]} \"* ]]; then [[ ${COMP_WORDS[at+1]} == = ]] && ((at++)); ((at++)); fi ;;\n"
	"\t\t*) if [[ $command ]]; then given=yes; else command=${COMP_WORDS[at]}; _copyhold_command; fi ;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\t[[ $command ]] || _copyhold_command\n"
	"\tif [[ $filed == *\" $previous \"* ]]; then\n"
	"\t\tfiles=yes given=yes words=\n"
	"\telif [[ $valued == *\" $previous \"* ]]; then\n"
	"\t\treturn\n"
	"\telif [[ $current == -* ]]; then\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tif [[ $words && ! $given ]]; then\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
	"\telif [[ $files ]]; then\n"
	"\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
	"\tfi\n"
	"}\n"
	"# What the command takes, in the variables of _copyhold.\n"
	"_copyhold_command()\n"
	"{\n"
	"\tcase $command in\n";

static void print_bash(void)
{
	fputs(bash_head, stdout);
	printf("\t'')\n\t\twords='");
	for (size_t i = 0; command_at(i) != NULL; i++)
		printf(" %s", command_at(i)->name);
	printf("' options='-c --help --version' ;;\n");
	for (size_t i = 0; command_at(i) != NULL; i++)
		print_arm(command_at(i));
	fputs("\tesac\n}\ncomplete -F _copyhold copyhold\n", stdout);
}

/* One line for each command, and one, indented, for each of its options; fields end in tabs. */
static void print_list(void)
{
	for (size_t i = 0; command_at(i) != NULL; i++) {
		const struct command *command = command_at(i);
		printf("%s\t%s\t%s\n", command->name, command->operands == NULL ? "" : command->operands, command->summary);
		for (size_t j = 0; j < command->option_count; j++) {
			const struct option_row *row = &command->options[j];
			printf("\t--%s\t%s\t%s\n", row->name, row->argument == NULL ? "" : row->argument, row->help);
		}
	}
}

static const struct form {
	const char *name;
	void (*print)(void);
} forms[] = { { "bash", print_bash }, { "list", print_list } };

static bool completion_run(struct invocation *invocation, struct error *err)
{
	const char *const *operands;
	if (!options_parse(invocation->arena, NULL, 0, invocation->argc, invocation->argv, NULL, &operands, err) ||
	    !command_operands(operands, 1, "completion bash or completion list", err))
		return false;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strcmp(operands[0], forms[i].name) != 0)
			continue;
		forms[i].print();
		return true;
	}
	return error_set(err, ERROR_USAGE, "completion wants bash or list, not \"%s\"", operands[0]);
}

const struct command completion_command = {
	.name = "completion",
	.operands = "bash|list",
	.summary = "what the shell completes, as a script for bash; or all commands and options as a list",
	.run = completion_run,
};
