// From the desk to a decision and what becomes of it: in mailboxes and in the store. Every path with scripts and without, on both widths.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { closeBrowser, openBrowser, readable } from './support.mjs';
import { CLERK, DEPUTY, ELLERY, GAZETTE, KHAN, LOWE, MOSS, OAKFIELD, WEBB, binding, comeIn as arriveAs, decide, decideForm, fourWays, giveReason, helen, marked, nia,
	press, raise, ruth, states, step, subjectOf, tend } from './scene.mjs';

let lab;
before(async () => {
	await openBrowser();
	lab = await raise({ people: [ruth, nia, helen] });
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const comeIn = (person, way) => arriveAs(lab, person, way);
const path = (name, lettersFor, ...steps) => fourWays(name, () => lab, lettersFor, ...steps);

const csrfOf = (visitor) => visitor.page.locator('[name="csrf"]').first().inputValue();
const mailsOf = async (address, subject) => (await lab.mailbox(address)).filter((mail) => mail.raw.includes(`\nSubject: ${subject}\n`));
const journal = async (reference) => (await lab.do('rows', { sql: 'SELECT what, by, detail FROM journal WHERE id = ? ORDER BY number', values: [reference] }));
const onDesk = (visitor, reference) => visitor.page.locator(`main a[href="/message/${reference}"]`);

// One reviewer decides, and that is all of the walk.
const decided = (deed, words) => async ({ way, reference }) => {
	const visitor = await comeIn(ruth, way);
	await decide(visitor, reference, deed, words);
	await visitor.leave();
};
const became = (wanted) => async ({ reference }) => assert.deepEqual(await states(lab, reference), wanted);

path('understood and decided', (tag) => marked(`pavilion ${tag}`), {
	what: 'desk, message, text, release',
	async walk({ way, letters: [letter], reference }) {
		const visitor = await comeIn(ruth, way);
		const { page } = visitor;
		const entry = page.locator('li.entry').filter({ has: page.locator(`a[href="/message/${reference}"]`) });
		for (const words of [/Waiting/, /Dev Patel/, /Carl Moss/, /Ivy Webb/, /Councillor-Officer Protocol/, /outside the Council/])
			assert.match(await entry.innerText(), words);
		await visitor.press(onDesk(visitor, reference));
		assert.match(await visitor.text(), /words withheld: the message is marked/, 'confidential words do not stand on the page');
		assert.doesNotMatch(await visitor.text(), /the statement is below/, 'the text is a step of its own');
		await page.locator('form[action$="/content"] [name="reason"]').fill('To see what the statement is.');
		await visitor.press(page.locator('form[action$="/content"] button'));
		assert.match(await visitor.text(), /In confidence, because it names a member of staff: the statement is below/);
		assert.match(await page.locator('mark').first().innerText(), /confiden/i);
		await visitor.press(page.locator('a', { hasText: 'Back to the message' }).first());
		await giveReason(decideForm(page), 'She wrote the statement herself.');
		await press(visitor, decideForm(page), 'release');
		assert.match(page.url(), new RegExp(`/message/${reference}`));
		assert.match(await visitor.text(), /recorded/);
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'held' }, 'there is time to undo');
		assert.equal((await mailsOf(WEBB, subjectOf(letter))).length, 0);
		await visitor.leave();
	},
	async then({ letters: [letter], reference }) {
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
		const mails = await mailsOf(WEBB, subjectOf(letter));
		assert.equal(mails.length, 1);
		assert.ok(mails[0].raw.endsWith(letter.raw), 'as it was written, under a trace');
		const what = (await journal(reference)).map(([deed]) => deed);
		for (const deed of ['held', 'viewed', 'content viewed', 'released'])
			assert.ok(what.includes(deed), `${deed} in the journal: ${what}`);
	},
});

path('returned to the sender', (tag) => marked(`returned ${tag}`), {
	what: 'return with a reason',
	walk: decided('return', { reason: 'Please ask the Monitoring Officer first.' }),
	async then({ letters: [letter], reference }) {
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'returned' });
		const notices = (await lab.do('rows', { sql: "SELECT octets FROM outbox WHERE kind = 'returned' AND message = ?", values: [reference] })).map(([raw]) => readable(raw.replace(/\r/g, '')));
		assert.equal(notices.length, 1);
		assert.match(notices[0], /Please ask the Monitoring\s+Officer first/);
		assert.ok(notices[0].includes(`Subject: ${subjectOf(letter)}\n`), 'the message comes back with it');
		assert.equal((await mailsOf(WEBB, subjectOf(letter))).length, 0);
	},
});

path('undone', (tag) => marked(`undone ${tag}`), {
	what: 'release, then undo',
	async walk({ way, reference }) {
		const visitor = await comeIn(ruth, way);
		await decide(visitor, reference, 'release');
		await step(visitor, 'undo');
		assert.match(await visitor.text(), /undone/i);
		await visitor.leave();
	},
	then: became({ [WEBB]: 'held' }),
}, { what: 'decide otherwise', walk: decided('return'), then: became({ [WEBB]: 'returned' }) });

path('release to some', (tag) => marked(`two of them ${tag}`, { others: [WEBB, ELLERY] }), {
	what: 'to one of two', walk: decided('release', { only: [ELLERY] }), then: became({ [WEBB]: 'held', [ELLERY]: 'released' }),
}, {
	what: 'to the other',
	walk: decided('release'),
	async then({ letters: [letter], reference }) {
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released', [ELLERY]: 'released' });
		for (const address of [WEBB, ELLERY])
			assert.equal((await mailsOf(address, subjectOf(letter))).length, 1, address);
	},
});

path('release that opens the copy', (tag) => marked(`made plain ${tag}`, { cc: WEBB, hidden: [LOWE] }), {
	what: 'with the line that makes a hidden copy plain',
	walk: decided('release-open'),
	async then({ letters: [letter] }) {
		const mails = await mailsOf(WEBB, subjectOf(letter));
		assert.equal(mails.length, 1);
		assert.match(mails[0].raw, /CC councillor Frances Lowe/);
	},
});

path('passed to the second reviewer', (tag) => marked(`passed on ${tag}`), {
	what: 'pass',
	walk: decided('pass', { reason: 'I was at that meeting.' }),
	then: became({ [WEBB]: 'held' }),
}, {
	what: 'it left one desk and stands on the other, and is released there',
	async walk({ way, reference }) {
		const visitor = await comeIn(ruth, way);
		assert.equal(await onDesk(visitor, reference).count(), 0);
		assert.match(await visitor.text(), /another reviewer/);
		await visitor.leave();
		const second = await comeIn(helen, way);
		assert.equal(await onDesk(second, reference).count(), 1);
		await decide(second, reference, 'release');
		await second.leave();
	},
	then: became({ [WEBB]: 'released' }),
});

path('two persons', (tag) => binding(`Car park ${tag}`), {
	what: 'the one who decided cannot confirm',
	async walk({ way, reference }) {
		const visitor = await comeIn(ruth, way);
		await visitor.open(`/message/${reference}`);
		assert.match(await visitor.page.locator('mark').first().innerText(), /we accept your quotation/, 'the matched words are marked');
		await decide(visitor, reference, 'release');
		assert.match(await visitor.text(), /second person/);
		assert.equal(await visitor.page.locator('form[action$="/confirm"]').count(), 0);
		await visitor.leave();
	},
	then: became({ [OAKFIELD]: 'held' }), // one person is not two
}, {
	what: 'another can',
	async walk({ way, reference }) {
		const first = await comeIn(ruth, way);
		const [[number]] = await lab.do('rows', { sql: 'SELECT max(number) FROM decision WHERE message = ?', values: [reference] });
		const forced = await first.context.request.post(`/message/${reference}/confirm`, { form: { csrf: await csrfOf(first), decision: String(number) } });
		assert.ok(forced.status() >= 400, `confirmed by the same person: ${forced.status()}`);
		await first.leave();
		const other = await comeIn(nia, way);
		await other.open(`/message/${reference}`);
		await step(other, 'confirm');
		await other.leave();
	},
	async then({ letters: [letter], reference }) {
		assert.deepEqual(await states(lab, reference), { [OAKFIELD]: 'released' });
		assert.equal((await mailsOf(OAKFIELD, subjectOf(letter))).length, 1);
	},
});

path('too late', (tag) => marked(`twice ${tag}`), {
	what: 'a second click, and a page that grew old, show who did what and when',
	async walk({ way, reference }) {
		const visitor = await comeIn(ruth, way);
		const other = await comeIn(nia, way);
		await other.open(`/message/${reference}`);
		const second = { csrf: await csrfOf(visitor), deed: 'release', recipients: WEBB, reason: 'other', note: 'She has a right to see it.', only_if: 'held' };
		await decide(visitor, reference, 'release');
		const again = await visitor.context.request.post(`/message/${reference}/decide`, { form: second });
		assert.equal(again.status(), 200, 'the same once more is no trouble');
		assert.match(await again.text(), /Ruth Ames/);
		await giveReason(decideForm(other.page), 'It names nobody.');
		await press(other, decideForm(other.page), 'return');
		assert.match(await other.text(), /Ruth Ames|ruth/, 'who was first');
		await visitor.open(`/message/${reference}`);
		assert.match(await visitor.text(), /Ruth Ames|ruth/);
		await visitor.leave();
		await other.leave();
	},
	async then({ letters: [letter], reference }) {
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
		assert.equal((await mailsOf(WEBB, subjectOf(letter))).length, 1, 'delivered once');
	},
});

path('two reviewers at the same moment', (tag) => [marked(`at once 1 ${tag}`), marked(`at once 2 ${tag}`)], {
	what: 'one decision, and both are told whose',
	async walk({ way, references }) {
		const visitors = [await comeIn(ruth, way), await comeIn(nia, way)];
		const both = (what) => Promise.all(visitors.map(what));
		for (const [n, reference] of references.entries()) {
			const deeds = n % 2 ? ['release', 'return'] : ['release', 'release'];
			await both((visitor) => visitor.open(`/message/${reference}`));
			await both((visitor) => giveReason(decideForm(visitor.page), 'At the same moment.'));
			await both((visitor, index) => press(visitor, decideForm(visitor.page), deeds[index]));
			const made = await lab.do('rows', { sql: "SELECT count(*) FROM decision WHERE message = ? AND state NOT IN ('undone', 'failed')", values: [reference] });
			assert.deepEqual(made, [[1]], `${n}: one decision`);
			for (const visitor of visitors)
				assert.match(await visitor.text(), /decided|Ruth Ames|Nia Rees/);
		}
		await both((visitor) => visitor.leave());
	},
	async then({ letters, references }) {
		for (const [n, reference] of references.entries()) {
			const state = (await states(lab, reference))[WEBB];
			assert.equal((await mailsOf(WEBB, subjectOf(letters[n]))).length, state === 'released' ? 1 : 0);
		}
	},
});

path('nobody decides on their own mail', (tag) => [
	marked(`the clerk herself ${tag}`, { from: CLERK, name: 'Ruth Ames', cc: `${WEBB}, ${DEPUTY}`, hidden: [DEPUTY] }),
	marked(`the clerk alone ${tag}`, { from: CLERK, name: 'Ruth Ames' }),
], {
	what: 'the clerk\'s goes to the deputy, and to the second reviewer where the deputy has a copy',
	async walk({ way, references: [reference, alone] }) {
		const visitor = await comeIn(ruth, way);
		assert.equal(await onDesk(visitor, reference).count(), 0);
		assert.equal(await onDesk(visitor, alone).count(), 0);
		assert.match(await visitor.text(), /another reviewer/);
		const answer = await visitor.open(`/message/${reference}`);
		assert.equal(answer.status(), 403);
		assert.doesNotMatch(await visitor.text(), /Webb|clerk herself/);
		const csrf = await csrfOf(visitor);
		for (const [deed, form] of [['decide', { deed: 'release', reason: 'other', note: 'x' }], ['content', { reason: 'x' }]]) {
			const forced = await visitor.context.request.post(`/message/${reference}/${deed}`, { form: { csrf, ...form } });
			assert.equal(forced.status(), 403, deed);
		}
		await visitor.leave();
		const deputy = await comeIn(nia, way);
		assert.equal(await onDesk(deputy, reference).count(), 0, 'the deputy had a copy');
		assert.equal(await onDesk(deputy, alone).count(), 1, 'a first reviewer who had no part in it');
		await deputy.leave();
		const second = await comeIn(helen, way);
		assert.equal(await onDesk(second, reference).count(), 1);
		await decide(second, reference, 'release');
		await second.leave();
	},
	then: became({ [WEBB]: 'released' }),
});

path('several at once', (tag) => [0, 1, 2, 3].map((n) => marked(`bulk ${n} ${tag}`)), {
	what: 'a fixed selection, counted before anything is done',
	async walk({ way, references }) {
		const visitor = await comeIn(ruth, way);
		const { page } = visitor;
		for (const reference of references.slice(0, 3))
			await page.locator(`input[name="ids"][value="${reference}"]`).check();
		await visitor.press(page.getByRole('button', { name: 'Decide on those chosen' }));
		assert.match(await visitor.text(), /3 messages/);
		assert.match(await visitor.text(), /Nothing is done yet/);
		await page.locator('form#bulk [name="reason"]').fill('All three went to the same hearing.');
		await visitor.press(page.locator('form#bulk button[value="release"]'));
		assert.match(await visitor.text(), /3 messages are decided/);
		const forced = await visitor.context.request.post('/bulk/decide',
			{ form: { csrf: await csrfOf(visitor), ids: references[3], deed: 'release', reason: 'x', count: '2' } });
		assert.ok(forced.status() >= 400, 'a count that is not the selection\'s');
		await visitor.leave();
	},
	async then({ references }) {
		for (const [n, reference] of references.entries())
			assert.deepEqual(await states(lab, reference), { [WEBB]: n < 3 ? 'released' : 'held' });
	},
});

path('a false alarm', (tag) => marked(`not so ${tag}`), {
	what: 'a wrong match is marked, counted as one, and the mark taken back',
	async walk({ way, reference }) {
		const visitor = await comeIn(ruth, way);
		const { page } = visitor;
		const wrongInAll = async () => {
			await visitor.open('/statistics');
			return Number(await page.locator('dt', { hasText: 'Wrong matches marked by reviewers' }).locator('xpath=following-sibling::dd[1]').innerText());
		};
		const mark = async (judged) => {
			await visitor.open(`/message/${reference}`);
			await page.locator('summary', { hasText: 'Was this match right?' }).first().click();
			const form = page.locator('form[action$="/mark"]').first();
			await form.locator('[name="reason"]').fill('It is a quotation from the policy.');
			await visitor.press(form.locator(`button[value="${judged}"]`));
		};
		const before = await wrongInAll();
		await mark('wrong');
		assert.match(await visitor.text(), /mark on the finding is recorded/);
		assert.match(await visitor.text(), /wrong match/i);
		assert.equal(await wrongInAll(), before + 1);
		await mark('right');
		assert.equal(await wrongInAll(), before);
		await visitor.leave();
	},
});

path('a legal hold', (tag) => marked(`kept ${tag}`), {
	what: 'set, seen by the next reviewer, and lifted',
	async walk({ way, reference }) {
		const visitor = await comeIn(ruth, way);
		const change = async (somebody, button, reason) => {
			await somebody.open(`/message/${reference}`);
			await somebody.page.locator('summary', { hasText: button }).click();
			const form = somebody.page.locator('form#legal-hold');
			await form.locator('[name="reason"]').fill(reason);
			await somebody.press(form.locator('button'));
		};
		await change(visitor, 'Set a legal hold', `Request 26/7 ${way.view}`);
		assert.match(await visitor.text(), /decision on the legal hold is recorded/);
		await visitor.leave();
		const other = await comeIn(nia, way);
		await other.open(`/message/${reference}`);
		assert.match(await other.text(), new RegExp(`not deleted while the legal hold stands, set by .*: .*Request 26/7 ${way.view}`));
		assert.deepEqual(await lab.do('rows', { sql: 'SELECT count(*) FROM legal_hold WHERE what = ? AND lifted_at IS NULL', values: [reference] }), [[1]]);
		await change(other, 'Lift the legal hold', 'It was answered.');
		assert.doesNotMatch(await other.text(), /while the legal hold stands/);
		assert.equal(await other.page.locator('summary', { hasText: 'Set a legal hold' }).count(), 1, 'it can be set again');
		await other.leave();
		const lines = (await journal(reference)).filter(([what]) => /legal.hold/.test(what));
		assert.deepEqual(lines.map(([, by]) => by), [CLERK, DEPUTY]);
	},
});

it('nothing was lost, and the journal holds together', async () => {
	await lab.copyhold('journal', 'verify');
	const [[doubtful]] = await lab.do('rows', { sql: "SELECT count(*) FROM recipient WHERE state IN ('releasing', 'in-doubt')" });
	assert.equal(doubtful, 0);
	assert.equal((await lab.mailbox(KHAN)).every((mail) => /Auto-Submitted/i.test(mail.raw)), true);
	assert.ok((await lab.mailbox(MOSS)).length > 0);
	assert.equal((await lab.mailbox(GAZETTE)).length, 0);
});
