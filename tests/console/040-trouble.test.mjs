// When something does not work: the person is told what happened and what to do, and no message is lost or sent twice.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WAYS, closeBrowser, openBrowser, wayName } from './support.mjs';
import { WEBB, comeIn as arriveAs, decide, decideForm, fourWays, giveReason, helen, marked, nia, press, raise, ruth, states, subjectOf } from './scene.mjs';

let lab;
before(async () => {
	await openBrowser();
	lab = await raise({ people: [ruth, nia, helen] });
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const comeIn = (way) => arriveAs(lab, ruth, way);
const path = (name, ...steps) => fourWays(name, () => lab, (tag) => marked(`${name} ${tag}`), ...steps);
const delivered = async ({ letters: [sent] }) => (await lab.mailbox(WEBB)).filter((mail) => mail.raw.includes(`\nSubject: ${subjectOf(sent)}\n`)).length;

// Nothing technical on a page that tells of trouble.
async function isClear(visitor) {
	assert.equal(await visitor.page.locator('h1').count(), 1);
	assert.doesNotMatch(await visitor.text(), /sqlite|errno|null|undefined|\bjson\b|stack|0x[0-9a-f]+/i);
	await visitor.look('trouble');
}

async function releases({ way, reference }) {
	const visitor = await comeIn(way);
	await decide(visitor, reference, 'release');
	await visitor.leave();
}

async function goesOutOnce(one) {
	assert.deepEqual(await states(lab, one.reference), { [WEBB]: 'released' });
	assert.equal(await delivered(one), 1);
}

// What is said of it when the mail server answers, or does not, as it says here.
const saidOf = (words, state) => async (one) => {
	assert.deepEqual(await states(lab, one.reference), { [WEBB]: state });
	assert.equal(await delivered(one), 0);
	const visitor = await comeIn(one.way);
	await visitor.open(`/message/${one.reference}`);
	assert.match(await visitor.text(), words);
	assert.doesNotMatch(await visitor.text(), /Copy sent on/);
	await isClear(visitor);
	await visitor.leave();
};

for (const [says, words] of [['4xx', /451|again/i], ['5xx', /550|No such person/i], ['hang', /again|answer/i]])
	path(`the release service says ${says}`, {
		what: 'the message stays, and the reply is shown', at: 10,
		before: () => lab.do('release', { says }),
		walk: releases,
		then: saidOf(words, 'held'),
		after: () => lab.do('release', { says: 'pass' }),
	}, {
		what: 'later it goes out once', at: 24 * 60,
		async walk(one) {
			const visitor = await comeIn(one.way);
			await visitor.open(`/message/${one.reference}`);
			if (await decideForm(visitor.page).locator('button[value="release"]').count() > 0)
				await decide(visitor, one.reference, 'release');
			await visitor.leave();
		},
		then: goesOutOnce,
	});

path('the release service loses its last answer', {
	what: 'in doubt, and a person\'s to decide',
	before: () => lab.do('release', { says: 'lost' }),
	walk: releases,
	then: saidOf(/doubt|lost|not known/i, 'in-doubt'),
	async after() {
		await lab.do('release', { says: 'pass' });
		await lab.do('clock', { ahead: 11 * 60 }); // later than the doubt: only who knows of it may send again
	},
}, {
	what: 'sent again by who knows of it', at: 60,
	walk: releases,
	then: goesOutOnce,
	after: () => lab.do('clock', { ahead: 0 }),
});

path('the store is locked', {
	what: 'the page says so, and what was typed is kept',
	async before(walks) {
		for (const one of walks) {
			one.visitor = await comeIn(one.way);
			await one.visitor.open(`/message/${one.reference}`);
			await giveReason(decideForm(one.visitor.page), 'Typed before the trouble.');
			one.visitor.page.setDefaultTimeout(90000);
		}
		await lab.do('lock');
		await Promise.all(walks.map(({ visitor }) => press(visitor, decideForm(visitor.page), 'release'))); // each waits for the store
		await lab.do('unlock');
	},
	async walk({ visitor, reference }) {
		visitor.page.setDefaultTimeout(30000);
		assert.match(await visitor.text(), /again/i);
		assert.ok((await visitor.page.content()).includes('Typed before the trouble.'));
		await isClear(visitor);
		assert.deepEqual(await states(lab, reference), { [WEBB]: 'held' });
		await visitor.leave();
	},
}, { what: 'trying again works', walk: releases, then: goesOutOnce });

describe('what is not there', () => {
	for (const way of WAYS)
		it(`a message that is gone, a page that never was: ${wayName(way)}`, async () => {
			const visitor = await comeIn(way);
			for (const [path_, status] of [['/message/CH-20260101-AAAAAAAA', 404], ['/nothing-here', 404], ['/message/', 404], ['/%00', 404], ['/message/a%2Fb', 404]]) {
				const answer = await visitor.open(path_);
				assert.equal(answer.status(), status, path_);
				await isClear(visitor);
			}
			await visitor.leave();
		});
});

path('the message goes while it is looked at', {
	what: 'told so',
	async walk({ way, reference }) {
		const visitor = await comeIn(way);
		await visitor.open(`/message/${reference}`);
		await giveReason(decideForm(visitor.page), 'x');
		for (const table of ['raw', 'recipient', 'finding', 'exemption'])
			await lab.do('rows', { sql: `DELETE FROM ${table} WHERE message = ?`, values: [reference] });
		await press(visitor, decideForm(visitor.page), 'release');
		await isClear(visitor);
		assert.match(await visitor.text(), /no longer|gone|no such|not held|nothing/i);
		await visitor.leave();
	},
});

path('the desk is down', {
	what: 'the console says so',
	async before(walks) {
		for (const one of walks) {
			one.visitor = await comeIn(one.way);
			await one.visitor.open(`/message/${one.reference}`);
			await giveReason(decideForm(one.visitor.page), 'x');
		}
		await lab.do('service', { name: 'desk', running: false });
	},
	async walk({ visitor }) {
		await press(visitor, decideForm(visitor.page), 'release');
		assert.equal(visitor.lastPage.status(), 503);
		await isClear(visitor);
		await visitor.leave();
	},
	after: () => lab.do('service', { name: 'desk', running: true }),
}, { what: 'it goes on when the desk is back', walk: releases, then: goesOutOnce }); // sessions ended with the desk

describe('a bad directory', () => {
	before(async () => {
		await lab.do('spoil', { name: 'people.csv' });
		await lab.do('hang_up', { name: 'desk' });
	});
	after(async () => {
		await lab.do('mend', { name: 'people.csv' });
		await lab.do('hang_up', { name: 'desk' });
	});

	for (const way of WAYS)
		it(`the desk keeps the old one, and says so: ${wayName(way)}`, async () => {
			const visitor = await comeIn(way);
			await visitor.open('/desk');
			assert.equal(visitor.page.url().endsWith('/desk'), true, 'the desk goes on');
			await visitor.open('/status');
			assert.match(await visitor.text(), /people\.csv|refused/i);
			await isClear(visitor);
			await visitor.leave();
		});

	it('a desk that is started has the last good one, and says so', async () => {
		await lab.do('service', { name: 'desk', running: false });
		await lab.do('service', { name: 'desk', running: true });
		const visitor = await comeIn(WAYS[0]);
		await visitor.open('/status');
		assert.match(await visitor.text(), /The list of people cannot be used\. The last good one is in force instead/);
		assert.match(await visitor.text(), /people\.csv\.kept/);
		await isClear(visitor);
		await visitor.leave();
	});
});
