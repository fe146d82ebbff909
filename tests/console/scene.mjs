// The people of Marlbrook who sit at the desk, and letters that its rules hold.
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Lab, Visitor, WAYS, encode, letter, readable, wayName } from './support.mjs';

export const RFO = 'rfo@marlbrook.example';
export const CLERK = 'clerk@marlbrook.example';
export const DEPUTY = 'nia.rees@marlbrook.example';
export const SECOND = 'mo@wexshire.example';
export const KHAN = 'cllr.khan@marlbrook.example';
export const MOSS = 'cllr.moss@marlbrook.example';
export const LOWE = 'cllr.lowe@marlbrook.example';
export const ONEILL = "declan.o'neill@mailbox.example";
export const SIAN = 'cllr.pritchard@marlbrook.example';
export const WEBB = 'ivy.webb@post.example';
export const ELLERY = 't.ellery@post.example';
export const OAKFIELD = 'contracts@oakfield.example';
export const GAZETTE = 'newsdesk@gazette.example';

export const PASSWORD = 'three ducks on the pond';
const account = (login, address, role) => ({ login, address, role, password: PASSWORD });
export const ruth = account('ruth', CLERK, 'reviewer');
export const nia = account('nia', DEPUTY, 'reviewer');
export const helen = account('helen', SECOND, 'second-reviewer');
export const marion = account('marion', 'marion@cope-internalaudit.example', 'auditor');
export const omar = account('omar', 'omar.diaz@marlbrook.example', 'administrator');
export const carl = account('carl', MOSS, 'member');
export const siân = account('sian', SIAN, 'member');
export const everybody = [ruth, nia, helen, marion, omar, carl, siân];

export async function addAccount(lab, { login, address, role, password }) {
	const run = await lab.do('copyhold', { words: ['user', 'add', '--address', address, '--role', role, '--password-fd', '0', login], stdin: `${password}\n` });
	assert.equal(run.code, 0, run.stdout + run.stderr);
}

export const SETTINGS = {
	reviewers: `[ "${CLERK}", "${DEPUTY}" ]`,
};
const TWO_PERSONS = '( { id = "obligation-by-councillor"; two_persons = true; } )';

// A council with everybody's account. `settings` go on top of the scene's own.
export async function raise({ people = everybody, settings = {}, ...options } = {}) {
	const lab = await Lab.start({ settings: { ...SETTINGS, rules: TWO_PERSONS, ...settings }, ...options });
	for (const person of people)
		await addAccount(lab, person);
	return lab;
}

// Somebody at the desk, with a log-in they may have made before; at the browser they had before, where it is of that way.
export async function comeIn(lab, person, { view = 'desktop', scripts = true } = {}) {
	const key = `${person.login} ${view} ${scripts}`;
	lab.logins ??= new Map();
	lab.visitors ??= new Map();
	if (!lab.visitors.has(key))
		lab.visitors.set(key, Object.assign(await Visitor.arrive(lab, { view, scripts }), { stays: true }));
	const visitor = lab.visitors.get(key);
	if (lab.logins.has(person.login))
		await visitor.context.addCookies(lab.logins.get(person.login));
	await visitor.open('/');
	if (/\/login/.test(visitor.page.url())) {
		await visitor.fillIn({ login: person.login, password: person.password });
		lab.logins.set(person.login, await visitor.context.cookies());
	}
	assert.doesNotMatch(visitor.page.url(), /\/login/, `${person.login} is in`);
	return visitor;
}

// Polls until it gives something, and gives that.
export async function waitFor(what, condition, seconds = 20) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
		const found = await condition();
		if (found)
			return found;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return assert.fail(`waited in vain for ${what}`);
}

// ---- letters: what is sent, by whom and to whom

const DEV = '\nDev Patel\nResponsible Financial Officer\n';

// Held for each of `others`, who are outside the Council; Cllr Moss gets it.
export function marked(subject, { others = [WEBB], cc = others.join(', '), hidden = [], body, from = RFO, name = 'Dev Patel', ...rest } = {}) {
	return { sender: from, rcpt: [MOSS, ...others, ...hidden], raw: letter({ from: `${name} <${from}>`, to: MOSS, cc,
		subject: `CONFIDENTIAL: ${subject}`, ...rest,
		body: body ?? `Dear Carl,\n\nIn confidence, because it names a member of staff: the statement is below (${subject}).\n${DEV}` }) };
}

// An act for the Council in a councillor's name: held whole.
export function binding(subject, { from = KHAN, name = 'Cllr Amir Khan', to = OAKFIELD } = {}) {
	return { sender: from, rcpt: [to], raw: letter({ from: `${name} <${from}>`, to, subject,
		body: 'Dear Sirs,\n\nOn behalf of Marlbrook Town Council we accept your quotation of 4,200 pounds. Please proceed.\n\n'
			+ `${name}\nTown Mayor and Chair of the Council\n` }) };
}

// By SMTP, and when all of it has been judged and delivered.
export async function post(lab, ...letters) {
	for (const { raw, sender, rcpt, who } of letters)
		await lab.send(raw, sender, rcpt, who);
	await lab.do('settle');
}

// Into the store as of their own times, where the flow of mail is not the matter. Gives the references.
export async function seed(lab, letters, at = new Date(Date.now() - 3600e3)) {
	const rows = letters.map(({ raw, sender, rcpt, when }, index) => ({ raw: encode(raw), from: sender, rcpt, auth: sender,
		at: rfc3339(when ?? new Date(at.getTime() + index * 1000)) }));
	const judged = await lab.do('seed', { letters: rows });
	return judged.map((row) => row.reference);
}

export const rfc3339 = (date) => date.toISOString().replace(/\.\d+Z/, 'Z');

// What the store knows of who waits: reference and recipient, oldest first.
export async function waiting(lab) {
	return (await lab.do('rows', { sql: "SELECT message, address FROM recipient JOIN message ON id = message WHERE state IN ('held', 'releasing', 'in-doubt') ORDER BY at, message, position" }));
}

export async function states(lab, reference) {
	return Object.fromEntries(await lab.do('rows', { sql: 'SELECT address, state FROM recipient WHERE message = ? AND state IS NOT NULL', values: [reference] }));
}

// Reference of the held message with that Subject line.
export async function referenceOf(lab, subject) {
	const rows = await lab.do('rows', { sql: 'SELECT message FROM raw WHERE instr(CAST(octets AS BLOB), CAST(? AS BLOB)) > 0', values: [`Subject: ${subject}\r\n`] });
	assert.equal(rows.length, 1, `one message "${subject}"`);
	return rows[0][0];
}

// Decisions that are not yet due are carried out as if their time to undo had passed.
export async function tend(lab, minutes = 10) {
	await lab.copyhold('queue', 'tend', '--at', rfc3339(new Date(Date.now() + minutes * 60e3)));
}

// Copyhold's own mail to an address, and its words as a person reads them.
export async function ownMails(lab, address) {
	return (await lab.mailbox(address)).filter((mail) => /^Auto-Submitted:/im.test(mail.raw)).map((mail) => ({ ...mail, words: readable(mail.raw) }));
}

// ---- paths

// A path through the desk, walked each of the four ways with letters of its own, `lettersFor(tag)`. Of each step all four walk first; what
// has become due (`at` minutes from now) is then carried out for all at once, and `then` judges it for each. Both get { way, tag, letters,
// references, reference }; what comes `before` and `after` a step is done once, and gets them all.
export function fourWays(name, theLab, lettersFor, ...steps) {
	describe(name, () => {
		const walks = WAYS.map((way) => ({ way, tag: `${way.view} ${way.scripts ? 'scripted' : 'plain'}` }));
		before(async () => {
			for (const one of walks)
				one.letters = [lettersFor(one.tag)].flat();
			await post(theLab(), ...walks.flatMap((one) => one.letters));
			for (const one of walks) {
				one.references = await Promise.all(one.letters.map((sent) => referenceOf(theLab(), subjectOf(sent))));
				[one.reference] = one.references;
			}
		});
		for (const step_ of steps)
			describe(step_.what, () => {
				before(() => step_.before?.(walks));
				after(() => step_.after?.(walks));
				for (const one of walks)
					it(wayName(one.way), () => step_.walk(one));
				if (step_.then)
					it('what becomes of it', async () => {
						await theLab().do('copyhold', { words: ['queue', 'tend', '--at', rfc3339(new Date(Date.now() + (step_.at ?? 10) * 60e3))] });
						await theLab().do('settle');
						for (const one of walks)
							await step_.then(one);
					});
			});
	});
}

export const subjectOf = ({ raw }) => /^Subject: (.*)$/m.exec(raw)[1];

// ---- what a reviewer does on a message's page

export const decideForm = (page) => page.locator('form#decide');

export async function decide(visitor, reference, deed, { reason = 'She has a right to see it.', only } = {}) {
	const { page } = visitor;
	await visitor.open(`/message/${reference}`);
	const form = decideForm(page);
	if (only !== undefined)
		for (const box of await form.locator('input[name="recipients"]').all())
			await box.setChecked(only.includes(await box.getAttribute('value')));
	await giveReason(form, reason);
	await press(visitor, form, deed);
}

export async function giveReason(form, reason) {
	if (await form.locator('textarea[name="reason"]').count() > 0)
		return form.locator('textarea[name="reason"]').fill(reason);
	await form.locator('input[name="reason"][value="other"]').check();
	return form.locator('textarea[name="note"]').fill(reason);
}

// A deed may be folded away among the others.
export async function press(visitor, form, deed) {
	const button = form.locator(`button[name="deed"][value="${deed}"]`);
	if (!await button.isVisible())
		await form.locator('summary').click();
	await visitor.press(button);
}

export async function step(visitor, name) {
	await visitor.press(visitor.page.locator(`form[action$="/${name}"] button`).first());
}
