/* post.h - officers who answer for one another: a post may be one person, two who share it, and a mailbox.
 *
 * A mailbox is a list row that names its members, every one an officer on that day: what is written to it waits for any of them. Two
 * officers share a post when they hold the office of clerk, deputy-clerk, rfo or monitoring-officer together, or when they are the only two
 * members of a mailbox. A list that reaches a whole group is no post. */
#ifndef COPYHOLD_DIRECTORY_POST_H
#define COPYHOLD_DIRECTORY_POST_H

#include "directory/directory.h"

/* An officer on that day, or a mailbox of officers. */
bool post_is(const struct directory *directory, const struct person *person, calendar_date on);
/* Whether the person is named among the members of the list; lists within it are not looked into. False for somebody who is no list. */
bool post_has_member(const struct directory *directory, const struct person *list, const struct person *person);
/* All whose answer is as good as that of `post`, itself first: it, its members, its mailboxes, the other half of a job share. It goes both
 * ways. Empty when it is no post. */
struct person_list post_holders(struct arena *arena, const struct directory *directory, const struct person *post, calendar_date on);

#endif
