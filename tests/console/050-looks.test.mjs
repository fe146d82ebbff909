// Every page as everybody must be able to use it: axe-core without a fault, no scrolling sideways down to 320 pixels, by keyboard alone,
// on paper, in the dark and with strong colours. A picture of each page stays in the build folder.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Visitor, closeBrowser, faults, openBrowser, picture } from './support.mjs';
import { CLERK, DEPUTY, ELLERY, LOWE, PASSWORD, WEBB, binding, carl, comeIn as arriveAs, decide, decideForm, helen, marion, marked, nia, omar, press, raise,
	ruth, seed, step } from './scene.mjs';

let lab;
let references;
let comeIn;
before(async () => {
	await openBrowser();
	lab = await raise({ mail: false });
	comeIn = (person, way) => arriveAs(lab, person, way);
	const old = new Date(Date.now() - 6 * 86400e3);
	references = await seed(lab, [
		marked('long ago', { others: [WEBB, ELLERY], hidden: [LOWE] }),
		marked('a second one'), binding('Car park'), marked('a fourth', { others: [ELLERY] }), marked('a fifth'),
		marked('for the keyboard'), marked('for the keyboard alone'), // whatever was passed on before from the top of the desk
		marked('the clerk herself', { from: CLERK, name: 'Ruth Ames', cc: `${WEBB}, ${DEPUTY}`, hidden: [DEPUTY] }),
	], old);
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const PAGES = {
	reviewer: ['/desk', '/search', '/search?state=all', '/search?text=nothing-has-this', '/own', '/export', '/statistics', '/status', '/help',
		'/message/{0}', '/message/{2}', '/message/{7}', '/nothing-here', '/message/CH-20260101-AAAAAAAA'],
	'second-reviewer': ['/desk', '/message/{7}'],
	auditor: ['/statistics', '/journal', '/status', '/search', '/export'],
	administrator: ['/status', '/desk'],
	member: ['/own'],
};

for (const view of ['desktop', 'phone'])
	describe(view, () => {
		for (const person of [ruth, helen, marion, omar, carl])
			it(`every page of the ${person.role}`, async () => {
				const visitor = await comeIn(person, { view });
				for (const path of PAGES[person.role]) {
					await visitor.open(path.replace(/\{(\d)\}/, (_, n) => references[n]));
					await visitor.look(`${person.role}${path}`);
				}
				await visitor.leave();
			});

		it('the pages between: text, wrong password, problem with a form, decision, bulk, confirmation', async () => {
			const stranger = await Visitor.arrive(lab, { view });
			await stranger.open('/login');
			await stranger.look('login');
			await stranger.fillIn({ login: 'ruth', password: 'not this one' });
			await stranger.look('wrong-password');
			await stranger.leave();
			const visitor = await comeIn(ruth, { view });
			const { page } = visitor;
			await visitor.open(`/message/${references[0]}`);
			await page.locator('form[action$="/content"] [name="reason"]').fill('To look at it.');
			await visitor.press(page.locator('form[action$="/content"] button'));
			await visitor.look('text');
			await visitor.open(`/message/${references[1]}`);
			while (await page.locator('details:not([open]) > summary').count() > 0)
				await page.locator('details:not([open]) > summary').first().click();
			await visitor.look('message-unfolded');
			await press(visitor, decideForm(page), 'release'); // without a reason
			await visitor.look('without-a-reason');
			await decide(visitor, references[1], 'release');
			await visitor.look('decided');
			await step(visitor, 'undo');
			await visitor.look('undone');
			await decide(visitor, references[2], 'release');
			await visitor.look('to-be-confirmed');
			const other = await comeIn(nia, { view });
			await other.open(`/message/${references[2]}`);
			await other.look('to-confirm');
			await other.leave();
			await step(visitor, 'undo');
			await visitor.open('/desk');
			for (const box of (await page.locator('input[name="ids"]').all()).slice(0, 2))
				await box.check();
			await visitor.press(page.getByRole('button', { name: 'Decide on those chosen' }));
			await visitor.look('bulk');
			await page.locator('form#bulk [name="reason"]').fill('Both are for the second reviewer.');
			await visitor.press(page.locator('form#bulk button[value="pass"]'));
			await visitor.look('bulk-done');
			for (const colours of view === 'desktop' ? [{ colorScheme: 'dark' }, { forcedColors: 'active' }] : []) { // sizes are the same
				await page.emulateMedia(colours);
				await visitor.open('/statistics');
				await visitor.look(`statistics-${Object.values(colours)}`);
				await visitor.open(`/message/${references[0]}`);
				await visitor.look(`message-${Object.values(colours)}`);
				await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
			}
			await visitor.leave();
		});
	});

// Nothing here is made by a script, so what axe says of a page with scripts holds without; that this is so is seen, and how it looks.
describe('without scripts', () => {
	for (const view of ['desktop', 'phone'])
		for (const person of [ruth, helen, marion, omar, carl])
			it(`every page of the ${person.role}, ${view}`, async () => {
				const visitor = await comeIn(person, { view, scripts: false });
				for (const path of PAGES[person.role]) {
					await visitor.open(path.replace(/\{(\d)\}/, (_, n) => references[n]));
					assert.equal(await visitor.page.locator('script, noscript').count(), 0, path);
					assert.equal(await visitor.page.locator('h1').count(), 1, path);
					await visitor.fits(path);
				}
				await visitor.leave();
			});
});

describe('by keyboard alone', () => {
	// What has the focus: what it is, what it is called, whether one can see that, and where it stands.
	const focused = (page) => page.evaluate(() => {
		const element = document.activeElement;
		const style = getComputedStyle(element);
		const box = element.getBoundingClientRect();
		return { tag: element.tagName.toLowerCase(), id: element.id, name: element.getAttribute('name'), value: element.getAttribute('value'),
			href: element.getAttribute('href'), text: (element.innerText ?? '').trim().slice(0, 60), y: Math.round(box.top + scrollY), x: Math.round(box.left),
			seen: box.width > 0 && box.height > 0 && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none'),
			inside: box.bottom > 0 && box.top < innerHeight };
	});

	// Goes on with Tab until the focus is on what is looked for; every stop on the way must be visible.
	async function tabTo(page, found, most = 150) {
		for (let n = 0; n < most; n++) {
			await page.keyboard.press('Tab');
			const now = await focused(page);
			assert.ok(now.tag === 'body' || (now.seen && now.inside), `the focus cannot be seen: ${JSON.stringify(now)}`);
			if (found(now))
				return now;
		}
		return assert.fail('not reached by Tab');
	}

	const enter = async (page) => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

	for (const scripts of [true, false])
		it(`from the log-in to a decision, ${scripts ? 'with' : 'without'} scripts`, async () => {
			const visitor = await Visitor.arrive(lab, { scripts });
			const { page } = visitor;
			await visitor.open('/login');
			await tabTo(page, ({ name }) => name === 'login');
			await page.keyboard.type('ruth');
			await tabTo(page, ({ name }) => name === 'password');
			await page.keyboard.type(PASSWORD);
			await enter(page);
			assert.match(page.url(), /\/desk$/);
			await page.keyboard.press('Tab');
			assert.match((await focused(page)).text, /Skip to the content/);
			await page.keyboard.press('Enter');
			const reference = references[scripts ? 5 : 6];
			await tabTo(page, ({ href }) => href === `/message/${reference}`);
			await enter(page);
			if (await decideForm(page).locator('input[name="reason"]').count() > 0) {
				await tabTo(page, ({ name, id }) => name === 'reason' && id.startsWith('decide'));
				for (let n = 0; n < 12 && (await focused(page)).value !== 'other'; n++)
					await page.keyboard.press('ArrowDown');
				await page.keyboard.press('Space');
				await tabTo(page, ({ name }) => name === 'note');
			} else {
				await tabTo(page, ({ name, id }) => name === 'reason' && id.startsWith('decide'));
			}
			await page.keyboard.type('By keyboard alone.');
			await tabTo(page, ({ tag, value }) => tag === 'button' && value === 'release');
			await enter(page);
			assert.match(await visitor.text(), /recorded/);
			await tabTo(page, ({ text }) => /Undo/.test(text));
			await enter(page);
			assert.match(await visitor.text(), /undone/i);
			await visitor.leave();
		});

	it('the order is that of the page, every control is reached, and the last leads out', async () => {
		const visitor = await comeIn(ruth);
		for (const path of ['/desk', `/message/${references[0]}`, '/search', '/statistics']) {
			await visitor.open(path);
			const wanted = await visitor.page.locator('a[href], button, input:not([type="hidden"]), select, textarea, summary').evaluateAll((all) =>
				all.filter((e) => e.checkVisibility() && !(e.type === 'radio' && e !== document.querySelector(`[name="${e.name}"]`))).length);
			const stops = [];
			let now = { tag: 'none' };
			for (let n = 0; n < wanted + 20 && now.tag !== 'body'; n++) {
				await visitor.page.keyboard.press('Tab');
				now = await focused(visitor.page);
				if (now.tag !== 'body')
					stops.push(now);
			}
			assert.equal(now.tag, 'body', `${path}: the focus is let out at the end`);
			assert.ok(stops.length >= wanted, `${path}: ${stops.length} stops, ${wanted} controls`); // what scrolls is a stop too
			const inMain = stops.slice(1);
			for (let n = 1; n < inMain.length; n++)
				assert.ok(inMain[n].y > inMain[n - 1].y - 60, `${path}: from ${JSON.stringify(inMain[n - 1])} back up to ${JSON.stringify(inMain[n])}`);
		}
		await visitor.leave();
	});
});

// The page that `copyhold report --html` writes, which a reader opens from a mail or a folder.
describe('the report by itself', () => {
	const report = async () => {
		const run = await lab.do('copyhold', { words: ['report', '--html', '--days', '10'] });
		assert.equal(run.code, 0, run.stderr);
		assert.match(run.stdout, new RegExp(references[0]));
		return run.stdout;
	};
	const words = (page) => page.evaluate(() => document.body.innerText.toLowerCase().split(/\s+/).join(' '));

	for (const view of ['desktop', 'phone'])
		it(`is fit for a screen reader, and for sight at twice and four times the size: ${view}`, async () => {
			const visitor = await Visitor.arrive(lab, { view });
			await visitor.page.setContent(await report());
			await visitor.look('report');
			const levels = await visitor.page.locator('h1, h2, h3, h4').evaluateAll((all) => all.map((heading) => Number(heading.tagName[1])));
			assert.ok(levels.length > 3 && levels.every((level, n) => n === 0 ? level === 1 : level <= levels[n - 1] + 1), `${levels}`);
			assert.equal(await visitor.page.locator('table:not(:has(caption)), th:not([scope])').count(), 0, 'tables say what they are');
			assert.equal(await visitor.page.locator('script, link, img, iframe').count(), 0, 'it stands alone');
			await visitor.leave();
		});

	it('says all of it without a style sheet', async () => {
		const visitor = await Visitor.arrive(lab);
		const { page } = visitor;
		const written = await report();
		await page.setContent(written);
		const styled = await words(page);
		await page.setContent(written.replace(/<style[^]*?<\/style>/g, '').replace(/ style="[^"]*"/g, ''));
		assert.equal(await page.locator('style, [style]').count(), 0);
		assert.equal(await words(page), styled);
		assert.deepEqual(await faults(page), []);
		await visitor.leave();
	});
});

describe('on paper', () => {
	it('pages and the report print on A4, without what is only for the screen', async () => {
		const visitor = await comeIn(ruth);
		for (const [name, path] of [['desk', '/desk'], ['message', `/message/${references[0]}`], ['statistics', '/statistics']]) {
			await visitor.open(path);
			await visitor.page.emulateMedia({ media: 'print' });
			assert.equal(await visitor.page.locator('nav, button').filter({ visible: true }).count(), 0, `${name}: nothing to press on paper`);
			await visitor.page.pdf({ path: picture(`${name}-printed`).replace(/png$/, 'pdf'), format: 'A4' });
			await visitor.page.emulateMedia({ media: null });
		}
		await visitor.leave();
	});
});
