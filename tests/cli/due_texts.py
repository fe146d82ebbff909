# due_texts.py - what councillors write to officers: ASKING wants an answer, COURTESY does not. due.py sends each as a message of its own.
#
# Two thirds were written before the phrases of the pack maldon were last changed for them; of twenty such that were written after that, and
# that mostly tell of a fault without a word of concern, thirteen were missed at first and six are still, none of twenty others was taken
# for a concern.
# SPDX-License-Identifier: GPL-3.0-or-later
ASKING = '''I want to raise a concern about the drains on Castle Street. Every time it rains the water comes over the kerb.
I've had two residents on the phone this morning about the bin store behind the hall. It's a mess and it smells. Can something be done please.
Tom, the lights in the car park have been off for a week now. People are falling over. What's happening?
I'd like to complain about how the allotment waiting list has been handled.
The footpath by the church is in a terrible state. Please can you get somebody to look at it.
Please could you send me the minutes of the March meeting.
Could you explain to me why the reserves have gone down by £20,000.
Somebody is going to get hurt on that swing.
I am very worried about speeding on Priory Road, a child was nearly hit yesterday.
What have Highways said on 25/0042?
I would appreciate your views on whether we can award the grant without going back to committee.
When is the hedge going to be cut
The toilets in the square are a disgrace. Three people have rung me. I expect them to be open by the weekend.
I was not happy with the way your assistant spoke to Mrs Hughes at the counter on Tuesday.
I wrote to you on the 3rd and have heard nothing. I'd be grateful for a reply.
Following up on my email below. Still no answer.
Neighbours of the skate park are being kept awake. I need to know what we intend to do about it.
There's been flooding again at the bottom of Mill Street and nobody seems to know whose job it is.
Can we replace the bench by the pond? It was vandalised in the summer.
I have some questions about the lease. Who signed it, and on what date.
A quick question: is the hall free on the 14th?
Kindly let me have a copy of the contract with Oakfield.
I object to the felling of the limes and want to know who authorised it.
Potholes on Brook Lane are getting worse by the day and constituents are asking me about them.
The litter at the recreation ground is dreadful.
I feel that my questions at the last meeting were brushed aside and I'd like an explanation.
Mae gen i bryder am y goleuadau ar Stryd y Bont. Pryd fyddan nhw'n cael eu trwsio?
A fyddech cystal â rhoi gwybod imi beth yw'r sefyllfa gyda'r maes parcio.
Mae llawer o drigolion wedi cwyno wrthyf am y sbwriel.
I have an issue with the way the agenda was put together.
I need your advice on a declaration of interest for Thursday.
Dog fouling on the Green is getting out of control.
There is graffiti all over the underpass again.
The wall at the cemetery is leaning and looks unsafe to me.
Please provide an update on the CCTV.
I await your response.
I don't understand the figures on page 3 - please clarify.
Mr Ellery tells me that he has been waiting eighteen months for a plot and that others have been let in before him. This cannot be right.
Morning Tom. Mrs Harrop collared me after church: the sluice at the mill hasn't been opened since January and the back gardens are under water. I said I would take it up with you.
Lamp column 14 in Orchard Close has been reported three times to my knowledge. It remains unlit. Your thoughts?
At the surgery on Saturday a widow told me she was quoted twice the published fee. That seems very odd to me and I should be glad to know the reason.
I am uncomfortable with how the mowing contract was let. I have seen no tender papers.
How many people used the leisure centre in January
I understand a new caretaker has started. Nobody consulted the committee. Why not?
Residents of Elm Row tell me the allotment holders burn plastic most evenings. It needs to stop.
My constituent Mr Dunn uses a wheelchair and cannot get into the polling station. What adjustments are planned?
I raised this in November and again in January. I have still had no substantive response.
The invoice from Oakfield looks too high to me. Could someone check it against the quotation.
Under which standing order was my motion ruled out?
The baby swings are still chained up. Families are asking me daily.
I was taken aback by the tone of your e-mail of Friday.
The website still shows last year's councillors. It is embarrassing.
Glass everywhere at the bus shelter on London Road. Somebody needs to clear it before the school run.
I would like to discuss the premises licence with you before Thursday, if you can spare ten minutes.
Rats have been seen in the bin area behind the chip shop.
Member enquiry: case 4471, Mr & Mrs Oduya, Flat 3. They report damp in the bedroom and no visit since October.
The boundary wall has moved another two inches. I fear it will come down.
Ward members were not consulted on the one-way system. I find that hard to accept.
Any chance of an answer on the dropped kerb?
I haven't got the papers for Monday yet.
Rwy'n poeni am ddiogelwch y plant wrth groesi'r ffordd ger yr ysgol.
Pam nad oes neb wedi ateb fy llythyr?
Rwyf yn anhapus iawn gyda'r gwasanaeth.'''.splitlines()

COURTESY = '''Many thanks for sorting this out so quickly, much appreciated.
Thanks Tom, brilliant job by the team.
I send my apologies for Thursday's meeting.
FYI - the county's press release on buses.
Just for your information, I will be away from the 4th to the 11th.
Noted, thank you.
Please find attached my register of interests form.
I confirm that I will attend the training on the 12th.
I agree with your recommendation and am happy for it to go to committee.
Have a lovely Christmas and thank you for all your help this year.
OK. See you then.
Forwarding the leaflet as promised.
The lamp outside number 12 is out. No need to respond, just logging it.
Residents are unhappy about the bus changes. This is for information only and I don't expect an answer.
Here are my comments on the draft. If you have any questions please get in touch.
The form is signed and in the post. Let me know if there is any problem.
The flower beds look wonderful. Well done everyone.
The problem with the gate has been sorted, thank you.
Tuesday at 10 suits me.
I was very sorry to hear about your father.
Hi Tom, hope you are well. The signed copy is attached. Best wishes, Carl
How are you keeping? I dropped the keys off at reception.
Received with thanks.
I have read the report and have no concerns.
I am not worried about the timing. Go ahead.
I will be voting in favour.
Diolch yn fawr am y wybodaeth.
Rwy'n hapus gyda'r cofnodion.
My expenses for February are attached: mileage 42 miles.
There is a typo on page 2 of the minutes: it should be Mrs Webb.
Thank you so much - what would we do without you?
Congratulations on the new job!
Thanks for lunch yesterday, it was good to catch up. I shall see you at the Remembrance service.
I can do the Saturday shift on the stall. Put me down for ten until noon.
Signed and scanned, see attached.
I accept the nomination.
What a fantastic turnout! Please pass my thanks on to the team.
My train is cancelled so I shall be ten minutes late.
I declare a personal interest in item 6 as my brother farms next door.
Some pictures from the fete for the newsletter.
Yes, that works. I'll bring the keys.
Interesting article in the Gazette today on the bypass; thought you might like to see it.
Please record my apologies for Tuesday.
The new bench looks splendid and the potholes have been filled, so thank you.
I'm delighted the flooding problem at Mill Lane has been dealt with.
FYI - Mrs Harrop is complaining about the county's gritting. I have already written to the county.
Thank you for your e-mail, which I have read with interest.
Please ignore my last message, I have found the answer on the website.
All fine by me, no changes.
Passing this on for your files. Nothing for you to do.
Merry Christmas to you and all at the office!
I have signed the two cheques and left them in the safe.
Thanks, that answers my question.
I second the motion.
I'm free on the 3rd, 4th and 9th.
Diolch o galon am drefnu'r gwaith mor gyflym.
Byddaf yn bresennol nos Lun.'''.splitlines()
