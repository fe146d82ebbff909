// What every test here uses: the lab (desk_lab.py), a browser, and visitors who look at each page as an auditor would.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.env.COPYHOLD_CONSOLE_TESTS; // of the build tree: node_modules, and where pictures go
const modules = createRequire(join(folder, 'package.json'));
const { chromium } = modules('playwright-core');
const axeSource = readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');

export const VIEWS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
// The four ways each path is walked.
export const WAYS = [
	{ view: 'desktop', scripts: true }, { view: 'desktop', scripts: false },
	{ view: 'phone', scripts: true }, { view: 'phone', scripts: false },
];
export const wayName = ({ view, scripts }) => `${view}, ${scripts ? 'with' : 'without'} scripts`;

// ---- the lab

export class Lab {
	static async start(options = {}) {
		const lab = new Lab();
		lab.child = spawn('python3', [join(here, 'desk_lab.py'), JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
		lab.asked = new Map();
		lab.last = 0;
		lab.gone = new Promise((resolve) => lab.child.once('exit', resolve));
		const started = new Promise((resolve, reject) => lab.asked.set(0, { resolve, reject }));
		createInterface({ input: lab.child.stdout }).on('line', (line) => lab.#hear(JSON.parse(line)));
		lab.gone.then((code) => {
			for (const { reject } of lab.asked.values())
				reject(new Error(`the lab ended with ${code}`));
		});
		Object.assign(lab, await started);
		return lab;
	}

	#hear({ n, value, error }) {
		const { resolve, reject } = this.asked.get(n);
		this.asked.delete(n);
		if (error === undefined)
			resolve(value);
		else
			reject(new Error(error));
	}

	do(name, words = {}) {
		const n = ++this.last;
		return new Promise((resolve, reject) => {
			this.asked.set(n, { resolve, reject });
			this.child.stdin.write(`${JSON.stringify({ n, do: name, ...words })}\n`);
		});
	}

	async stop() {
		this.child.stdin.end();
		await this.gone;
	}

	// One message by SMTP; a 250 is asked for.
	async send(raw, sender, rcpt, who = { auth: sender }) {
		const [code, reply] = await this.do('send', { raw: encode(raw), sender, rcpt, ...who });
		assert.equal(code, 250, reply);
	}

	async mailbox(address) {
		return (await this.do('mailbox', { address })).map((mail) => ({ to: mail.to, raw: Buffer.from(mail.raw, 'base64').toString() }));
	}

	async copyhold(...words) {
		const run = await this.do('copyhold', { words });
		assert.equal(run.code, 0, `copyhold ${words.join(' ')}: ${run.stdout}${run.stderr}`);
		return run.stdout;
	}
}

export const encode = (text) => Buffer.from(text).toString('base64');

// A plain letter with LF line ends.
export function letter({ from, to, cc, subject, body, id, extra = '' }) {
	return `From: ${from}\nTo: ${to}\n${cc ? `Cc: ${cc}\n` : ''}Subject: ${subject}\nDate: Mon, 02 Mar 2026 09:00:00 +0000\n`
		+ `Message-ID: <${id ?? `${Math.random().toString(36).slice(2)}@lab.example`}>\nMIME-Version: 1.0\n`
		+ (extra || 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n') + `\n${body}`;
}

// The words of a mail as a person sees them: transfer encodings undone, whatever part they stand in.
export function readable(raw) {
	const [head, ...rest] = raw.split('\n\n');
	const body = rest.join('\n\n');
	const boundary = /^Content-Type: multipart\/[^]*?boundary="?([^";\n]+)"?/im.exec(head)?.[1];
	if (boundary !== undefined)
		return `${head}\n\n${body.split(`--${boundary}`).slice(1).map((part) => readable(part.replace(/^\n/, ''))).join('\n')}`;
	if (/^Content-Transfer-Encoding: *base64/im.test(head))
		return `${head}\n\n${Buffer.from(body, 'base64')}`;
	if (/^Content-Transfer-Encoding: *quoted-printable/im.test(head))
		return `${head}\n\n${Buffer.from(body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1')}`;
	return raw;
}

// The code an authenticator application would show (RFC 6238).
export function oneTimeCode(secret, seconds = Date.now() / 1000) {
	const bits = [...secret.replace(/[= ]/g, '').toUpperCase()]
		.map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
	const digest = createHmac('sha1', key).update(counter).digest();
	const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
	return String(number % 1000000).padStart(6, '0');
}

// ---- the browser

let browser;

export async function openBrowser() {
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
	return browser;
}

export async function closeBrowser() {
	await browser?.close();
}

const HEADERS = {
	'content-security-policy': /default-src 'none'/,
	'x-content-type-options': /^nosniff$/,
	'referrer-policy': /^(no-referrer|same-origin)$/,
	'cache-control': /no-store/,
	'x-frame-options': /^DENY$/,
	'cross-origin-opener-policy': /^same-origin$/,
	'cross-origin-resource-policy': /^same-origin$/,
};
const POLICY = ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"];

// Somebody at a browser of their own. All that their browser asks for and is told is kept, and judged by `behaved`.
export class Visitor {
	static async arrive(lab, { view = 'desktop', scripts = true } = {}) {
		const visitor = new Visitor();
		Object.assign(visitor, { lab, view, scripts, asked: [], answers: [], ran: [] });
		visitor.context = await browser.newContext({ viewport: VIEWS[view], javaScriptEnabled: scripts, baseURL: lab.address });
		visitor.context.setDefaultTimeout(30000);
		visitor.page = await visitor.context.newPage();
		visitor.context.on('request', (request) => visitor.asked.push(request.url()));
		visitor.context.on('response', (response) => {
			visitor.answers.push(response);
			if (response.request().isNavigationRequest())
				visitor.lastPage = response;
		});
		visitor.page.on('dialog', (dialog) => {
			visitor.ran.push(`a dialog: ${dialog.message()}`);
			dialog.dismiss();
		});
		visitor.page.on('pageerror', (error) => visitor.ran.push(`a script: ${error.message}`));
		visitor.page.on('console', (message) => {
			if (!/the server responded with a status of/.test(message.text()))
				visitor.ran.push(`the console: ${message.text()}`);
		});
		return visitor;
	}

	// A browser that is used again stays open.
	async leave() {
		await this.behaved();
		if (!this.stays)
			await this.context.close();
	}

	open(path) {
		return this.page.goto(path);
	}

	heading() {
		return this.page.locator('h1').innerText();
	}

	text() {
		return this.page.locator('main').innerText();
	}

	async logIn({ login, password, code }) {
		await this.open('/login');
		await this.fillIn({ login, password });
		if (code !== undefined)
			await this.fillIn({ code });
	}

	// Fills the named fields of the page's form and sends it.
	async fillIn(fields, button = 'main form button') {
		for (const [name, value] of Object.entries(fields))
			await this.page.locator(`main [name="${name}"]`).fill(value);
		await this.press(this.page.locator(button).first());
	}

	// Presses a button and waits for the page it leads to.
	async press(button) {
		await Promise.all([this.page.waitForNavigation(), button.click()]);
	}

	// Nothing ran, nothing was asked of anybody else, and every answer had the headers it must have.
	async behaved() {
		assert.deepEqual(this.ran, []);
		for (const url of this.asked)
			assert.equal(new URL(url).origin, this.lab.address, url);
		for (const response of this.answers.splice(0))
			await checkHeaders(response);
	}

	// A page as anybody must be able to use it: by axe, at any width, in print; and a picture of it.
	async look(name) {
		await this.behaved();
		const { page } = this;
		assert.equal(await page.locator('h1').count(), 1, `${name}: one h1`);
		assert.notEqual(await page.title(), '', `${name}: a title`);
		assert.match(await page.locator('html').getAttribute('lang'), /^(en|cy)/, `${name}: a language`);
		const ids = await page.locator('[id]').evaluateAll((all) => all.map((element) => element.id));
		assert.deepEqual(ids.filter((id, n) => ids.indexOf(id) !== n), [], `${name}: an id stands twice`);
		await page.screenshot({ path: picture(`${name}-${this.view}${this.scripts ? '' : '-noscript'}`), fullPage: true });
		if (this.scripts) // axe is a script; without scripts the page is the same
			assert.deepEqual(await faults(page), [], `${name}, ${this.view}: axe`);
		await this.fits(name);
	}

	// Zoomed to 400 % (320 pixels wide) nothing has to be scrolled sideways (WCAG 1.4.10); a wide table may, in a box of its own.
	async fits(name) {
		for (const width of [VIEWS[this.view].width, 640, 320]) {
			await this.page.setViewportSize({ width, height: VIEWS[this.view].height });
			const wide = await this.page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
			assert.ok(wide <= 0, `${name}: ${wide} pixels too wide at ${width}`);
		}
		await this.page.setViewportSize(VIEWS[this.view]);
	}
}

export function picture(name) {
	mkdirSync(join(folder, 'pictures'), { recursive: true });
	return join(folder, 'pictures', `${name.replace(/[^a-z0-9]+/gi, '-')}.png`);
}

// What axe says against a page, in words one can act on.
export async function faults(page) {
	await page.evaluate(axeSource);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	}));
	return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}`));
}

async function checkHeaders(response) {
	const url = response.url();
	const headers = await response.allHeaders();
	for (const [name, wanted] of Object.entries(HEADERS))
		if (!(name === 'cache-control' && /\/(style-[^/]*\.css|icon\.svg)$/.test(url)))
			assert.match(headers[name] ?? '', wanted, `${name} of ${url}`);
	for (const rule of POLICY)
		assert.ok(headers['content-security-policy'].includes(rule), `${rule} in the policy of ${url}`);
	assert.doesNotMatch(headers['content-security-policy'], /unsafe|\*|http:|data:/, url);
	for (const { name, value } of await response.headersArray())
		if (name.toLowerCase() === 'set-cookie')
			checkCookie(value, url);
}

function checkCookie(cookie, url) {
	for (const word of [/;\s*HttpOnly/i, /;\s*SameSite=(Strict|Lax)/i, /;\s*Path=\//i])
		assert.match(cookie, word, `a cookie of ${url}`);
	assert.doesNotMatch(cookie, /;\s*Domain=/i, `a cookie of ${url}`);
}
