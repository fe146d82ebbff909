/* doctor.h - what can be wrong around a gateway that is itself in order: the mail server's settings, the release door, empty roles, the desk and who may
 * log in at it.
 *
 * Each examination adds findings; one that is wrong makes the doctor refuse (exit 1), a warning does not. */
#ifndef COPYHOLD_CLI_DOCTOR_H
#define COPYHOLD_CLI_DOCTOR_H

#include "base/arena.h"
#include "base/error.h"
#include "gateway/snapshot.h"

enum health { HEALTH_GOOD, HEALTH_WARNING, HEALTH_WRONG };

struct symptom {
	enum health health;
	const char *what;   /* one sentence */
	const char *remedy; /* what to do, or NULL */
};

struct examination {
	struct arena *arena;
	const struct snapshot *snapshot;
	const char *postfix;      /* configuration folder, or NULL for Postfix's own */
	struct symptom *symptoms;
	size_t count;
};

void examination_add(struct examination *examination, enum health health, const char *remedy, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The mail server, as postconf(1) tells: version, milters, order, default action, services that go round the gate. */
void doctor_examine_postfix(struct examination *examination);
/* The release service: reachable, and by nobody else. */
void doctor_examine_release(struct examination *examination);
/* The directory: a councillor, an officer, a clerk, reviewers who can review. */
void doctor_examine_calendar(struct examination *examination);
void doctor_examine_people(struct examination *examination);
/* The reader can be run, and its cage holds on this machine. */
void doctor_examine_reader(struct examination *examination);
/* The store can be opened; the milter's socket answers. */
void doctor_examine_gate(struct examination *examination);
/* The desk answers, to nobody but the console; and what browsers and mails are given as the console's address. */
void doctor_examine_desk(struct examination *examination);
/* The file of accounts is private, and everybody who is to review can log in. */
void doctor_examine_accounts(struct examination *examination);

/* Could a user of this machine who is neither root nor of the right group connect to that socket? */
bool doctor_others_can_reach(struct arena *arena, const char *path);
bool doctor_connects(const char *path);

#endif
