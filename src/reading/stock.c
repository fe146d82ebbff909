/* stock.c - see stock.h. One list of phrases for each family; the phrase language is base/pattern.h's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/stock.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const legal[] = {
	"if you are not the (intended|named|correct) (recipient|recipients|addressee|addressees|person)",
	("if you (have|are) [not] (received|receive|receiving) this [e-mail|email|message|communication|"
	 "transmission|mail] [and any attachments] (in|by) (error|mistake)"),
	"if you have received this ... (in error|by mistake|in mistake)",
	"received this (e-mail|email|message|communication|transmission) (in error|by mistake)",
	"if this (e-mail|email|message) has been (received|sent|misdirected) [to you] (in error|by mistake)",
	("intended (solely|only|exclusively) for the [sole|exclusive] [use|attention|benefit] [of] [the] "
	 "(addressee*|individual*|person*|entity|entities|recipient*|named|intended|organisation*|organization*)"),
	("(solely|only|exclusively) for the [sole|exclusive] [use|attention] [of] [the] (addressee*|individual* "
	 "or entity|named addressee*|named recipient*|intended recipient*|individual* to whom|person* to whom)"),
	("(solely|exclusively) for the [sole|exclusive] (use|attention) of the (person|individual|organisation|"
	 "recipient|party) ... (addressed|named)"),
	("intended for the (addressee*|named|individual|exclusive use|sole use|use of the|attention of the [named|"
	 "intended|addressee])"),
	"for the (addressee|addressee's) (only|eyes only|use only)",
	("(e-mail|email|message|communication) and any (files|attachment*|attached files) [transmitted] [with it|"
	 "to it|hereto] ... (confidential|privileged|intended)"),
	("(e-mail|email|message|communication) [transmission] (is|are|may be|may contain|contains|and its "
	 "contents) ... (confidential|privileged) ... (intended|solely|recipient|addressee)"),
	("unauthori(s|z)ed (use|disclosure|copying|distribution|dissemination|review|access) ... (prohibited|"
	 "unlawful|forbidden)"),
	"(disclosure|copying|distribution|dissemination|reproduction) ... (strictly|expressly) (prohibited|forbidden)",
	("(views|opinions) [or opinions|or views|and opinions] [expressed|presented|contained] ... (not "
	 "necessarily|do not|not) ... (represent*|reflect*|those of)"),
	("(views|opinions) [or opinions|or views] (expressed|presented) ... (those of the (author|sender|"
	 "individual)|personal to the (author|sender))"),
	("not necessarily (represent|reflect|those of|the views of) ... (council|company|organisation|authority|"
	 "employer)"),
	("(swept|scanned|checked|virus checked) [by|for|using] ... (virus*|malware|mimecast|mailscanner|"
	 "messagelabs|symantec|sophos|anti-virus|antivirus)"),
	("(council|company|authority|organisation|sender|we) (accepts|accept|cannot accept|can accept|does not "
	 "accept|do not accept) [no|any] (liability|responsibility) for ... (virus*|damage|loss|error*|content*|"
	 "reliance)"),
	("(e-mail|email|e-mails|emails|communications) [sent] [to] ... may be (monitored|recorded|intercepted) "
	 "...  (by|for|in accordance|to)"),
	"(subject to|disclosable under|disclosed under) [requests under] [the] freedom of information act",
	"(consider|think of|care for|respect) the environment before (printing|you print)",
	"(think|pause) before (you print|printing)",
	("(privacy (notice|policy|statement)|how we use your (data|information|personal data)) ... (website|visit|"
	 "www|http*|found at|available at|click here)"),
	"(registered|incorporated) in (england|wales|scotland) [and wales] ... (number|no|registered office|company)",
	"os nad (chi yw'r|ydych chi'r|chi|chwi yw'r) [y] (derbynnydd*|derbynnwr|sawl|person|unigolyn)",
	"(derbyn*|dderbyn*|nderbyn*) ... (mewn|drwy|trwy) (camgymeriad|gamgymeriad|gam)",
	"(bwriadwyd|fwriadwyd|bwriedir|fwriedir|fwriadu|bwriadu) ... (ar gyfer|at sylw|i'w defnyddio|i'w ddefnyddio)",
	("(e-bost|ebost|neges) ... (gyfrinachol|cyfrinachol|chyfrinachol) ... (derbynnydd|sylw|unig|bwriad*|"
	 "fwriad*|camgymeriad|gamgymeriad)"),
	"(safbwyntiau|barn|farn|sylwadau|syniadau) ... (nid|o reidrwydd|anghenraid) ... (cyngor|gyngor|awdurdod)",
	"(atebolrwydd|cyfrifoldeb) ... (firws*|feirws*|niwed|difrod)", "meddyliwch ... (amgylchedd|argraffu)",
	"(diese|dieser) e-mail ... vertraulich*", "ce (message|courriel) ... confidentiel*",
	"to unsubscribe [from] ... (click|visit|send|e-mail|email|list|go to|http*)",
	("you (are receiving|received|are subscribed|have received) [to] this (e-mail|email|message|newsletter|"
	 "mail|group) because"),
	"mailing list", "list maintainer*",
	/* what mail services put above mail from outside */
	("this (e-mail|email|message) (originated|originates|came|has come|comes|was sent|has been sent|was received) from "
	 "(outside [of] (the|our|your|this) (organisation|organization|council|company|network|authority|trust)|"
	 "an external (source|sender|address|organisation|organization|email|e-mail|domain))"),
	"you don't often get (e-mail|email) from",
	"(mae'r|daeth|daw) [yr] (e-bost|ebost|neges) hon ... (o'r tu allan i'r|y tu allan i'r) (sefydliad|cyngor|rhwydwaith|corff)",
};
static const char *const legal_hints[] = {
	"confidential", "confidentiality", "privileged", "legally privileged", "intended recipient*", "addressee*",
	"intended (solely|only|for)", "disclaimer", "unauthori(s|z)ed", "prohibited", "in error",
	"notify the sender", "(notify|inform|contact) (us|the sender|the originator) immediately",
	"(delete|destroy) (it|this|the|all|any) [copies] [from] [your] [system|message|email|e-mail]",
	"not (copy|copied|disclose|disclosed|distribute|forward|rely)", "virus*", "liability", "responsibility for",
	"personal data", "data protection", "general data protection regulation", "gdpr", "uk gdpr",
	"freedom of information", "monitored", "recorded", "registered office", "registered number",
	"company number", "company (no|number|reg*)", "vat (no|number|reg*)", "views expressed",
	"opinions expressed", "binding", "transmission", "attachments", "this (e-mail|email|message)",
	"privacy notice", "recycled paper", "cyfrinachol", "gyfrinachol", "chyfrinachol", "derbynnydd",
	"camgymeriad", "gamgymeriad", "atebolrwydd", "diogelu data", "rhyddid gwybodaeth", "e-bost hwn", "neges hon",
	"croesawu gohebiaeth", "croesewir gohebiaeth", "correspondence in welsh", "welcome[s] correspondence",
	"(do not|don't) (click|open) [on] [any|the] (link*|attachment*)", "peidiwch [â] (chlicio|agor)",
	"not lead to [a] delay", "ni fydd ... oedi", "arwain at oedi", "follow us", "dilynwch ni", "follow us on",
	"find us on", "hysbysiad preifatrwydd", "unsubscribe", "website",
};
static const char *const legal_headings[] = {
	("/^\\W*(?:(?:legal|important|general|e-?mail|confidentiality|privacy)\\s+)*(?:disclaimer|notice|"
	 "statement|information|confidentiality|caution|warning)(?:\\s+(?:notice|statement))?\\W*$/"),
	("/^\\W*(?:(?:strictly|highly|legally|private|privileged|personal|commercially|exempt|restricted|and|in|to|the|addressee(?:\\s+only)?)"
	 "[\\s,\\/&-]+)*(?:confidential|confidence|privileged)\\W*$/"),
	("/^\\W*(?:ymwadiad|hysbysiad|rhybudd|cyfrinachedd|preifat\\s+a\\s+chyfrinachol|cyfrinachol|"
	 "datganiad)(?:\\s+\\w+){0,3}\\W*$/"),
};
static const char *const sign_offs[] = {
	("/^\\W*(?:with\\s+)?(?:(?:my|our|very|the|kind|kindest|warm|warmest|best|many|sincere|fond|personal|good|"
	 "all|and)\\s+)*(?:regards|wishes|thanks|rgds|respects|compliments|sincerely)(?:\\s+(?:again|"
	 "in\\s+advance|in\\s+anticipation|and\\s+(?:kind|kindest|best|warm|warmest)\\s+(?:regards|wishes)|"
	 "to\\s+(?:you\\s+)?all|for\\s+(?:your|all)\\s+(?:help|assistance|support|time|patience)|"
	 "from\\s+\\w+))?\\W*$/"),
	("/^\\W*(?:and\\s+)?yours?(?:\\s+(?:very|most))?\\s+(?:sincerely|faithfully|truly|ever|respectfully|aye|"
	 "etc)\\W*$/"),
	"/^\\W*(?:sincerely|respectfully|faithfully|cordially)(?:\\s+yours?)?\\W*$/",
	("/^\\W*(?:cheers|best|all\\s+(?:the\\s+)?best|take\\s+care|ta|tx|thx|br|kr|yours|ever|love|speak\\s+soon|"
	 "see\\s+you\\s+(?:soon|there|then)|bye|regards\\s+and\\s+thanks)\\W*$/"),
	("/^\\W*thank\\s*(?:s|you)(?:\\s+(?:again|all|very\\s+much|so\\s+much|kindly|in\\s+advance|"
	 "for\\s+your\\s+\\w+(?:\\s+\\w+)?))?(?:\\s*(?:and|&|,)?\\s*(?:kind|kindest|best|warm|"
	 "warmest)\\s+(?:regards|wishes))?\\W*$/"),
	("/^\\W*(?:gyda(?:'r|g)?\\s+)?(?:cofion|dymuniadau|diolch|diolchiadau)(?:\\s+(?:gorau|cynnes|caredig|"
	 "cywir|o\\s+galon|yn\\s+fawr|fawr|ymlaen\\s+llaw|am\\s+eich\\s+\\w+|i\\s+chi|lawer|a\\s+chofion|"
	 "cynhesaf))*\\W*$/"),
	"/^\\W*(?:yr\\s+)?(?:eiddoch\\s+)?yn\\s+(?:gywir|ddiffuant|bur|gu)(?:\\s+iawn)?\\W*$/",
	"/^\\W*(?:hwyl|hwyl\\s+fawr|pob\\s+hwyl|llawer\\s+o\\s+ddiolch|gan\\s+ddiolch|pob\\s+dymuniad\\s+da)\\W*$/",
	/* bilingual: two sign-offs on one line */
	("/^\\W*(?:cofion(?:\\s+\\w+)?|yn\\s+gywir|diolch(?:\\s+yn\\s+fawr)?)\\s*[\\/|,-]\\s*(?:(?:kind|best|warm|"
	 "many)\\s+)?(?:regards|wishes|thanks|yours\\s+\\w+)\\W*$/"),
	("/^\\W*(?:(?:kind|best|warm|many)\\s+)?(?:regards|wishes|thanks|yours\\s+\\w+)\\s*[\\/|"
	 ",-]\\s*(?:cofion(?:\\s+\\w+)?|yn\\s+gywir|diolch(?:\\s+yn\\s+fawr)?)\\W*$/"),
	("/^\\W*(?:mit\\s+freundlichen\\s+grüßen|viele\\s+grüße|cordialement|bien\\s+cordialement|"
	 "saludos(?:\\s+cordiales)?|atentamente|pozdrawiam|z\\s+poważaniem|cordiali\\s+saluti|"
	 "met\\s+vriendelijke\\s+groet(?:en)?)\\W*$/"),
};
static const char *const mobile[] = {
	("/^\\W*(?:sent|written|typed|posted)\\s+(?:from|via|by|with|using|on)\\s+(?:(?:my|the|a|"
	 "an)\\s+)?(?:(?:mobile|verizon|wireless|samsung|galaxy|apple|vodafone|o2|ee|bt|talktalk|outlook|yahoo|"
	 "windows|aol|virgin|work|new|proton|sky)\\b[\\w.'-]*\\s*)*(?:iphone|ipad|phone|mobile|android|blackberry|"
	 "tablet|handheld|outlook|yahoo|mail|gmail|smartphone|device|samsung|galaxy|huawei|nokia|email|app|"
	 "surface|laptop|proton|aol)\\b[^.!?]{0,60}[.!]?\\W*$/"),
	"/^\\W*(?:get|download|try)\\s+(?:the\\s+)?(?:free\\s+)?outlook\\b.{0,60}$/",
	"/^\\W*anfonwyd\\s+o\\b.{0,60}$/",
	("/^\\W*(?:envoyé|gesendet|enviado|inviato|verzonden|skickat|sendt|wysłano|wysłane|"
	 "enviada)\\s+(?:\\S+\\s+){0,5}(?:iphone|ipad|outlook|android|mobil\\w*|smartphone|samsung|handy|telefonu|"
	 "yahoo|blackberry|gerät)\\b.{0,40}$/"),
	"/^\\W*(?:please\\s+)?excuse\\s+(?:any\\s+|the\\s+|my\\s+)?(?:brevity|typos|spelling|errors)\\b.{0,80}$/",
};
static const char *const marks[] = {
	("(this|these|this one|all [of] (this|these|the below|the above|it)|the following|what follows|the above|everything [in this (email|e-mail|message)|below|above|"
	 "here|that follows]|the (message|email|e-mail|note|letter|information|matter|paper|report|advice|figures|names|details|"
	 "draft) (below|attached|enclosed|above)|[the] attached|the attachment|[the] enclosed|the contents [of this [email|e-mail|message|letter|report]]) "
	 "[email|e-mail|message|note|letter|correspondence|information|report|paper|document|matter|figures|details] "
	 "[and (its|the|any) (attachment*|content*)] (is|are|must be|remains|remain|must remain|should be|should remain|stays|must stay|should stay|"
	 "(needs|need|has|have|is|are) to (be|stay|remain)) [to be] [kept|treated] [as] [(strictly|highly|very|entirely|totally|completely|all) [private and]] "
	 "[private and|legally privileged and|exempt and] confidential"),
	"(respect|maintain|preserve|observe|keep) the (confidentiality|confidence) of (this|the attached|the below|the enclosed|what follows|the information)",
	"/^\\W*(?:in\\s+(?:the\\s+)?(?:strict(?:est)?\\s+|complete\\s+|total\\s+)?confidence|confidentially|yn\\s+gyfrinachol)\\s*(?:,|:|-)/",
	"(this|these) ... in [the] (strict|strictest|complete|total|absolute) confidence",
	("(anfon|danfon|rhannu|ysgrifennu|dweud) (hyn|hwn|hon|atoch|hyn atoch|hwn atoch|hyn gyda chi|hyn wrthych) [atoch] yn (gyfrinachol|gyfrinach*)"),
	"(peidiwch|paid) â (rhannu|dweud|anfon) (hyn|hwn|hon) ... gyfrinachol",
	("(this|the following|the above|the attached|the contents) [email|e-mail|message|note|letter|information|"
	 "report|document] (is|are|must be|must remain|should be) [sent|shared|given|provided|treated|kept] [to "
	 "you] in [the] [strict|strictest|complete|total] confidence"),
	("/\\bplease\\s+(?:treat|keep|hold|regard|consider)\\s+(?!(?:\\S+\\s+){0,4}?(?:passwords?|passcodes?|pins?|log-?ins?|credentials|codes?|account|"
	 "records|data|customers?|residents?)\\b)(?:\\S+\\s+){0,6}?(?:as\\s+)?(?:strictly\\s+|highly\\s+|private\\s+and\\s+)*"
	 "(?:confidential|in\\s+(?:the\\s+)?(?:strict(?:est)?\\s+)?confidence)\\b/"),
	("(treat|keep|hold) (this|it|the following|the attached|everything below|the information|its contents|the "
	 "contents) [email|e-mail|message|note|letter] [as] [strictly|highly] [private and] (confidential|in "
	 "[strict|strictest|complete] confidence)"),
	("i am (writing|sending|sharing|telling|giving|passing|forwarding) ... [in] [strict|strictest|complete] "
	 "confidence"),
	"(i|we) (send|share|give|tell|pass|forward|write) ... in [the] [strict|strictest|complete] confidence",
	("(is|are|contains|contain) (exempt|confidential) [information] (under|by virtue of|within|as defined in|in accordance with|pursuant to) ... "
	 "(paragraph*|para|part|schedule) ... (schedule|12a|act)"),
	("(this|it|these|the attached|the enclosed|the following|the below|the letter|the report) ... (sent|shared|written|provided|given|circulated) [to you] "
	 "(in [the] [strict|strictest] confidence|on a confidential basis)"),
	("/^\\W*(?:sent|shared|written|provided|given|circulated)\\s+(?:to\\s+you\\s+)?(?:in\\s+(?:the\\s+)?(?:strict(?:est)?\\s+)?confidence|on\\s+a\\s+"
	 "confidential\\s+basis)\\b/"),
	("(this|it|these|the attached|the enclosed|the below|the following|the report|the letter|the paper*) [email|e-mail|message|note|letter|report|paper] "
	 "(is|are|has been|have been|was|were) [now] marked [as] [strictly|private and] confidential"),
	"(i|we) have marked (this|it|the (email|report|letter|paper*|attached)) [as] [strictly|private and] confidential",
	("/\\bnot\\s+(?:for|to\\s+be)\\s+(?:publication|(?:onward\\s+)?(?:circulation|distribution)|disclosure|sharing|circulated|disclosed|published|"
	 "shared\\s+outside)\\b(?!\\s+(?:before|until|till|yet)\\b)/"),
	("/^\\W*(?:\\w+\\s*[,:-]\\s*)?(?:(?:pls|plz|please|kindly|and|so)\\s+)*(?:treat|keep|hold)\\s+(?:as|in)\\s+(?:strictly\\s+|strict\\s+|highly\\s+|"
	 "private\\s+and\\s+)*(?:confidential|confidence)\\b/"),
	"(not|don't|never) (share|forward|circulate|pass|copy|disclose|discuss|show|repeat) (this|it|these|the attached|the following) ... confidential",
	"(cofia|cofiwch) (fod|bod) (hyn|y neges|yr e-bost|y wybodaeth|yr adroddiad|y papur) ... yn gyfrinachol",
	("(mae'r|mae) [y|yr|cynnwys y|cynnwys yr] (hyn|hwn|hon|neges|nodyn|e-bost|ebost|llythyr|adroddiad|papur|wybodaeth|gwybodaeth|atodiad|cynnwys|"
	 "manylion|isod|mater) ... yn [hollol|gwbl|llwyr] (gyfrinachol|breifat a chyfrinachol)"),
	"dylid (trin|cadw|ystyried) ... yn [hollol|gwbl] (gyfrinachol|gyfrinach*)",
	"(triniwch|cadwch|ystyriwch|trin|cadw) ... yn (gyfrinachol|gyfrinach*)",
	("(share|sharing|send|sending|shared|sent) (this|these|it|the following|the attached) ... on a confidential basis"),
	("(this|the attached|the following|the enclosed) [email|e-mail|message|note|letter|report|document|paper|appendix|minute*] (contains|includes|discloses|"
	 "discusses) [the] [some|highly|strictly|commercially] (confidential|exempt|privileged|official-sensitive|sensitive personal) (information|material|data|advice|matters|details)"),
	"/\\bin\\s+(?:the\\s+)?(?:strict(?:est)?\\s+|complete\\s+|total\\s+|absolute\\s+)?confidence\\s*:/",
	("(this|the attached|the following) [email|e-mail|message|note|letter|report|document|paper|advice] [below|above] (is|remains) [strictly|highly] [private and|confidential and] "
	 "(legally privileged|privileged|subject to legal [professional] privilege|official sensitive|exempt from publication|not for publication|for your eyes only|not for circulation)"),
	"(cadwch|cadwa|triniwch|trinia) (hyn|hwn|hon|y wybodaeth|yr wybodaeth|y neges|y manylion|y cynnwys) ... (yn gyfrinach*|i chi'ch hun[an])",
	("(share|sharing|send|sending|tell|telling|give|giving|pass|passing) [you] (this|the following|the attached|it) [with you|to you|on] "
	 "in [the] [strict|strictest|complete|total] confidence"),
};
static const char *const unmarks[] = {
	("(not|no longer|never) [a|an|marked|treated|regarded|considered|classed] [as] [strictly|private and|"
	 "private or|in any way|private or] confidential"),
	"(isn't|aren't|wasn't|need not be|need not remain) [treated as] [strictly] confidential", "non confidential",
	"non-confidential", "nonconfidential", "(not|no longer) [a|an|marked|treated|classed] [as] (exempt|restricted|privileged|official sensitive|official-sensitive|secret)",
	"(previously|formerly|once) (confidential|exempt|restricted|private) ... (released|published|public|open|available|declassified)",
	"(remove*|removing|lifted|lift|lifting|taken off|dropped|deleted|withdrawn|cancelled) (the|its|his|her|any|all) [confidential|confidentiality|exempt|restricted|protective] (marking*|label*|classification*|restriction*|status)",
	"(marking*|label|classification|confidentiality|restriction) (no longer applies|does not apply|can be ignored|can be disregarded|was left on|has expired|have expired)",
	"downgraded to (official|public)", "(now|since) (released|declassified) ... (public|publication|inspection|all)", "nothing [in (this|it|here)|here|below|attached] [is] confidential",
	"(none|no part|no parts) of (this|it|this (email|e-mail|message|letter|note)|these|the (above|below|attached|contents|papers|figures)) (is|are|was) [now] [private or] confidential",
	"(declassified|de-classified)", "not protectively marked",
	"(for|approved for|cleared for) public (release|circulation|consumption)",
	"(free|feel free) to (share|circulate|forward|pass on) (this|it)",
	"(marking*|label|classification) (is|has been|was|are|have been|were) [now] (removed|lifted|cancelled|withdrawn|dropped|taken off)",
	"(confidentiality|embargo) (is|has been|was) lifted",
	"(nid yw|nid yw'n|nid yw'r|dyw|dydi|dydy|nid) ... yn (gyfrinachol|gyfrinach) [mwyach|bellach]",
	"(dileu|dilëwyd|tynnu|tynnwyd) ... (marc|marcio|label|dosbarthiad)", "(nid yw|nid yw'r|nid yw'n) ... (eithriedig|gyfyngedig)", "nid yn gyfrinachol", "heb fod yn gyfrinachol", "ddim [bellach|mwyach] yn gyfrinachol",
	"(gellir|cewch|cei) ei (rannu|rhannu|gyhoeddi)",
	("(this|it|they|the (email|e-mail|message|letter|note|report|paper|document|information|attached|attachment|contents|below|rest)) "
	 "... (may|can) [now] be (shared|circulated|forwarded|published|made public|released)"),
	"confidential and (may|can) [now] be (shared|circulated|forwarded|published|made public)",
	"(this|it|the (report|letter|paper|document|information|attached)) is (now|already) (public|in the public domain)",
};
static const char *const negation[] = {
	("/(?:\\bnot|\\bno\\s+(?:longer|part|parts)|\\bnon|\\bnever|n't|\\bnone|\\bnothing|\\bneither|\\bwithout(?!\\s+(?:saying|doubt|a\\s+doubt|exception))|\\bnid|\\bheb\\s+fod|"
	 "\\bddim)(?:\\W+(?:in|of|think|believe|suppose|feel|sure|say|saying|that|a|an|any|as|at|be|been|all|that|very|yn|marked|considered|regarded|treated|"
	 "strictly|private|necessarily|is|here|anything|way)){0,4}\\W*$/"),
	/* a box that is not ticked */
	"/(?:[\\[(][\\s_.]*[\\])]|[\\x{2610}\\x{25A1}\\x{25A2}\\x{2751}\\x{2752}\\x{274F}\\x{2B1C}])[\\s*\"']*(?:(?:strictly|highly|private\\s+and)\\s+)*$/",
	/* how something yet to come is to be labelled, an envelope say */
	("/\\b(?:(?:must|should|shall|will|to|please|need\\s+to|has\\s+to|have\\s+to)\\s+be\\s+(?:\\w+ly\\s+)?marked|"
	 "(?:mark|label|endorse)\\s+(?:it|them|any|each|every|all|your|the\\s+(?:envelope|outside|form|tender|parcel))\\b)[^.?!]{0,60}$/"),
};
static const char *const choices[] = {
	"/\\b(?:delete|tick|choose|select|circle|pick|highlight|strike|cross)\\b.{0,40}\\b(?:appropriate|applicable|one|item|option|options|below|required|relevant|box)\\b/",
	"/[\\[<(]\\s*(?:choose|select|click|tick|insert|enter|drop-?\\s?down)\\b/", "/\\b(?:yes|y)\\s*(?:\\/|\\||or)\\s*(?:no|n)\\b/",
	"/\\b(?:do|dewis\\w*|dileer|dilëer|dilewch)\\s*(?:\\/|fel\\s)\\s*(?:nac|bo'n|sy'n)/",
	("/\\b(?:official|public|unclassified|unrestricted|open|none|not\\s+protectively\\s+marked)\\W*(?:[\\/|,]|\\bor\\b)\\W*"
	 "(?:official\\W{0,3}sensitive|confidential|restricted|protect|secret|internal|controlled)\\b/"),
	("/\\b(?:official\\W{0,3}sensitive|confidential|restricted|protect|secret|internal|controlled)\\W*(?:[\\/|,]|\\bor\\b)\\W*"
	 "(?:official(?!\\W{0,3}sensitive)|public|unclassified|unrestricted|open|none|not\\s+(?:protectively\\s+marked|confidential|restricted))\\b/"),
};
static const char *const open_labels[] = {
	"/^\\W*(?:\\w\\W)?\\W*(?:official|public|internal|unclassified|unrestricted|not\\s+protectively\\s+marked|not\\s+confidential|open|swyddogol|cyhoeddus)\\W*$/",
};
static const char *const requests[] = {
	("/\\b(?:can|could|would|will|may|might)\\s+(?:i\\s+(?:please\\s+)?ask\\b.{0,20}\\byou|you|everyone|members|all)\\b.{0,30}\\b(?:keep|treat)\\s+"
	 "(?:this|it|the\\s+(?:attached|following|below)|everything|all)\\b/"),
	"if you (would|could) [please|kindly] (keep|treat|hold) (this|it|the (attached|following|below|enclosed))",
	"(can|could|would|will) you [please] (keep|treat) (this|it|the (attached|following|below))",
};
static const char *const for_council[] = {
	"/\\bon\\s+behalf\\s+of\\s+(?:the\\s+)?(?:[\\w'&-]+\\s+){0,5}?council\\b/", "ar ran [y|yr] (cyngor|gyngor)",
	"/\\bar\\s+ran\\s+(?:y\\s+|yr\\s+)?(?:c|g|ngh|ch)?yngor\\b/",
};
static const char *const on_behalf[] = { "(for and on|on|for & on) behalf of", "ar ran", "/\\bp\\.?\\s?p\\.?(?=\\s)/", "dictated by", "arddywedwyd gan" };
static const char *const other_body[] = {
	"trustee*", "(managing|company|non-executive|executive) director", "company secretary",
	"(school|parent|foundation) governor", "churchwarden",
	("(hall|charity|association|society|club|trust|company|allotment*) (secretary|treasurer|chair|chairman|"
	 "president)"),
	"ymddiriedol*",
	"(chair|chairman|secretary|treasurer|member) of [the] [board of] (trustees|governors|directors)",
	"(limited|ltd|plc|cic|llp)",
};
static const char *const personal[] = {
	"personal (view*|opinion*|capacity)", "private (capacity|individual|citizen)",
	"(my|his|her|their) own (view*|opinion*|capacity)", "views (are|expressed are) my own",
	"not [necessarily] (those|the view*|the opinion*) of ... council",
	"not (on behalf of|speaking for|representing) the council", "(barn|farn) bersonol", "yn bersonol",
	"in (a|my) (personal|private) capacity", "as (a|an) (resident|individual|private citizen)",
};

#define ROW(family) { family, sizeof family / sizeof *family }
static const struct {
	const char *const *phrases;
	size_t count;
} families[STOCK_FAMILIES] = {
	[STOCK_LEGAL] = ROW(legal),
	[STOCK_LEGAL_HINT] = ROW(legal_hints),
	[STOCK_LEGAL_HEADING] = ROW(legal_headings),
	[STOCK_SIGN_OFF] = ROW(sign_offs),
	[STOCK_MOBILE] = ROW(mobile),
	[STOCK_MARKS] = ROW(marks),
	[STOCK_UNMARKS] = ROW(unmarks),
	[STOCK_NEGATION] = ROW(negation),
	[STOCK_CHOICE] = ROW(choices),
	[STOCK_OPEN_LABEL] = ROW(open_labels),
	[STOCK_REQUEST] = ROW(requests),
	[STOCK_FOR_COUNCIL] = ROW(for_council),
	[STOCK_ON_BEHALF] = ROW(on_behalf),
	[STOCK_OTHER_BODY] = ROW(other_body),
	[STOCK_PERSONAL] = ROW(personal),
};

struct stock {
	struct pattern **patterns[STOCK_FAMILIES];
	const struct sieve *sieve; /* NULL: every pattern is tried */
	size_t first;              /* number of the first pattern in it */
};

/* The phrases are ours: one that does not compile is a broken build, not a fault of anybody's settings. */
static struct pattern *must_compile(const char *phrase)
{
	struct error err = ERROR_INIT;
	struct pattern *pattern = NULL;
	if (!pattern_compile(phrase, &pattern, &err)) {
		fprintf(stderr, "%s\n", error_text(&err));
		abort();
	}
	return pattern;
}

struct stock *stock_new(void)
{
	struct stock *stock = calloc(1, sizeof *stock);
	if (stock == NULL)
		abort();
	for (size_t f = 0; f < STOCK_FAMILIES; f++) {
		stock->patterns[f] = calloc(families[f].count, sizeof *stock->patterns[f]);
		if (stock->patterns[f] == NULL)
			abort();
		for (size_t i = 0; i < families[f].count; i++)
			stock->patterns[f][i] = must_compile(families[f].phrases[i]);
	}
	return stock;
}

void stock_free(struct stock **stock)
{
	if (*stock == NULL)
		return;
	for (size_t f = 0; f < STOCK_FAMILIES; f++) {
		for (size_t i = 0; i < families[f].count; i++)
			pattern_free(&(*stock)->patterns[f][i]);
		free((*stock)->patterns[f]);
	}
	free(*stock);
	*stock = NULL;
}

const struct pattern **stock_patterns(const struct stock *stock, size_t *count_out)
{
	size_t total = 0, put = 0;
	for (size_t f = 0; f < STOCK_FAMILIES; f++)
		total += families[f].count;
	const struct pattern **all = calloc(total, sizeof *all);
	if (all == NULL)
		abort();
	for (size_t f = 0; f < STOCK_FAMILIES; f++)
		for (size_t i = 0; i < families[f].count; i++)
			all[put++] = stock->patterns[f][i];
	*count_out = total;
	return all;
}

void stock_use_sieve(struct stock *stock, const struct sieve *sieve, size_t first)
{
	stock->sieve = sieve;
	stock->first = first;
}

/* A family's patterns that may match in a text, in turn. */
struct choice {
	const uint64_t *candidates;
	size_t first, end, at;
};

static struct choice choose(const struct stock *stock, struct pattern_scratch *scratch, enum stock_family family, struct bytes plain)
{
	struct choice choice = { .first = stock->first };
	for (size_t f = 0; f < family; f++)
		choice.first += families[f].count;
	choice.end = choice.first + families[family].count;
	choice.at = choice.first;
	if (stock->sieve != NULL)
		choice.candidates = sieve_candidates(stock->sieve, scratch, plain);
	return choice;
}

static const struct pattern *choice_next(const struct stock *stock, enum stock_family family, struct choice *choice)
{
	size_t next = choice->candidates == NULL ? choice->at : sieve_next(choice->candidates, choice->at, choice->end);
	choice->at = next + 1;
	return next >= choice->end ? NULL : stock->patterns[family][next - choice->first];
}

bool stock_find(const struct stock *stock, struct pattern_scratch *scratch, enum stock_family family, struct bytes plain,
		struct pattern_span *span_out)
{
	struct choice choice = choose(stock, scratch, family, plain);
	for (const struct pattern *pattern; (pattern = choice_next(stock, family, &choice)) != NULL;)
		if (pattern_find(pattern, scratch, plain, 0, span_out) == YES)
			return true;
	return false;
}

size_t stock_count(const struct stock *stock, struct pattern_scratch *scratch, enum stock_family family, struct bytes plain)
{
	size_t count = 0;
	struct pattern_span span;
	struct choice choice = choose(stock, scratch, family, plain);
	for (const struct pattern *pattern; (pattern = choice_next(stock, family, &choice)) != NULL;)
		count += pattern_find(pattern, scratch, plain, 0, &span) == YES;
	return count;
}
