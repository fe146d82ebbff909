// What is asked for afterwards: search, one person's entries for a request by law, figures and reports to take along, the status.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { closeBrowser, openBrowser } from './support.mjs';
import { WEBB, binding, carl, comeIn, helen, marion, marked, nia, omar, raise, ruth, seed } from './scene.mjs';

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

it('search finds by words, person, rule and state, and says when it finds nothing', async () => {
	const visitor = await comeIn(lab, ruth);
	for (const [query, found] of [['text=car+park', [1]], [`person=${WEBB}`, [0]], ['rule=obligation-by-councillor', [1]], ['state=waiting', [0, 1]],
		['state=released', []], ['text=for+the+record', []], ['from=2020-01-01&to=2020-12-31', []], [`text=${references[0]}`, [0]]]) {
		await visitor.open(`/search?${query}`);
		for (const [n, reference] of references.entries())
			assert.equal(await visitor.page.locator(`main a[href="/message/${reference}"]`).count(), found.includes(n) ? 1 : 0, `${query}: ${n}`);
	}
	await visitor.leave();
});

it('a report can be taken along in each form', async () => {
	const visitor = await comeIn(lab, marion);
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

it('an export of one person leaves third parties out where it is asked to', async () => {
	const visitor = await comeIn(lab, ruth);
	await visitor.open('/export');
	const csrf = await visitor.page.locator('form#export [name="csrf"]').inputValue();
	for (const redact of ['yes', 'no']) {
		const answer = await visitor.context.request.post('/export', { form: { csrf, person: WEBB, form: 'json', redact, reason: 'Request 26/7' } });
		assert.equal(answer.status(), 200);
		const document = await answer.text();
		assert.ok(document.includes(references[0]) && !document.includes(references[1]), 'her entry and no other');
		assert.equal(document.includes(WEBB), redact === 'no', `redacted: ${redact}`);
	}
	await visitor.leave();
});

it('a member sees their own entries, others\' addresses shortened; the status says what it must', async () => {
	const member = await comeIn(lab, carl);
	await member.open('/own');
	assert.ok((await member.text()).includes(references[0]));
	assert.doesNotMatch(await member.text(), /ivy\.webb@post\.example/);
	await member.leave();
	const administrator = await comeIn(lab, omar);
	await administrator.open('/status');
	for (const words of [/25\/044/, /Last message/, /journal/i, /Enforce/])
		assert.match(await administrator.text(), words);
	await administrator.leave();
});
