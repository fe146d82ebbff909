// Coming in and going out: what is wrong is told without telling which, guessing is slowed down, nobody stays for ever, and no form
// from elsewhere is believed.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { Visitor, WAYS, closeBrowser, oneTimeCode, openBrowser, wayName } from './support.mjs';
import { PASSWORD, carl, comeIn as arriveAs, helen, marion, marked, nia, omar, raise, ruth, seed } from './scene.mjs';

let lab;
before(async () => {
	await openBrowser();
	lab = await raise({ mail: false });
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

// One request without a browser, which adds what browsers add. Redirections are not followed.
function ask(path, { method = 'GET', cookie, form, headers = {} } = {}) {
	return fetch(lab.address + path, { method, redirect: 'manual', headers: { ...(cookie && { cookie }), ...headers },
		body: form && new URLSearchParams(form) });
}

// What a browser is told that took us for that host (DNS rebinding).
const statusFor = (host) => new Promise((resolve, reject) => {
	get(`${lab.address}/login`, { headers: { host } }, (answer) => {
		answer.resume();
		resolve(answer.statusCode);
	}).on('error', reject);
});

const comeIn = (person, way) => arriveAs(lab, person, way);

const cookieOf = async (visitor) => (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');

describe('logging in', () => {
	for (const way of WAYS)
		it(`takes the right password and no other: ${wayName(way)}`, async () => {
			const visitor = await Visitor.arrive(lab, way);
			await visitor.open('/desk');
			assert.match(visitor.page.url(), /\/login/, 'the desk is not for strangers');
			await visitor.fillIn({ login: 'ruth', password: `${PASSWORD}!` });
			const told = await visitor.text();
			await visitor.open('/login');
			await visitor.fillIn({ login: 'nobody-of-that-name', password: PASSWORD });
			assert.equal(await visitor.text(), told, 'a wrong name and a wrong password are told apart');
			await visitor.open('/desk');
			await visitor.fillIn({ login: 'ruth', password: PASSWORD });
			assert.match(visitor.page.url(), /\/desk$/);
			await visitor.press(visitor.page.getByRole('button', { name: 'Log out' }));
			await visitor.open('/desk');
			assert.match(visitor.page.url(), /\/login/, 'logged out is out');
			await visitor.leave();
		});

	it('leads back to the page that was asked for, and never elsewhere', async () => {
		const visitor = await Visitor.arrive(lab);
		await visitor.open('/search?person=webb');
		await visitor.fillIn({ login: 'ruth', password: PASSWORD });
		assert.match(visitor.page.url(), /\/search\?person=webb$/);
		for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example', 'http:evil.example']) {
			await visitor.context.clearCookies();
			await visitor.open(`/login?to=${encodeURIComponent(to)}`);
			await visitor.fillIn({ login: 'ruth', password: PASSWORD });
			assert.equal(new URL(visitor.page.url()).origin, lab.address, to);
		}
		await visitor.leave();
	});

	it('ends a session when the account changes, and when it is taken away', async () => {
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(nia);
		await lab.do('copyhold', { words: ['user', 'password', '--password-fd', '0', 'nia'], stdin: 'another one, as good as any\n' });
		await visitor.open('/desk');
		assert.match(visitor.page.url(), /\/login/);
		await visitor.logIn({ login: 'nia', password: 'another one, as good as any' });
		assert.match(visitor.page.url(), /\/desk$/);
		await lab.copyhold('user', 'remove', 'nia');
		await visitor.open('/desk');
		assert.match(visitor.page.url(), /\/login/);
		await visitor.leave();
	});
});

describe('roles', () => {
	let reference;
	before(async () => {
		[reference] = await seed(lab, [marked('roles')]);
	});

	// What each may open. What they may not is told with 403, and by the desk, not by leaving out a link.
	const paths = { '/desk': 'ruth helen', '/search?state=all': 'ruth helen', '/search': 'ruth helen', '/export': 'ruth helen', '/journal': 'marion', '/statistics': 'ruth helen marion',
		'/status': 'ruth helen marion omar', '/own': 'carl' };
	for (const person of [ruth, helen, marion, omar, carl])
		it(`${person.role}: sees what the role allows`, async () => {
			const visitor = await comeIn(person);
			const cookie = await cookieOf(visitor);
			const menu = await visitor.page.locator('header nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
			for (const path of Object.keys(paths)) {
				const { status } = await ask(path, { cookie });
				assert.equal(menu.includes(path.split('?')[0]), status === 200, `${path}: the menu and the answer (${status}) differ`);
				assert.equal(status, paths[path].split(' ').includes(person.login) ? 200 : 403, path);
			}
			const opened = await ask(`/message/${reference}`, { cookie });
			assert.equal(opened.status === 200, ['reviewer', 'second-reviewer'].includes(person.role), `message: ${opened.status}`);
			if (opened.status !== 200)
				assert.doesNotMatch(await opened.text(), /pavilion|Webb|statement/i);
			await visitor.leave();
		});

	for (const person of [marion, omar, carl])
		it(`${person.role}: can neither read nor decide, whatever they post`, async () => {
			const visitor = await comeIn(person);
			const cookie = await cookieOf(visitor);
			const csrf = await visitor.page.locator('[name="csrf"]').first().inputValue();
			for (const [deed, form] of [['content', { reason: 'x' }], ['decide', { deed: 'release', reason: 'x' }], ['legal-hold', { on: 'yes', reason: 'x' }]]) {
				const answer = await ask(`/message/${reference}/${deed}`, { method: 'POST', cookie, form: { ...form, csrf } });
				assert.equal(answer.status, 403, deed);
				assert.doesNotMatch(await answer.text(), /names a member of staff/, deed);
			}
			const exported = await ask('/export', { method: 'POST', cookie, form: { person: 'webb', form: 'json', reason: 'x', csrf } });
			assert.equal(exported.status, 403, 'export');
			await visitor.leave();
		});
});

describe('forged forms', () => {
	it('are refused: no token, a wrong one, another one\'s, from another origin', async () => {
		const [reference] = await seed(lab, [marked('forged')]);
		const visitor = await comeIn(ruth);
		const other = await comeIn(helen);
		const cookie = await cookieOf(visitor);
		const csrf = await visitor.page.locator('[name="csrf"]').first().inputValue();
		const theirs = await other.page.locator('[name="csrf"]').first().inputValue();
		const form = { deed: 'release', reason: 'other', note: 'forged' };
		const tries = [
			{ form }, { form: { ...form, csrf: '' } }, { form: { ...form, csrf: csrf.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')) } },
			{ form: { ...form, csrf: theirs } },
			{ form: { ...form, csrf }, headers: { origin: 'https://evil.example' } },
			{ form: { ...form, csrf }, headers: { 'sec-fetch-site': 'cross-site' } },
		];
		for (const words of tries) {
			const answer = await ask(`/message/${reference}/decide`, { method: 'POST', cookie, ...words });
			assert.equal(answer.status, 403, JSON.stringify(words));
		}
		assert.deepEqual(await lab.do('rows', { sql: 'SELECT count(*) FROM decision WHERE message = ?', values: [reference] }), [[0]]);
		await visitor.leave();
		await other.leave();
	});

	it('a GET never acts, and no method but the page\'s own is taken', async () => {
		const [reference] = await seed(lab, [marked('get')]);
		const visitor = await comeIn(ruth);
		const cookie = await cookieOf(visitor);
		const csrf = await visitor.page.locator('[name="csrf"]').first().inputValue();
		for (const path of [`/message/${reference}/decide`, `/message/${reference}/content`, '/bulk/decide', '/logout']) {
			const answer = await ask(`${path}?deed=release&reason=other&note=x&csrf=${csrf}`, { cookie });
			assert.equal(answer.status, 405, path);
			assert.match(answer.headers.get('allow'), /POST/);
		}
		for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
			assert.ok((await ask('/desk', { method, cookie })).status >= 400, method);
		assert.equal((await ask('/desk', { cookie })).status, 200, 'still logged in');
		await visitor.leave();
	});

	it('another site\'s page cannot make the browser act or look', async () => {
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(ruth);
		const [reference] = await seed(lab, [marked('elsewhere')]);
		const elsewhere = lab.address.replace('127.0.0.1', 'localhost'); // another site to the browser, whoever answers
		assert.ok(await statusFor('evil.example') >= 400, 'a foreign Host is not served');
		await visitor.page.setContent(`<form method="post" action="${lab.address}/message/${reference}/decide"><input name="deed" value="release">`
			+ `<input name="reason" value="other"><input name="note" value="x"><button>go</button></form><iframe src="${lab.address}/desk"></iframe><a href="${elsewhere}">x</a>`);
		await visitor.press(visitor.page.locator('button'));
		assert.deepEqual(await lab.do('rows', { sql: 'SELECT count(*) FROM decision WHERE message = ?', values: [reference] }), [[0]]);
		await visitor.context.close();
	});
});

describe('guessing', () => {
	for (const way of WAYS)
		it(`is slowed down for everybody but those who come from where they usually come: ${wayName(way)}`, async () => {
			const known = await comeIn(ruth, way);
			const visitor = await Visitor.arrive(lab, way);
			const guess = async (password) => {
				await visitor.open('/login');
				await visitor.fillIn({ login: 'marion', password });
				return /wait .*(second|minute)/i.test(await visitor.text());
			};
			// The first waits are over before a browser has asked again, and are told in whole seconds: guess on until one is long enough to see.
			let wait = 0;
			for (let attempt = 0; attempt < 20 && wait < 4000; attempt++) {
				const told = await guess(`guess number ${attempt}`);
				if (!told)
					continue;
				assert.equal(visitor.lastPage.status(), 429);
				wait = Number((await visitor.lastPage.allHeaders())['retry-after']) * 1000;
				assert.ok(wait >= 1000, 'for how long');
				if (wait < 4000)
					await new Promise((go) => setTimeout(go, wait));
			}
			assert.ok(wait > 0, 'nobody was told to wait');
			const told = Date.now();
			await guess(PASSWORD);
			if (Date.now() - told < wait - 1000)
				assert.match(visitor.page.url(), /\/login/, 'the right password too has to wait');
			if (visitor.lastPage.status() === 429)
				await visitor.look('too-many-attempts');
			await known.open('/desk');
			assert.match(known.page.url(), /\/desk$/, 'who is in stays in');
			await known.leave();
			await visitor.leave();
		});
});

// The last here: the clock does not go back.
describe('with a one-time code', () => {
	let secret;
	before(async () => {
		const { stdout } = await lab.do('copyhold', { words: ['user', 'totp', 'helen'] });
		secret = /secret=([A-Z2-7]+)/.exec(stdout)[1];
	});

	for (const [n, way] of WAYS.entries())
		it(`asks for it, and takes each once: ${wayName(way)}`, async () => {
			const ahead = 7200 * (n + 1); // what failed before is forgotten by then
			await lab.do('clock', { ahead });
			const visitor = await Visitor.arrive(lab, way);
			await visitor.logIn(helen);
			await visitor.look('one-time-code');
			const code = oneTimeCode(secret, Date.now() / 1000 + ahead);
			await visitor.fillIn({ code: String((Number(code) + 1) % 1000000).padStart(6, '0') });
			assert.equal(await visitor.page.locator('[name="code"]').count(), 1, 'a wrong code is asked for again');
			await visitor.look('one-time-code-wrong');
			await visitor.fillIn({ code });
			assert.match(visitor.page.url(), /\/desk$/);
			await visitor.context.clearCookies();
			await visitor.logIn(helen);
			await visitor.fillIn({ code });
			assert.equal(await visitor.page.locator('[name="code"]').count(), 1, 'a code is good once');
			await visitor.leave();
		});
});
