/* conduct.h - where complaints about conduct belong, and by which words a ward is known, as the Council has set them. */
#ifndef COPYHOLD_FACTS_CONDUCT_H
#define COPYHOLD_FACTS_CONDUCT_H

#include "base/settings.h"

/* Who may get a complaint: whoever holds an office, and addresses. */
struct route {
	unsigned offices;                /* enum office bits */
	struct string_list addresses;
	const char *words;               /* for people: "chair, hr@marlbrook.example"; NULL: the Council has set none */
};

struct ward {
	const char *name;                /* as the directory has it */
	struct string_list words;        /* its streets, villages, the beginnings of its postcodes */
};

struct conduct {
	const char *standards_name;      /* whom complaints under the councillors' code go to; NULL: the Monitoring Officer */
	struct string_list standards;    /* its addresses; none: whoever holds the office of monitoring-officer */
	struct route about_officers, about_clerk;
	const struct ward *wards;
	size_t ward_count;
};

#endif
