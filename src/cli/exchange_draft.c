/* exchange_draft.c - a pack of drafts from transport rules: what has a sentence of ours is carried, everything else is listed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "cli/exchange.h"

#define ID_MOST 48

/* What asks the same as a sentence. `value`: only when set to that. "%s" in a sentence stands for a family of the words it is set to. */
static const struct carried {
	const char *name, *value, *sentence, *remark;
} carried[] = {
	{ "FromScope", "InOrganization", "sender is of the council", NULL },
	{ "FromScope", "NotInOrganization", "not: sender is of the council", NULL },
	{ "SentToScope", "InOrganization", "every recipient is of the council", "asked of every recipient here, of one in Exchange" },
	{ "SentToScope", "NotInOrganization", "a recipient is outside the council", NULL },
	{ "SubjectContainsWords", NULL, "the subject says %s", NULL },
	{ "SubjectOrBodyContainsWords", NULL, "it is about %s", NULL },
	{ "AttachmentIsPasswordProtected", "$true", "something is unreadable", "whatever makes a part unreadable counts" },
	{ "AttachmentIsUnsupported", "$true", "something is unreadable", "whatever makes a part unreadable counts" },
	{ "AttachmentProcessingLimitExceeded", "$true", "something is unreadable", "whatever makes a part unreadable counts" },
	{ "MessageTypeMatches", "OOF", "it claims to be automatic", NULL },
};

/* Deeds, mildest first, and what becomes of each. */
enum deed { DEED_NONE, DEED_REPORT, DEED_FLAG, DEED_NOTIFY, DEED_HOLD };
static const char *const deed_words[] = { "report", "report", "flag", "notify", "hold" };
static const struct done {
	const char *name;
	enum deed deed;
	const char *remark;
} done[] = {
	{ "RejectMessageReasonText", DEED_HOLD, "Exchange refuses the message; Copyhold would hold it for a reviewer" },
	{ "RejectMessageEnhancedStatusCode", DEED_HOLD, NULL },
	{ "ModerateMessageByUser", DEED_HOLD, "the reviewers of the configuration decide, not the moderators of Exchange" },
	{ "ModerateMessageByManager", DEED_HOLD, "the reviewers of the configuration decide, not the sender's manager" },
	{ "Quarantine", DEED_HOLD, NULL },
	{ "NotifySender", DEED_NOTIFY, NULL },
	{ "GenerateNotification", DEED_NOTIFY, "Copyhold tells the sender, in words of its own" },
	{ "GenerateIncidentReport", DEED_REPORT, NULL },
	{ "SetHeaderName", DEED_FLAG, "the header field that is added is Copyhold's own" },
	{ "PrependSubject", DEED_FLAG, "a subject is never changed; a header field is added" },
	{ "DeleteMessage", DEED_REPORT, "no message is ever thrown away" },
	{ "BlindCopyTo", DEED_REPORT, "no copy is sent to anybody, least of all a hidden one" },
	{ "CopyTo", DEED_REPORT, "no copy is sent to anybody" },
	{ "AddToRecipients", DEED_REPORT, "no recipient is added" },
	{ "AddManagerAsRecipientType", DEED_REPORT, "no recipient is added" },
	{ "RedirectMessageTo", DEED_REPORT, "no message is sent to somebody else" },
	{ "ApplyHtmlDisclaimerText", DEED_REPORT, "the only lines that are added are those of footers" },
	{ "SetSCL", DEED_REPORT, "spam is not its business" },
	{ "ApplyClassification", DEED_REPORT, "no label is set" },
	{ "ApplyRightsProtectionTemplate", DEED_REPORT, "nothing is encrypted" },
	{ "ApplyOME", DEED_REPORT, "nothing is encrypted" },
	{ "RemoveHeader", DEED_REPORT, "no header field is taken away" },
	{ "RouteMessageOutboundConnector", DEED_REPORT, "routes are the mail server's" },
	{ "RouteMessageOutboundRequireTls", DEED_REPORT, "encryption on the way is the mail server's" },
};

/* What says nothing of what a message is or what is to happen to it, or goes with a deed above. */
static const char *const aside[] = {
	"Name", "Comments", "Mode", "Priority", "RuleErrorAction", "RuleSubType", "SetAuditSeverity", "SenderAddressLocation", "SetHeaderValue",
	"ApplyHtmlDisclaimerLocation", "ApplyHtmlDisclaimerFallbackAction", "IncidentReportContent", "IncidentReportOriginalMail", "Enabled",
};

struct draft {
	struct arena *arena;
	size_t number;  /* of the rule, from 1 */
	struct text phrases, when, unless, remarks;
	size_t families, left, structural; /* left: conditions that were not carried; structural: carried ones that are not words alone */
	size_t when_count;
	enum deed deed;
	const char *says;
	bool disabled;
};

static void remark(struct draft *draft, const char *name, const char *why)
{
	text_add(&draft->remarks, "\t// ");
	for (const char *at = name; *at != '\0'; at++)
		text_add_char(&draft->remarks, iscntrl((unsigned char)*at) ? ' ' : *at);
	text_printf(&draft->remarks, ": %s\n", why);
}

/* In quotes for libconfig, on one line. */
static void add_quoted(struct text *text, const char *string)
{
	text_add_char(text, '"');
	for (const char *at = string; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			text_add_char(text, '\\');
		text_add_char(text, iscntrl((unsigned char)*at) ? ' ' : *at);
	}
	text_add_char(text, '"');
}

/* Words that are nothing but words to the language of phrases. */
static bool is_plain(const char *words)
{
	bool letter = false;
	for (const char *at = words; *at != '\0'; at++)
		letter |= isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80;
	return letter && strpbrk(words, "()[]{}|*/\\\"") == NULL && strstr(words, "..") == NULL;
}

/* In the plain form that text is held against: with a curly quote in it a phrase could never match. NULL when they are no plain words. */
static const char *const *plain_words(struct arena *arena, const struct exchange_setting *setting)
{
	const char **words = arena_array(arena, setting->value_count + 1, sizeof *words);
	for (size_t i = 0; i < setting->value_count; i++) {
		words[i] = arena_string_of(arena, unicode_plain(arena, bytes_of(setting->values[i])));
		if (!is_plain(words[i]))
			return NULL;
	}
	return words;
}

static const char *family_of(struct draft *draft, const struct exchange_setting *setting)
{
	const char *const *words = plain_words(draft->arena, setting);
	if (words == NULL || setting->value_count == 0)
		return NULL;
	const char *name = arena_printf(draft->arena, "exchange-%zu-%zu", draft->number, ++draft->families);
	text_printf(&draft->phrases, "\t%s = { any = ( ", name);
	for (size_t i = 0; i < setting->value_count; i++) {
		text_add(&draft->phrases, i > 0 ? ", " : "");
		add_quoted(&draft->phrases, words[i]);
	}
	text_add(&draft->phrases, " ); };\n");
	return name;
}

static bool is_set_to(const struct exchange_setting *setting, const char *value)
{
	return value == NULL || (setting->value_count == 1 && strcmp(setting->values[0], value) == 0);
}

static const struct carried *carried_of(const char *name, const struct exchange_setting *setting)
{
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++)
		if (strcmp(carried[i].name, name) == 0 && is_set_to(setting, carried[i].value))
			return &carried[i];
	return NULL;
}

static void add_condition(struct text *to, const char *sentence)
{
	text_add(to, to->length > 0 ? ", " : "");
	add_quoted(to, sentence);
}

static bool is_about_people(const char *name)
{
	return strstr(name, "MemberOf") != NULL || strcmp(name, "From") == 0 || strcmp(name, "SentTo") == 0 || strstr(name, "Header") != NULL ||
	       strstr(name, "Between") != NULL || strstr(name, "Recipient") != NULL;
}

static const char *why_left(const char *name)
{
	if (strstr(name, "Patterns") != NULL)
		return "not carried: write the pattern as a phrase between slashes and try it";
	if (strstr(name, "ContainsWords") != NULL)
		return "not carried: write the words as phrases (copyhold.conf(5))";
	if (is_about_people(name))
		return "not carried: give these people a role, office or group in people.csv and ask for that";
	return "not carried: there is no sentence for it";
}

/* A condition, or an exception: its name without ExceptIf. */
static void carry(struct draft *draft, const char *name, const struct exchange_setting *setting, bool exception)
{
	const struct carried *found = carried_of(name, setting);
	bool words = found != NULL && strstr(found->sentence, "%s") != NULL;
	const char *family = words ? family_of(draft, setting) : NULL;
	if (found == NULL || (words && family == NULL)) {
		remark(draft, setting->name, why_left(name));
		draft->left++;
		return;
	}
	const char *sentence = !words ? found->sentence :
		arena_printf(draft->arena, "%.*s%s", (int)(strstr(found->sentence, "%s") - found->sentence), found->sentence, family);
	add_condition(exception ? &draft->unless : &draft->when, sentence);
	draft->when_count += !exception;
	draft->structural += !words && !exception;
	if (found->remark != NULL)
		remark(draft, setting->name, found->remark);
}

static bool is_aside(const char *name)
{
	for (size_t i = 0; i < sizeof aside / sizeof *aside; i++)
		if (strcmp(aside[i], name) == 0)
			return true;
	return false;
}

static bool do_deed(struct draft *draft, const struct exchange_setting *setting)
{
	for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
		if (strcmp(done[i].name, setting->name) != 0)
			continue;
		if (done[i].deed > draft->deed)
			draft->deed = done[i].deed;
		if (done[i].remark != NULL)
			remark(draft, setting->name, done[i].remark);
		if (strcmp(setting->name, "RejectMessageReasonText") == 0 && setting->value_count > 0 && *setting->values[0] != '\0')
			draft->says = setting->values[0];
		return true;
	}
	return false;
}

static void take(struct draft *draft, const struct exchange_setting *setting)
{
	static const char except[] = "ExceptIf";
	bool exception = strncmp(setting->name, except, strlen(except)) == 0;
	draft->disabled |= strcmp(setting->name, "Enabled") == 0 && is_set_to(setting, "$false");
	draft->disabled |= strcmp(setting->name, "State") == 0 && is_set_to(setting, "Disabled");
	if (is_aside(setting->name) || strcmp(setting->name, "State") == 0)
		return;
	if (strcmp(setting->name, "StopRuleProcessing") == 0)
		remark(draft, setting->name, "every rule is asked, whatever another says");
	else if (strncmp(setting->name, "action ", 7) == 0)
		remark(draft, setting->name, "not carried: Copyhold has no such deed");
	else if (exception || !do_deed(draft, setting))
		carry(draft, setting->name + (exception ? strlen(except) : 0), setting, exception);
}

/* "exchange-1-no-mail-to-press": letters, digits and hyphens. */
static const char *id_of(struct draft *draft, const char *name)
{
	struct text id = TEXT_INIT;
	text_printf(&id, "exchange-%zu", draft->number);
	bool apart = true;
	for (const char *at = name; *at != '\0' && id.length < ID_MOST; at++) {
		bool plain = isascii((unsigned char)*at) && isalnum((unsigned char)*at);
		if (plain && apart)
			text_add_char(&id, '-');
		if (plain)
			text_add_char(&id, (char)tolower((unsigned char)*at));
		apart = !plain;
	}
	return text_to_arena(&id, draft->arena).data;
}

static void print_list(FILE *out, const char *key, const struct text *list)
{
	if (list->length > 0)
		fprintf(out, "\t\t%s = ( %s );\n", key, text_string(list));
}

static void print_string(FILE *out, const char *before, const char *string, const char *after)
{
	struct text quoted = TEXT_INIT;
	add_quoted(&quoted, string);
	fprintf(out, "%s%s%s", before, text_string(&quoted), after);
	text_release(&quoted);
}

/* The words of Exchange's own notice, or else the rule's name. Where the slots of our notices begin they would be taken for one. */
static const char *says_of(const struct draft *draft, const struct exchange_rule *rule)
{
	static const char slot[] = "%{";
	if (draft->says != NULL && strstr(draft->says, slot) == NULL)
		return draft->says;
	if (strstr(rule->name, slot) != NULL)
		return "A rule of Exchange would apply to this message.";
	return arena_printf(draft->arena, "The rule \"%s\" of Exchange would apply to this message.", rule->name);
}

static void print_rule(FILE *out, struct draft *draft, const struct exchange_rule *rule, bool first)
{
	const char *clause = arena_printf(draft->arena, "Draft from Exchange rule %s", rule->name);
	fprintf(out, "%s\n\t// ---- %zu\n%s", first ? "" : ",", draft->number, text_string(&draft->remarks));
	fprintf(out, "\t{\n\t\tid = \"%s\";\n", id_of(draft, rule->name));
	print_string(out, "\t\tclause = ", clause, ";\n");
	print_list(out, "when", &draft->when);
	print_list(out, "unless", &draft->unless);
	fprintf(out, "\t\taction = \"%s\";\n\t\tmode = \"%s\";\n", deed_words[draft->deed], draft->disabled || draft->left > 0 ? "off" : "observe");
	print_string(out, "\t\tsays = { en = ", says_of(draft, rule), "; };\n\t}");
}

static void draft_rule(struct draft *draft, const struct exchange_rule *rule)
{
	for (size_t i = 0; i < rule->setting_count; i++)
		take(draft, &rule->settings[i]);
	if (draft->deed == DEED_HOLD && draft->structural == 0) {
		draft->deed = DEED_NOTIFY;
		remark(draft, "hold", "words alone do not hold mail: the draft tells the sender");
	}
	if (draft->left > 0)
		remark(draft, "mode", "off, because without what was not carried it would fire where Exchange's does not");
	if (draft->when_count == 0)
		remark(draft, "the rule", "not written: nothing of what it asks could be carried");
}

static void release(struct draft *draft)
{
	text_release(&draft->phrases);
	text_release(&draft->when);
	text_release(&draft->unless);
	text_release(&draft->remarks);
}

static size_t lines_of(const char *text)
{
	size_t lines = 0;
	for (; *text != '\0'; text++)
		lines += *text == '\n';
	return lines;
}

size_t exchange_print_draft(struct arena *arena, const struct exchange_rules *rules, FILE *out)
{
	struct draft *drafts = arena_array(arena, rules->count, sizeof *drafts);
	size_t remarks = 0;
	bool first = true;
	fprintf(out, "// Drafts from Exchange transport rules. Comments say of each rule what could not be carried, or is done otherwise.\n"
	       "pack = { name = \"exchange\"; title = \"Drafts from Exchange transport rules\"; };\n\nphrases = {\n");
	for (size_t i = 0; i < rules->count; i++) {
		drafts[i] = (struct draft){ .arena = arena, .number = i + 1 };
		draft_rule(&drafts[i], &rules->items[i]);
		remarks += lines_of(text_string(&drafts[i].remarks));
		if (drafts[i].when_count > 0)
			fputs(text_string(&drafts[i].phrases), out);
	}
	fprintf(out, "};\n\nrules = (");
	for (size_t i = 0; i < rules->count; i++) {
		if (drafts[i].when_count > 0)
			print_rule(out, &drafts[i], &rules->items[i], first);
		first &= drafts[i].when_count == 0;
	}
	fprintf(out, "\n);\n");
	for (size_t i = 0; i < rules->count; i++) {
		if (drafts[i].when_count == 0) {
			print_string(out, "\n// Rule ", rules->items[i].name, ":\n");
			fputs(text_string(&drafts[i].remarks), out);
		}
		release(&drafts[i]);
	}
	return remarks;
}
