/* view.h - a kept message read again for a reviewer, as a careful reader sees it. Private to src/desk. */
#ifndef COPYHOLD_DESK_VIEW_H
#define COPYHOLD_DESK_VIEW_H

#include "gateway/gateway.h"
#include "handlers.h"

struct view {
	bool kept;                         /* its octets are; nothing else is set otherwise */
	struct bytes raw;
	const struct judgement *judgement; /* by the configuration in force now */
	const char *trouble;               /* why it was read no further than its headers; or NULL */
};
/* False (ERROR_RETRY) when nobody can read it just now. */
bool view_open(const struct request *request, const struct held *held, struct view *out, struct error *err) MUST_CHECK;

#endif
