/* due.h - what a judged message does to duties (store/duty.h), under the rules that have a clock or a duty.
 *
 * The clock of a reply starts when such a rule fires and the officer to whom the message is addressed gets it. A reply is a message of an
 * officer, as authenticated, that reaches a councillor: not one that a machine made, by its headers or by the rule's family `automatic`. One
 * that has a sentence of the family `holding` only says that there will be an answer, and perhaps when. Any other duty is laid on by a message
 * that reaches somebody, and met by one for which its conditions hold. */
#ifndef COPYHOLD_GATEWAY_DUE_H
#define COPYHOLD_GATEWAY_DUE_H

#include "gateway/gateway.h"
#include "store/duty.h"

/* NULL when it does nothing to any. Looks no clock up. */
const struct duty_changes *due_changes(struct arena *arena, const struct snapshot *snapshot, const struct judgement *judgement);

#endif
