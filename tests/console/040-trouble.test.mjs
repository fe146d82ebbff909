// When something does not work: the person is told what happened and what to do, and no message is lost or sent twice.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Visitor, closeBrowser, openBrowser } from './support.mjs';
import { WEBB, decide, decideForm, giveReason, helen, marked, nia, post, press, raise, referenceOf, ruth, states, tend } from './scene.mjs';

let lab;
let visitor;
before(async () => {
	await openBrowser();
	lab = await raise({ people: [ruth, nia, helen] });
	visitor = await Visitor.arrive(lab);
	await visitor.logIn(ruth);
});
after(async () => {
	await visitor?.leave();
	await closeBrowser();
	await lab?.stop();
});
afterEach(() => lab.do('release', { says: 'pass' }));

async function held(subject) {
	await post(lab, marked(subject));
	return referenceOf(lab, `CONFIDENTIAL: ${subject}`);
}

const delivered = async (subject) => (await lab.mailbox(WEBB)).filter((mail) => mail.raw.includes(`\nSubject: CONFIDENTIAL: ${subject}\n`)).length;

// Nothing technical on a page that tells of trouble.
async function isClear(page = visitor) {
	assert.equal(await page.page.locator('h1').count(), 1);
	assert.doesNotMatch(await page.text(), /sqlite|errno|null|undefined|\bjson\b|stack|0x[0-9a-f]+/i);
	await page.look('trouble');
}

describe('the release service', () => {
	for (const [says, words] of [['4xx', /451|again/i], ['5xx', /550|No such person/i], ['hang', /again|answer/i]])
		it(`says ${says}: the message stays, the reply is shown, and later it goes out once`, async () => {
			const subject = `release ${says}`;
			const reference = await held(subject);
			await lab.do('release', { says });
			await decide(visitor, reference, 'release');
			await lab.do('copyhold', { words: ['queue', 'tend', '--at', new Date(Date.now() + 600e3).toISOString().replace(/\.\d+/, '')] });
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'held' });
			assert.equal(await delivered(subject), 0);
			await visitor.open(`/message/${reference}`);
			assert.match(await visitor.text(), words);
			assert.doesNotMatch(await visitor.text(), /Copy sent on/);
			await isClear();
			await lab.do('release', { says: 'pass' });
			if (await decideForm(visitor.page).locator('button[value="release"]').count() > 0)
				await decide(visitor, reference, 'release');
			await tend(lab, 24 * 60);
			await lab.do('settle');
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'released' });
			assert.equal(await delivered(subject), 1);
		});

	it('loses its last answer: in doubt, and a person\'s to decide', async () => {
		const reference = await held('lost answer');
		await lab.do('release', { says: 'lost' });
		await decide(visitor, reference, 'release');
		await lab.do('copyhold', { words: ['queue', 'tend', '--at', new Date(Date.now() + 600e3).toISOString().replace(/\.\d+/, '')] });
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'in-doubt' });
		await visitor.open(`/message/${reference}`);
		assert.match(await visitor.text(), /doubt|lost|not known/i);
		await lab.do('release', { says: 'pass' });
		await lab.do('clock', { ahead: 11 * 60 }); // later than the doubt: only who knows of it may send again
		await decide(visitor, reference, 'release');
		await lab.do('clock', { ahead: 0 });
		await tend(lab, 60);
		await lab.do('settle');
		assert.equal(await delivered('lost answer'), 1);
	});
});

describe('the store', () => {
	it('is locked: the page says so, what was typed is kept, and trying again works', async () => {
		const reference = await held('locked');
		await visitor.open(`/message/${reference}`);
		await giveReason(decideForm(visitor.page), 'Typed before the trouble.');
		await lab.do('lock');
		try {
			visitor.page.setDefaultTimeout(60000);
			await press(visitor, decideForm(visitor.page), 'release');
			assert.match(await visitor.text(), /again/i);
			await isClear();
		} finally {
			await lab.do('unlock');
			visitor.page.setDefaultTimeout(30000);
		}
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'held' });
		await decide(visitor, reference, 'release');
		await tend(lab);
		await lab.do('settle');
		assert.equal(await delivered('locked'), 1);
	});
});

describe('what is not there', () => {
	it('a message that is gone, a page that never was', async () => {
		for (const [path, status] of [['/message/CH-20260101-AAAAAAAA', 404], ['/nothing-here', 404], ['/message/', 404], ['/%00', 404], ['/message/a%2Fb', 404]]) {
			const answer = await visitor.open(path);
			assert.equal(answer.status(), status, path);
			await isClear();
		}
	});

	it('a message that goes while it is looked at', async () => {
		const reference = await held('purged');
		await visitor.open(`/message/${reference}`);
		await giveReason(decideForm(visitor.page), 'x');
		for (const table of ['raw', 'recipient', 'finding', 'exemption'])
			await lab.do('rows', { sql: `DELETE FROM ${table} WHERE message = ?`, values: [reference] });
		await press(visitor, decideForm(visitor.page), 'release');
		await isClear();
		assert.match(await visitor.text(), /no longer|gone|no such|not held|nothing/i);
	});
});

describe('the desk', () => {
	it('is down: the console says so, and goes on when it is back', async () => {
		const reference = await held('desk down');
		await visitor.open(`/message/${reference}`);
		await giveReason(decideForm(visitor.page), 'x');
		await lab.do('service', { name: 'desk', running: false });
		await press(visitor, decideForm(visitor.page), 'release');
		assert.equal(visitor.lastPage.status(), 503);
		await isClear();
		await lab.do('service', { name: 'desk', running: true });
		await visitor.open('/desk'); // sessions end with the desk
		await visitor.logIn(ruth);
		await decide(visitor, reference, 'release');
		await tend(lab);
		await lab.do('settle');
		assert.equal(await delivered('desk down'), 1);
	});

	it('takes a new directory on SIGHUP, and keeps the old one when the new one is bad', async () => {
		await lab.do('spoil', { name: 'people.csv' });
		await lab.do('hang_up', { name: 'desk' });
		await visitor.open('/desk');
		assert.equal(visitor.page.url().endsWith('/desk'), true, 'the desk goes on');
		await visitor.open('/status');
		assert.match(await visitor.text(), /people\.csv|refused/i);
		await isClear();
		await lab.do('mend', { name: 'people.csv' });
		await lab.do('hang_up', { name: 'desk' });
	});
});
