/* notice_words.c - the texts of notices, one table a language. DOMAIN 5.4 sets their order and tone: courteous, exact, no blame.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice.h"

const struct notice_words notice_words_en = {
	.subject = {
		[NOTICE_HELD] = "Held: %s",
		[NOTICE_ANNOTATED] = "Line added: %s",
		[NOTICE_ADVICE] = "About your message: %s",
		[NOTICE_RETURNED] = "Returned: %s",
		[NOTICE_COMPANION] = "Re: %s",
		[NOTICE_RELEASED] = "Sent: %s",
	},
	.subject_apart = "Recipients told: %s",
	.opening = {
		[NOTICE_HELD] = "Your message%s has not been sent.",
		[NOTICE_ANNOTATED] = "Your message%s was delivered.",
		[NOTICE_ADVICE] = "Your message%s was delivered.",
		[NOTICE_RETURNED] = "Your message%s has not been sent; it is returned to you.",
		[NOTICE_COMPANION] = "The message%s from %s has a copy that its To and Cc do not show.",
		[NOTICE_RELEASED] = "Your message%s has now been sent.",
	},
	.held_for_some = "Your message%s has not been sent to %s. The other recipients have it.",
	.title = " \"%s\"",
	.others = " and %s more",
	.added = "Added at its foot: %s.",
	.not_added = "This should stand at its foot, but could not be added because %s: %s.",
	.told_apart = "This should stand at its foot, but could not be added because %s. The recipients were told in a notice: %s.",
	.stands_here = "It could not be altered, because %s. This stands for the line at its foot:",
	.undecided = "It could not be told whether one of the council's rules applies to it.",
	.clause = "The clause: %s.",
	.clause_quoted = "The clause: %s: \"%s\"",
	.step = {
		[NOTICE_HELD] = "A reviewer will decide. You need do nothing; if you did not mean to send it, please reply and say so.",
		[NOTICE_ANNOTATED] = "You need do nothing.",
		[NOTICE_ADVICE] = "You need do nothing now.",
		[NOTICE_RETURNED] = "You can change it and send it again.",
		[NOTICE_COMPANION] = "You need do nothing.",
		[NOTICE_RELEASED] = "You need do nothing.",
	},
	.wrong = "If this is an exception or a mistake, please reply and say why; a reviewer will look at it.",
	.thanks = "Thank you. Reference: %s",
};

const struct notice_words notice_words_cy = {
	.subject = {
		[NOTICE_HELD] = "Wedi'i dal: %s",
		[NOTICE_ANNOTATED] = "Ychwanegwyd llinell: %s",
		[NOTICE_ADVICE] = "Ynghylch eich neges: %s",
		[NOTICE_RETURNED] = "Wedi'i dychwelyd: %s",
		[NOTICE_COMPANION] = "Re: %s",
		[NOTICE_RELEASED] = "Wedi'i hanfon: %s",
	},
	.subject_apart = "Hysbyswyd y derbynwyr: %s",
	.opening = {
		[NOTICE_HELD] = "Ni anfonwyd eich neges%s.",
		[NOTICE_ANNOTATED] = "Anfonwyd eich neges%s.",
		[NOTICE_ADVICE] = "Anfonwyd eich neges%s.",
		[NOTICE_RETURNED] = "Ni anfonwyd eich neges%s; fe'i dychwelir atoch.",
		[NOTICE_COMPANION] = "Mae copi o'r neges%s gan %s nad yw At na Cc yn ei ddangos.",
		[NOTICE_RELEASED] = "Anfonwyd eich neges%s bellach.",
	},
	.held_for_some = "Ni anfonwyd eich neges%s at %s. Fe'i hanfonwyd at y derbynwyr eraill.",
	.title = " \"%s\"",
	.others = " a %s arall",
	.added = "Ychwanegwyd ar ei gwaelod: %s.",
	.not_added = "Dylai hyn fod ar ei gwaelod, ond ni ellid newid y neges (%s): %s.",
	.told_apart = "Dylai hyn fod ar ei gwaelod, ond ni ellid newid y neges (%s). Hysbyswyd y derbynwyr mewn neges ar wahân: %s.",
	.stands_here = "Ni ellid newid y neges (%s). Mae hyn yn sefyll yn lle'r llinell ar ei gwaelod:",
	.undecided = "Ni ellid dweud a yw un o reolau'r cyngor yn berthnasol iddi.",
	.clause = "Y cymal: %s.",
	.clause_quoted = "Y cymal: %s: \"%s\"",
	.step = {
		[NOTICE_HELD] = "Bydd adolygydd yn penderfynu. Nid oes angen i chi wneud dim; os nad oeddech yn bwriadu ei hanfon, "
				"atebwch a dywedwch hynny.",
		[NOTICE_ANNOTATED] = "Nid oes angen i chi wneud dim.",
		[NOTICE_ADVICE] = "Nid oes angen i chi wneud dim nawr.",
		[NOTICE_RETURNED] = "Gallwch ei newid a'i hanfon eto.",
		[NOTICE_COMPANION] = "Nid oes angen i chi wneud dim.",
		[NOTICE_RELEASED] = "Nid oes angen i chi wneud dim.",
	},
	.wrong = "Os yw hyn yn eithriad neu'n gamgymeriad, atebwch a dywedwch pam; bydd adolygydd yn edrych arno.",
	.thanks = "Diolch. Cyfeirnod: %s",
};
