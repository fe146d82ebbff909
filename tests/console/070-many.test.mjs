// Ten thousand held messages, as after years of neglect: the desk's pages stay quick, and searching and paging stay right.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Visitor, closeBrowser, openBrowser } from './support.mjs';
import { marked, raise, ruth, seed, waitFor } from './scene.mjs';

const HELD = 10000;
const AIM = 200;     // milliseconds for the desk's page, on a quiet machine
const LOOSE = 2000;  // what must hold on a busy one

let lab;
let visitor;
let aheadTook;
let firstTook;
before(async () => {
	await openBrowser();
	lab = await raise({ mail: false, people: [ruth] });
	const start = new Date(Date.now() - 10 * 86400e3);
	const references = await seed(lab, Array.from({ length: 10 }, (_, n) => marked(`number ${n}`)), start);
	for (const reference of references)
		await lab.do('multiply', { reference, count: HELD / 10 - 1 });
	// As after a restart: the desk looks ahead by itself, and whoever comes then does not wait.
	await lab.do('service', { name: 'desk', running: false });
	const started = performance.now();
	await lab.do('service', { name: 'desk', running: true });
	await waitFor('the desk to have looked ahead', async () => (await lab.do('log')).includes(`${HELD} messages wait for a decision`), 90);
	aheadTook = performance.now() - started;
	visitor = await Visitor.arrive(lab);
	const began = performance.now();
	await visitor.logIn(ruth);
	firstTook = performance.now() - began;
});
after(async () => {
	await visitor?.leave();
	await closeBrowser();
	await lab?.stop();
});

async function time(t, name, path) {
	const cookie = (await visitor.context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
	const took = [];
	for (let n = 0; n < 7; n++) {
		const began = performance.now();
		const answer = await fetch(lab.address + path, { headers: { cookie } });
		assert.equal(answer.status, 200, path);
		assert.ok((await answer.text()).length < 1 << 20, `${path}: a page a telephone can take`);
		took.push(performance.now() - began);
	}
	const middle = took.sort((a, b) => a - b)[3];
	t.diagnostic(`${name}: ${middle.toFixed(0)} ms, the middle of ${took.length} (aim ${AIM} ms)`);
	assert.ok(middle < LOOSE, `${name} took ${middle} ms`);
}

it(`the desk with ${HELD} held: first, middle and last page, and a search`, async (t) => {
	await visitor.open('/desk');
	assert.match(await visitor.text(), /10[,. ]?000 messages wait/);
	const pages = Number(/of (\d+)/.exec(await visitor.page.locator('nav[aria-label="Pages of this list"]').innerText())[1]);
	t.diagnostic(`the look ahead after a start: ${(aheadTook / 1000).toFixed(1)} s; the log-in and the first desk then: ${(firstTook / 1000).toFixed(1)} s`);
	await time(t, 'the desk', '/desk');
	await time(t, 'a page in the middle', `/desk?page=${Math.floor(pages / 2)}`);
	await time(t, 'the last page', `/desk?page=${pages}`);
	await time(t, 'a search', '/search?person=webb&state=waiting');
	await time(t, 'statistics', '/statistics');
	await time(t, 'status', '/status');
});

it('every message stands on one page and no other, the oldest first', async () => {
	const seen = new Set();
	let last = '';
	for (let path = '/desk', n = 1; path; n++) {
		await visitor.open(path);
		for (const href of await visitor.page.locator('li.entry h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
			assert.ok(!seen.has(href), `${href} stands twice`);
			seen.add(href);
		}
		const times = await visitor.page.locator('li.entry').evaluateAll((entries) => entries.map((entry) =>
			[...entry.querySelectorAll('dt')].find((dt) => dt.innerText === 'Received').nextElementSibling.querySelector('time').dateTime));
		for (const time of times) {
			assert.ok(time >= last, `${time} after ${last}`);
			last = time;
		}
		const next = visitor.page.locator('nav a', { hasText: 'Next page' });
		path = n < 12 && await next.count() > 0 ? await next.getAttribute('href') : null;
	}
	assert.ok(seen.size > 100);
});

it('a bulk decision on a whole page of them', async () => {
	await visitor.open('/desk');
	const boxes = await visitor.page.locator('input[name="ids"]').all();
	for (const box of boxes)
		await box.check();
	await visitor.press(visitor.page.getByRole('button', { name: 'Decide on those chosen' }));
	assert.match(await visitor.text(), new RegExp(`${boxes.length} messages`));
	await visitor.page.locator('form#bulk [name="reason"]').fill('All of them are from the same round.');
	await visitor.press(visitor.page.locator('form#bulk button[value="return"]'));
	assert.match(await visitor.text(), new RegExp(`${boxes.length} messages are decided`));
});
