/* protocol.h - what the console and the desk say to each other.
 *
 * One request and one answer for each connection to the desk's unix socket: four octets, big-endian, that say how long it is, then
 * one JSON object. A request has at most DESK_REQUEST_MOST octets, an answer at most DESK_ANSWER_MOST. Whoever keeps the other
 * waiting past its deadline, or says more than is allowed, is hung up on.
 *
 * Times are seconds since 1970, UTC. Foreign text is as the message had it; the console escapes it. Absent is null. An unknown key,
 * one of another type or out of bounds, or one that is missing is "input".
 *
 * Request {"call":NAME,"session":TOKEN|null,"client":"127.0.0.1", ...arguments}
 * Answer  {"ok":true, ...} or {"ok":false,"error":KIND,"text":"a sentence for the person", ...}, KIND one of
 *   denied     login only: wrong name, password or code, in the same words and time
 *   code       login only: name and password are right, a one-time code is needed
 *   throttled  login only: try again after "wait" seconds
 *   login      no session, or it has expired
 *   refused    this person may not
 *   input      the request cannot be used
 *   retry      store locked, release service busy, desk full: try again
 *   conflict   somebody was first: "by" and "at" say who and when
 *   gone       there is no such message
 *
 * Roles: reviewer, second-reviewer, auditor, administrator, member. Which may call what is the table of calls in src/desk/call_table.c.
 *
 * login {login,password,code?} -> {session,login,name,role,address,expires_at}
 * logout {} -> {}
 * me {} -> {login,name,role,address,council,mode,language,expires_at,may:[call names]}
 * desk {page?} -> {entries:[ENTRY],count,page,pages,elsewhere,now,undo_minutes}
 *   undo_minutes: a decision takes effect after so long and can be undone until then; 0: at once
 *   elsewhere: how many wait for another reviewer, because this one is recused or they were passed on
 * message {id} -> {entry:ENTRY,findings:[FINDING],recipients:[RECIPIENT],thread:[{id,at,outcome,why}],history:[{at,what,by,detail:null|{...}}],
 *     offers:[OFFER],reasons:[{key,text}],attachments:[{name,size,type,said}],unread:[{part,why}],sender_reply:null|{at,text},
 *     legal_hold:null|{by,at,reason},retention_until,received:RFC3339,decided:null|DECISION}
 *   journalled "viewed"; carries no content but the matched words with at most a dozen around them, in octets of the text under "mark"; of
 *   marked mail not even the words
 * content {id,reason} -> {letters:[{who:"author"|"quoted"|"forwarded"|"attached",from,date,subject,
 *     zones:[{kind:"text"|"signature"|"disclaimer",text,marks:[[start,length],...]}]}],truncated}
 *   marks are in octets of the zone's text; journalled with the reason
 * decide {id,deed,recipients:[],reason,note?,only_if?:"held"|"in-doubt"} -> {decision:DECISION,already}
 *   only_if: with "held" a conflict when it concerns somebody in doubt; a release goes to those again with "in-doubt" alone
 *   deed: "release" | "release-open" (with the line that makes the copy plain) | "return" | "pass"
 * undo {decision} -> {decision:DECISION,already}
 * confirm {decision} -> {decision:DECISION,already}
 *   the second person, where the rule asks for two
 * mark {id,rule,judged:"wrong"|"right"|null,reason} -> {}
 *   a wrong match teaches tuning and counts as a false alarm
 * bulk {ids:[],deed,reason,count} -> {results:[{id,ok,text,decision?}]}
 *   count must be the number of ids
 * journal {page?} -> {lines:[{number,at,what,id,by,detail,hash}],count,page,pages}
 *   newest first
 * search {text?,person?,rule?,from?,to?,state?,page?} -> {entries:[ENTRY],count,page,pages,more}
 *   more: only the newest so many were looked at; state: waiting | released | returned | annotated | all
 * own {} -> {entries:[ENTRY]}
 *   what one sent or received or is named in, third parties masked
 * export {person,form:"json"|"text"|"html",redact,reason} -> {document,type,name,count}
 * statistics {from,to} -> {weeks:[{start,examined,findings,held}],
 *     rules:[{rule,clause,findings,held,released,returned,waiting,wrong,median_minutes}],exceptions:[{quarter,rule,sentence,count}],
 *     reasons:[the same: the clauses' own, for which reviewers released],
 *     blind:{internal_unseen,unreadable,reunion:{split,in_time,late,not}},share_released,median_minutes,measured:{...}}
 *   null: not measured; split: messages that came in several envelopes, in_time and late: whose hidden copy was known with the visible one
 *   or after it, not: that could not be brought together
 * report {from,to,form:"html"|"csv"|"pdf"|"annual"} -> {document,type,name}
 *   a PDF document is in base64
 * status {} -> {mail:{last_message_at,examined_today,held_now},configuration:{loaded_at,digest,refused:null|{at,text}},
 *     gate:null|{loaded_at,digest,same,refused:null|{at,text}}, as the gate said itself; same: has the desk the same in force?
 *     store:{octets,messages,journal_lines,journal_good,free_octets},retention:{last_at,next_at,removed},
 *     memory:null|{messages,prints,envelopes,octets,oldest_at,set_aside}, null: not kept, or it cannot be used;
 *     release:{tested_at,good,reply},outbox:{waiting,oldest_at},digest:{last_at},internal_seen,mode,authority:{minute,date}}
 * legal-hold {id,on,reason} -> {}
 * link {token} -> {id,purpose:"desk"|"own",entry:ENTRY|OWN,words?}
 *   words: of OWN, what stands around it on its page, in the Council's languages (review/remedy.h); "language": the first of them
 *   signed and expiring; nothing acts. One for the desk needs a session
 * own-act {token,deed:"open-copy"|"drop-hidden"|"withdraw"|"reason",text} -> {text,words}
 *   single use
 *
 * ENTRY {id,at,waiting_hours,deadline,overdue,why,clause,rule,from:{name,address,office},open:[PERSON],hidden:[PERSON],held:[PERSON],
 *   deadline: the next that lies ahead, or null; overdue: one has passed
 *     subject,subject_withheld,state,escalated,two_persons,decision:null|DECISION,direction,outcome,size}
 * OWN {standing:"open"|"expired"|"used"|"decided",text,subject,at,held:[address],why,clause,deeds:[{deed,label,will,wants_text}],
 *     used:null|{at,deed,label}}
 * PERSON {name,address,class:"councillor"|"officer"|"third party"|...}
 * FINDING {rule,clause,quote,action,mode,explanation,confidence:"structural"|"marked"|"wording",
 *     evidence:[{where,text,mark:null|[start,length],withheld}],judged:null|"wrong"|"right"}
 * RECIPIENT {address,name,class,visible,outcome,state:null|"held"|...,reply,by,at}
 * OFFER {deed,label,will,prominent,refused:null|"why not"}
 *   will: one sentence of what this button does
 * DECISION {number,id,deed,recipients:[],by,at,reason,note,due_at,state:"waiting"|"confirming"|"done"|"undone"|"failed",text,second_by} */
#ifndef COPYHOLD_DESK_PROTOCOL_H
#define COPYHOLD_DESK_PROTOCOL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

#define DESK_REQUEST_MOST ((size_t)1 << 20)
#define DESK_ANSWER_MOST ((size_t)16 << 20)

/* So many milliseconds from now, on a clock that nobody sets. */
int64_t frame_deadline(int milliseconds);
/* One frame of at most `most` octets, into the arena. ERROR_INPUT: it is longer, or empty; ERROR_UNAVAILABLE: the other side is gone
 * or the deadline has passed. */
bool frame_read(struct arena *arena, int fd, size_t most, int64_t deadline, struct bytes *out, struct error *err) MUST_CHECK;
/* The same errors. A reader that is gone does not raise SIGPIPE. */
bool frame_write(int fd, struct bytes content, size_t most, int64_t deadline, struct error *err) MUST_CHECK;

#endif
