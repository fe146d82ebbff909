// What is asked for afterwards: search, one person's entries for a request by law, figures and reports to take along, the journal, the status.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { WAYS, closeBrowser, openBrowser, wayName } from './support.mjs';
import { WEBB, binding, carl, comeIn as arriveAs, helen, marion, marked, nia, omar, raise, ruth, seed } from './scene.mjs';

let lab;
let references;
before(async () => {
	await openBrowser();
	lab = await raise({ mail: false, people: [ruth, nia, helen, marion, omar, carl] });
	references = await seed(lab, [marked('for the record'), binding('Car park')]);
});
after(async () => {
	await closeBrowser();
	await lab?.stop();
});

const comeIn = (person, way) => arriveAs(lab, person, way);

// Presses a button that gives a document, and reads what the browser saved.
async function save(visitor, button) {
	const [download] = await Promise.all([visitor.page.waitForEvent('download'), button.click()]);
	return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

for (const way of WAYS)
	describe(wayName(way), () => {
		it('search finds by words, person, rule and state, and says when it finds nothing', async () => {
			const visitor = await comeIn(ruth, way);
			await visitor.open('/search');
			await visitor.fillIn({ person: 'Ivy Webb' }, 'form#search button');
			assert.match(await visitor.text(), /1 message fits/);
			for (const [query, found] of [['text=car+park', [1]], [`person=${WEBB}`, [0]], ['rule=obligation-by-councillor', [1]], ['state=waiting', [0, 1]],
				['state=released', []], ['text=for+the+record', []], ['from=2020-01-01&to=2020-12-31', []], [`text=${references[0]}`, [0]]]) {
				await visitor.open(`/search?${query}`);
				for (const [n, reference] of references.entries())
					assert.equal(await visitor.page.locator(`main a[href="/message/${reference}"]`).count(), found.includes(n) ? 1 : 0, `${query}: ${n}`);
			}
			await visitor.leave();
		});

		it('a report is saved', async () => {
			const visitor = await comeIn(marion, way);
			await visitor.open('/statistics');
			await visitor.page.locator('form#report [name="form"]').selectOption('csv');
			const { name, text } = await save(visitor, visitor.page.locator('form#report button'));
			assert.match(name, /\.csv$/);
			assert.match(text, /obligation-by-councillor/);
			await visitor.leave();
		});

		it('an export of one person is saved, third parties left out where it is asked to', async () => {
			const visitor = await comeIn(ruth, way);
			for (const redact of [true, false]) {
				await visitor.open('/export');
				const form = visitor.page.locator('form#export');
				await form.locator('[name="person"]').fill(WEBB);
				await form.locator('[name="form"]').selectOption('json');
				await form.locator('[name="redact"]').setChecked(redact);
				await form.locator('[name="reason"]').fill('Request 26/7');
				const { text } = await save(visitor, form.locator('button'));
				assert.ok(text.includes(references[0]) && !text.includes(references[1]), 'her entry and no other');
				assert.equal(text.includes(WEBB), !redact, `redacted: ${redact}`);
			}
			await visitor.leave();
		});

		it('the auditor reads the journal, and no message in it', async () => {
			const visitor = await comeIn(marion, way);
			await visitor.open('/');
			await visitor.press(visitor.page.locator('header nav a', { hasText: 'Journal' }));
			assert.equal(await visitor.heading(), 'Journal');
			const rows = visitor.page.locator('main tbody tr');
			const numbers = (await rows.locator('th').allInnerTexts()).map(Number);
			assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a), 'the newest first');
			const [[number, hash]] = await lab.do('rows', { sql: 'SELECT number, hash FROM journal WHERE number = ?', values: [numbers[0]] });
			assert.equal(number, numbers[0]);
			assert.ok((await rows.first().innerText()).includes(String(hash)), 'its hash');
			for (const reference of references) {
				assert.ok((await visitor.text()).includes(reference));
				assert.equal(await visitor.page.locator(`main a[href="/message/${reference}"]`).count(), 0, 'the message is not the auditor\'s');
			}
			assert.doesNotMatch(await visitor.text(), /the statement is below|Car park|for the record/);
			await visitor.leave();
		});

		it('a member sees their own entries, others\' addresses shortened; the status says what it must', async () => {
			const member = await comeIn(carl, way);
			await member.open('/own');
			assert.ok((await member.text()).includes(references[0]));
			assert.doesNotMatch(await member.text(), /ivy\.webb@post\.example/);
			await member.leave();
			const administrator = await comeIn(omar, way);
			await administrator.open('/status');
			for (const words of [/25\/044/, /Last message/, /journal/i, /Enforce/])
				assert.match(await administrator.text(), words);
			await administrator.leave();
		});
	});

it('a report can be taken along in each form', async () => {
	const visitor = await comeIn(marion);
	await visitor.open('/statistics');
	const csrf = await visitor.page.locator('form#report [name="csrf"]').inputValue();
	assert.equal((await visitor.context.request.get('/report?form=csv')).status(), 405, 'a report is journalled, so it is posted');
	for (const [form, type, words] of [['csv', /text\/csv/, /obligation-by-councillor/], ['html', /text\/html/, /<h1/], ['annual', /text\/html/, /<h1/], ['pdf', /application\/pdf/, /^%PDF-/]]) {
		const answer = await visitor.context.request.post('/report', { form: { csrf, form } });
		assert.equal(answer.status(), 200, form);
		assert.match(answer.headers()['content-type'], type, form);
		assert.match(answer.headers()['content-disposition'] ?? '', /attachment/, form);
		const document = (await answer.body()).toString('latin1');
		assert.match(document, words, form);
		assert.doesNotMatch(document, /ivy\.webb|Khan|Patel|rfo@/, `${form}: no personal content`);
	}
	await visitor.leave();
});
