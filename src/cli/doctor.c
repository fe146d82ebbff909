/* doctor.c - `copyhold doctor`: would mail be safe with this gateway in this mail server?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/doctor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "cli/command.h"
#include "policy/condition.h"
#include "reader/pool.h"
#include "store/store_memory.h"

#define SELF_TEST_MOST 4096

struct doctor_flags {
	const char *postfix;
};

static const struct option_row doctor_rows[] = {
	{ "postfix", OPTION_VALUE, offsetof(struct doctor_flags, postfix), "DIR", "Postfix configuration folder; default: Postfix's own" },
};

static const char *const health_words[] = { [HEALTH_GOOD] = "good", [HEALTH_WARNING] = "warning", [HEALTH_WRONG] = "WRONG" };

void examination_add(struct examination *examination, enum health health, const char *remedy, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	*ARENA_PUSH(examination->arena, examination->symptoms, examination->count) = (struct symptom){
		.health = health,
		.what = arena_vprintf(examination->arena, format, args),
		.remedy = remedy,
	};
	va_end(args);
}

/* Walks down the path: who is neither root nor a member of the right group must be stopped on the way, or at the socket. */
bool doctor_others_can_reach(struct arena *arena, const char *path)
{
	struct stat status;
	for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		const char *folder = arena_string_of(arena, (struct bytes){ path, (size_t)(slash - path) });
		if (stat(folder, &status) == 0 && (status.st_mode & S_IXOTH) == 0)
			return false;
	}
	return stat(path, &status) < 0 || (status.st_mode & S_IWOTH) != 0;
}

void doctor_examine_release(struct examination *examination)
{
	const struct release_service *service = &examination->snapshot->release;
	const char *reply;
	if (release_probe(examination->arena, service, &reply) == RELEASE_ACCEPTED)
		examination_add(examination, HEALTH_GOOD, NULL, "The release service answers.");
	else
		examination_add(examination, HEALTH_WRONG, "add the line of contrib/postfix/master.cf, reload Postfix, and check release.socket",
				"The release service cannot be used (%s): nothing could be released and no notice sent.", reply);
	if (service->socket == NULL)
		examination_add(examination, HEALTH_WARNING, "use release.socket with the unix service of contrib/postfix/master.cf",
				"The release service is a port: every program on this machine can send past the gate.");
	else if (access(service->socket, F_OK) == 0 && doctor_others_can_reach(examination->arena, service->socket))
		examination_add(examination, HEALTH_WRONG, "keep the socket in Postfix's public folder, which only group postdrop may enter",
				"Every user of this machine can reach %s and send past the gate.", service->socket);
}

static void examine_role(struct examination *examination, enum role role, enum health when_empty, const char *consequence)
{
	calendar_date today = clock_date_of(clock_now());
	if (directory_with_role(examination->arena, examination->snapshot->directory, role, today).count == 0)
		examination_add(examination, when_empty, "check the role, from and to columns of the people file", "Nobody is %s today: %s",
				role_name(role), consequence);
}

static void examine_reviewer(struct examination *examination, const char *address, const char *which)
{
	const struct person *person = directory_by_address(examination->snapshot->directory, address);
	if (person == NULL || person_role(person, clock_date_of(clock_now())) == ROLE_NONE)
		examination_add(examination, HEALTH_WARNING, "list the reviewer with a role in force, so that recusal can be checked",
				"The %s %s is not in the directory today.", which, address);
}

void doctor_examine_people(struct examination *examination)
{
	const struct snapshot *snapshot = examination->snapshot;
	size_t before = examination->count;
	examine_role(examination, ROLE_COUNCILLOR, HEALTH_WRONG, "no copy rule can ever fire.");
	examine_role(examination, ROLE_OFFICER, HEALTH_WRONG, "no rule about officers can ever fire.");
	if (directory_with_office(examination->arena, snapshot->directory, OFFICE_CLERK, clock_date_of(clock_now())).count == 0)
		examination_add(examination, HEALTH_WARNING, "give the clerk's row the office clerk", "Nobody is clerk today.");
	for (size_t i = 0; i < snapshot->reviewer_count; i++)
		examine_reviewer(examination, snapshot->reviewers[i], "reviewer");
	if (snapshot->reviewer_count == 0)
		examination_add(examination, HEALTH_WARNING, "name the clerk in reviewers", "There is no first reviewer.");
	if (snapshot->second_reviewer != NULL)
		examine_reviewer(examination, snapshot->second_reviewer, "second reviewer");
	if (examination->count == before)
		examination_add(examination, HEALTH_GOOD, NULL, "Councillors, officers, clerk and reviewers are in the directory.");
}

/* It asks that and nothing else, however it is written. */
static bool asks_just(const struct condition *condition, const char *sentence)
{
	const struct alternative *only = &condition->alternatives[0];
	return condition->count == 1 && only->count == 1 && !only->terms[0].negated && strcmp(only->terms[0].predicate->sentence, sentence) == 0;
}

/* Some rule that is not off waits for a pre-election period: it asks for one among the conditions it cannot fire without. */
static const char *rule_that_waits(const struct policy *policy)
{
	for (size_t i = 0; i < policy_count(policy); i++)
		for (size_t k = 0; policy_at(policy, i)->mode != MODE_OFF && policy_at(policy, i)->when[k] != NULL; k++)
			if (asks_just(policy_at(policy, i)->when[k], SENTENCE_PRE_ELECTION))
				return policy_at(policy, i)->id;
	return NULL;
}

/* When a poll is called, somebody has to put its dates in: nobody else knows them. */
void doctor_examine_calendar(struct examination *examination)
{
	const struct snapshot *snapshot = examination->snapshot;
	calendar_date today = clock_date_of(clock_now());
	const char *waits = rule_that_waits(snapshot->policy);
	for (const char *const *note = civic_notes(examination->arena, &snapshot->council.calendar, today); *note != NULL; note++)
		examination_add(examination, HEALTH_WARNING, "see that whoever writes for the Council knows; what the dates do is in copyhold.conf(5), calendar",
				"%s", *note);
	if (waits != NULL && !civic_is_ahead(&snapshot->council.calendar, CIVIC_PRE_ELECTION, today))
		examination_add(examination, HEALTH_WARNING, "put the dates of the next poll, by-elections too, into calendar",
				"No pre-election period is known: the rule %s says nothing until one is.", waits);
}

bool doctor_connects(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof address.sun_path)
		return false;
	memcpy(address.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool good = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

/* What was seen before is in a file of its own, which may be lost; but the gate waits for it. */
static void examine_memory(struct examination *examination, struct store *store)
{
	const struct snapshot *snapshot = examination->snapshot;
	struct error why = ERROR_INIT;
	struct memory *memory = NULL;
	struct memory_figures figures;
	size_t aside = store_memory_set_aside(snapshot->store_directory);
	if (!snapshot->memory_kept)
		examination_add(examination, HEALTH_WARNING, "memory = { keep = true; };",
				"Nothing is remembered: copies in several envelopes, and confidential letters passed on, are not noticed.");
	else if (command_memory(snapshot, store, &memory, &why) && memory_figures(memory, &figures, &why))
		examination_add(examination, HEALTH_GOOD, NULL, "Memory can be used: %lld letters, %lld passages, %lld kB.", (long long)figures.messages,
				(long long)figures.prints, (long long)((figures.octets + 1023) / 1024));
	else
		examination_add(examination, HEALTH_WRONG, "mend it, or let mail pass without memory: memory = { keep = false; };",
				"Memory cannot be used, and mail waits with its senders: %s", error_text(&why));
	if (aside > 0)
		examination_add(examination, HEALTH_WARNING, "look at the disk; then delete memory.db.damaged-* in the store's folder",
				"Memory was found damaged and begun anew, %zu time%s.", aside, aside == 1 ? "" : "s");
	memory_close(&memory);
	error_release(&why);
}

void doctor_examine_gate(struct examination *examination)
{
	const struct snapshot *snapshot = examination->snapshot;
	struct error why = ERROR_INIT;
	struct store *store = NULL;
	if (store_open(snapshot->store_directory, &store, &why))
		examination_add(examination, HEALTH_GOOD, NULL, "The store %s can be opened.", snapshot->store_directory);
	else
		examination_add(examination, HEALTH_WRONG, "until then every message that would be recorded waits with its sender",
				"The store cannot be used: %s", error_text(&why));
	if (store != NULL)
		examine_memory(examination, store);
	store_close(&store);
	error_release(&why);
	const char *path = strncmp(snapshot->socket, "unix:", 5) == 0 ? snapshot->socket + 5 : NULL;
	if (path != NULL && !doctor_connects(path))
		examination_add(examination, HEALTH_WRONG, "systemctl status copyhold-milter", "No gate answers on %s (%s): mail waits with its senders.",
				path, strerror(errno));
	else if (path != NULL)
		examination_add(examination, HEALTH_GOOD, NULL, "The gate answers on %s.", path);
}

void doctor_examine_reader(struct examination *examination)
{
	static const char remedy[] = "copyhold-reader --self-test says what is not refused; see copyhold-reader(8)";
	struct arena *arena = examination->arena;
	struct error why = ERROR_INIT;
	struct bytes said;
	const char *program;
	if (!pool_find_program(arena, examination->snapshot->reader_program, &program, &why)) {
		examination_add(examination, HEALTH_WRONG, "install copyhold-reader, or set reader.program", "No message can be read: %s", error_text(&why));
	} else {
		const char *const test[] = { program, "--self-test", NULL };
		if (!process_read(arena, test, SELF_TEST_MOST, &said, &why))
			examination_add(examination, HEALTH_WRONG, remedy, "Messages are read in a cage that does not hold: %s", error_text(&why));
		else if (bytes_find(said, BYTES("Landlock"), 0) != (size_t)-1)
			examination_add(examination, HEALTH_WARNING, "run a kernel with Landlock (5.13 or later, lsm=landlock)",
					"The readers' cage holds, but this kernel has no Landlock: they can open what their user may read.");
		else
			examination_add(examination, HEALTH_GOOD, NULL, "The readers' cage holds.");
	}
	error_release(&why);
}

static bool print_symptoms(const struct examination *examination, struct error *err)
{
	size_t wrong = 0;
	for (size_t i = 0; i < examination->count; i++) {
		const struct symptom *symptom = &examination->symptoms[i];
		printf("%-8s %s\n", health_words[symptom->health], symptom->what);
		if (symptom->remedy != NULL)
			printf("         -> %s\n", symptom->remedy);
		wrong += symptom->health == HEALTH_WRONG;
	}
	return wrong == 0 || error_set(err, ERROR_REFUSED, "%zu thing%s wrong: mail is not safe with this set-up", wrong, wrong == 1 ? " is" : "s are");
}

static bool doctor_run(struct invocation *invocation, struct error *err)
{
	struct doctor_flags flags = { 0 };
	struct snapshot *snapshot = NULL;
	const char *const *operands;
	if (!options_parse(invocation->arena, doctor_rows, sizeof doctor_rows / sizeof *doctor_rows, invocation->argc, invocation->argv,
			   &flags, &operands, err) ||
	    !command_operands(operands, 0, "no operand", err) || !snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	struct examination examination = { .arena = invocation->arena, .snapshot = snapshot, .postfix = flags.postfix };
	doctor_examine_people(&examination);
	doctor_examine_calendar(&examination);
	doctor_examine_gate(&examination);
	doctor_examine_reader(&examination);
	doctor_examine_postfix(&examination);
	doctor_examine_release(&examination);
	doctor_examine_desk(&examination);
	doctor_examine_accounts(&examination);
	bool good = print_symptoms(&examination, err);
	snapshot_drop(&snapshot);
	return good;
}

const struct command doctor_command = {
	.name = "doctor",
	.summary = "examine mail server, release service, store, directory, desk and accounts; refuses when mail is not safe",
	.options = doctor_rows,
	.option_count = sizeof doctor_rows / sizeof *doctor_rows,
	.run = doctor_run,
};
