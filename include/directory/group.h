/* group.h - political groups: the word in the column `group` of councillors, and of lists that stand for one.
 *
 * Case does not count in it. An Independent is whatever the Council writes there: a group of their own, one of all Independents, or none. */
#ifndef COPYHOLD_DIRECTORY_GROUP_H
#define COPYHOLD_DIRECTORY_GROUP_H

#include "directory/directory.h"

/* They are of that group on the day. */
bool group_has(const struct person *person, const char *group, calendar_date on);
/* Every group that a councillor or a list has on the day, those of one member too, each once, in the order of the file. */
struct string_list group_names(struct arena *arena, const struct directory *directory, calendar_date on);
/* Somebody of it has office group-leader, or is Leader of the Council; or else keeps a list that stands for it. */
bool group_is_led(struct arena *arena, const struct directory *directory, const char *group, calendar_date on);
/* Who is written to when the group is: these; where there are none, all its members. */
struct person_list group_leaders(struct arena *arena, const struct directory *directory, const char *group, calendar_date on);

#endif
