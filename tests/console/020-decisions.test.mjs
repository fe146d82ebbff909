// From the desk to a decision and what becomes of it: in mailboxes and in the store, with scripts and without, on both widths.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WAYS, closeBrowser, openBrowser, readable, wayName } from './support.mjs';
import { CLERK, DEPUTY, ELLERY, GAZETTE, KHAN, LOWE, MOSS, OAKFIELD, WEBB, binding, comeIn as arriveAs, decide, decideForm, giveReason, helen, marked, nia, post, press,
	raise, referenceOf, ruth, states, step, tend } from './scene.mjs';

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

// Sends a letter that is held, and gives its reference.
async function held(letter) {
	await post(lab, letter);
	return referenceOf(lab, /^Subject: (.*)$/m.exec(letter.raw)[1]);
}

const csrfOf = (visitor) => visitor.page.locator('[name="csrf"]').first().inputValue();
const mailsOf = async (address, subject) => (await lab.mailbox(address)).filter((mail) => mail.raw.includes(`\nSubject: ${subject}\n`));
const journal = async (reference) => (await lab.do('rows', { sql: 'SELECT what, by, detail FROM journal WHERE id = ? ORDER BY number', values: [reference] }));
const onDesk = (visitor, reference) => visitor.page.locator(`main a[href="/message/${reference}"]`);

for (const way of WAYS)
	describe(wayName(way), () => {
		const tag = `${way.view}${way.scripts ? '' : ' plain'}`;

		it('desk, message, text, release: understood and decided', async () => {
			const subject = `pavilion ${tag}`;
			const letter = marked(subject);
			const reference = await held(letter);
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
			assert.equal((await mailsOf(WEBB, `CONFIDENTIAL: ${subject}`)).length, 0);
			await tend(lab);
			await lab.do('settle');
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
			const mails = await mailsOf(WEBB, `CONFIDENTIAL: ${subject}`);
			assert.equal(mails.length, 1);
			assert.ok(mails[0].raw.endsWith(letter.raw), 'as it was written, under a trace');
			const what = (await journal(reference)).map(([deed]) => deed);
			for (const deed of ['held', 'viewed', 'content viewed', 'released'])
				assert.ok(what.includes(deed), `${deed} in the journal: ${what}`);
			await visitor.leave();
		});

		if (way.scripts === (way.view === 'phone'))
			return;

		it('return: the sender has it back, with the reason', async () => {
			const subject = `returned ${tag}`;
			const reference = await held(marked(subject));
			const visitor = await comeIn(ruth, way);
			await decide(visitor, reference, 'return', { reason: 'Please ask the Monitoring Officer first.' });
			await tend(lab);
			await lab.do('settle');
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'returned' });
			const notices = (await lab.do('rows', { sql: "SELECT octets FROM outbox WHERE kind = 'returned' AND message = ?", values: [reference] })).map(([raw]) => readable(raw.replace(/\r/g, '')));
			assert.equal(notices.length, 1);
			assert.match(notices[0], /Please ask the Monitoring\s+Officer first/);
			assert.ok(notices[0].includes(`Subject: CONFIDENTIAL: ${subject}\n`), 'the message comes back with it');
			assert.equal((await mailsOf(WEBB, `CONFIDENTIAL: ${subject}`)).length, 0);
			await visitor.leave();
		});

		it('undo, and decide otherwise', async () => {
			const reference = await held(marked(`undone ${tag}`));
			const visitor = await comeIn(ruth, way);
			await decide(visitor, reference, 'release');
			await step(visitor, 'undo');
			assert.match(await visitor.text(), /undone/i);
			await tend(lab);
			await lab.do('settle');
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'held' }, 'an undone release releases nothing');
			await decide(visitor, reference, 'return');
			await tend(lab);
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'returned' });
			await visitor.leave();
		});
	});

describe('to whom', () => {
	it('release to some, then to the others', async () => {
		const reference = await held(marked('two of them', { others: [WEBB, ELLERY] }));
		const visitor = await comeIn(ruth);
		await decide(visitor, reference, 'release', { only: [ELLERY] });
		await tend(lab);
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'held', [ELLERY]: 'released' });
		await decide(visitor, reference, 'release');
		await tend(lab);
		await lab.do('settle');
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released', [ELLERY]: 'released' });
		for (const address of [WEBB, ELLERY])
			assert.equal((await mailsOf(address, 'CONFIDENTIAL: two of them')).length, 1, address);
		await visitor.leave();
	});

	it('release with the line that makes a hidden copy plain', async () => {
		const reference = await held(marked('made plain', { cc: WEBB, hidden: [LOWE] }));
		const visitor = await comeIn(ruth);
		await decide(visitor, reference, 'release-open');
		await tend(lab);
		await lab.do('settle');
		const mails = await mailsOf(WEBB, 'CONFIDENTIAL: made plain');
		assert.equal(mails.length, 1);
		assert.match(mails[0].raw, /CC councillor Frances Lowe/);
		await visitor.leave();
	});

	it('pass: it leaves this desk and stands on the second reviewer\'s', async () => {
		const reference = await held(marked('passed on'));
		const visitor = await comeIn(ruth);
		const second = await comeIn(helen);
		await decide(visitor, reference, 'pass', { reason: 'I was at that meeting.' });
		await tend(lab);
		await visitor.open('/desk');
		assert.equal(await onDesk(visitor, reference).count(), 0);
		assert.match(await visitor.text(), /another reviewer/);
		await second.open('/desk');
		assert.equal(await onDesk(second, reference).count(), 1);
		await decide(second, reference, 'release');
		await tend(lab);
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
		await visitor.leave();
		await second.leave();
	});
});

describe('more than one person', () => {
	it('two persons: the one who decided cannot confirm, another can', async () => {
		const reference = await held(binding('Car park'));
		const first = await comeIn(ruth);
		const other = await comeIn(nia);
		await first.open(`/message/${reference}`);
		assert.match(await first.page.locator('mark').first().innerText(), /we accept your quotation/, 'the matched words are marked');
		await decide(first, reference, 'release');
		assert.match(await first.text(), /second person/);
		assert.equal(await first.page.locator('form[action$="/confirm"]').count(), 0);
		await tend(lab);
		assert.deepEqual(await states(lab, reference), { [OAKFIELD]: 'held' }, 'one person is not two');
		const csrf = await first.page.locator('[name="csrf"]').first().inputValue();
		const [[number]] = await lab.do('rows', { sql: 'SELECT max(number) FROM decision WHERE message = ?', values: [reference] });
		const forced = await first.context.request.post(`/message/${reference}/confirm`, { form: { csrf, decision: String(number) } });
		assert.ok(forced.status() >= 400, `confirmed by the same person: ${forced.status()}`);
		await other.open(`/message/${reference}`);
		await step(other, 'confirm');
		await tend(lab);
		await lab.do('settle');
		assert.deepEqual(await states(lab, reference), { [OAKFIELD]: 'released' });
		assert.equal((await mailsOf(OAKFIELD, 'Car park')).length, 1);
		await first.leave();
		await other.leave();
	});

	it('a second click, and a page that grew old, show who did what and when', async () => {
		const reference = await held(marked('twice'));
		const visitor = await comeIn(ruth);
		const other = await comeIn(nia);
		await other.open(`/message/${reference}`);
		const second = { csrf: await csrfOf(visitor), deed: 'release', recipients: WEBB, reason: 'other', note: 'She has a right to see it.', only_if: 'held' };
		await decide(visitor, reference, 'release');
		const again = await visitor.context.request.post(`/message/${reference}/decide`, { form: second });
		assert.equal(again.status(), 200, 'the same once more is no trouble');
		assert.match(await again.text(), /Ruth Ames/);
		await giveReason(decideForm(other.page), 'It names nobody.');
		await press(other, decideForm(other.page), 'return');
		assert.match(await other.text(), /Ruth Ames|ruth/, 'who was first');
		await tend(lab);
		await lab.do('settle');
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
		assert.equal((await mailsOf(WEBB, 'CONFIDENTIAL: twice')).length, 1, 'delivered once');
		await visitor.open(`/message/${reference}`);
		assert.match(await visitor.text(), /Ruth Ames|ruth/);
		await visitor.leave();
		await other.leave();
	});

	it('two reviewers at the same moment: one decision, and both are told whose', async () => {
		const references = [];
		for (let n = 0; n < 6; n++)
			references.push(await held(marked(`at once ${n}`)));
		const visitors = [await comeIn(ruth), await comeIn(nia)];
		for (const [n, reference] of references.entries()) {
			await Promise.all(visitors.map((visitor) => visitor.open(`/message/${reference}`)));
			await Promise.all(visitors.map((visitor) => giveReason(decideForm(visitor.page), 'At the same moment.')));
			const deeds = n % 2 ? ['release', 'return'] : ['release', 'release'];
			await Promise.all(visitors.map((visitor, index) => press(visitor, decideForm(visitor.page), deeds[index])));
			const made = await lab.do('rows', { sql: "SELECT count(*) FROM decision WHERE message = ? AND state NOT IN ('undone', 'failed')", values: [reference] });
			assert.deepEqual(made, [[1]], `${n}: one decision`);
			for (const visitor of visitors)
				assert.match(await visitor.text(), /decided|Ruth Ames|Nia Rees/);
		}
		await tend(lab);
		await lab.do('settle');
		for (const [n, reference] of references.entries()) {
			const state = (await states(lab, reference))[WEBB];
			assert.equal((await mailsOf(WEBB, `CONFIDENTIAL: at once ${n}`)).length, state === 'released' ? 1 : 0);
		}
		for (const visitor of visitors)
			await visitor.leave();
	});

	it('nobody decides on their own mail: the clerk\'s goes to the second reviewer', async () => {
		const letter = marked('the clerk herself', { from: CLERK, name: 'Ruth Ames', cc: `${WEBB}, ${DEPUTY}`, hidden: [DEPUTY] });
		const reference = await held(letter);
		const visitor = await comeIn(ruth);
		assert.equal(await onDesk(visitor, reference).count(), 0);
		assert.match(await visitor.text(), /another reviewer/);
		const answer = await visitor.open(`/message/${reference}`);
		assert.equal(answer.status(), 403);
		assert.doesNotMatch(await visitor.text(), /Webb|clerk herself/);
		const csrf = await visitor.page.locator('[name="csrf"]').first().inputValue();
		for (const [deed, form] of [['decide', { deed: 'release', reason: 'other', note: 'x' }], ['content', { reason: 'x' }]]) {
			const forced = await visitor.context.request.post(`/message/${reference}/${deed}`, { form: { csrf, ...form } });
			assert.equal(forced.status(), 403, deed);
		}
		const second = await comeIn(helen);
		assert.equal(await onDesk(second, reference).count(), 1);
		await decide(second, reference, 'release');
		await tend(lab);
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
		const deputy = await comeIn(nia);
		assert.equal(await onDesk(deputy, reference).count(), 0, 'the deputy had a copy');
		const others = await held(marked('the clerk alone', { from: CLERK, name: 'Ruth Ames' }));
		await visitor.open('/desk');
		assert.equal(await onDesk(visitor, others).count(), 0);
		await deputy.open('/desk');
		assert.equal(await onDesk(deputy, others).count(), 1, 'a first reviewer who had no part in it');
		for (const somebody of [visitor, second, deputy])
			await somebody.leave();
	});
});

describe('several at once', () => {
	it('a fixed selection, counted before anything is done', async () => {
		const references = [];
		for (let n = 0; n < 4; n++)
			references.push(await held(marked(`bulk ${n}`)));
		const visitor = await comeIn(ruth);
		const { page } = visitor;
		for (const reference of references.slice(0, 3))
			await page.locator(`input[name="ids"][value="${reference}"]`).check();
		await visitor.press(page.getByRole('button', { name: 'Decide on those chosen' }));
		assert.match(await visitor.text(), /3 messages/);
		assert.match(await visitor.text(), /Nothing is done yet/);
		await page.locator('form#bulk [name="reason"]').fill('All three went to the same hearing.');
		await visitor.press(page.locator('form#bulk button[value="release"]'));
		assert.match(await visitor.text(), /3 messages are decided/);
		await tend(lab);
		for (const [n, reference] of references.entries())
			assert.deepEqual(await states(lab, reference), { [WEBB]: n < 3 ? 'released' : 'held' });
		const csrf = await page.locator('[name="csrf"]').first().inputValue();
		const forced = await visitor.context.request.post('/bulk/decide', { form: { csrf, ids: references[3], deed: 'release', reason: 'x', count: '2' } });
		assert.ok(forced.status() >= 400, 'a count that is not the selection\'s');
		await tend(lab);
		assert.deepEqual(await states(lab, references[3]), { [WEBB]: 'held' });
		await visitor.leave();
	});

	it('a wrong match is marked, and counted as one', async () => {
		const reference = await held(marked('not so'));
		const visitor = await comeIn(ruth);
		const { page } = visitor;
		await visitor.open(`/message/${reference}`);
		await page.locator('summary', { hasText: 'Was this match right?' }).first().click();
		const form = page.locator('form[action$="/mark"]').first();
		await form.locator('[name="reason"]').fill('It is a quotation from the policy.');
		await visitor.press(form.locator('button[value="wrong"]'));
		assert.match(await visitor.text(), /wrong match/i);
		await visitor.open('/statistics');
		const row = page.locator('tr', { hasText: 'confidential-third-party' }).or(page.locator('tr', { hasText: 'Correspondence, paragraph 3' }));
		assert.ok(await row.count() > 0, 'the rule stands in the figures');
		await visitor.leave();
	});
});

it('nothing was lost, and the journal holds together', async () => {
	await lab.copyhold('journal', 'verify');
	const [[doubtful]] = await lab.do('rows', { sql: "SELECT count(*) FROM recipient WHERE state IN ('releasing', 'in-doubt')" });
	assert.equal(doubtful, 0);
	assert.equal((await lab.mailbox(KHAN)).every((mail) => /Auto-Submitted/i.test(mail.raw)), true);
	assert.ok((await lab.mailbox(MOSS)).length > 0);
	assert.equal((await lab.mailbox(GAZETTE)).length, 0);
});
