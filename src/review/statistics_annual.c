/* statistics_annual.c - the year on one A4 page, for the internal auditor: what the Council decided to do, how often it came to
 * something, how long people waited, and what proves it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "paper.h"
#include "paper_html.h"

/* So many rules have room on the page; the others share a line. */
#define RULES_MOST 20
#define NAME_MOST 32
#define WORDS_MOST 90

static const char style[] =
	"body{font:1rem/1.4 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:48rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}"
	"h1{font-size:1.4rem;line-height:1.2;margin:0}h2{font-size:1.1rem;margin:.9rem 0 .2rem;border-bottom:1px solid}p{margin:.3rem 0}"
	"table{border-collapse:collapse;width:100%}tbody th{overflow-wrap:anywhere}.facts th{width:18rem}.facts th,.facts td{border:0;padding:0 .6rem 0 0}"
	"caption{text-align:left;font-weight:600}"
	"th,td{text-align:left;vertical-align:top;border:1px solid #767676;padding:.05rem .4rem}.number{text-align:right;white-space:nowrap}.scroll{overflow-x:auto;clear:both}"
	".head{font-family:ui-monospace,monospace;font-size:.8rem}.sign{margin-top:1.2rem}"
	"@media screen and (max-width:36rem){.facts th{width:auto}}"
	"@page{size:A4;margin:12mm 14mm}"
	"@media print{body{max-width:none;padding:0;font-size:8pt;line-height:1.25;color:#000;background:#fff}h1{font-size:13pt}h2{font-size:9.5pt;margin:5pt 0 1pt}"
	".head{font-size:7pt}.scroll{overflow:visible}.facts th{width:48mm}.half{float:left;width:50%}.rest{clear:both}.rest tbody th{width:52mm;overflow-wrap:normal}.rest tr{font-size:7.5pt}}";

/* So much of the council's words that a line keeps to its room. */
static const char *shortened(const struct paper *paper, const char *words, size_t most)
{
	const char *clean = harmless_line(paper->arena, bytes_of(words));
	size_t letters = 0;
	for (const char *c = clean; *c != '\0'; c++) {
		if (((unsigned char)*c & 0xc0) != 0x80 && ++letters > most)
			return arena_printf(paper->arena, "%.*s\xe2\x80\xa6", (int)(c - clean), clean);
	}
	return clean;
}

static void add_row(const struct paper *paper, struct markup *markup, const char *name, const struct statistics_rule *rule, const char *median)
{
	const struct fates *fates = &rule->fates;
	const int64_t counts[] = { rule->findings, rule->wrong, fates->held, fates->released, fates->returned, fates->waiting };
	markup_open(markup, "tr", NULL);
	markup_element(markup, "th", shortened(paper, name, NAME_MOST), "scope", "row", NULL);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		paper_number(markup, paper_count(paper, counts[i]));
	paper_number(markup, median);
	markup_close(markup, "tr");
}

/* Where no false alarm is measured for any of them, their number is not nought. */
static struct statistics_rule sum_of(const struct statistics_rule *rules, size_t count)
{
	struct statistics_rule sum = { .wrong = STATISTICS_NONE };
	for (size_t i = 0; i < count; i++) {
		sum.findings += rules[i].findings;
		sum.fates.held += rules[i].fates.held;
		sum.fates.released += rules[i].fates.released;
		sum.fates.returned += rules[i].fates.returned;
		sum.fates.waiting += rules[i].fates.waiting;
		if (rules[i].wrong != STATISTICS_NONE)
			sum.wrong = (sum.wrong == STATISTICS_NONE ? 0 : sum.wrong) + rules[i].wrong;
	}
	return sum;
}

static void add_rules(const struct paper *paper, struct markup *markup)
{
	static const char *const columns[] = { "Rule", "Findings", "False alarms", "Held", "Released", "Returned", "Waiting", "Median time", NULL };
	const struct statistics *statistics = paper->statistics;
	const struct statistics_rule *rules = statistics->plain_rules;
	size_t count = statistics->plain_rule_count, shown = count > RULES_MOST ? RULES_MOST - 1 : count;
	markup_element(markup, "h2", "Rules", NULL);
	if (count == 0) {
		markup_element(markup, "p", "No rule had a finding.", NULL);
		return;
	}
	paper_table(markup, "What became of the findings of each rule; a message held under two counts under both", columns, 1);
	for (size_t i = 0; i < shown; i++)
		add_row(paper, markup, rules[i].rule, &rules[i], paper_median(paper, &rules[i].fates));
	if (shown < count) {
		struct statistics_rule rest = sum_of(rules + shown, count - shown);
		add_row(paper, markup, arena_printf(paper->arena, "%zu other rules", count - shown), &rest,
			rest.fates.held == 0 ? "none held" : "in the full report"); /* medians do not add up to one */
	}
	paper_table_end(markup);
}

/* By quarter alone: the page has room for at most a dozen, the years they lie in are in their names. */
static const char *by_quarter(const struct paper *paper, const struct statistics_exception *list, size_t count)
{
	struct text out = TEXT_INIT;
	size_t quarters = 0;
	for (size_t i = 0; i < count;) {
		int64_t sum = 0;
		size_t first = i;
		for (; i < count && list[i].year == list[first].year && list[i].quarter == list[first].quarter; i++)
			sum += list[i].count;
		if (quarters++ < 12)
			text_printf(&out, "%s%s: %s", out.length == 0 ? "" : "; ", paper_quarter(paper, &list[first]), paper_count(paper, sum));
	}
	if (quarters > 12)
		text_printf(&out, "; and %zu more quarters", quarters - 12);
	const char *words = quarters == 0 ? "none" : arena_string_of(paper->arena, text_bytes(&out));
	text_release(&out);
	return words;
}

static void add_exceptions(const struct paper *paper, struct markup *markup)
{
	const struct statistics *statistics = paper->statistics;
	const struct paper_fact facts[] = {
		{ "Kept a rule from applying", by_quarter(paper, statistics->exceptions, statistics->exception_count), PAPER_NO_NUMBER },
		{ "Chosen by a reviewer for a release", by_quarter(paper, statistics->reasons, statistics->reason_count), PAPER_NO_NUMBER },
		{ NULL, NULL, 0 },
	};
	paper_facts(markup, "Exceptions, by quarter", facts);
}

static void add_facts(const struct paper *paper, struct markup *markup, const char *heading, const struct paper_fact *facts)
{
	size_t count = 0;
	while (facts[count].label != NULL)
		count++;
	struct paper_fact *brief = arena_array(paper->arena, count + 1, sizeof *brief);
	for (size_t i = 0; i < count; i++)
		brief[i] = (struct paper_fact){ facts[i].label, shortened(paper, facts[i].value, WORDS_MOST), facts[i].number };
	paper_facts(markup, heading, brief);
}

struct bytes paper_as_annual(const struct paper *paper)
{
	struct markup markup = MARKUP_INIT(paper->arena);
	const char *council = shortened(paper, paper->options->council_name == NULL ? "the Council" : paper->options->council_name, WORDS_MOST);
	paper_begin(paper, &markup, arena_printf(paper->arena, "Annual summary for the internal auditor: %s", council), style);
	const char *made = clock_format_local(paper->arena, paper->options->now);
	markup_element(&markup, "p", arena_printf(paper->arena, "%s. Made on %s.", paper_period(paper), made), NULL);
	markup_open(&markup, "div", "class", "half", NULL);
	add_facts(paper, &markup, "Mail", paper_mail(paper));
	markup_close(&markup, "div");
	markup_open(&markup, "div", "class", "half", NULL);
	add_facts(paper, &markup, "Held messages", paper_holds(paper));
	markup_close(&markup, "div");
	markup_open(&markup, "div", "class", "rest", NULL);
	add_rules(paper, &markup);
	markup_close(&markup, "div");
	add_exceptions(paper, &markup);
	add_facts(paper, &markup, "What could not be seen", paper_blind(paper));
	add_facts(paper, &markup, "Evidence", paper_evidence(paper));
	markup_element(&markup, "p", paper_note, NULL);
	markup_element(&markup, "p", paper_head(paper), "class", "head", NULL);
	markup_element(&markup, "p", "Seen by the internal auditor: ______________________________   Date: ____________________", "class", "sign", NULL);
	return paper_end(&markup);
}
