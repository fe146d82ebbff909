/* statistics_words.c - the figures of a period in words, the same in every form.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chart.h"
#include "base/clock.h"
#include "paper.h"

const char paper_note[] =
	"Messages belong to the period in which they were received; what became of them is as it stood when this was made. A message held under "
	"two rules counts under both, and once in the totals. A finding is an observation, not a fault. Nobody is named or ranked here.";

const char *paper_title(const struct paper *paper)
{
	const char *council = paper->options->council_name;
	return arena_printf(paper->arena, "Correspondence figures: %s", council == NULL ? "the Council" : council);
}

/* The last instant is not of the period any more, so its day may be the one before. */
const char *paper_period(const struct paper *paper)
{
	int64_t last = paper->statistics->to > paper->statistics->from ? paper->statistics->to - 1 : paper->statistics->to;
	return arena_printf(paper->arena, "%s to %s", clock_format_day(paper->arena, clock_date_of(paper->statistics->from)),
			    clock_format_day(paper->arena, clock_date_of(last)));
}

const char *paper_count(const struct paper *paper, int64_t count)
{
	return chart_number(paper->arena, count == STATISTICS_NONE ? CHART_NOTHING : count);
}

static const char *counted(struct arena *arena, int64_t count, const char *one)
{
	return arena_printf(arena, "%s %s%s", chart_number(arena, count), one, count == 1 ? "" : "s");
}

const char *paper_minutes(const struct paper *paper, int64_t minutes)
{
	struct arena *arena = paper->arena;
	static const struct {
		int64_t from, large, small;
		const char *large_name, *small_name;
	} scales[] = { { 48 * 60, 24 * 60, 60, "day", "hour" }, { 60, 60, 1, "hour", "minute" } };
	if (minutes == STATISTICS_NONE)
		return "none decided yet";
	for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
		if (minutes < scales[i].from)
			continue;
		int64_t small = minutes % scales[i].large / scales[i].small;
		const char *large = counted(arena, minutes / scales[i].large, scales[i].large_name);
		return small == 0 ? large : arena_printf(arena, "%s %s", large, counted(arena, small, scales[i].small_name));
	}
	return counted(arena, minutes, "minute");
}

const char *paper_median(const struct paper *paper, const struct fates *fates)
{
	return fates->held == 0 ? "none held" : paper_minutes(paper, fates->median_minutes);
}

const char *paper_quarter(const struct paper *paper, const struct statistics_exception *exception)
{
	static const char *const quarters[] = { "January to March", "April to June", "July to September", "October to December" };
	return arena_printf(paper->arena, "%s %d", quarters[(exception->quarter + 3) % 4], exception->year);
}

static const char *share(const struct paper *paper)
{
	int64_t share = paper->statistics->share_released;
	if (paper->statistics->fates.held == 0)
		return "none held";
	return share == STATISTICS_NONE ? "none decided yet" : arena_printf(paper->arena, "%lld%%", (long long)(share + 5) / 10);
}

static struct paper_fact *fact_list(const struct paper *paper, size_t count)
{
	return arena_array(paper->arena, count + 1, sizeof(struct paper_fact));
}

static struct paper_fact count_fact(const struct paper *paper, const char *label, int64_t count)
{
	return (struct paper_fact){ label, paper_count(paper, count), count };
}

static struct paper_fact word_fact(const char *label, const char *value)
{
	return (struct paper_fact){ label, value, PAPER_NO_NUMBER };
}

const struct paper_fact *paper_mail(const struct paper *paper)
{
	const struct tally *tally = &paper->statistics->tally;
	struct paper_fact *facts = fact_list(paper, 9);
	facts[0] = count_fact(paper, "Messages examined", tally->examined);
	facts[1] = count_fact(paper, "Of these internal", tally->internal);
	facts[2] = count_fact(paper, "Of these outgoing", tally->outgoing);
	facts[3] = count_fact(paper, "Of these incoming", tally->incoming);
	facts[4] = count_fact(paper, "Delivered as they were", tally->delivered);
	facts[5] = count_fact(paper, "Delivered with a line added", tally->annotated);
	facts[6] = count_fact(paper, "Returned at once under a rule", paper->statistics->returned_at_once);
	facts[7] = count_fact(paper, "Asked to try again later", tally->retried);
	facts[8] = count_fact(paper, "Findings", paper->statistics->findings);
	return facts;
}

const struct paper_fact *paper_holds(const struct paper *paper)
{
	const struct fates *fates = &paper->statistics->fates;
	struct paper_fact *facts = fact_list(paper, 8);
	facts[0] = count_fact(paper, "Messages held", fates->held);
	facts[1] = count_fact(paper, "Released", fates->released);
	facts[2] = count_fact(paper, "Returned to the sender", fates->returned);
	facts[3] = count_fact(paper, "Still waiting", fates->waiting);
	facts[4] = count_fact(paper, "Release in doubt", fates->in_doubt);
	facts[5] = word_fact("Share released, of those decided", share(paper));
	facts[6] = word_fact("Median time to a decision", paper_median(paper, fates));
	facts[7] = count_fact(paper, "False alarms marked by reviewers", paper->statistics->wrong);
	return facts;
}

const struct paper_fact *paper_blind(const struct paper *paper)
{
	const struct tally *tally = &paper->statistics->tally;
	struct paper_fact *facts = fact_list(paper, 3);
	facts[0] = tally->examined == 0 ? word_fact("Internal mail seen", "not measured: no mail was examined") : count_fact(paper, "Internal mail seen", tally->internal);
	if (tally->examined > 0 && tally->internal == 0)
		facts[0].value = "none: copies among colleagues cannot be seen here";
	facts[1] = count_fact(paper, "Messages not read in full", tally->unreadable);
	/* One line: the annual summary has room for no more. */
	facts[2] = word_fact("Messages in several envelopes",
			     arena_printf(paper->arena, "%s; hidden copy known in time %s, late %s; not brought together %s",
					  paper_count(paper, tally->split), paper_count(paper, tally->reunited), paper_count(paper, tally->reunited_late),
					  paper_count(paper, tally->not_reunited)));
	return facts;
}

static const char *retention(const struct paper *paper)
{
	const struct retention_runs *runs = &paper->statistics->retention;
	if (runs->count == 0)
		return "none in this period";
	const char *first = clock_format_day(paper->arena, clock_date_of(runs->first));
	if (runs->count == 1)
		return arena_printf(paper->arena, "one, on %s", first);
	return arena_printf(paper->arena, "%s, the first on %s, the last on %s", chart_number(paper->arena, runs->count), first,
			    clock_format_day(paper->arena, clock_date_of(runs->last)));
}

/* A date of the configuration as people write it. */
static const char *day_words(const struct paper *paper, const char *date)
{
	struct error ignored = ERROR_INIT;
	calendar_date day = DATE_NONE;
	bool good = clock_parse_date(date, &day, &ignored);
	error_release(&ignored);
	return good ? clock_format_day(paper->arena, day) : date;
}

static const char *authority(const struct paper *paper)
{
	const struct statistics_options *options = paper->options;
	if (options->authority_minute == NULL)
		return "none recorded in the configuration";
	return options->authority_date == NULL ? arena_printf(paper->arena, "minute %s", options->authority_minute)
					       : arena_printf(paper->arena, "minute %s of %s", options->authority_minute,
							      day_words(paper, options->authority_date));
}

static const char *journal(const struct paper *paper)
{
	if (paper->journal_broken_at != 0)
		return arena_printf(paper->arena, "THE CHAIN IS BROKEN at line %lld", (long long)paper->journal_broken_at);
	return paper->journal_lines == 0 ? "empty so far" : arena_printf(paper->arena, "%s lines, chain whole", chart_number(paper->arena, paper->journal_lines));
}

const struct paper_fact *paper_evidence(const struct paper *paper)
{
	const struct statistics_options *options = paper->options;
	struct paper_fact *facts = fact_list(paper, 5);
	facts[0] = word_fact("Authority", authority(paper));
	facts[1] = word_fact("Mode", options->mode == NULL ? "not known" : options->mode);
	facts[2] = word_fact("Retention runs", retention(paper));
	facts[3] = word_fact("Directory last reviewed", options->directory_reviewed == NULL ? "no date recorded" : day_words(paper, options->directory_reviewed));
	facts[4] = word_fact("Journal", journal(paper));
	return facts;
}

const char *paper_head(const struct paper *paper)
{
	const struct journal_line *head = &paper->statistics->journal;
	return head->number == 0 ? "The journal was empty when this was made."
				 : arena_printf(paper->arena, "Journal line %lld has the hash %s. To verify: copyhold journal verify --report FILE",
						(long long)head->number, head->hash);
}

const char *paper_mark(struct arena *arena, const struct journal_line *head)
{
	return arena_printf(arena, PAPER_MARK "%lld %s", (long long)head->number, head->hash);
}
