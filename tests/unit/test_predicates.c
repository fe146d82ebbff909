/* test_predicates.c - every sentence of the table says yes of one message and no of another.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/condition.h"
#include "policy/logic.h"
#include "scenes_conduct.h"
#include "scenes_passed.h"
#include "scenes_press.h"
#include "scenes_staff.h"

static const char phrases[] = "phrases = {\n"
			      " deal = { any = ( \"accept your quotation\" ); };\n"
			      " council-deal = { any = ( \"council accepts\", \"ar ran cyngor\" ); };\n"
			      " label = { any = ( \"exempt\" ); };\n"
			      " grievance = { any = ( \"grievance\" ); };\n"
			      " courtesy = { any = ( \"your quotation\" ); };\n"
			      " told = { any = ( \"/have told (?:\\\\S+ ){0,2}?\\\\S+/\" ); };\n"
			      " hat = { any = ( \"exempt[ed]\", \"council accepts\" ); };\n"
			      " endless = { any = ( \"/(x+x+)+[yz]/\" ); };\n"
			      " desk = { any = ( \"/^(?:news)?desk@/\" ); };\n"
			      " encrypted = { any = ( \"encrypted\" ); };\n"
			      "};\n";

static const struct {
	const char *sentence;
	change *change;
	enum answer answer;
} cases[] = {
	{ "sender is known", plain, YES },
	{ "sender is known", stranger, NO },
	{ "sender is of the council", plain, YES },
	{ "sender is of the council", by_moss, YES },
	{ "sender is of the council", stranger, NO },
	{ "sender is officer", plain, YES },
	{ "Sender  is an OFFICER", plain, YES },
	{ "sender is officer", by_moss, NO },
	{ "not: sender is officer", by_moss, YES },
	{ "sender is officer or: sender is councillor", by_moss, YES },
	{ "sender is councillor and: sender belongs to group Blue", by_moss, NO },
	{ "sender is officer or: sender is councillor and: sender belongs to group blue", by_khan, YES },
	{ "sender holds office chair", by_khan, YES },
	{ "sender holds office chair", by_moss, NO },
	{ "it comes from office monitoring-officer", from_monitor, YES },
	{ "it comes from office monitoring-officer", says_it_is_monitor, YES },
	{ "it comes from office monitoring-officer", from_monitor_only_in_header, NO },
	{ "sender belongs to group Blue", by_khan, YES },
	{ "sender belongs to group Blue", stranger, NO },
	{ "mail is outgoing", outgoing, YES },
	{ "mail is outgoing", incoming, NO },
	{ "mail is incoming", incoming, YES },
	{ "mail is incoming", internal, NO },
	{ "mail is internal", internal, YES },
	{ "mail is internal", outgoing, NO },
	{ "it is in the name of a councillor", named_khan, YES },
	{ "it is in the name of an officer", named_khan, NO },
	{ "it is in the name of the chair", named_khan, YES },
	{ "it is in the name of the leader", named_khan, NO },
	{ "the signature speaks for the council", named_khan, YES },
	{ "the signature speaks for the council", plain, NO },
	{ "the signature speaks for another body", named_trustee, YES },
	{ "the signature speaks for another body", named_khan, NO },
	{ "the signature is personal", named_personal, YES },
	{ "the signature is personal", named_khan, NO },
	{ "addressed to one councillor", to_moss, YES },
	{ "addressed to one councillor", to_two, NO },
	{ "addressed to one councillor", to_all, NO },
	{ "addressed to at least 2 councillors", to_two, YES },
	{ "addressed to at least 2 councillors", to_moss, NO },
	{ "an addressee is minister", to_minister_and_webb, YES },
	{ "an addressee is minister", to_webb, NO },
	{ "every addressee is minister", to_minister, YES },
	{ "every addressee is minister", to_minister_and_webb, NO },
	{ "every addressee is a minister or elected representative of another authority", to_minister_and_dunn, YES },
	{ "every addressee is a minister or elected representative of another authority", to_dunn_and_planning, NO },
	{ "every addressee is minister", plain, NO },
	{ "a recipient is councillor", hide_alone, YES },
	{ "a recipient is councillor", to_webb, NO },
	{ "a recipient is outside the council", to_lamb, YES },
	{ "a recipient is outside the council", to_two, NO },
	{ "a recipient is a third party", to_webb, YES },
	{ "a recipient is a third party", to_lamb, NO },
	{ "every recipient is of the council", to_two, YES },
	{ "every recipient is of the council", to_lamb, NO },
	{ "it goes to a list of the public", to_public, YES },
	{ "it goes to a list of the public", to_all, NO },
	{ "it is for an officer who holds office clerk", moss_to_both, YES },
	{ "it is for an officer who holds office clerk", moss_to_birch, NO },
	{ "it is for an officer other than the clerk", moss_to_both, YES },
	{ "it is for an officer other than the clerk", moss_to_ames, NO },
	{ "it names councillor who has no part in it", names_moss, YES },
	{ "it names councillor who has no part in it", moss_to_himself, NO },
	{ "it names the holder of office clerk", names_ames, YES },
	{ "it names the holder of office clerk", names_moss, NO },
	{ "the author says grievance of officer", grievance_of_tom, YES },
	{ "the author says grievance of officer", grievance_beside_tom, NO },
	{ "it reaches the standards authority", to_monitor, YES },
	{ "it reaches the standards authority", to_monitor_in_wales, NO },
	{ "it reaches the standards authority", to_ombudsman_in_wales, YES },
	{ "a recipient holds office chair", moss_to_khan, YES },
	{ "a recipient holds office chair", to_moss, NO },
	{ "it keeps to the route of complaints about officers, by default to the chair", moss_to_khan_and_lamb, YES },
	{ "it keeps to the route of complaints about officers, by default to the chair", moss_to_khan_and_price, NO },
	{ "it keeps to the route of complaints about officers, by default to the chair", routed_to_khan, NO },
	{ "it keeps to the route of complaints about officers, by default to the chair", routed_to_price_and_hr, YES },
	{ "it keeps to the route of complaints about the clerk, by default to the chair", moss_to_khan, YES },
	{ "it keeps to the route of complaints about the clerk, by default to the chair", routed_to_khan, NO },
	{ "the conversation has at least 2 letters of a councillor within 7 days", moss_again, YES },
	{ "the conversation has at least 3 letters of a councillor within 7 days", moss_again, NO },
	{ "the conversation has at least 2 letters of a councillor within 7 days", moss_again_late, NO },
	{ "it names a ward", ward_named, YES },
	{ "it names a ward", ward_quoted, YES },
	{ "it names a ward", ward_unnamed, NO },
	{ "it reaches a councillor of the ward it names", ward_to_moss, YES },
	{ "it reaches a councillor of the ward it names", ward_to_khan, NO },
	{ "it names a councillor of the ward it names", ward_names_moss, YES },
	{ "it names a councillor of the ward it names", ward_named, NO },
	{ "this recipient is at an address outside the council's domains", to_webb, YES },
	{ "this recipient is at an address outside the council's domains", to_moss, NO },
	{ "this recipient is somebody of the council at a private address", to_private_moss, YES },
	{ "this recipient is somebody of the council at a private address", to_moss, NO },
	{ "this recipient is somebody of the council at a private address", to_district_hall, NO },
	{ "it comes from a private address of somebody of the council", from_private_moss, YES },
	{ "it comes from a private address of somebody of the council", by_moss, NO },
	{ "at least 2 members of the public can see each other's addresses", two_residents, YES },
	{ "at least 3 members of the public can see each other's addresses", two_residents, NO },
	{ "at least 2 members of the public can see each other's addresses", two_at_bodies, NO },
	{ "at least 2 members of the public can see each other's addresses", two_answered, NO },
	{ "an officer of another post is hidden", hide_officer, YES },
	{ "an officer of another post is hidden", hide_officer_told, NO },
	{ "a mailbox passes it on by itself", by_rule, YES },
	{ "a mailbox passes it on by itself", plain, NO },
	{ "a quoted letter comes from grievance", quotes_grievance, YES },
	{ "a quoted letter comes from grievance", names_moss, NO },
	{ "it is signed", signs_twice, YES },
	{ "it is signed", plain, NO },
	{ "the signature has at least 2 different hat", signs_other, YES },
	{ "the signature has at least 2 different hat", signs_twice, NO },
	{ "the signature has at least 1 different endless", signs_endlessly, UNKNOWN },
	{ "every officer it is for holds office head-of-service", moss_to_birch, YES },
	{ "every officer it is for holds office head-of-service", moss_to_both, NO },
	{ "every officer it is for holds office head-of-service", plain, NO },
	{ "an officer began the conversation", ames_began, YES },
	{ "an officer began the conversation", ames_answered, NO },
	{ "an officer began the conversation", khan_began, NO },
	{ "an officer began the conversation", moss_to_birch, NO },
	{ "From is the sender", by_moss, YES },
	{ "From is the sender", stranger, NO },
	{ "From is the sender", from_own_address, NO },
	{ "it is in nobody's name", from_info, YES },
	{ "it is in nobody's name", from_newsletter, YES },
	{ "it is in nobody's name", from_info_by_name, NO },
	{ "it is in nobody's name", from_info_signed, NO },
	{ "it is in nobody's name", from_own_address, NO },
	{ "sender has permission instruction", moss_may_instruct, YES },
	{ "sender has permission instruction", moss_may_write, NO },
	{ "sender has permission direct-contact", moss_may_instruct, YES },
	{ "sender has permission instruction", stranger_as_moss, NO },
	{ "sender has permission instruction for every officer but the clerk", moss_may_instruct, YES },
	{ "sender has permission instruction for every officer but the clerk", moss_may_write, NO },
	{ "sender has permission direct-contact for every officer but the clerk", moss_may_write, YES },
	{ "sender has permission instruction for every officer but the clerk", khan_may_instruct, NO },
	{ "sender has permission instruction for every officer but the clerk", moss_may_instruct_ames, NO },
	{ "sender has permission instruction for every officer but the clerk", moss_may_and_writes_to_clerk, NO },
	{ "sender has permission instruction for every officer but the clerk", moss_may_in_that_matter, YES },
	{ "sender has permission instruction for every officer but the clerk", moss_may_in_another_matter, NO },
	{ "sender has permission instruction for every officer but the clerk", moss_may_in_a_matter_nobody_can_tell, UNKNOWN },
	{ "sender has permission instruction for every officer but the clerk", any_member_may, YES },
	{ "sender has permission instruction for every officer but the clerk", any_officer_may, NO },
	{ "sender has permission spokesperson", spokesman, YES },
	{ "sender has permission spokesperson", spokesmans_colleague, NO },
	{ "it is in the name of somebody with permission spokesperson", spokesman, YES },
	{ "it is in the name of somebody with permission spokesperson", spokesmans_colleague, NO },
	{ "it is in the name of somebody with permission press-approval", spokesman, NO },
	{ "a recipient has permission press-approval", to_approver, YES },
	{ "a recipient has permission press-approval", to_no_approver, NO },
	{ "every hidden councillor has permission to be copied", hide_khan_as_agreed, YES },
	{ "every hidden councillor has permission to be copied", hide_khan_from_two, NO },
	{ "every hidden councillor has permission to be copied", hide_khan_from_anybody, YES },
	{ "every hidden councillor has permission to be copied", hide_two, NO },
	{ "every hidden councillor has permission to be copied", hide_khan, NO },
	{ "every hidden councillor has permission to be copied", plain, NO },
	{ "it carries confidential correspondence", descends, YES },
	{ "it carries confidential correspondence", plain, NO },
	{ "it answers confidential correspondence and carries it", descends_in_thread, YES },
	{ "it answers confidential correspondence and carries it", descends, NO },
	{ "it passes on confidential correspondence", descends_attached, YES },
	{ "it passes on confidential correspondence", descends_in_thread, NO },
	{ "it carries a file of confidential correspondence", descends_by_file, YES },
	{ "it carries a file of confidential correspondence", descends, NO },
	{ "it repeats the words of confidential correspondence", descends, YES },
	{ "it repeats the words of confidential correspondence", descends_by_file, NO },
	{ "all of that is the Monitoring Officer's advice to the sender", descends_from_own_advice, YES },
	{ "all of that is the Monitoring Officer's advice to the sender", descends, NO },
	{ "every outside recipient is adviser", to_lamb, YES },
	{ "every outside recipient is adviser", to_webb, NO },
	{ "every outside recipient is adviser", to_moss, NO },
	{ "somebody besides the sender is visible", to_moss, YES },
	{ "somebody besides the sender is visible", hide_alone, NO },
	{ "every visible recipient is of the council", to_two, YES },
	{ "every visible recipient is of the council", to_webb, NO },
	{ "a list is visible", to_all, YES },
	{ "a list is visible", to_moss, NO },
	{ "a list of the public is visible", to_public, YES },
	{ "a list of the public is visible", to_all, NO },
	{ "this recipient is a third party", to_webb, YES },
	{ "this recipient is a third party", to_lamb, NO },
	{ "this recipient is outside the council", to_lamb, YES },
	{ "this recipient is outside the council", to_moss, NO },
	{ "this recipient is hidden", hide_alone, YES },
	{ "this recipient is hidden", to_moss, NO },
	{ "this recipient is minister", to_minister, YES },
	{ "this recipient is minister", to_webb, NO },
	{ "a councillor is hidden", hide_khan, YES },
	{ "a councillor is hidden", hide_monitor, NO },
	{ "a councillor is hidden", hide_in_public_list, NO },
	{ "a hidden councillor is not made clear", hide_khan, YES },
	{ "a hidden councillor is not made clear", hide_in_text, NO },
	{ "a hidden councillor is not made clear", hide_in_foot, NO },
	{ "a hidden councillor is not made clear", in_doubt, UNKNOWN },
	{ "every hidden councillor is made clear", hide_in_foot, YES },
	{ "every hidden councillor is made clear", hide_khan, NO },
	{ "a hidden councillor is not named at the foot", hide_in_text, YES },
	{ "a hidden councillor is not named at the foot", hide_in_foot, NO },
	{ "the foot names a councillor who is not copied", foot_false, YES },
	{ "the foot names a councillor who is not copied", foot_false_split, NO },
	{ "the foot names somebody doubtfully", foot_doubtful, YES },
	{ "the foot names somebody doubtfully", foot_false, NO },
	{ "a hidden person is oversight", hide_monitor, YES },
	{ "a hidden person is oversight", hide_khan, NO },
	{ "a hidden person holds office monitoring-officer", hide_monitor, YES },
	{ "a hidden person holds office monitoring-officer", hide_khan, NO },
	{ "hidden copies go mostly to the public, at least 3", newsletter, YES },
	{ "hidden copies go mostly to the public, at least 3", few_public, NO },
	{ "the council has marked it confidential", marked, YES },
	{ "the council has marked it confidential", marked_weak, NO },
	{ "the council has marked it confidential", marked_boilerplate, NO },
	{ "the council has marked it confidential", marked_by_webb, NO },
	{ "the council has marked it confidential", in_doubt, UNKNOWN },
	{ "an officer has marked it confidential", marked, YES },
	{ "an officer has marked it confidential", marked_by_moss, NO },
	{ "it carries an explicit marking", marked_by_webb, YES },
	{ "it carries an explicit marking", marked_weak, NO },
	{ "the only marking is this recipient's own", marked_by_webb, YES },
	{ "the only marking is this recipient's own", marked, NO },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no label", marked_by_moss, YES },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no label", marked, NO },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no label", marked_forward, NO },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no label", marked_exempt, NO },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no label", marked_around_officer, NO },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no label", marked_to_contractor, NO },
	{ "the author cancels the marking", unmarked, YES },
	{ "the author cancels the marking", marked, NO },
	{ "the author marks it in so many words", marked, YES },
	{ "the author marks it in so many words", marked_carried_along, NO },
	{ "the author marks it in so many words", marked_by_program, NO },
	{ "another councillor is copied into an exchange with one", copied_in, YES },
	{ "another councillor is copied into an exchange with one", nobody_added, NO },
	{ "a quoted letter says deal", quotes_deal, YES },
	{ "a quoted letter says deal", says_deal, NO },
	{ "a bank signatory answers an officer about deal", signatory_signs, YES },
	{ "a bank signatory answers an officer about deal", signatory_tells_outside, NO },
	{ "a bank signatory answers an officer about deal", other_signs, NO },
	{ "a bank signatory answers an officer about deal", signatory_quotes_councillor, NO },
	{ "a councillor's letter is passed on to another councillor", passed_on, YES },
	{ "a councillor's letter is passed on to another councillor", passed_on_by_memory, YES },
	{ "a councillor's letter is passed on to another councillor", quotes_deal, NO },
	{ "letters are passed on to the chair only", passed_on, YES },
	{ "letters are passed on to the chair only", passed_on_to_price, NO },
	{ "the author states told of every councillor whose letter is passed on", passed_on_told, YES },
	{ "the author states told of every councillor whose letter is passed on", passed_on_told_him, YES },
	{ "the author states told of every councillor whose letter is passed on", passed_on_told_gareth, NO },
	{ "the author states told of every councillor whose letter is passed on", passed_on_told_asked, NO },
	{ "every letter passed on says deal", passed_on_deal, YES },
	{ "every letter passed on says deal", passed_on, NO },
	{ "every letter passed on is about grievance", passed_on_grievance, YES },
	{ "every letter passed on is about grievance", passed_on, NO },
	{ "every letter passed on says hardly more than deal", passed_on_deal, YES },
	{ "every letter passed on says hardly more than deal", passed_on_deal_and_more, NO },
	{ "the leader answers mail addressed to the leader", leaders_answer, YES },
	{ "the leader answers mail addressed to the leader", plain, NO },
	{ "it is in a pre-election period", before_election, YES },
	{ "it is in a pre-election period", after_election, NO },
	{ "it is in a pre-election period", plain, NO },
	{ "a recipient's address says desk", to_other_desk, YES },
	{ "a recipient's address says desk", to_reporter, NO },
	{ "it goes to the press, by the directory or desk", to_gazette, YES },
	{ "it goes to the press, by the directory or label", to_gazette, YES },
	{ "it goes to the press, by the directory or desk", to_reporter, YES },
	{ "it goes to the press, by the directory or label", to_reporter, NO },
	{ "it goes to the press, by the directory or desk", to_other_desk, YES },
	{ "it goes to the press, by the directory or label", to_other_desk, NO },
	{ "it goes to the press, by the directory or desk", to_somebody, NO },
	{ "it goes to the press, by the directory or desk", to_somebody_in_press_thread, YES },
	{ "it goes to the press, by the directory or desk", to_stranger_in_press_thread, NO },
	{ "it goes to the press, by the directory or desk", to_webb, NO },
	{ "it goes to at least 2 third parties", to_minister_and_webb, YES },
	{ "it goes to at least 2 third parties", to_webb, NO },
	{ "an officer has part in it", khan_to_gazette, NO },
	{ "an officer has part in it", khan_to_gazette_and_clerk, YES },
	{ "an officer has part in it", khan_answers_clerk, YES },
	{ "an officer has part in it", khan_hands_on_clerk, NO },
	{ "an officer has part in it", to_gazette, NO },
	{ "it is headed grievance", headed, YES },
	{ "it is headed grievance", answers_headed, NO },
	{ "the sender may approve it, by office, permission or desk", plain, YES },
	{ "the sender may approve it, by office, permission or desk", by_moss, NO },
	{ "whoever may approve it, by office, permission or desk, says deal in the thread", approved_by_clerk, YES },
	{ "whoever may approve it, by office, permission or desk, says deal in the thread", approved_by_moss, NO },
	{ "the author says that whoever may approve it, by office, permission or desk, has done so, by deal", says_clerk_approved, YES },
	{ "the author says that whoever may approve it, by office, permission or desk, has done so, by deal", says_moss_approved, NO },
	{ "the author says that whoever may approve it, by office, permission or desk, has done so, by deal", says_doubtful_approver_did, UNKNOWN },
	{ "the author says or quotes deal", quotes_remark, YES },
	{ "the author says or quotes deal", asks_remark, NO },
	{ "the author says or quotes of a political group, or of label, deal", blue_deal, YES },
	{ "the author says or quotes of a political group, or of label, deal", exempt_deal, YES },
	{ "the author says or quotes of a political group, or of label, deal", quotes_remark, NO },
	{ "the author says or quotes of a political group, or of label, deal", blue_then_deal, YES },
	{ "the author says or quotes of a political group, or of label, deal", blue_then_other_deal, NO },
	{ "the author says or quotes of a political group, or of label, deal", blue_subject_deal, YES },
	{ "the author says or quotes of an officer, by name or label, in deal", quotes_of_tom, YES },
	{ "the author says or quotes of an officer, by name or label, in deal", quotes_of_khan, NO },
	{ "the author says deal beside grievance", deal_beside_grievance, YES },
	{ "the author says deal beside grievance", deal_far_from_grievance, NO },
	{ "the author states deal beside grievance", deal_beside_grievance, YES },
	{ "the author states deal beside grievance", asks_deal_of_grievance, NO },
	{ "it names a councillor, or label", blue_deal, YES },
	{ "it names a councillor, or label", names_cllr_moss, YES },
	{ "it names a councillor, or label", exempt_deal, YES },
	{ "it names a councillor, or label", names_ruth, NO },
	{ "the author speaks of an officer, by name or label, in deal", clerk_deal, YES },
	{ "the author speaks of an officer, by name or label, in deal", exempt_officer_deal, YES },
	{ "the author speaks of an officer, by name or label, in deal", khan_deal, NO },
	{ "the author speaks of an officer, by name or label, in deal", clerk_then_deal, NO },
	{ "the directory defines political groups", with_groups, YES },
	{ "the directory defines political groups", plain, NO },
	{ "what a political group said among itself goes to another group or the press", blue_to_moss, YES },
	{ "what a political group said among itself goes to another group or the press", blue_to_khan, NO },
	{ "what a political group said among itself goes to another group or the press", blue_paper_to_moss, NO },
	{ "an officer's paper for a political group goes to another group or the press", blue_paper_to_moss, YES },
	{ "an officer's paper for a political group goes to another group or the press", blue_to_moss, NO },
	{ "the author retells to another group or the press what a political group said, by grievance", retold_to_moss, YES },
	{ "the author retells to another group or the press what a political group said, by grievance", retold_to_khan, NO },
	{ "the author retells to another group or the press what a political group said, by grievance", retold_of_others, NO },
	{ "a group member's letter marked grievance goes to another group or the press", blue_to_moss, YES },
	{ "a group member's letter marked grievance goes to another group or the press", blue_to_khan, NO },
	{ "every councillor it reaches is of one political group", advise_blue, YES },
	{ "every councillor it reaches is of one political group", to_blue, YES },
	{ "every councillor it reaches is of one political group", retold_to_moss, NO },
	{ "it names the political group it reaches", advise_blue, YES },
	{ "it names the political group it reaches", advise_blue_of_another, NO },
	{ "it names the political group it reaches", retold_to_moss, NO },
	{ "it names a political group it does not reach", advise_blue_of_another, YES },
	{ "it names a political group it does not reach", advise_blue, NO },
	{ "sender is of a political group", from_blue, YES },
	{ "sender is of a political group", to_blue, NO },
	{ "it reaches at least 1 people outside the council", to_webb, YES },
	{ "it reaches at least 2 people outside the council", to_webb, NO },
	{ "it reaches at least 40 people outside the council", to_public, YES },
	{ "a recipient's address says grievance", to_grievance, YES },
	{ "a recipient's address says grievance", to_webb, NO },
	{ "it is sent to a political group", to_blue, YES },
	{ "it is sent to a political group", to_moss, NO },
	{ "it is sent to a political group and to somebody who is no member", to_blue_and_webb, YES },
	{ "it is sent to a political group and to somebody who is no member", to_blue, NO },
	{ "every councillor it reaches is of one group, and somebody else is no member", to_khan_and_webb, YES },
	{ "every councillor it reaches is of one group, and somebody else is no member", retold_to_khan, NO },
	{ "a file is attached", with_file, YES },
	{ "a file is attached", plain, NO },
	{ "it discloses what a councillor or political group gave in confidence", discloses_moss, YES },
	{ "it discloses what a councillor or political group gave in confidence", blue_to_moss, YES },
	{ "it discloses what a councillor or political group gave in confidence", discloses_webb, NO },
	{ "it discloses what a councillor or political group gave in confidence", in_doubt, UNKNOWN },
	{ "it reaches a councillor", to_moss_and_clerk, YES },
	{ "it reaches a councillor", to_clerk_only, NO },
	{ "two readings differ and one is marked", two_readings, YES },
	{ "two readings differ and one is marked", marked, NO },
	{ "something is unreadable", a_pdf, YES },
	{ "something is unreadable", plain, NO },
	{ "something is unreadable for encrypted", encrypted, YES },
	{ "something is unreadable for encrypted", a_pdf, NO },
	{ "the author says deal", asks_deal, YES },
	{ "the author says deal", signs_deal, NO },
	{ "the author states deal", says_deal, YES },
	{ "the author states deal", asks_deal, NO },
	{ "the author speaks for the council in council-deal", council_deal, YES },
	{ "the author speaks for the council in council-deal", both_councils_deal, YES },
	{ "the author speaks for the council in council-deal", welsh_deal, YES },
	{ "the author speaks for the council in council-deal", other_council_deal, NO },
	{ "the author speaks for the council in council-deal", general_name, YES },
	{ "the author speaks for the council in council-deal", general_name_county, NO },
	{ "the author speaks for the council in council-deal", senders_other_council, NO },
	{ "the author speaks for the council in council-deal", small_county_deal, NO },
	{ "the author speaks for the council in council-deal", other_welsh_deal, NO },
	{ "the author speaks for the council in council-deal", asks_council_deal, NO },
	{ "the author speaks or asks for the council in council-deal", asks_council_deal, YES },
	{ "the author speaks or asks for the council in council-deal", other_council_deal, NO },
	{ "the author says deal", attached_deal, NO },
	{ "the author states deal", attached_deal, NO },
	{ "the author speaks for the council in council-deal", attached_council_deal, NO },
	{ "the author or their attached letter says deal", attached_deal, YES },
	{ "the author or their attached letter says deal", asks_deal, YES },
	{ "the author or their attached letter says deal", others_attached_deal, NO },
	{ "the author or their attached letter states deal", attached_deal, YES },
	{ "the author or their attached letter states deal", says_deal, YES },
	{ "the author or their attached letter states deal", others_attached_deal, NO },
	{ "the author or their attached letter states deal", asks_deal, NO },
	{ "the author or their attached letter speaks for the council in council-deal", attached_council_deal, YES },
	{ "the author or their attached letter speaks for the council in council-deal", other_council_deal, NO },
	{ "the author or their attached letter speaks or asks for the council in council-deal", asks_council_deal, YES },
	{ "the author or their attached letter speaks or asks for the council in council-deal", others_attached_deal, NO },
	{ "the subject says grievance", subject_grievance, YES },
	{ "the subject says grievance", text_grievance, NO },
	{ "it is about grievance", text_grievance, YES },
	{ "it is about grievance", says_deal, NO },
	{ "addressed to one officer", moss_to_clerk, YES },
	{ "addressed to one officer", to_two, NO },
	{ "it reaches most councillors", moss_to_clerk_and_most, YES },
	{ "it reaches most councillors", hide_khan, NO },
	{ "it reaches most councillors", moss_to_clerk, NO },
	{ "the author asks a question other than courtesy", moss_to_clerk, YES },
	{ "the author asks a question other than courtesy", moss_to_clerk_and_most, NO },
	{ "the author asks a question other than courtesy", says_deal, NO },
	{ "the author asks a question other than endless", asks_endlessly, UNKNOWN },
	{ "a machine wrote it, by its headers or endless", asks_endlessly, UNKNOWN },
	{ "a machine wrote it, by its headers or endless", automatic, YES },
	{ "a machine wrote it, by its headers or grievance", automatic, YES },
	{ "a machine wrote it, by its headers or grievance", subject_grievance, YES },
	{ "a machine wrote it, by its headers or grievance", text_grievance, YES },
	{ "a machine wrote it, by its headers or grievance", says_deal, NO },
	{ "it claims to be automatic", automatic, YES },
	{ "it claims to be automatic", plain, NO },
};
static const size_t case_count = sizeof cases / sizeof *cases;

static struct lexicon *lexicon_of(const char *text)
{
	struct settings_file *file;
	struct error err = ERROR_INIT;
	struct lexicon *lexicon = lexicon_new();
	if (!settings_open_string("phrases", text, &file, &err) ||
	    !lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), &err) || !lexicon_check(lexicon, &err))
		fail_msg("%s", error_text(&err));
	settings_close(&file);
	return lexicon;
}

struct tools {
	struct lexicon *lexicon;
	struct pattern_scratch *scratch;
};

static int set_up(void **state)
{
	struct tools *tools = calloc(1, sizeof *tools);
	tools->lexicon = lexicon_of(phrases);
	tools->scratch = pattern_scratch_new();
	*state = tools;
	return 0;
}

static int tear_down(void **state)
{
	struct tools *tools = *state;
	lexicon_free(&tools->lexicon);
	pattern_scratch_free(&tools->scratch);
	free(tools);
	return 0;
}

static enum answer ask(const struct tools *tools, struct scene *scene, const char *sentence, const struct condition **condition_out)
{
	struct error err = ERROR_INIT;
	if (!condition_parse(scene->arena, sentence, tools->lexicon, condition_out, &err))
		fail_msg("%s", error_text(&err));
	struct question question = { .arena = scene->arena, .facts = &scene->facts, .lexicon = tools->lexicon, .scratch = tools->scratch };
	struct memo_list memos = { 0 };
	bool exempting;
	return condition_ask(*condition_out, &question, &memos, &exempting);
}

#include "relations.h"

static void test_every_sentence(void **state)
{
	unsigned char seen[200] = { 0 };
	for (size_t i = 0; i < case_count; i++) {
		struct scene *scene = scene_new();
		const struct condition *condition;
		cases[i].change(scene);
		enum answer answer = ask(*state, scene, cases[i].sentence, &condition);
		if (answer != cases[i].answer)
			fail_msg("case %zu, \"%s\": %d, not %d", i, cases[i].sentence, answer, cases[i].answer);
		for (size_t j = 0; predicate_at(j) != NULL; j++)
			if (condition->count == 1 && condition->alternatives[0].terms[0].predicate == predicate_at(j))
				seen[j] |= (unsigned char)(1u << answer);
		scene_free(&scene);
	}
	for (size_t j = 0; predicate_at(j) != NULL; j++)
		if ((seen[j] & (1u << YES | 1u << NO)) != (1u << YES | 1u << NO))
			fail_msg("no case answers yes and no to \"%s\"", predicate_at(j)->sentence);
}

static void test_rows(void **state)
{
	for (size_t i = 0; predicate_at(i) != NULL; i++) {
		const struct predicate *row = predicate_at(i);
		assert_non_null(row->ask);
		assert_true(strlen(row->meaning) > 10);
		bool speaks = strstr(row->sentence, "this recipient") != NULL;
		assert_int_equal(speaks, row->per_recipient);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(row->sentence, predicate_at(j)->sentence);
	}
}

static const struct {
	const char *sentence, *said;
} refused[] = {
	{ "sender is oficer", "unknown role \"oficer\" (did you mean \"officer\"?)" },
	{ "sender holds office clark", "unknown office \"clark\" (did you mean \"clerk\"?)" },
	{ "the author states grievence", "unknown family of phrases \"grievence\" (did you mean \"grievance\"?)" },
	{ "sender has permission instuction", "unknown permission \"instuction\" (did you mean \"instruction\"?)" },
	{ "addressed to at least many councillors", "unknown number \"many\"" },
	{ "addressed to at least -1 councillors", "unknown number \"-1\"" },
	{ "addressed to at least 9999999 councillors", "unknown number" },
	{ "a councilor is hidden", "did you mean \"a councillor is hidden\"?" },
	{ "hidden councillor made clear", "did you mean" },
	{ "sendr is officer", "no condition reads \"sendr is officer\" (did you mean \"sender is {role}\"?)" },
	{ "xyzzy", "no condition reads \"xyzzy\"" },
	{ "", "a condition is empty" },
	{ "not:", "a condition is empty" },
	{ "sender is known and:", "a condition is empty" },
	{ "sender is known or: or: sender is known", "a condition is empty" },
	{ "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", "more than 40 words" },
};

static void test_refused(void **state)
{
	struct tools *tools = *state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct arena *arena = arena_new();
		struct error err = ERROR_INIT;
		const struct condition *condition;
		if (condition_parse(arena, refused[i].sentence, tools->lexicon, &condition, &err))
			fail_msg("taken: \"%s\"", refused[i].sentence);
		if (strstr(error_text(&err), refused[i].said) == NULL)
			fail_msg("\"%s\": said %s", refused[i].sentence, error_text(&err));
		error_release(&err);
		arena_free(&arena);
	}
}

/* The whole chain, and nobody who is not of the council. */
static void test_chain_is_told(void **state)
{
	struct tools *tools = *state;
	struct scene *scene = scene_new();
	struct error err = ERROR_INIT;
	const struct condition *condition;
	scene_descend(scene, MEMORY_MARKED);
	assert_true(condition_parse(scene->arena, "it carries confidential correspondence", tools->lexicon, &condition, &err));
	struct question question = { .arena = scene->arena, .facts = &scene->facts, .lexicon = tools->lexicon, .scratch = tools->scratch };
	struct memo_list memos = { 0 };
	bool exempting;
	assert_int_equal(condition_ask(condition, &question, &memos, &exempting), YES);
	assert_int_equal(question.evidence_count, 1);
	assert_string_equal(question.evidence[0].where, "memory");
	assert_string_equal(question.evidence[0].text,
			    "part 1 repeats 7 of 9 passages of a letter marked confidential of 2 March 2026 from Ruth Ames to Carl Moss (CH-20260302-FIRST), "
			    "which Amir Khan passed on on 3 March 2026 (CH-20260303-VIA)");
	scene_free(&scene);
}

static void test_kleene(void **state)
{
	static const enum answer all[] = { NO, YES, UNKNOWN };
	static const enum answer and_table[3][3] = { { NO, NO, NO }, { NO, YES, UNKNOWN }, { NO, UNKNOWN, UNKNOWN } };
	static const enum answer or_table[3][3] = { { NO, YES, UNKNOWN }, { YES, YES, YES }, { UNKNOWN, YES, UNKNOWN } };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++) {
			assert_int_equal(answer_and(all[i], all[j]), and_table[i][j]);
			assert_int_equal(answer_or(all[i], all[j]), or_table[i][j]);
		}
	assert_int_equal(answer_not(UNKNOWN), UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_sentence), cmocka_unit_test(test_relations_hold), cmocka_unit_test(test_beside),
		cmocka_unit_test(test_rows), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_chain_is_told), cmocka_unit_test(test_kleene),
	};
	return cmocka_run_group_tests_name("predicates", tests, set_up, tear_down);
}
