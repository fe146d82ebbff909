// From the mails Copyhold sends into the browser: the clerk's digest, one link away from each message, and a sender's own link. A link
// shows and never acts; it expires, works for whom it was meant, and where it is a deed's, once.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Visitor, WAYS, closeBrowser, letter, openBrowser, readable, wayName } from './support.mjs';
import { CLERK, DEPUTY, ELLERY, GAZETTE, KHAN, LOWE, MOSS, OAKFIELD, RFO, SECOND, WEBB, binding, comeIn, decideForm, fourWays, giveReason, helen, marked, nia,
	post, press, raise, referenceOf, rfc3339, ruth, states, subjectOf, tend } from './scene.mjs';

let lab;
before(async () => {
	await openBrowser();
	// Nothing is passed on by itself here: the next working day may be days ahead.
	lab = await raise({ people: [ruth, nia, helen], settings: { review: '{ undo_minutes = 5; escalate_hours = 0; expire_days = 0; }',
		rules: '( { id = "silent-copy"; action = "hold"; whole_message = true; provided = (); } )' } });
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const own = (mail) => /^Auto-Submitted:/im.test(mail.raw);
const linksIn = (mail) => [...new Set(readable(mail.raw).match(new RegExp(`${lab.address}/link/[A-Za-z0-9_-]+`, 'g')) ?? [])]
	.map((link) => link.slice(lab.address.length));

// The digest of the next working day for each reviewer, as it stands in the outbox.
async function makeDigests() {
	for (let day = 1; day < 12; day++) {
		await lab.copyhold('queue', 'tend', '--at', rfc3339(new Date(Date.now() + day * 86400e3)));
		const rows = await lab.do('rows', { sql: "SELECT recipient, octets FROM outbox WHERE kind = 'digest' ORDER BY number" });
		const mails = new Map(rows.map(([to, octets]) => [to, { to, raw: octets.replace(/\r/g, '') }]).filter(([, mail]) => linksIn(mail).length > 0));
		if (mails.size > 0)
			return mails;
	}
	return assert.fail('no digest on any of the next days');
}

// The notice a sender had about the message of that reference.
async function noticeTo(address, reference) {
	for (let n = 0; n < 300; n++) {
		const mails = (await lab.mailbox(address)).filter((mail) => own(mail) && readable(mail.raw).includes(reference));
		if (mails.length > 0)
			return mails.at(-1);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return assert.fail(`no notice to ${address} about ${reference}`);
}

describe('the digest', () => {
	// Ten messages and what the clerk, who knows them, does with each.
	const TEN = [
		['statement 1', 'release'], ['statement 2', 'return'], ['statement 3', 'release'], ['statement 4', 'pass'], ['two people', 'release', [ELLERY]],
		['statement 6', 'return'], ['with a hidden copy', 'release-open'], ['statement 8', 'release'], ['statement 9', 'return'], ['statement 10', 'release'],
	];

	let digests;
	before(async () => {
		for (const [subject] of TEN)
			await post(lab, marked(subject, subject === 'two people' ? { others: [WEBB, ELLERY] } : subject === 'with a hidden copy' ? { cc: WEBB, hidden: [LOWE] } : {}));
		await post(lab, marked('left alone'));
		digests = await makeDigests();
		assert.deepEqual([...digests.keys()].sort(), [CLERK, DEPUTY], 'the second reviewer has nothing to hear');
	});

	it('a walk from the digest to ten right decisions', async (t) => {
		const references = await Promise.all(TEN.map(([subject]) => referenceOf(lab, `CONFIDENTIAL: ${subject}`)));
		const links = linksIn(digests.get(CLERK));
		assert.equal(links.length, TEN.length + 1, 'a link for each');
		const visitor = await Visitor.arrive(lab);
		const took = [];
		for (const [n, link] of links.entries()) {
			const began = performance.now();
			await visitor.open(link);
			if (/\/login/.test(visitor.page.url()))
				await visitor.fillIn({ login: ruth.login, password: ruth.password });
			const reference = visitor.page.url().split('/message/')[1];
			const index = references.indexOf(reference);
			if (index < 0) {
				assert.equal(reference, await referenceOf(lab, 'CONFIDENTIAL: left alone'), `link ${n} leads to ${visitor.page.url()}`);
				continue;
			}
			const [, deed, only] = TEN[index];
			const form = decideForm(visitor.page);
			if (only)
				for (const box of await form.locator('input[name="recipients"]').all())
					await box.setChecked(only.includes(await box.getAttribute('value')));
			await giveReason(form, `Decided in the walk: ${TEN[index][0]}.`);
			await press(visitor, form, deed);
			assert.match(await visitor.text(), /recorded/);
			took.push((performance.now() - began) / 1000);
		}
		t.diagnostic(`seconds for each decision: ${took.map((seconds) => seconds.toFixed(1)).join(', ')}; all ten: ${took.reduce((a, b) => a + b).toFixed(1)}`);
		assert.ok(Math.max(...took) < 60, 'under a minute each');
		await tend(lab);
		await lab.do('settle');
		const mails = await lab.mailbox(null);
		for (const [index, [subject, deed, only]] of TEN.entries()) {
			const got = (address) => mails.filter((m) => m.to === address && m.raw.includes(`\nSubject: CONFIDENTIAL: ${subject}\n`)).length;
			const state = await states(lab, references[index]);
			const wanted = { release: 'released', 'release-open': 'released', return: 'returned', pass: 'held' }[deed];
			for (const [address, is] of Object.entries(state)) {
				const its = only && !only.includes(address) ? 'held' : wanted;
				assert.equal(is, its, `${subject} for ${address}`);
				assert.equal(got(address), its === 'released' ? 1 : 0, `${subject} in the mailbox of ${address}`);
			}
			assert.equal(got(MOSS), 1, `${subject} for Cllr Moss, once`);
		}
		const plain = mails.find((m) => m.to === WEBB && m.raw.includes('with a hidden copy'));
		assert.match(plain.raw, /CC councillor Frances Lowe/);
		await lab.copyhold('journal', 'verify');
		await visitor.leave();
	});

	for (const way of WAYS)
		it(`a link shows and does not act, asks for a log-in, and fits who it was mailed to: ${wayName(way)}`, async () => {
			const reference = await referenceOf(lab, 'CONFIDENTIAL: left alone');
			const visitor = await Visitor.arrive(lab, way);
			for (const link of linksIn(digests.get(CLERK)).slice(-3)) {
				await visitor.open(link); // as a scanner would, before anybody
				assert.match(visitor.page.url(), /\/login/);
				assert.doesNotMatch(await visitor.text(), /left alone|CH-\d{8}/, 'a stranger learns nothing');
			}
			assert.deepEqual(await states(lab, reference), { [WEBB]: 'held' });
			await visitor.fillIn({ login: ruth.login, password: ruth.password });
			assert.match(visitor.page.url(), /\/message\/CH-/, 'after the log-in, the message');
			const [link] = linksIn(digests.get(DEPUTY)); // mailed to another reviewer
			await visitor.open(link);
			assert.doesNotMatch(visitor.page.url(), /\/message\//);
			for (const bad of [link.slice(0, -3), link.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), `${link}A`, '/link/', '/link/%00', `/link/${'A'.repeat(600)}`]) {
				const answer = await visitor.open(bad);
				assert.ok(answer.status() >= 400, `${bad}: ${answer.status()}`);
			}
			await visitor.leave();
		});

	it('an expired link says so, and leads nowhere', async () => {
		const mail = digests.get(CLERK);
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(ruth);
		await lab.do('clock', { ahead: 20 * 86400 });
		try {
			await visitor.logIn(ruth);
			await visitor.open(linksIn(mail)[0]);
			assert.match(await visitor.text(), /expired|no longer|too old/i);
			assert.doesNotMatch(visitor.page.url(), /\/message\//);
			await visitor.look('expired-link');
		} finally {
			await lab.do('clock', { ahead: 0 });
		}
		await visitor.leave();
	});

	it('a session ends by itself: idle, and after the set hours', async () => {
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(ruth);
		await visitor.open('/desk');
		assert.match(visitor.page.url(), /\/desk$/);
		try {
			await lab.do('clock', { ahead: 31 * 60 });
			await visitor.open('/desk');
			assert.match(visitor.page.url(), /\/login/, 'idle for half an hour');
			await visitor.fillIn({ login: ruth.login, password: ruth.password });
			for (let minutes = 31; minutes < 31 + 10 * 60; minutes += 25) {
				await lab.do('clock', { ahead: minutes * 60 });
				await visitor.open('/status');
				assert.match(visitor.page.url(), /\/status$/, `in use, ${minutes - 31} minutes after the log-in`);
			}
			await lab.do('clock', { ahead: (31 + 10 * 60 + 1) * 60 });
			await visitor.open('/status');
			assert.match(visitor.page.url(), /\/login/, 'ten hours after the log-in');
		} finally {
			await lab.do('clock', { ahead: 0 });
		}
		await visitor.leave();
	});
});

// ---- a sender's own link

const path = (name, lettersFor, ...steps) => fourWays(name, () => lab, lettersFor, ...steps);

// An officer writes to one councillor, and to another unseen: held whole until the copy is plain, or taken away.
const silent = (subject) => ({ sender: RFO, rcpt: [MOSS, LOWE], raw: letter({ from: `Dev Patel <${RFO}>`, to: MOSS, subject,
	body: 'Dear Carl,\n\nThe Council meets on the 9th.\n\nDev Patel\nResponsible Financial Officer\n' }) });

// The link in the notice its sender had, followed with a browser that knows nobody.
async function follow(one) {
	one.links ??= linksIn(await noticeTo(one.letters[0].sender, one.reference));
	assert.equal(one.links.length, 1, 'one link in the notice');
	const visitor = await Visitor.arrive(lab, one.way);
	await visitor.open(one.links[0]);
	return visitor;
}

const ownForm = (visitor) => visitor.page.locator('form#own');

async function act(visitor, deed, text) {
	if (text !== undefined)
		await ownForm(visitor).locator('[name="text"]').fill(text);
	await visitor.press(ownForm(visitor).locator(`button[value="${deed}"]`));
}

// The whole of a walk: look, do it, read what was said.
const does = (deed, says, text) => async (one) => {
	const visitor = await follow(one);
	const before = await states(lab, one.reference);
	for (let n = 0; n < 2; n++) {
		await visitor.page.reload();
		assert.deepEqual(await states(lab, one.reference), before, 'looking does nothing');
	}
	await visitor.look(`own-link-${deed}`);
	await act(visitor, deed, text);
	assert.match(await visitor.text(), says);
	await visitor.look(`own-link-${deed}-done`);
	await visitor.leave();
};

const usedUp = {
	what: 'once',
	async walk(one) {
		const visitor = await follow(one);
		assert.match(await visitor.text(), /used|already/i);
		assert.equal(await ownForm(visitor).count(), 0);
		await visitor.look('own-link-used');
		await visitor.leave();
	},
};

const copiesOf = async (address, subject) => (await lab.mailbox(address)).filter((mail) => mail.raw.includes(`\nSubject: ${subject}\n`) && !own(mail));

path('a sender\'s own link: withdraw', (tag) => binding(`withdrawn ${tag}`), {
	what: 'looked at often, done once',
	walk: does('withdraw', /comes back to you/),
	then: async ({ reference }) => assert.deepEqual(await states(lab, reference), { [OAKFIELD]: 'returned' }),
}, usedUp, {
	what: 'when the message is no longer kept',
	async walk(one) {
		await lab.do('rows', { sql: 'UPDATE message SET disposed = 1 WHERE id = ?', values: [one.reference] });
		const visitor = await follow(one);
		assert.equal(visitor.lastPage.status(), 404);
		assert.match(await visitor.text(), /no longer kept/);
		await visitor.look('own-link-gone');
		await visitor.leave();
	},
});

path('a sender\'s own link: make the copy plain', (tag) => silent(`made plain ${tag}`), {
	what: 'the message goes on with the line',
	walk: does('open-copy', /with the line that makes the copy plain/),
	async then({ letters: [sent], reference }) {
		assert.deepEqual(await states(lab, reference), { [MOSS]: 'released', [LOWE]: 'released' });
		for (const address of [MOSS, LOWE]) {
			const mails = await copiesOf(address, subjectOf(sent));
			assert.equal(mails.length, 1, address);
			assert.match(mails[0].raw, /CC councillor Frances Lowe/, address);
		}
	},
}, usedUp);

path('a sender\'s own link: drop the hidden copy', (tag) => silent(`dropped ${tag}`), {
	what: 'only those who were written to openly get the message',
	walk: does('drop-hidden', /hidden copy is not sent/),
	async then({ letters: [sent], reference }) {
		assert.deepEqual(await states(lab, reference), { [MOSS]: 'released', [LOWE]: 'returned' });
		const [mail, ...more] = await copiesOf(MOSS, subjectOf(sent));
		assert.ok(mail.raw.endsWith(sent.raw), 'as it was written');
		assert.deepEqual([more, await copiesOf(LOWE, subjectOf(sent))], [[], []]);
	},
}, usedUp);

path('a sender\'s own link: give a reason', (tag) => binding(`reasoned ${tag}`), {
	what: 'an empty one is asked for again',
	async walk(one) {
		const visitor = await follow(one);
		await act(visitor, 'reason');
		assert.match(await visitor.text(), /the text is empty/);
		await visitor.look('own-link-empty');
		await visitor.leave();
	},
}, {
	what: 'the reviewer reads it',
	walk: does('reason', /a reviewer will read them/, 'It is her own statement; <b>please</b> send it.'),
	async then({ reference, way }) {
		assert.deepEqual(await states(lab, reference), { [OAKFIELD]: 'held' });
		const reviewer = await comeIn(lab, ruth, way);
		await reviewer.open(`/message/${reference}`);
		assert.ok((await reviewer.text()).includes('It is her own statement; <b>please</b> send it.'), 'the reviewer reads the reason');
		await reviewer.leave();
	},
}, usedUp);

path('a sender\'s own link: forged and replayed', (tag) => binding(`replayed ${tag}`), {
	what: 'a replayed form does nothing more, and a forged one nothing at all',
	async walk(one) {
		const visitor = await follow(one);
		const link = new URL(visitor.page.url()).pathname;
		const csrf = await ownForm(visitor).locator('[name="csrf"]').inputValue();
		const forged = await fetch(lab.address + link, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ deed: 'withdraw', text: '' }) });
		assert.equal(forged.status, 403);
		assert.deepEqual(await states(lab, one.reference), { [OAKFIELD]: 'held' });
		await act(visitor, 'reason', 'Please send it.');
		const again = await visitor.context.request.post(link, { form: { csrf, deed: 'withdraw', text: '' } });
		assert.ok(again.status() >= 400, `replayed: ${again.status()}`);
		await visitor.leave();
	},
	then: async ({ reference }) => assert.deepEqual(await states(lab, reference), { [OAKFIELD]: 'held' }),
});

it('notices and digests are short, name the clause and carry no text of the message', async () => {
	for (const mail of (await lab.mailbox(null)).filter(own).filter((m) => [RFO, KHAN].includes(m.to)))
		assert.doesNotMatch(readable(mail.raw).split(/^From: /m)[0], /the statement is below/);
	assert.equal((await lab.mailbox(GAZETTE)).length + (await lab.mailbox(SECOND)).filter((m) => !own(m)).length, 0);
	await post(lab, binding('Car park'));
	const notice = await noticeTo(KHAN, await referenceOf(lab, 'Car park'));
	assert.match(readable(notice.raw), /Protocol/);
	await tend(lab);
	assert.deepEqual(await states(lab, await referenceOf(lab, 'Car park')), { [OAKFIELD]: 'held' });
});
