// Daemon, command line and console on one store at the same time, under load: every message reaches each of its recipients once, or is
// returned once, or still waits; nobody's decision is lost or done twice; and the journal holds together.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Visitor, closeBrowser, letter, openBrowser } from './support.mjs';
import { CLERK, DEPUTY, ELLERY, MOSS, RFO, WEBB, giveReason, decideForm, marked, nia, press, raise, rfc3339, ruth, waiting } from './scene.mjs';

const LETTERS = 36;
const SECONDS = 45; // at most; it ends when nothing waits

let lab;
before(async () => {
	await openBrowser();
	lab = await raise({ people: [ruth, nia] });
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const subjectOf = (n) => `load ${String(n).padStart(3, '0')}`;
const plain = (n) => ({ sender: RFO, rcpt: [MOSS, WEBB], raw: letter({ from: `Dev Patel <${RFO}>`, to: MOSS, cc: WEBB, subject: subjectOf(n),
	body: 'Dear Carl,\n\nThe Council meets on the 9th.\n\nDev Patel\nResponsible Financial Officer\n' }) });
const ours = (n) => (n % 3 ? marked(subjectOf(n), { others: [WEBB, ELLERY] }) : plain(n));

let sent = 0;
let over = false;
const began = Date.now();
const goOn = () => !over && Date.now() - began < SECONDS * 1000;

async function sends(from, step) {
	for (let n = from; n < LETTERS; n += step) {
		const { raw, sender, rcpt } = ours(n);
		await lab.send(raw, sender, rcpt);
		sent++;
	}
}

// A reviewer at the console: the oldest, or any other, is released or returned.
async function reviews(person, decided) {
	const visitor = await Visitor.arrive(lab);
	await visitor.logIn(person);
	for (let n = 0; goOn(); n++) {
		await visitor.open('/desk');
		const links = await visitor.page.locator('li.entry h3 a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
		if (links.length === 0) {
			await new Promise((resolve) => setTimeout(resolve, 100));
			continue;
		}
		await visitor.open(links[n % links.length]);
		if (await decideForm(visitor.page).count() === 0)
			continue;
		await giveReason(decideForm(visitor.page), 'Under load.');
		await press(visitor, decideForm(visitor.page), n % 4 === 3 ? 'return' : 'release');
		if (/recorded/.test(await visitor.text()))
			decided.count++;
	}
	await visitor.leave();
}

// The administrator's command line: looks, decides, and has done what is due; being put off or too late is no fault.
async function types(decided) {
	for (let n = 0; goOn(); n++) {
		const words = [
			['queue', 'list'], ['queue', 'tend', '--at', rfc3339(new Date(Date.now() + 600e3))], ['report'], ['journal', 'verify'],
		][n % 4];
		const run = await lab.do('copyhold', { words });
		assert.ok([0, 75].includes(run.code), `copyhold ${words.join(' ')}: exit ${run.code}: ${run.stdout}${run.stderr}`);
		const held = await waiting(lab);
		if (n % 4 !== 0 || held.length === 0)
			continue;
		const [reference] = held[held.length - 1];
		const deed = n % 8 ? 'release' : 'return';
		const did = await lab.do('copyhold', { words: ['queue', deed, reference, '--by', [CLERK, DEPUTY][n % 2], '--reason', 'Under load.'] });
		assert.ok([0, 1, 75].includes(did.code), `queue ${deed}: exit ${did.code}: ${did.stdout}${did.stderr}`);
		decided.count += did.code === 0;
	}
}

async function endsWhenNothingWaits() {
	while (goOn()) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		over = sent === LETTERS && (await waiting(lab)).length === 0;
	}
}

it('each message once', { timeout: 170e3 }, async (t) => {
	const console_ = { count: 0 };
	const line = { count: 0 };
	await Promise.all([sends(0, 2), sends(1, 2), reviews(ruth, console_), reviews(nia, console_), types(line), endsWhenNothingWaits()]);
	await lab.copyhold('queue', 'tend', '--at', rfc3339(new Date(Date.now() + 3600e3)));
	await lab.do('settle');
	t.diagnostic(`${sent} messages in ${Math.round((Date.now() - began) / 1000)} s; ${console_.count} decisions at the console, ${line.count} at the command line`);
	assert.equal(sent, LETTERS);
	assert.ok(console_.count > 0 && line.count > 0, 'both had their part');

	const mails = await lab.mailbox(null);
	const became = await lab.do('rows', { sql: 'SELECT raw.octets, address, state FROM recipient LEFT JOIN raw USING (message) WHERE state IS NOT NULL' });
	const stateOf = new Map(became.map(([octets, address, state]) => [`${/^Subject: CONFIDENTIAL: (.*)$/m.exec(octets)?.[1]} ${address}`, state]));
	for (let n = 0; n < LETTERS; n++)
		for (const address of ours(n).rcpt) {
			const got = mails.filter((mail) => mail.to === address && mail.raw.includes(`${subjectOf(n)}\n`)).length;
			const state = stateOf.get(`${subjectOf(n)} ${address}`) ?? 'delivered';
			const wanted = { delivered: 1, released: 1, returned: 0, held: 0 }[state];
			assert.equal(got, wanted, `${subjectOf(n)} for ${address}, ${state}: ${got} copies`);
		}
	assert.deepEqual(await lab.do('rows', { sql: "SELECT message, what FROM (SELECT id AS message, what, count(*) AS times FROM journal WHERE what = 'returned' GROUP BY id) WHERE times > 2" }), []);
	await lab.copyhold('journal', 'verify');
	assert.deepEqual(await lab.do('rows', { sql: 'PRAGMA integrity_check' }), [['ok']]);
});
