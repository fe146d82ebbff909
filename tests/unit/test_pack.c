/* test_pack.c - the shipped pack on whole messages: bytes to reading to facts to findings. Half of the messages are near misses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "../pack_files.h"
#include "people.h"
#include "policy/policy.h"

static const char folk[] =
	"id,name,role,offices,group,ward,addresses,from,to,members\n"
	",Ruth Ames,officer,clerk,,,clerk@marlbrook.example;ruth.ames@marlbrook.example,,,\n"
	",Dev Patel,officer,rfo,,,rfo@marlbrook.example,,,\n"
	",Lena Fox,officer,,,,lena.fox@marlbrook.example;info@marlbrook.example,,,\n"
	",Amir Khan,councillor,mayor,Blue,,cllr.khan@marlbrook.example;mayor@marlbrook.example;amir.khan@mailbox.example,,,\n"
	",Carl Moss,councillor,,Independent,,cllr.moss@marlbrook.example;carl.moss77@gmail.example,,,\n"
	",Frances Lowe,councillor,committee-chair,Green,,cllr.lowe@marlbrook.example,,,\n"
	",Gareth Price,councillor,leader,Blue,,cllr.price@marlbrook.example,,,\n"
	",Stuart Reid,councillor,bank-signatory,Blue,,cllr.reid@marlbrook.example,,,\n"
	",Huw Jones,councillor,vice-chair,Red,,cllr.jones@marlbrook.example,,,\n"
	",Priscilla Webb-Hall,councillor,,Blue,,cllr.webb-hall@marlbrook.example;cllr.webb-hall@wexshire.example,,,\n"
	",Ray Todd,councillor,,Blue,,ray.todd@mailbox.example,2019-05-07,2025-05-05,\n"
	",Ivy Webb,complainant,,,,ivy.webb@post.example,,,\n"
	",Tom Ellery,resident,,,,t.ellery@post.example,,,\n"
	",Oakfield Contractors Ltd,contractor,,,,contracts@oakfield.example,,,\n"
	",Keith Lamb,adviser,,,,k.lamb@lambkeyes.example,,,\n"
	",Helen Marsh,oversight,monitoring-officer,,,mo@wexshire.example,,,\n"
	",Pat Doyle,protected,,,,p.doyle@union.example,,,\n"
	",Dana Whitlock MP,minister,,,,ps.whitlock@communities.example,,,\n"
	",Peter Dunn,authority,,,,cllr.dunn@wexshire.example,,,\n"
	",Marlbrook Gazette,press,,,,newsdesk@gazette.example,,,\n"
	",All councillors,list,,councillors,,allcouncillors@marlbrook.example,,,\n"
	",Blue group,list,,Blue,,blue-group@marlbrook.example,,,\n"
	",Town newsletter,list,,public,,newsletter@marlbrook.example,,,\n"
	",Archive,list,,,,archive@marlbrook.example,,,\n";

#define CLERK "clerk@marlbrook.example"
#define RFO "rfo@marlbrook.example"
#define FOX "lena.fox@marlbrook.example"
#define KHAN "cllr.khan@marlbrook.example"
#define MAYOR "mayor@marlbrook.example"
#define MOSS "cllr.moss@marlbrook.example"
#define LOWE "cllr.lowe@marlbrook.example"
#define PRICE "cllr.price@marlbrook.example"
#define REID "cllr.reid@marlbrook.example"
#define JONES "cllr.jones@marlbrook.example"
#define WEBBHALL "cllr.webb-hall@marlbrook.example"
#define WEBB "ivy.webb@post.example"
#define ELLERY "t.ellery@post.example"
#define OAKFIELD "contracts@oakfield.example"
#define LAMB "k.lamb@lambkeyes.example"
#define MINISTER "ps.whitlock@communities.example"
#define DUNN "cllr.dunn@wexshire.example"
#define GAZETTE "newsdesk@gazette.example"
#define ALL "allcouncillors@marlbrook.example"

#define FROM_KHAN "Cllr Amir Khan <" KHAN ">"
#define SIGN_KHAN "\nRegards\nCllr Amir Khan\nTown Mayor\n"
#define SIGN_KHAN_FOR "\nRegards\nCllr Amir Khan\nTown Mayor, on behalf of Marlbrook Town Council\n"
#define SIGN_MOSS "\nRegards\nCllr Carl Moss\n"
#define SIGN_AMES "\nRegards\nRuth Ames\nTown Clerk\n"
#define SIGN_JONES "\nYn gywir\nCyng. Huw Jones\n"
#define FORWARDED(from, to, subject, text)                                                                                                     \
	"\n-----Original Message-----\nFrom: " from "\nSent: 27 February 2026 10:12\nTo: " to "\nSubject: " subject "\n\n" text

#define SMIME "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n"
#define MIXED "Content-Type: multipart/mixed; boundary=b\n"
#define WITH_PDF(text)                                                                                                                         \
	"--b\nContent-Type: text/plain; charset=utf-8\n\n" text                                                                               \
	"\n--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--b--\n"

static const struct message_case {
	const char *what;
	const char *auth; /* NULL: nobody authenticated */
	const char *from, *to, *cc;
	const char *hidden; /* further envelope recipients, separated by blanks */
	const char *headers, *subject, *text;
	const char *expected; /* "rule action, rule action" in enforce; "" for none */
} cases[] = {
	/* copies */
	{ "hidden councillor", CLERK, CLERK, MOSS, NULL, KHAN, "", "Allotment fees", "Dear Carl,\n\nThe fee is £40.\n" SIGN_AMES, "silent-copy footer, copy-footer footer" },
	{ "named at the foot", CLERK, CLERK, MOSS, NULL, KHAN, "", "Allotment fees", "Dear Carl,\n\nThe fee is £40.\n" SIGN_AMES "\nCC councillor Khan\n", "" },
	{ "wrong name at the foot", CLERK, CLERK, MOSS, NULL, KHAN, "", "Fees", "The fee is £40.\n" SIGN_AMES "\nCC councillor Lowe\n", "silent-copy footer, copy-footer footer" },
	{ "one of two named", CLERK, CLERK, MOSS, NULL, KHAN " " PRICE, "", "Fees", "The fee is £40.\n" SIGN_AMES "\nCC councillor Khan\n", "silent-copy footer, copy-footer footer" },
	{ "open copy", CLERK, CLERK, MOSS, KHAN, NULL, "", "Fees", "The fee is £40.\n" SIGN_AMES, "" },
	{ "circular to the list", CLERK, CLERK, ALL, NULL, NULL, "", "Agenda", "Please find the agenda.\n" SIGN_AMES, "" },
	{ "circular to oneself", CLERK, CLERK, CLERK, NULL, MOSS " " KHAN " " PRICE, "", "Agenda", "Please find the agenda.\n" SIGN_AMES, "" },
	{ "newsletter", CLERK, CLERK, "News <news@marlbrook.example>", NULL, KHAN " a@post.example b@post.example c@post.example d@post.example", "", "News", "The fete is on Sunday.\n", "" },
	{ "archive", CLERK, CLERK, MOSS, NULL, "archive@marlbrook.example", "", "Fees", "The fee is £40.\n" SIGN_AMES, "" },
	{ "the same person twice", CLERK, CLERK, MOSS, NULL, "carl.moss77@gmail.example", "", "Fees", "The fee is £40.\n" SIGN_AMES, "" },
	{ "private address", CLERK, CLERK, MOSS, NULL, "amir.khan@mailbox.example", "", "Fees", "The fee is £40.\n" SIGN_AMES, "silent-copy footer, copy-footer footer" },
	{ "group list", CLERK, CLERK, MOSS, NULL, "blue-group@marlbrook.example", "", "Fees", "The fee is £40.\n" SIGN_AMES, "silent-copy footer, copy-footer footer" },
	{ "councillors are not bound", MOSS, MOSS, LOWE, NULL, PRICE, "", "Lunch", "Are you coming?\n" SIGN_MOSS, "" },
	{ "residents are not bound", NULL, WEBB, CLERK, NULL, MOSS, "", "Steps", "The steps are broken.\n", "" },
	{ "resident visible", CLERK, CLERK, WEBB, NULL, MOSS, "", "Steps", "The steps are on the list.\n" SIGN_AMES, "copy-footer notify" },
	{ "conduct matter", CLERK, CLERK, REID, NULL, KHAN, "", "Complaint against you", "I must tell you of a complaint about your conduct.\n" SIGN_AMES, "silent-copy notify, copy-footer notify" },
	{ "monitoring officer", CLERK, CLERK, REID, NULL, "mo@wexshire.example", "", "Complaint", "I must tell you of a complaint.\n" SIGN_AMES, "" },
	{ "two addressees", CLERK, CLERK, MOSS ", " LOWE, NULL, PRICE, "", "Fees", "The fee is £40.\n" SIGN_AMES, "copy-footer footer" },
	{ "said in the text", CLERK, CLERK, MOSS, NULL, KHAN, "", "Fees", "Exceptionally I am copying Cllr Khan because the deadline is today.\n" SIGN_AMES, "copy-footer footer" },
	{ "former councillor", CLERK, CLERK, MOSS, NULL, "ray.todd@mailbox.example", "", "Fees", "The fee is £40.\n" SIGN_AMES, "" },
	{ "falsely named", CLERK, CLERK, MOSS, NULL, NULL, "", "Fees", "The fee is £40.\n" SIGN_AMES "\nCC councillor Price\n", "copy-footer notify" },
	{ "Welsh copy line", CLERK, CLERK, MOSS, NULL, JONES, "", "Ffioedd", "Y ffi yw £40.\n" SIGN_AMES "\nCopi at: Cyng. Huw Jones\n", "" },
	{ "quoted copy line", CLERK, CLERK, MOSS, NULL, KHAN, "", "Re: Fees", "Agreed.\n" SIGN_AMES "\nOn 1 March 2026, Carl Moss wrote:\n> ok\n> CC councillor Khan\n", "silent-copy footer, copy-footer footer" },
	/* confidential */
	{ "officer to third party", CLERK, CLERK, MOSS, WEBB, NULL, "", "CONFIDENTIAL: complaint", "In confidence, because it names staff.\n" SIGN_AMES, "confidential-third-party hold" },
	{ "disclaimer only", CLERK, CLERK, WEBB, NULL, NULL, "", "Your letter", "Thank you.\n" SIGN_AMES "\nThis email is confidential and intended solely for the addressee. If you are not the intended recipient, delete it.\n", "" },
	{ "forwarded as it is", MOSS, MOSS, WEBB, NULL, NULL, "", "Fwd: CONFIDENTIAL: staffing", "See below.\n" SIGN_MOSS FORWARDED("Ruth Ames <" CLERK ">", "Cllr Moss <" MOSS ">", "CONFIDENTIAL: staffing", "The post will go.\n\nRuth Ames\nTown Clerk\n"), "confidential-third-party hold" },
	{ "subject cleaned", MOSS, MOSS, WEBB, NULL, NULL, "", "Fwd: staffing", "See below.\n" SIGN_MOSS FORWARDED("Ruth Ames <" CLERK ">", "Cllr Moss <" MOSS ">", "staffing", "IN CONFIDENCE\n\nThe post will go.\n\nRuth Ames\nTown Clerk\n"), "confidential-third-party hold" },
	{ "to the solicitor", CLERK, CLERK, LAMB, NULL, NULL, "", "CONFIDENTIAL: lease", "Please advise.\n" SIGN_AMES, "" },
	{ "to the monitoring officer", MOSS, MOSS, "mo@wexshire.example", NULL, NULL, "", "Fwd: CONFIDENTIAL: staffing", "What should I do?\n" SIGN_MOSS FORWARDED("Ruth Ames <" CLERK ">", "Cllr Moss <" MOSS ">", "CONFIDENTIAL: staffing", "The post will go.\n"), "" },
	{ "the resident's own", CLERK, CLERK, WEBB, NULL, NULL, "", "RE: Private and confidential", "Thank you for your letter.\n" SIGN_AMES FORWARDED("Ivy Webb <" WEBB ">", "Clerk <" CLERK ">", "Private and confidential", "My neighbour is noisy.\n"), "" },
	{ "casework", MOSS, MOSS, ELLERY, NULL, NULL, "", "Private and confidential: your housing", "I have spoken to the housing office.\n" SIGN_MOSS, "" },
	{ "council label by a councillor", REID, REID, GAZETTE, NULL, NULL, "", "EXEMPT - Part 2, paragraph 3, Schedule 12A", "Have a look at this.\n\nCllr Reid\n", "confidential-third-party hold" },
	{ "training", CLERK, CLERK, "trainer@training.example", NULL, NULL, "", "Confidentiality training dates", "Could you do 3 May?\n" SIGN_AMES, "" },
	{ "not confidential", CLERK, CLERK, WEBB, NULL, NULL, "", "Notice: this email is not confidential", "The minutes are attached.\n" SIGN_AMES, "" },
	{ "the officer took the marking off", MOSS, MOSS, WEBB, NULL, NULL, "", "Fwd: report", "See below.\n" SIGN_MOSS FORWARDED("Ruth Ames <" CLERK ">", "Cllr Moss <" MOSS ">", "report", "This is no longer confidential and may be shared.\n\nRuth Ames\nTown Clerk\n"), "" },
	{ "an officer takes the marking off", CLERK, CLERK, WEBB, NULL, NULL, "", "Fwd: report", "This is no longer confidential and may be shared.\n" SIGN_AMES FORWARDED("Ruth Ames <" CLERK ">", "Cllr Moss <" MOSS ">", "report", "Confidential\n\nThe report.\n"), "" },
	{ "a councillor cannot take it off", MOSS, MOSS, WEBB, NULL, NULL, "", "Fwd: report", "This is no longer confidential and may be shared.\n" SIGN_MOSS FORWARDED("Ruth Ames <" CLERK ">", "Cllr Moss <" MOSS ">", "report", "Confidential\n\nThe report.\n"), "confidential-third-party hold" },
	{ "Sensitivity header", CLERK, CLERK, MOSS, OAKFIELD, NULL, "Sensitivity: Company-Confidential\n", "Fence", "The budget is £900.\n" SIGN_AMES, "confidential-third-party hold" },
	{ "OFFICIAL", CLERK, CLERK, ELLERY, NULL, NULL, "", "OFFICIAL: bin collections", "Thursday.\n" SIGN_AMES, "" },
	{ "in Welsh", JONES, JONES, ELLERY, NULL, NULL, "", "Ymlaen: PREIFAT A CHYFRINACHOL: staff", "Gweler isod.\n" SIGN_JONES FORWARDED("Ruth Ames <" CLERK ">", "Cyng. Jones <" JONES ">", "PREIFAT A CHYFRINACHOL: staff", "Mae'r swydd yn mynd.\n"), "confidential-third-party hold" },
	{ "a stranger's marking", NULL, WEBB, CLERK, NULL, NULL, "", "CONFIDENTIAL", "My letter.\n", "" },
	{ "a former councillor on the thread", CLERK, CLERK, MOSS ", ray.todd@mailbox.example", NULL, NULL, "", "CONFIDENTIAL: staffing", "The post will go.\n" SIGN_AMES, "confidential-third-party hold" },
	{ "own private address", CLERK, CLERK, "carl.moss77@gmail.example", NULL, NULL, "", "CONFIDENTIAL: staffing", "The post will go.\n" SIGN_AMES, "" },
	/* obligations */
	{ "accepts and instructs", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Fence", "Dear Sirs,\n\nWe accept your quotation of £4,200, please proceed.\n" SIGN_KHAN_FOR, "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "the clerk accepts", CLERK, CLERK, OAKFIELD, NULL, NULL, "", "Fence", "Dear Sirs,\n\nWe accept your quotation of £4,200, please proceed.\n" SIGN_AMES, "" },
	{ "clerk's mailbox, mayor's name", CLERK, CLERK, OAKFIELD, NULL, NULL, "", "Fence", "We accept your quotation of £4,200.\n" SIGN_KHAN, "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "jointly signed", CLERK, CLERK, OAKFIELD, NULL, NULL, "", "Fence", "We instruct you to start the work.\n\nRegards\nRuth Ames, Town Clerk\nCllr Amir Khan, Mayor\n", "obligation-by-councillor report" },
	{ "asks for a price", MOSS, MOSS, OAKFIELD, NULL, NULL, "", "Fence", "Could you quote for a fence? I'd then take it to the Council.\n" SIGN_MOSS, "" },
	{ "ward promise to ask", MOSS, MOSS, WEBB, NULL, NULL, "", "Step", "I will raise this with officers.\n" SIGN_MOSS, "" },
	{ "promise with a day", MOSS, MOSS, WEBB, NULL, NULL, "", "Step", "I am glad to say the Council will fix the step by Friday.\n" SIGN_MOSS, "obligation-by-councillor notify" },
	{ "reports a resolution", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Fence", "The Council resolved on Monday to accept Oakfield's quote; the Clerk will write to you.\n" SIGN_KHAN, "" },
	{ "resolution and instruction", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Fence", "Following Monday's resolution I hereby instruct you to start.\n" SIGN_KHAN, "obligation-by-councillor hold" },
	{ "match-funding to a minister", MAYOR, MAYOR, MINISTER, NULL, NULL, "", "Bus", "Dear Minister,\n\nThe Council undertakes to match-fund £50,000.\n" SIGN_KHAN, "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "personal views", REID, REID, OAKFIELD, NULL, NULL, "", "Your plan", "I like your plan.\n\nRegards\nCllr Stuart Reid, ward member\nPersonal views, not those of the Council\n", "" },
	{ "waiver with a disclaimer", REID, REID, OAKFIELD, NULL, NULL, "", "Condition 4", "The Council will not enforce condition 4.\n\nRegards\nCllr Stuart Reid, ward member\nPersonal views, not those of the Council\n", "obligation-by-councillor notify" },
	{ "civic invitation", MAYOR, MAYOR, ELLERY, NULL, NULL, "", "Reception", "The Mayor requests the pleasure of your company on 3 May.\n" SIGN_KHAN_FOR, "" },
	{ "permission will be granted", LOWE, LOWE, ELLERY, NULL, NULL, "", "Your application", "I can tell you that permission will be granted.\n\nRegards\nCllr Frances Lowe\nChair of Planning\n", "obligation-by-councillor hold" },
	{ "invoice the council", PRICE, PRICE, OAKFIELD, NULL, NULL, "", "Gate", "Just invoice the Council and I'll see it's paid.\n\nGareth Price\n", "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "mayor's charity", MAYOR, MAYOR, ELLERY, NULL, NULL, "", "Charity", "Please donate to the Mayor's charity.\n" SIGN_KHAN, "" },
	{ "act only quoted", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Re: Fence", "Thanks all.\n" SIGN_KHAN FORWARDED("Ruth Ames <" CLERK ">", "Oakfield <" OAKFIELD ">", "Fence", "We accept your quotation.\n\nRuth Ames\nTown Clerk\n"), "" },
	{ "trustee", JONES, JONES, OAKFIELD, NULL, NULL, "", "Hall roof", "On behalf of the Hall Trustees we accept your quotation.\n\nHuw Jones\nTrustee, Marlbrook Village Hall\n", "" },
	{ "Welsh acceptance", JONES, JONES, OAKFIELD, NULL, NULL, "", "Ffens", "Annwyl Syr,\n\nAr ran y Cyngor, derbyniwn eich dyfynbris.\n" SIGN_JONES, "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "Welsh receipt", JONES, JONES, OAKFIELD, NULL, NULL, "", "Ffens", "Rydym wedi derbyn eich dyfynbris, diolch. Bydd y Clerc yn ysgrifennu atoch.\n" SIGN_JONES, "" },
	{ "hedged", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Lease", "Subject to contract and full Council approval we would be minded to agree.\n" SIGN_KHAN, "official-letter-by-councillor notify" },
	{ "go-ahead to a contractor", MOSS, MOSS, OAKFIELD, NULL, NULL, "", "Fence", "That looks fine. Please go ahead.\n" SIGN_MOSS, "obligation-by-councillor notify" },
	{ "go-ahead to a resident", MOSS, MOSS, ELLERY, NULL, NULL, "", "Party", "I have no objection to the street party. Please go ahead.\n" SIGN_MOSS, "" },
	{ "own kitchen", MOSS, MOSS, OAKFIELD, NULL, NULL, "", "Kitchen", "I accept your quotation for my kitchen, please go ahead.\n" SIGN_MOSS, "" },
	{ "cannot accept", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Fence", "I am afraid I cannot accept your quotation; only the Clerk can place an order.\n" SIGN_KHAN, "" },
	{ "to colleagues only", MAYOR, MAYOR, CLERK, MOSS, NULL, "", "Fence", "We accept your quotation.\n" SIGN_KHAN, "" },
	{ "unknown sender", NULL, FROM_KHAN, OAKFIELD, NULL, NULL, "", "Fence", "On behalf of the Council I accept your quotation.\n" SIGN_KHAN, "" },
	{ "no on-behalf words", MOSS, MOSS, OAKFIELD, NULL, NULL, "", "Benches", "We accept your quote for the two benches.\n" SIGN_MOSS, "obligation-by-councillor notify, financial-commitment-by-councillor notify" },
	{ "other council", WEBBHALL, WEBBHALL, OAKFIELD, NULL, NULL, "", "Path", "On behalf of Wexshire District Council I can say that Wexshire District Council will fund the path.\n\nPriscilla Webb-Hall\n", "" },
	{ "two hats, the council's business", PRICE, PRICE, OAKFIELD, NULL, NULL, "", "Gate", "I accept your quotation, please invoice the Council.\n\nCllr Gareth Price\nLeader of the Council\nDirector, Price Building Ltd\n", "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "appoints", MAYOR, MAYOR, "office@unlisted.example", NULL, NULL, "", "Pavilion", "I am pleased to confirm your appointment as architect on behalf of the Council.\n" SIGN_KHAN, "obligation-by-councillor hold" },
	{ "grants a lease", PRICE, PRICE, ELLERY, NULL, NULL, "", "Kiosk", "The Council agrees to let the kiosk and we grant you a licence from 1 April.\n\nGareth Price\nLeader of the Council\n", "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "instructs the solicitor", MAYOR, MAYOR, LAMB, NULL, NULL, "", "Lease", "On behalf of the Council I instruct you to complete the lease.\n" SIGN_KHAN, "obligation-by-councillor hold, financial-commitment-by-councillor hold" },
	{ "accepts a finding of the ombudsman's kind", MAYOR, MAYOR, "mo@wexshire.example", NULL, NULL, "", "Code", "On behalf of the Council I undertake to publish the decision.\n" SIGN_KHAN, "" },
	{ "another councillor's outside copy", MAYOR, MAYOR, CLERK, OAKFIELD, NULL, "", "Fence", "Ruth, I have told Oakfield that the Council accepts their quotation.\n" SIGN_KHAN, "" },
	{ "asks colleagues to decide", MOSS, MOSS, CLERK ", " OAKFIELD, NULL, NULL, "", "Fence", "Could the Council decide whether to accept your quotation at the May meeting?\n" SIGN_MOSS, "" },
	{ "county money", MOSS, MOSS, WEBB, NULL, NULL, "", "Bridge", "Good news: the county council will pay for the bridge.\n" SIGN_MOSS, "" },
	{ "news of a decision", LOWE, LOWE, ELLERY, NULL, NULL, "", "Trees", "The Council agreed at Monday's meeting to fund the trees.\n\nCllr Frances Lowe\n", "" },
	{ "clerk's name from a councillor's account", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Fence", "We accept your quotation.\n" SIGN_AMES, "officer-name-by-proxy notify" },
	{ "Welsh go-ahead", JONES, JONES, OAKFIELD, NULL, NULL, "", "Ffens", "Ewch ymlaen â'r gwaith ddydd Llun.\n" SIGN_JONES, "obligation-by-councillor notify" },
	{ "Welsh refusal", JONES, JONES, OAKFIELD, NULL, NULL, "", "Ffens", "Ni allwn dderbyn eich dyfynbris.\n" SIGN_JONES, "" },
	/* official letters */
	{ "chair to a minister", MAYOR, MAYOR, MINISTER, NULL, NULL, "", "Post office", "Dear Minister,\n\nOn behalf of Marlbrook Town Council I ask you to keep the post office.\n" SIGN_KHAN, "" },
	{ "member to a minister", MOSS, MOSS, MINISTER, NULL, NULL, "", "Post office", "Dear Minister,\n\nOn behalf of the Council I ask you to keep the post office.\n" SIGN_MOSS, "official-letter-by-councillor notify" },
	{ "chair to another councillor", MAYOR, MAYOR, DUNN, NULL, NULL, "", "Bus", "On behalf of Marlbrook Town Council I ask you to support the bus.\n" SIGN_KHAN, "official-letter-by-councillor notify" },
	{ "the council objects", LOWE, LOWE, "planning@wexshire.example", NULL, NULL, "", "25/0042", "Marlbrook Town Council objects to this application.\n\nCllr Frances Lowe\nChair of Planning\n", "official-letter-by-councillor notify" },
	{ "personal objection", LOWE, LOWE, "planning@wexshire.example", NULL, NULL, "", "25/0042", "I object to this application in a personal capacity.\n\nFrances Lowe\n", "" },
	{ "ward letter", MOSS, MOSS, "highways@wexshire.example", NULL, NULL, "", "Pothole", "As your ward councillor for Mill I ask you to fill the pothole.\n" SIGN_MOSS, "" },
	{ "thanks", MAYOR, MAYOR, ELLERY, NULL, NULL, "", "Thank you", "On behalf of the Council, thank you for your work on the flower beds.\n" SIGN_KHAN, "" },
	{ "congratulations signed for the council", MAYOR, MAYOR, ELLERY, NULL, NULL, "", "Your award", "Congratulations on your award.\n" SIGN_KHAN_FOR, "" },
	{ "not on behalf", MOSS, MOSS, DUNN, NULL, NULL, "", "Bus", "I am not writing on behalf of the Council.\n" SIGN_MOSS, "" },
	{ "the clerk's letter", CLERK, CLERK, DUNN, NULL, NULL, "", "Bus", "On behalf of the Council I ask you to support the bus.\n" SIGN_AMES, "" },
	{ "to the press for the council", MAYOR, MAYOR, GAZETTE, NULL, NULL, "", "Quote", "On behalf of the Council I say that we regret the closure.\n" SIGN_KHAN, "press-contact notify" },
	{ "Welsh, for the council", JONES, JONES, DUNN, NULL, NULL, "", "Bysiau", "Ar ran Cyngor Tref Marlbrook, gofynnaf i chi gefnogi'r bws.\n" SIGN_JONES, "official-letter-by-councillor notify" },
	{ "for the county", WEBBHALL, WEBBHALL, DUNN, NULL, NULL, "", "Bus", "On behalf of Wexshire District Council I ask you to support the bus.\n\nPriscilla Webb-Hall\n", "" },
	{ "chair to minister and others", MAYOR, MAYOR, MINISTER ", " DUNN, NULL, NULL, "", "Bus", "On behalf of Marlbrook Town Council I ask you to keep the bus.\n" SIGN_KHAN, "official-letter-by-councillor notify" },
	{ "ordinary ward reply", MOSS, MOSS, WEBB, NULL, NULL, "", "Re: hedge", "I have asked the Clerk about the hedge and will let you know.\n" SIGN_MOSS, "" },
	/* money */
	{ "pays through the finance officer", MOSS, MOSS, RFO, NULL, NULL, "", "Oakfield", "Please pay Oakfield the £900.\n" SIGN_MOSS, "financial-commitment-by-councillor report, instruction-to-staff flag" },
	{ "the second signature", REID, REID, RFO, NULL, NULL, "", "Re: Payments", "I approve the payments.\n\nStuart\n\nOn Mon, 2 Mar 2026 at 08:40, Dev Patel <rfo@marlbrook.example> wrote:\n> Please authorise the payment run of 5 March.\n", "" },
	{ "a signatory orders out of hand", REID, REID, RFO, NULL, NULL, "", "Bench", "Please pay Oakfield the £900.\n\nStuart\n", "financial-commitment-by-councillor report, instruction-to-staff flag" },
	{ "a claim for travel", MOSS, MOSS, RFO, NULL, NULL, "", "Claim", "Please pay my travel expenses of £23.\n" SIGN_MOSS, "" },
	{ "the minute is quoted", MOSS, MOSS, OAKFIELD, NULL, NULL, "", "Benches", "We accept your quote for the two benches (minute 25/118).\n" SIGN_MOSS, "obligation-by-councillor notify, financial-commitment-by-councillor report" },
	/* marked, not explained */
	{ "marked and bare", CLERK, CLERK, MOSS, NULL, NULL, "", "CONFIDENTIAL", "The pavilion stays shut.\n" SIGN_AMES, "confidential-unexplained notify" },
	{ "marked and explained", CLERK, CLERK, MOSS, NULL, NULL, "", "CONFIDENTIAL", "Paragraph 2 names a member of staff.\n" SIGN_AMES, "" },
	{ "marked, to a list", CLERK, CLERK, ALL, NULL, NULL, "", "CONFIDENTIAL", "The pavilion stays shut.\n" SIGN_AMES, "confidential-unexplained notify" },
	/* copied into another's exchange */
	{ "copied in", CLERK, CLERK, MOSS, KHAN, NULL, "", "RE: Fees", "They stay.\n" SIGN_AMES "\nFrom: Carl Moss <cllr.moss@marlbrook.example>\nSent: 27 February 2026 09:10\nTo: Ruth Ames <clerk@marlbrook.example>\nSubject: Fees\n\nWill they rise?\n", "copied-councillor report" },
	{ "copied in as he asked", CLERK, CLERK, MOSS, KHAN, NULL, "", "RE: Fees", "They stay.\n" SIGN_AMES "\nFrom: Carl Moss <cllr.moss@marlbrook.example>\nSent: 27 February 2026 09:10\nTo: Ruth Ames <clerk@marlbrook.example>\nSubject: Fees\n\nWill they rise? Please copy Amir in.\n", "" },
	/* what cannot be read */
	{ "a PDF", CLERK, CLERK, ELLERY, NULL, NULL, MIXED, "Minutes", WITH_PDF("The minutes are attached.\n" SIGN_AMES), "unreadable notify" },
	{ "encrypted", CLERK, CLERK, RFO, NULL, NULL, SMIME, "Payroll", "MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=\n", "unreadable notify" },
	{ "encrypted and marked", CLERK, CLERK, ELLERY, NULL, NULL, SMIME, "CONFIDENTIAL: payroll", "MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=\n", "confidential-third-party hold, unreadable hold" },
	{ "encrypted and marked, inside", CLERK, CLERK, RFO, NULL, NULL, SMIME, "CONFIDENTIAL: payroll", "MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=\n", "unreadable notify" },
	{ "encrypted casework", MOSS, MOSS, ELLERY, NULL, NULL, SMIME, "Private and confidential: your housing", "MIAGCSqGSIb3DQEHA6CAMIACAQAxggE=\n", "unreadable notify" },
	{ "a stranger's PDF", NULL, ELLERY, CLERK, NULL, NULL, MIXED, "Bill", WITH_PDF("My bill is attached.\n"), "unreadable report" },
};

/* ---- running a case ----------------------------------------------------------------------------------------- */

struct bench {
	struct people people;
	struct lexicon *lexicon;
	struct policy *policy;
	struct pattern_scratch *scratch;
	struct council council;
};

static const char *const domains[] = { "marlbrook.example" };

static bool add_rules(void *context, bool is_library, const struct settings_node *root, struct error *err)
{
	struct bench *bench = context;
	const struct settings_node *rules = settings_find(root, "rules");
	return rules == NULL || (is_library ? policy_add_shared : policy_add)(bench->policy, rules, bench->lexicon, err);
}

static int set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);
	struct error err = ERROR_INIT;
	const char *folder = getenv("srcdir");
	char *path = NULL;
	if (bench == NULL || asprintf(&path, "%s/conf/packs/dunstable.conf", folder == NULL ? "." : folder) < 0)
		abort();
	bench->people = people_load(folk);
	bench->lexicon = lexicon_new();
	bench->policy = policy_new();
	bench->scratch = pattern_scratch_new();
	bench->council = (struct council){ .name = "Marlbrook Town Council", .domains = domains, .domain_count = 1 };
	struct pack_user rules = { add_rules, bench };
	bool good = bench->people.directory != NULL && pack_add_phrases(path, bench->lexicon, &err) && lexicon_check(bench->lexicon, &err) &&
		    pack_each_file(path, &rules, &err) &&
		    policy_finish(bench->policy, MODE_ENFORCE, UNKNOWN_REPORTS, &err);
	free(path);
	if (!good) {
		fprintf(stderr, "%s%s\n", error_text(&err), error_text(&bench->people.err));
		return -1;
	}
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;
	policy_free(&bench->policy);
	lexicon_free(&bench->lexicon);
	pattern_scratch_free(&bench->scratch);
	people_free(&bench->people);
	free(bench);
	return 0;
}

/* Each address of a header line or of a list separated by blanks. */
static void add_recipients(struct arena *arena, const char *list, const char ***items, size_t *count)
{
	for (const char *at = list; at != NULL && *at != '\0';) {
		size_t length = strcspn(at, " ,<>");
		if (memchr(at, '@', length) != NULL)
			*ARENA_PUSH(arena, *items, *count) = arena_string_of(arena, (struct bytes){ at, length });
		at += length + (at[length] != '\0');
	}
}

static struct bytes compose(struct arena *arena, const struct message_case *sample)
{
	struct text text = TEXT_INIT;
	text_printf(&text, "From: %s\nTo: %s\n", sample->from, sample->to);
	if (sample->cc != NULL)
		text_printf(&text, "Cc: %s\n", sample->cc);
	text_printf(&text, "Subject: %s\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <m@marlbrook.example>\n%s", sample->subject,
		    sample->headers);
	if (strstr(sample->headers, "Content-Type:") == NULL)
		text_add(&text, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n");
	text_printf(&text, "\n%s", sample->text);
	return message_to_crlf(arena, text_to_arena(&text, arena));
}

static const struct verdict *judge(const struct bench *bench, struct arena *arena, const struct message_case *sample)
{
	static const struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	const char **recipients = NULL;
	size_t count = 0;
	add_recipients(arena, sample->to, &recipients, &count);
	add_recipients(arena, sample->cc, &recipients, &count);
	add_recipients(arena, sample->hidden, &recipients, &count);
	struct envelope *envelope = arena_alloc(arena, sizeof *envelope);
	*envelope = (struct envelope){ .from = "sender@marlbrook.example", .recipients = recipients, .recipient_count = count };
	envelope->auth = sample->auth;
	envelope->at = 1772442000; /* 2 March 2026, 09:00 */
	struct message *message = message_scan(arena, compose(arena, sample), &limits);
	const struct reading *reading = reading_make(arena, message, bench->lexicon, bench->scratch);
	const struct facts *facts =
		facts_gather(arena, envelope, reading, NULL, bench->people.directory, &bench->council, bench->lexicon, bench->scratch);
	return policy_judge(arena, bench->policy, facts, bench->lexicon, bench->scratch);
}

static void print_opinion(const struct opinion *opinion)
{
	fprintf(stderr, "  %s: %d, %s\n", opinion->rule->id, opinion->fires, action_name(opinion->action));
	for (size_t i = 0; i < opinion->asked_count; i++) {
		fprintf(stderr, "    %d %d %s\n", opinion->asked[i].part, opinion->asked[i].answer, opinion->asked[i].sentence);
		for (size_t j = 0; j < opinion->asked[i].evidence_count; j++)
			fprintf(stderr, "        %s: %s\n", opinion->asked[i].evidence[j].where, opinion->asked[i].evidence[j].text);
	}
}

static void test_messages(void **state)
{
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena *arena = arena_new();
		const struct verdict *verdict = judge(*state, arena, &cases[i]);
		struct text found = TEXT_INIT;
		for (size_t j = 0; j < verdict->opinion_count; j++)
			if (verdict->opinions[j].fires == YES)
				text_printf(&found, "%s%s %s", found.length > 0 ? ", " : "", verdict->opinions[j].rule->id,
					    action_name(verdict->opinions[j].action));
		if (strcmp(text_string(&found), cases[i].expected) != 0) {
			wrong++;
			fprintf(stderr, "\"%s\": expected \"%s\", found \"%s\"\n", cases[i].what, cases[i].expected, text_string(&found));
			for (size_t j = 0; j < verdict->opinion_count; j++)
				if (strstr(text_string(&found), verdict->opinions[j].rule->id) != NULL ||
				    strstr(cases[i].expected, verdict->opinions[j].rule->id) != NULL)
					print_opinion(&verdict->opinions[j]);
		}
		assert_false(verdict->undecided);
		text_release(&found);
		arena_free(&arena);
	}
	assert_int_equal(wrong, 0);
}

/* One sentence of the Mayor to a contractor: does it bind the Council, or instruct for it? */
static const struct {
	const char *sentence;
	enum answer binds;
} sentences[] = {
	{ "Please put us down for 24 hanging baskets at the price in your quote.", YES },
	{ "Book us in for the 14th at £300, the Council is paying.", YES },
	{ "Consider yourself hired as our tree surgeon for the season.", YES },
	{ "Yes, on behalf of the council you can have the Saturday pitch at £20 a week.", YES },
	{ "The Council shall contribute one third of the cost of the survey.", YES },
	{ "I confirm on the Council's behalf that clause 4 is varied so that the rent is payable quarterly.", YES },
	{ "In consideration of the above the Council undertakes not to object.", YES },
	{ "The order for the bollards is confirmed.", YES },
	{ "At that price we'll take all six, thanks.", YES },
	{ "You've got yourself a deal.", YES },
	{ "Deal. Send the contract over and I'll sign it for the Council.", YES },
	{ "The Council hereby releases you from the covenant.", YES },
	{ "Your deposit will be returned in full by the Council next week.", YES },
	{ "We are prepared to knock £500 off the rent.", YES },
	{ "The Council offers you £12,000 for the strip of land.", YES },
	{ "We will buy the strip of land for £12,000.", YES },
	{ "Please have your crew remove the tree today; the Council will pick up the tab.", YES },
	{ "Carry on with the extra drainage, the extra cost is fine by us.", YES },
	{ "Please stop all works until further notice.", YES },
	{ "You are to vacate plot 9 by 30 June.", YES },
	{ "We have decided not to renew your lease.", YES },
	{ "The Council consents to the assignment of your lease to Mrs Hall.", YES },
	{ "No rent will be due for April and May.", YES },
	{ "Your grant of £300 has been approved and will be with you by Friday.", YES },
	{ "I can give you an assurance that the Council will meet any claim.", YES },
	{ "Speaking for the Council, yes to the £900.", YES },
	{ "Yes to your price, please get the materials ordered.", YES },
	{ "Your figure is acceptable to the Council.", YES },
	{ "Your terms are acceptable to us.", YES },
	{ "Happy to confirm you've got the contract.", YES },
	{ "The Council is happy for you to use the green on the 3rd.", YES },
	{ "Bydd y Cyngor yn talu'r bil yn llawn.", YES },
	{ "Rydym ni fel Cyngor yn cytuno i'ch telerau.", YES },
	{ "Fel Maer, rwy'n rhoi caniatâd i chi gynnal y ffair.", YES },
	{ "On behalf of the Council I approve the drawings; please go into production.", YES },
	{ "I can't make Friday, but on behalf of the Council I accept your quote.", YES },
	{ "The Council waives it in view of the flooding.", YES },
	{ "I am therefore writing on behalf of the Council to appoint you as contractor.", YES },
	{ "that's all agreed from our side, on behalf of the town council I'm happy to sign the lease", YES },
	{ "We, the Council, will indemnify you and your members against any claim.", YES },
	{ "Acting for the Town Council I have awarded the cleaning contract to your firm.", YES },
	{ "We will honour the invoice, send it to the clerk.", YES },
	{ "Please erect the marquee on the 3rd, as per your quotation.", YES },
	{ "The Council will reimburse the petrol.", YES },
	{ "The Council is going to waive your late fee.", YES },
	{ "Council agrees to your rent of £400 a month.", YES },
	{ "On behalf of the Council we’ll cover all the legal costs.", YES },
	{ "ＯＮ ＢＥＨＡＬＦ of the Council I ａｃｃｅｐｔ your quotation.", YES },
	{ "On behalf of the Coun\342\200\213cil I acc\342\200\213ept your quo\342\200\213tation.", YES },
	{ "On behalf of the Council I ac\302\255cept your quo\302\255tation.", YES },
	{ "The Council will consider your price in May.", NO },
	{ "I shall ask the Clerk to pay you.", NO },
	{ "We are grateful for your offer.", NO },
	{ "I accept that the works were late and I agree with your point about the drains.", NO },
	{ "We agree with your plans for the park.", NO },
	{ "The Council would need three quotes before it could award the work.", NO },
	{ "Once the Council has accepted your quote the Clerk will write.", NO },
	{ "The pitch is yours to book through the office.", NO },
	{ "You can start by ringing the office.", NO },
	{ "Please stop by on Friday.", NO },
	{ "The deal with the county is still being discussed.", NO },
	{ "You must be tired!", NO },
	{ "I'll pay for the coffee next time.", NO },
	{ "You'll have your answer by Friday.", NO },
	{ "Wexshire County Council will meet the cost of the bridge.", NO },
	{ "I gather that the council will pay you next week, the RFO tells me.", NO },
	{ "Your grant application has been received.", NO },
	{ "The Council cannot pay before the work is done.", NO },
	{ "We'd like to see the price for 24 baskets.", NO },
	{ "Could you book us in for a site visit?", NO },
	{ "We'll take all six points to the committee.", NO },
	{ "My wife and I have decided not to renew our subscription.", NO },
	{ "I grant you that the drains are old.", NO },
	{ "The Council accepts that mistakes were made.", NO },
	{ "The Council agrees that the junction is dangerous.", NO },
	{ "I am pleased to accept your kind invitation to open the fair.", NO },
	{ "On behalf of the Council I accept your apology and I agree that the matter is closed.", NO },
	{ "On behalf of the Council I am delighted to accept this award.", NO },
	{ "We do not accept your quotation.", NO },
	{ "Neither I nor the Council can accept your price.", NO },
	{ "If the Council accepts your quotation, how soon could you begin?", NO },
	{ "I hope the Council will award you the contract.", NO },
	{ "I will propose that the Council waives the fee.", NO },
	{ "The Clerk will confirm the order and pay your invoice.", NO },
	{ "The committee resolved last night to waive the fee, and the Clerk will write to you.", NO },
	{ "Whether the Council pays your invoice is for the RFO to decide.", NO },
	{ "Thank you for your quotation, which I have passed to the Clerk.", NO },
	{ "You asked for permission to use the green; that is for the Council to grant.", NO },
	{ "I would love to give you the job but it has to go to tender.", NO },
	{ "We agreed the minutes of the last meeting.", NO },
	{ "I will meet you at the pavilion to discuss the cost of the repairs.", NO },
	{ "My husband will pay your invoice for our kitchen.", NO },
	{ "Nobody on the Council may order work without the Clerk.", NO },
	{ "We can let you have the minutes by Friday.", NO },
	{ "I'd be happy to support your application.", NO },
	{ "The Council accepts cookies and so do I at the fair.", NO },
	{ "The hall is available if you book it with the office.", NO },
	{ "They said \"the Council accepts your quotation\" but that is untrue.", NO },
	{ "I'm happy to pay my respects and I pay tribute to you.", NO },
	{ "We will sign the book of condolence.", NO },
	{ "The Council will cover the agenda items in May.", NO },
	{ "I can give you permission to quote me.", NO },
	{ "We will extend the meeting if we must.", NO },
	{ "We fund raised for the church.", NO },
};

static void test_sentences(void **state)
{
	size_t wrong = 0;
	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		struct arena *arena = arena_new();
		const char *text = arena_printf(arena, "Dear Sir,\n\n%s\n\nYours sincerely\n" SIGN_KHAN, sentences[i].sentence);
		const struct message_case sample = { "", MAYOR, MAYOR, OAKFIELD, NULL, NULL, "", "Re: your letter", text, "" };
		const struct verdict *verdict = judge(*state, arena, &sample);
		for (size_t j = 0; j < verdict->opinion_count; j++) {
			if (strcmp(verdict->opinions[j].rule->id, "obligation-by-councillor") != 0 ||
			    verdict->opinions[j].fires == sentences[i].binds)
				continue;
			wrong++;
			fprintf(stderr, "\"%s\": expected %d\n", sentences[i].sentence, sentences[i].binds);
			print_opinion(&verdict->opinions[j]);
		}
		arena_free(&arena);
	}
	assert_int_equal(wrong, 0);
}

/* What an exemption of the directory kept from firing is listed, and nothing else. */
static void test_exceptions(void **state)
{
	static const struct {
		const char *what, *rule, *detail;
	} listed[] = {
		{ "to the solicitor", "confidential-third-party", "Keith Lamb" },
		{ "chair to a minister", "official-letter-by-councillor", "Dana Whitlock MP" },
		{ "the second signature", "financial-commitment-by-councillor", "Stuart Reid" },
		{ "disclaimer only", NULL, NULL },
		{ "personal objection", NULL, NULL },
	};
	for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
		struct arena *arena = arena_new();
		size_t k = 0;
		while (strcmp(cases[k].what, listed[i].what) != 0)
			k++;
		const struct verdict *verdict = judge(*state, arena, &cases[k]);
		assert_int_equal(verdict->exception_count, listed[i].rule == NULL ? 0 : 1);
		if (listed[i].rule != NULL) {
			assert_string_equal(verdict->exceptions[0].rule, listed[i].rule);
			assert_non_null(strstr(verdict->exceptions[0].detail, listed[i].detail));
		}
		arena_free(&arena);
	}
}

static void test_words_are_short(void **state)
{
	const struct bench *bench = *state;
	for (size_t i = 0; i < policy_count(bench->policy); i++) {
		const struct rule *rule = policy_at(bench->policy, i);
		const char *const words[] = { rule->says_en, rule->says_cy, rule->remedy_en, rule->remedy_cy };
		for (size_t j = 0; j < 4; j++) {
			assert_non_null(words[j]);
			size_t count = 1;
			for (const char *at = words[j]; *at != '\0'; at++)
				count += *at == ' ';
			assert_in_range(count, 5, 60);
		}
	}
}

/* What the protocol keeps back and nobody decides on goes back to its sender; what could not be read waits for a person. */
static void test_undecided_goes_back(void **state)
{
	const struct bench *bench = *state;
	size_t holding = 0;
	for (size_t i = 0; i < policy_count(bench->policy); i++) {
		const struct rule *rule = policy_at(bench->policy, i);
		bool holds = rule->action == ACTION_HOLD && strcmp(rule->id, "unreadable") != 0;
		assert_int_equal(rule->on_expiry, holds ? EXPIRY_RETURN : EXPIRY_ESCALATE);
		holding += holds;
	}
	assert_int_equal(holding, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_words_are_short),
		cmocka_unit_test(test_undecided_goes_back),
	};
	return cmocka_run_group_tests_name("pack", tests, set_up, tear_down);
}
