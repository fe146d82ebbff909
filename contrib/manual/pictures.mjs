// pictures.mjs - takes the pictures of the clerks' manual anew, in a browser, from a made-up council's desk as the browser tests raise it.
// "make manual-pictures" runs it by tests/console/run; COPYHOLD_PICTURES is the folder they go to.
// SPDX-License-Identifier: GPL-3.0-or-later
import { join } from 'node:path';
import { Visitor, closeBrowser, openBrowser } from '../../tests/console/support.mjs';
import { ELLERY, WEBB, binding, comeIn, decide, decideForm, giveReason, marked, raise, ruth, seed } from '../../tests/console/scene.mjs';

const folder = process.env.COPYHOLD_PICTURES;
await openBrowser();
const lab = await raise({ mail: false });
const hour = 3600e3;
const references = await seed(lab, [
	{ ...marked('the pavilion', { others: [WEBB] }), when: new Date(Date.now() - 3 * hour) },
	{ ...binding('Car park'), when: new Date(Date.now() - 2 * hour) },
	{ ...marked('the depot', { others: [WEBB, ELLERY] }), when: new Date(Date.now() - hour) },
]);

// What stands on a page from one place down to another, in the width of a printed page.
async function take(visitor, name, { from = 'body', to = 'body' } = {}) {
	const { page } = visitor;
	const width = visitor.view === 'phone' ? 390 : 900;
	await page.setViewportSize({ width, height: 700 });
	const edges = (place) => page.locator(place).first().evaluate((element) => {
		const { top, bottom } = element.getBoundingClientRect();
		return { top: top + scrollY, bottom: bottom + scrollY };
	});
	const top = Math.max(0, (await edges(from)).top - 10);
	const { bottom } = await edges(to);
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip: { x: 0, y: top, width, height: bottom - top + 10 } });
}

try {
	const stranger = await Visitor.arrive(lab);
	await stranger.open('/login');
	await take(stranger, 'login', { to: 'main form' });
	await stranger.leave();

	const visitor = await comeIn(lab, ruth);
	await visitor.open('/desk');
	await take(visitor, 'desk', { to: 'li.entry >> nth=1' });
	await visitor.open(`/message/${references[0]}`);
	await take(visitor, 'message', { to: 'main table' });
	await giveReason(decideForm(visitor.page), 'Mrs Webb has a right to see the statement.');
	await take(visitor, 'decide', { from: 'form#decide', to: 'form#decide' });
	await decide(visitor, references[0], 'release');
	await take(visitor, 'undo', { to: 'form[action$="/undo"]' });
	await visitor.open('/statistics');
	await take(visitor, 'figures', { to: 'main svg' });

	const phone = await comeIn(lab, ruth, { view: 'phone' });
	await phone.open('/desk');
	await take(phone, 'phone', { to: 'li.entry' });
} finally {
	await closeBrowser();
	await lab.stop();
}
