/* schema.c - the tables of the store, as numbered migrations compiled in; and how any database is brought to its newest version. A migration
 * that was released is never edited: a change is a new one at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "database.h"

#include "base/text.h"

static const char first[] =
	/* One judged message. Its octets are in raw, while somebody's copy is held. */
	"CREATE TABLE message ("
	" id TEXT NOT NULL PRIMARY KEY, content_key TEXT NOT NULL, at INTEGER NOT NULL,"
	" envelope_from TEXT NOT NULL, auth TEXT, client TEXT,"
	" sender_name TEXT, sender_address TEXT, header_from TEXT,"
	" direction TEXT, outcome TEXT, message_id TEXT, subject TEXT, footers TEXT,"
	" policy_digest TEXT, directory_digest TEXT, size INTEGER NOT NULL,"
	" escalated INTEGER NOT NULL DEFAULT 0, void INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX message_content ON message(content_key, at);"
	"CREATE INDEX message_at ON message(at);"
	"CREATE TABLE raw (message TEXT NOT NULL PRIMARY KEY REFERENCES message(id), octets BLOB NOT NULL) STRICT;"
	/* The whole envelope. state is NULL for those the message went to at once. */
	"CREATE TABLE recipient ("
	" message TEXT NOT NULL REFERENCES message(id), position INTEGER NOT NULL, address TEXT NOT NULL, outcome TEXT NOT NULL,"
	" state TEXT CHECK (state IN ('held','releasing','released','returned','in-doubt','void')),"
	" last_reply TEXT, changed_by TEXT, changed_at INTEGER NOT NULL,"
	" PRIMARY KEY (message, position)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX recipient_waiting ON recipient(message) WHERE state IN ('held','releasing','in-doubt');"
	"CREATE TABLE finding ("
	" message TEXT NOT NULL REFERENCES message(id), position INTEGER NOT NULL,"
	" rule TEXT NOT NULL, clause TEXT, action TEXT, mode TEXT, explanation TEXT, evidence TEXT,"
	" PRIMARY KEY (message, position)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE exemption ("
	" message TEXT NOT NULL REFERENCES message(id), position INTEGER NOT NULL, rule TEXT NOT NULL, sentence TEXT NOT NULL,"
	" PRIMARY KEY (message, position)) STRICT, WITHOUT ROWID;"
	/* Append-only. */
	"CREATE TABLE journal ("
	" number INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, id TEXT, by TEXT, detail TEXT NOT NULL,"
	" hash TEXT NOT NULL) STRICT;"
	"CREATE INDEX journal_at ON journal(at);"
	"CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"
	"CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"
	/* Own mail. withdrawn: the judgement was taken back and may be revived. */
	"CREATE TABLE outbox ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT, kind TEXT NOT NULL, recipient TEXT NOT NULL, octets BLOB NOT NULL,"
	" state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','withdrawn','sent','given-up')),"
	" made_at INTEGER NOT NULL, not_before INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, last_reply TEXT, done_at INTEGER)"
	" STRICT;"
	"CREATE INDEX outbox_waiting ON outbox(not_before) WHERE state = 'waiting';"
	"CREATE TABLE tally ("
	" hour INTEGER PRIMARY KEY, examined INTEGER NOT NULL, delivered INTEGER NOT NULL, annotated INTEGER NOT NULL,"
	" held INTEGER NOT NULL, returned INTEGER NOT NULL, retried INTEGER NOT NULL, unreadable INTEGER NOT NULL,"
	" internal INTEGER NOT NULL, outgoing INTEGER NOT NULL, incoming INTEGER NOT NULL) STRICT;";

/* Who stood openly in To or Cc, and what was marked confidential: as judged then, whatever the directory says later. NULL: not known.
 * And what a desk looks up: the other messages of a conversation, and all that was ever done with one. */
static const char openness[] =
	"ALTER TABLE recipient ADD COLUMN open INTEGER CHECK (open IN (0, 1));"
	"ALTER TABLE message ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE message ADD COLUMN thread TEXT;"
	"CREATE INDEX message_thread ON message(thread, at) WHERE thread IS NOT NULL;"
	"CREATE INDEX journal_id ON journal(id, number) WHERE id IS NOT NULL;";

/* What a purged message leaves behind, that counts outlive it: rules, states and times, never a person. Rows may go in any
 * order. A message that comes again under its old id counts once. */
static const char figures[] =
	"CREATE TABLE past_message (id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, outcome TEXT, void INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX past_message_at ON past_message(at);"
	"CREATE TABLE past_recipient (message TEXT NOT NULL, position INTEGER NOT NULL, outcome TEXT NOT NULL, state TEXT,"
	" changed_at INTEGER NOT NULL, PRIMARY KEY (message, position)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE past_finding (message TEXT NOT NULL, position INTEGER NOT NULL, rule TEXT NOT NULL, clause TEXT, action TEXT,"
	" mode TEXT, PRIMARY KEY (message, position)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE past_exemption (message TEXT NOT NULL, position INTEGER NOT NULL, rule TEXT NOT NULL, sentence TEXT NOT NULL,"
	" PRIMARY KEY (message, position)) STRICT, WITHOUT ROWID;"
	"CREATE TRIGGER message_leaves BEFORE DELETE ON message BEGIN INSERT OR REPLACE INTO past_message"
	" VALUES (OLD.id, OLD.at, OLD.outcome, OLD.void); END;"
	"CREATE TRIGGER recipient_leaves BEFORE DELETE ON recipient BEGIN INSERT OR REPLACE INTO past_recipient"
	" VALUES (OLD.message, OLD.position, OLD.outcome, OLD.state, OLD.changed_at); END;"
	"CREATE TRIGGER finding_leaves BEFORE DELETE ON finding BEGIN INSERT OR REPLACE INTO past_finding"
	" VALUES (OLD.message, OLD.position, OLD.rule, OLD.clause, OLD.action, OLD.mode); END;"
	"CREATE TRIGGER exemption_leaves BEFORE DELETE ON exemption BEGIN INSERT OR REPLACE INTO past_exemption"
	" VALUES (OLD.message, OLD.position, OLD.rule, OLD.sentence); END;"
	"CREATE TRIGGER past_message_leaves AFTER DELETE ON past_message BEGIN"
	" DELETE FROM past_recipient WHERE message = OLD.id; DELETE FROM past_finding WHERE message = OLD.id;"
	" DELETE FROM past_exemption WHERE message = OLD.id; END;"
	"CREATE TRIGGER message_comes AFTER INSERT ON message BEGIN DELETE FROM past_message WHERE id = NEW.id; END;";

static const char decisions[] =
	/* lines: joined by LF. lease_until: whoever claimed it has until then. */
	"CREATE TABLE decision ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE,"
	" deed TEXT NOT NULL CHECK (deed IN ('release','release-open','return','pass','release-annotated')),"
	" by TEXT NOT NULL, at INTEGER NOT NULL, due_at INTEGER NOT NULL, reason TEXT NOT NULL, note TEXT, lines TEXT,"
	" state TEXT NOT NULL CHECK (state IN ('confirming','waiting','doing','done','undone','failed')),"
	" second_by TEXT, second_at INTEGER NOT NULL DEFAULT 0, undone_by TEXT, undone_at INTEGER NOT NULL DEFAULT 0,"
	" tries INTEGER NOT NULL DEFAULT 0, lease_until INTEGER NOT NULL DEFAULT 0, text TEXT, done_at INTEGER NOT NULL DEFAULT 0)"
	" STRICT;"
	"CREATE INDEX decision_message ON decision(message);"
	"CREATE INDEX decision_open ON decision(due_at) WHERE state IN ('confirming','waiting','doing');"
	"CREATE TABLE decision_recipient ("
	" decision INTEGER NOT NULL REFERENCES decision(number) ON DELETE CASCADE, position INTEGER NOT NULL, address TEXT NOT NULL,"
	" PRIMARY KEY (decision, position)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE finding_mark ("
	" message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, rule TEXT NOT NULL,"
	" judged TEXT NOT NULL CHECK (judged IN ('wrong','right')), by TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,"
	" PRIMARY KEY (message, rule)) STRICT, WITHOUT ROWID;"
	/* What the clock has done to a message, once each. */
	"CREATE TABLE tended ("
	" message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, what TEXT NOT NULL, at INTEGER NOT NULL,"
	" PRIMARY KEY (message, what)) STRICT, WITHOUT ROWID;";

/* Disposal by schedule (purge.h), what stops it, and its one change to the journal. exemption_tally counts what must have no entry. */
static const char disposal[] =
	"ALTER TABLE message ADD COLUMN disposed INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX message_whole ON message(at, id) WHERE disposed = 0;"
	"CREATE INDEX message_remembered ON message(at, id) WHERE content_key <> '';"
	"CREATE TABLE legal_hold ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL CHECK (scope IN ('message','person','all')), what TEXT,"
	" addresses TEXT, by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, review INTEGER NOT NULL, lifted_at INTEGER) STRICT;"
	"CREATE TABLE disposal ("
	" last_at INTEGER NOT NULL, removed INTEGER NOT NULL, claimed_until INTEGER NOT NULL, untidy INTEGER NOT NULL) STRICT;"
	"INSERT INTO disposal VALUES (0, 0, 0, 0);"
	"CREATE TABLE exemption_tally ("
	" day INTEGER NOT NULL, rule TEXT NOT NULL, sentence TEXT NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY (day, rule, sentence)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX journal_whole ON journal(number) WHERE substr(detail, 1, 11) <> '{\"reduced\":';"
	"DROP TRIGGER journal_no_update;"
	"CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal WHEN NOT (NEW.number IS OLD.number AND NEW.at IS OLD.at"
	" AND NEW.what IS OLD.what AND NEW.hash IS OLD.hash AND NEW.id IS NULL AND NEW.by IS NULL"
	" AND OLD.what NOT IN ('disposed','journal-reduced')"
	" AND NEW.detail IS '{\"reduced\":' || CAST(substr(NEW.detail, 12) AS INTEGER) || '}'"
	" AND EXISTS (SELECT 1 FROM journal AS seal WHERE seal.number = CAST(substr(NEW.detail, 12) AS INTEGER)"
	"  AND seal.number > OLD.number AND seal.what = 'journal-reduced'))"
	" BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;";

/* A sender's link: only the hash of its token is kept. What they answered. Which digests went out. What a notice was about, so that none is
 * repeated. */
static const char own_links[] =
	"CREATE TABLE own_link ("
	" hash TEXT NOT NULL PRIMARY KEY, message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, person TEXT NOT NULL,"
	" deeds TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER, used_for TEXT)"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX own_link_message ON own_link(message);"
	"CREATE TABLE sender_reply ("
	" number INTEGER PRIMARY KEY, message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, at INTEGER NOT NULL, by TEXT NOT NULL,"
	" words TEXT NOT NULL) STRICT;"
	"CREATE INDEX sender_reply_message ON sender_reply(message, at);"
	"CREATE TABLE digest_slot ("
	" reader TEXT NOT NULL, slot INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (reader, slot))"
	" STRICT, WITHOUT ROWID;"
	"ALTER TABLE outbox ADD COLUMN topic TEXT;"
	"CREATE INDEX outbox_told ON outbox(recipient, made_at);";

/* Counting needs no more of a message than the index has. What reviewers marked outlives the message too, but not a mark that was
 * taken back: then the message is still there. */
static const char more_figures[] =
	"CREATE INDEX message_figures ON message(at, void, outcome, id);"
	"CREATE TABLE past_mark (message TEXT NOT NULL, rule TEXT NOT NULL, judged TEXT NOT NULL, PRIMARY KEY (message, rule))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TRIGGER finding_mark_leaves AFTER DELETE ON finding_mark WHEN NOT EXISTS (SELECT 1 FROM message WHERE id = OLD.message)"
	" BEGIN INSERT OR REPLACE INTO past_mark VALUES (OLD.message, OLD.rule, OLD.judged); END;"
	"CREATE TRIGGER past_message_leaves_marks AFTER DELETE ON past_message BEGIN"
	" DELETE FROM past_mark WHERE message = OLD.id; END;";

/* What the gate has in force is asked for with every status page, and may have been written very long ago. */
static const char reloads[] =
	"CREATE INDEX journal_reload ON journal(number) WHERE what IN ('reload', 'reload-refused');";

/* Reviewers whom the headers name, as judged then, joined by LF: the Subject of marked mail is not kept, and who stands in To or Cc need
 * not have been sent a copy. */
static const char concerned[] = "ALTER TABLE message ADD COLUMN concerned TEXT;";

/* How often a clause's own exception was why a message was released, by the hour it came: the decision itself loses its words with its
 * time. `rule`: whose exception the reason is, NULL for a reason in somebody's own words. */
static const char reason_counts[] =
	"ALTER TABLE decision ADD COLUMN rule TEXT;"
	"CREATE TABLE reason_tally ("
	" hour INTEGER NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY (hour, rule, reason)) STRICT, WITHOUT ROWID;";

/* Fingerprints of whom Subject, To and Cc name, in the place of who was a reviewer then (review/traces.h). */
static const char traces[] = "ALTER TABLE message ADD COLUMN traces BLOB;";

/* Copies of one message that came in several envelopes: counts, and companion notices that wait until a held copy has gone out. `message`
 * is the judgement that made the notice. */
static const char reunion[] =
	"ALTER TABLE tally ADD COLUMN split INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE tally ADD COLUMN reunited INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE tally ADD COLUMN reunited_late INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE tally ADD COLUMN not_reunited INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE late_notice ("
	" number INTEGER PRIMARY KEY, message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE,"
	" after_message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, after_recipient TEXT NOT NULL, kind TEXT NOT NULL,"
	" recipient TEXT NOT NULL, octets BLOB NOT NULL) STRICT;"
	"CREATE INDEX late_notice_message ON late_notice(message);"
	"CREATE INDEX late_notice_after ON late_notice(after_message);";

/* The step of the one-time code by which a login last served (used_code.h). */
static const char used_codes[] = "CREATE TABLE used_code (login TEXT NOT NULL PRIMARY KEY, step INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

/* Who waits for an answer of whom: replaced by `duties` below. */
static const char reply_clocks[] =
	"CREATE TABLE reply_clock ("
	" message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, rule TEXT NOT NULL, message_id TEXT, key TEXT NOT NULL, thread TEXT,"
	" topic TEXT, member TEXT NOT NULL, officer TEXT NOT NULL, started INTEGER NOT NULL,"
	" contact_due INTEGER NOT NULL, response_due INTEGER NOT NULL, contact_reminder INTEGER NOT NULL, response_reminder INTEGER NOT NULL,"
	" contacted_at INTEGER, contacted_by TEXT, promised_at INTEGER, promised INTEGER, promised_by TEXT, answered_at INTEGER, answered_by TEXT,"
	" contact_reminded_at INTEGER, response_reminded_at INTEGER, void INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (message, rule))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX reply_clock_key ON reply_clock(key);"
	"CREATE INDEX reply_clock_running ON reply_clock(member) WHERE answered_at IS NULL;"
	"CREATE INDEX reply_clock_answered ON reply_clock(answered_by) WHERE answered_by IS NOT NULL;";

/* How every rule was answered about a message: a letter a question. The questions are kept once for each policy. */
static const char answers[] =
	"CREATE TABLE rulebook (digest TEXT NOT NULL PRIMARY KEY, rules TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE answer (message TEXT NOT NULL PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE,"
	" rulebook TEXT NOT NULL REFERENCES rulebook(digest), answers TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE INDEX answer_rulebook ON answer(rulebook);";

/* What is to be done by a day (store/duty.h), of which an answer is one kind: waiting and owner are addresses that stand for persons or
 * mailboxes, or a group. key: the Message-ID, else what tells the message from others. */
static const char duties[] =
	"CREATE TABLE duty ("
	" message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, rule TEXT NOT NULL, waiting TEXT NOT NULL, owner TEXT NOT NULL,"
	" message_id TEXT, key TEXT NOT NULL, thread TEXT, topic TEXT, matter TEXT, started INTEGER NOT NULL,"
	" contact_due INTEGER NOT NULL, due INTEGER NOT NULL, contact_reminder INTEGER NOT NULL, reminder INTEGER NOT NULL,"
	" lapses INTEGER NOT NULL, contacted_at INTEGER, contacted_by TEXT, promised_at INTEGER, promised INTEGER, promised_by TEXT,"
	" met_at INTEGER, met_by TEXT, contact_reminded_at INTEGER, reminded_at INTEGER, void INTEGER NOT NULL DEFAULT 0,"
	" PRIMARY KEY (message, rule, waiting)) STRICT, WITHOUT ROWID;"
	"INSERT INTO duty SELECT message, rule, member, officer, message_id, key, thread, topic, NULL, started, contact_due, response_due,"
	" contact_reminder, response_reminder, 0, contacted_at, contacted_by, promised_at, promised, promised_by, answered_at, answered_by,"
	" contact_reminded_at, response_reminded_at, void FROM reply_clock;"
	"DROP TABLE reply_clock;"
	"CREATE INDEX duty_key ON duty(key);"
	"CREATE INDEX duty_standing ON duty(waiting) WHERE met_at IS NULL;"
	"CREATE INDEX duty_met ON duty(met_by) WHERE met_by IS NOT NULL;";

/* What it takes to decide again: of messages with an entry beside their answers, of all others counted by day where they are alike. */
static const char again[] =
	"ALTER TABLE answer ADD COLUMN facts TEXT;"
	"ALTER TABLE answer ADD COLUMN conclusion TEXT;"
	"CREATE TABLE plain_facts ("
	" day INTEGER NOT NULL, rulebook TEXT NOT NULL REFERENCES rulebook(digest), facts TEXT NOT NULL, count INTEGER NOT NULL,"
	" PRIMARY KEY (day, rulebook, facts)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX plain_facts_rulebook ON plain_facts(rulebook);";

/* What stood before the last promise, for when it is taken back. */
static const char earlier_promises[] =
	"ALTER TABLE duty ADD COLUMN earlier_promised_at INTEGER;"
	"ALTER TABLE duty ADD COLUMN earlier_promised INTEGER;"
	"ALTER TABLE duty ADD COLUMN earlier_promised_by TEXT;"
	"ALTER TABLE duty ADD COLUMN earlier_reminder INTEGER;"
	"ALTER TABLE duty ADD COLUMN earlier_reminded_at INTEGER;";

/* Marked mail to private mailboxes. */
static const char private_mailboxes[] = "ALTER TABLE tally ADD COLUMN marked_private INTEGER NOT NULL DEFAULT 0;";

/* When the deputy is told of what nobody has done. */
static const char deputies[] =
	"ALTER TABLE duty ADD COLUMN deputy_reminder INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE duty ADD COLUMN deputy_reminded_at INTEGER;";

/* Who lacks the line at the foot and why, in words of the program's (store/store.h), never a person's. */
static const char lines[] = "ALTER TABLE message ADD COLUMN line TEXT;";

static const char *const migrations[] = { first, openness, figures, decisions, disposal, own_links, more_figures, reloads, concerned, reason_counts,
					  traces, reunion, used_codes, reply_clocks, answers, duties, again, earlier_promises, private_mailboxes,
					  deputies, lines };

const struct database_kind store_kind = {
	.file = "store.db",
	.owner = "store",
	.application = 0x43486c64, /* "CHld" */
	.migrations = migrations,
	.migration_count = sizeof migrations / sizeof migrations[0],
	.pragmas = "PRAGMA synchronous = FULL;",
	.when_damaged = "the database is damaged; stop Copyhold and restore it from a backup",
};

/* A database of somebody else is left alone. */
static bool is_ours(struct store *store, const struct database_kind *kind, struct error *err)
{
	int64_t application = 0, tables = 0;
	if (!database_number(store, "PRAGMA application_id", NULL, 0, &application, err) ||
	    !database_number(store, "SELECT count(*) FROM sqlite_schema", NULL, 0, &tables, err))
		return false;
	if (application == kind->application || (application == 0 && tables == 0))
		return true;
	return error_set(err, ERROR_SETTINGS, "%s %s: the database in it is not Copyhold's; name another directory",
			 kind->owner, database_path(store));
}

static bool run_script(struct store *store, const char *script, struct error *err)
{
	while (*script != '\0') {
		sqlite3_stmt *statement = NULL;
		bool found = false;
		if (!database_script(store, &script, &statement, err))
			return false;
		bool good = database_row(store, statement, &found, err);
		database_finish(&statement);
		if (!good)
			return false;
	}
	return true;
}

static bool migrate_from(struct store *store, const struct database_kind *kind, int64_t version, struct error *err)
{
	for (; version < (int64_t)kind->migration_count; version++)
		if (!run_script(store, kind->migrations[version], err))
			return false;
	struct text stamp = TEXT_INIT;
	text_printf(&stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d;", kind->application, (int)kind->migration_count);
	bool good = run_script(store, text_string(&stamp), err);
	text_release(&stamp);
	return good;
}

/* Under the write lock, so that two processes that start at once do not both migrate. */
static bool migrate_locked(struct store *store, const struct database_kind *kind, struct error *err)
{
	int64_t version = 0, newest = (int64_t)kind->migration_count;
	if (!is_ours(store, kind, err) || !database_number(store, "PRAGMA user_version", NULL, 0, &version, err))
		return false;
	return version >= newest || migrate_from(store, kind, version, err);
}

bool schema_migrate(struct store *store, const struct database_kind *kind, struct error *err)
{
	int64_t version = 0, newest = (int64_t)kind->migration_count;
	if (!is_ours(store, kind, err) || !database_number(store, "PRAGMA user_version", NULL, 0, &version, err))
		return false;
	if (version > newest)
		return error_set(err, ERROR_SETTINGS, "%s %s: a newer Copyhold made it (version %lld, this one knows %lld)",
				 kind->owner, database_path(store), (long long)version, (long long)newest);
	if (version == newest)
		return true;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, migrate_locked(store, kind, err), err);
}
