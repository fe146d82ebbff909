/* terms.h - how long things may take in review, as the configuration sets them. */
#ifndef COPYHOLD_REVIEW_TERMS_H
#define COPYHOLD_REVIEW_TERMS_H

#include "review/office_hours.h"

struct review_terms {
	int undo_minutes;     /* a decision can be taken back so long before it takes effect; 0: at once */
	int escalate_hours;   /* open hours without a decision until the second reviewer is asked; 0: never */
	int expire_days;      /* open days without a decision until the rule's on_expiry; 0: never */
	struct office_hours office;
};
#define REVIEW_TERMS_DEFAULT ((struct review_terms){ 5, 8, 5, OFFICE_HOURS_DEFAULT })

#endif
