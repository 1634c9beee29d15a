"""The words of invented notes: sentences with places to fill, what fills them, and what stands in every template."""

PRONOUNS = (
    {"he": "he", "his": "his", "him": "him", "himself": "himself"},
    {"he": "she", "his": "her", "him": "her", "himself": "herself"},
)
NAMES = """
    Maria Keisha Tom Ana Luis Priya Omar Dalia Ravi Chloe Ethan Nadia Jamal Ingrid Mateo Yuki Fatima Colin Bianca Andre
    Teresa Victor Hannah Tyrone Leila Marcus Sofia Dmitri Carla Owen Renee Hassan Gloria Felix Imani Pedro Nina Walter
    Aisha Brent Celia Darnell Esther Gavin Helena Isaac Joanna Kofi Lena Miguel Noor Otis Paula Quentin Rosa Samir Tess
""".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _pool(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in text.split(";") if one.strip())


POOLS = {
    "PERSON": _pool("""
        {his} brother; {his} sister; {his} mother; {his} father; {his} oldest daughter; {his} son; an aunt; {his} landlord;
        the new manager; {his} probation officer; {his} sponsor; a former roommate; the pharmacist; {his} ex-husband;
        {his} grandmother; a coworker named in earlier groups; the school counselor; the neighbor upstairs; {his} cousin;
        the foreman; a church elder; {his} stepfather; the bus driver; {his} twin; the caseworker; a childhood friend;
        the dentist; {his} lawyer; the shelter staff; {his} teenage niece; the soccer coach; a stranger in line; the judge;
        {his} piano teacher; the nurse at dialysis; {his} fiancé; the union steward; {his} late wife's parents; the barber;
        a customer; the choir leader; {his} foster mother; the night supervisor; an old teammate; the mail carrier
    """),
    "PLACE": _pool("""
        the parking garage; the laundromat; the courthouse; route nine; the cafeteria; the emergency room; the river path;
        the waiting room; a crowded elevator; the grocery store; the church basement; the third floor; the storage unit;
        the old apartment; the bowling alley; the bank lobby; the school gym; the ferry; the back porch; the warehouse;
        the cemetery; the swimming pool; the hardware store; the train platform; the garden plot; the barber shop; the pier;
        the break room; the motel; the county fair; the stairwell; the drive-through; the truck stop; the library annex;
        the dialysis unit; the car wash; the mosque; the night market; the tunnel; the trailer; the rooftop; the barn
    """),
    "THING": _pool("""
        an unopened letter; a cracked phone; {his} father's watch; the eviction notice; a jar of coins; two concert tickets;
        the diary card; a photograph of the lake; the lottery ticket; an empty prescription bottle; {his} work boots;
        the spare key; a list of debts; the wedding ring; a broken guitar; the hospital bracelet; a birthday cake;
        the custody papers; a fishing rod; the sewing machine; a stack of bills; the alarm clock; a borrowed ladder;
        the last voicemail; a paper crane; the space heater; {his} medal; a suitcase; a recipe in {his} aunt's hand;
        the fish tank; a rusted bicycle; the seed catalog; a pawn slip; the blue notebook; a chess set; the baby blanket;
        the lawn mower; an old report card; a radio with no knob; the insurance card; a winter coat; the dog's leash
    """),
    "EVENT": _pool("""
        the argument over the car keys; the layoff in March; a fall on the ice; the wake; the missed visit; the flood;
        the second miscarriage; the raid on the house next door; the exam {he} walked out of; the job interview;
        the anniversary of the crash; moving day; the relapse at the lake; the call from the collection agency;
        the surgery; a fight at the bar; the night on the bridge; the baptism; the burst pipe; the first panic attack;
        the breakup by text; the parole hearing; the dog's death; a reunion nobody planned; the lockdown at school;
        the shift nobody covered; the theft of the truck; the miscounted till; the long silence at dinner; the storm;
        the spelling contest; the fire drill; the estate sale; the false alarm; the bus that never came; the recital
    """),
    "FEELING": _pool("""
        ashamed; relieved; furious; numb; lonely; hopeful; cornered; jealous; homesick; foolish; proud; grief-stricken;
        restless; guarded; embarrassed; tender; bitter; invisible; trapped; curious; defeated; steady; betrayed; giddy;
        tense; empty; stubborn; sorrowful; wary; light; on edge; calm; resentful; disgusted; shaky; grateful; stuck
    """),
    "BODY": _pool("""
        a tight chest; shaking hands; a stomach cramp; heat behind the eyes; a dry mouth; a pounding heart; clenched teeth;
        cold feet; a lump in the throat; buzzing ears; sweaty palms; a stiff neck; a heavy head; pins and needles;
        shallow breath; a racing pulse; a headache over one eye; tired legs; a twitching eyelid; aching shoulders
    """),
    "THOUGHT": _pool("""
        that everyone saw {him} fail; that {he} would be left again; that asking is begging; that the rash must be cancer;
        that sleep would never come back; that {his} children pitied {him}; that silence means anger; that nobody would come;
        that one drink proves everything; that the bridge would give way; that crying is weakness; that {he} caused the crash;
        that money decides who is loved; that the boss had read {his} face; that rest has to be earned; that God keeps count;
        that {he} is too old to begin; that the worst call is still to come; that praise is a trick; that home is gone;
        that help always has a price; that {his} voice carries no weight; that one mistake ends the job; that luck ran out
    """),
    "SKILL": _pool("""
        opposite action; a thought record; paced breathing; the chain analysis; urge surfing; an empty-chair dialogue;
        radical acceptance; the worry hour; cold water on the wrists; a behavioral experiment; the DEAR MAN script;
        grounding by five senses; a pros and cons list; values sorting; the exposure ladder; self-compassion phrases;
        progressive relaxation; the cost-benefit sheet; checking the facts; a coping card; imaginal rehearsal; half-smile;
        the wise-mind exercise; defusion with a silly voice; an activity schedule; the downward arrow; sleep restriction;
        the relapse map; a letter not sent; mindful eating; assertive refusal; the STOP skill; a gratitude list; box breathing
    """),
    "REACTION": _pool("""
        laughed for the first time this month; wept and stayed in the room; argued and then grew quiet; wrote it down twice;
        asked to hear it again; looked at the floor and nodded; pushed the chair back; thanked the man beside {him};
        shrugged it off; repeated it in {his} own words; turned red and went on; interrupted and then apologized;
        held the tissue box for a peer; drew it as a staircase; crossed {his} arms; asked for a break and came back;
        said it sounded like {his} mother; smiled at the missing step; read the line aloud; let the pause stand;
        tapped a foot until the end; took a picture of the board; moved closer to the circle; hummed under {his} breath
    """),
    "PEER": _pool("""
        a veteran who had lost a brother; the youngest member; two peers with the same boss; a woman who also hides bills;
        a retired teacher; the member beside {him}; a peer six weeks sober; the quietest man in the room; a young father;
        a peer from the same town; the one who never speaks first; a carpenter with chronic pain; a new member;
        three of the others; a mother of twins; someone he had clashed with; a peer who works nights; the oldest member
    """),
    "OUTCOME": _pool("""
        the urge fell from {n} to 3; belief in it dropped by half; {he} slept six hours; nothing changed and {he} said so;
        {he} made the call from the hallway; the shaking stopped after four minutes; {he} could finish the sentence;
        the anger lasted until lunch; {he} drove across once; {his} rating went from {n} to 4; {he} ate with the family;
        {he} paid the first bill; the nightmare came only once; {he} kept the lights off; {he} left the door unlocked;
        {he} stayed through the hymn; the cramp was gone by evening; {he} returned the ladder; {he} walked out once;
        {he} named the feeling before it peaked; {he} put the phone in the kitchen; {he} said no to the Saturday shift;
        {he} went back inside; the week had two good mornings; {he} skipped the casino; {he} asked one question in class
    """),
    "STEP": _pool("""
        write the first line of the answer; ring the clinic before noon; drive to the mill and back; ask for the schedule;
        sit at the near table; take the stairs on {Day}; bring the receipt to group; practice with {his} sister on the phone;
        leave the radio off at night; open one envelope a day; tell the foreman about the pills; walk the dog past the bar;
        eat breakfast before the news; try the short bridge first; return the call from the school; log each urge;
        sell the season ticket; keep the coping card in {his} wallet; visit the grave with a friend; paint the small room;
        say the sentence to the mirror; pack the box marked kitchen; meet the sponsor at the diner; set the alarm for seven;
        thank the neighbor; hand in the form late rather than never; ask what the fee is; sit with the cramp ten minutes
    """),
    "GOAL": _pool("""
        speaking up at work; sleeping in {his} own bed; fourteen days without self-harm; riding the elevator alone;
        sober weekends; fewer calls to the crisis line; eating at the table; driving on highways; finishing the course;
        grieving without drinking; answering the phone; paying rent on time; leaving the house daily; trusting one friend;
        anger below five; telling the truth at home; returning to choir; staying in the room when criticized
    """),
    "MANNER": _pool("""
        without being asked; in a low voice; for the first time; with some humor; after a long pause; twice in the hour;
        near the end; while looking at the window; in great detail; in three words; with visible effort; before anyone else;
        as if reading a list; haltingly; against {his} habit; at {his} own pace; from a note on {his} phone; half in Spanish
    """),
    "AMOUNT": _pool(
        "twice; three times; nearly every day; once; four nights; all week; on two mornings; most evenings; hardly"
    ),
}

_SENTENCES = """
    told the group about EVENT and how PERSON took it MANNER.
    brought THING from PLACE and set it on the chair MANNER.
    said that EVENT still leaves {him} FEELING and gives {him} BODY.
    caught the thought THOUGHT while standing in PLACE with PERSON.
    used SKILL after EVENT and OUTCOME.
    when PEER spoke of EVENT, {he} REACTION and said {he} felt FEELING.
    REACTION when asked about PERSON and THING.
    tried SKILL AMOUNT between sessions; OUTCOME.
    linked BODY to the belief THOUGHT and to memories of PLACE.
    PEER asked about THING and {he} answered MANNER that PERSON had kept it since EVENT.
    toward the goal of GOAL, {he} reported that OUTCOME.
    will STEP and STEP before next {Day}.
    described PLACE as where {he} feels FEELING, and PERSON as the one who makes {him} FEELING.
    practiced SKILL with PEER in group, first FEELING, then FEELING; OUTCOME.
    named EVENT as the trigger, BODY as the first sign and the thought THOUGHT as the link.
    avoided PLACE AMOUNT since EVENT because of BODY.
    weighed whether to tell PERSON about THING and REACTION.
    gave PEER feedback on SKILL MANNER and offered to STEP together.
    showed THING to the group, explained that it came from PERSON, and REACTION.
    rated the fear of PLACE at {n} and noticed BODY fading while using SKILL.
    after EVENT {he} called PERSON instead of isolating; OUTCOME.
    is working on GOAL; this week {he} AMOUNT went to PLACE and OUTCOME.
    disputed the idea THOUGHT with evidence from EVENT and from what PERSON said.
    hid THING from PERSON for months and told of it MANNER.
    heard from PEER how SKILL helped at PLACE, and REACTION.
    dreamed of EVENT AMOUNT and woke with BODY, FEELING and unable to reach PERSON.
    felt FEELING about GOAL until PEER pointed out that OUTCOME.
    plans to STEP, then tell PERSON how it went at PLACE.
    role-played PERSON at PLACE with PEER; broke off once, began again and REACTION.
    connected THING with EVENT and grew FEELING, then FEELING.
    the worst hour was at PLACE, where PERSON mentioned EVENT and {he} noticed BODY.
    set aside THING and chose to STEP, which served GOAL.
    believes THOUGHT less than last week since PERSON came to PLACE and OUTCOME.
    listened to PEER MANNER, then said EVENT was the first time {he} felt FEELING.
    asked whether SKILL works for BODY and agreed to STEP by {Day}.
    lost patience with PERSON over THING; in the chain {he} saw EVENT and BODY come first.
"""


def _skeleton(line: str) -> tuple[str, ...]:
    pieces: list[str] = []
    for piece in line.split():
        bare = piece.rstrip(".,;")
        # A stop behind a place goes with the word before it, so that a place is a piece of its own.
        pieces.append(bare if bare in POOLS else piece)
        if bare in POOLS and bare != piece:
            pieces.append(piece[len(bare) :])
    return tuple(pieces)


SKELETONS = tuple(_skeleton(line) for line in _SENTENCES.strip().splitlines())
STOCK = _pool("""
    {role} attended group and was engaged throughout.; {role} denied SI/HI.; Denies suicidal or homicidal ideation, no plan or intent.;
    Affect was congruent with stated mood.; Alert and oriented x4, cooperative with the group process.;
    Continue weekly group psychotherapy per treatment plan.; {role} was receptive to feedback from peers.;
    {role} participated appropriately and respected group rules.; No safety concerns were noted this session.;
    {role} verbalized understanding of the material presented.; Progress toward treatment goals is noted as fair.;
    {role} would benefit from continued group therapy to maintain gains.; RTC next week.;
    {role} was attentive, made good eye contact and tolerated the session well.;
    Medical necessity: symptoms continue to impair social and occupational functioning.;
    {Name} remains appropriate for this level of care.
""")
SESSIONS = _pool("""
    CBT group for anxiety, 90 minutes, eight members. Therapist led a thought record and a paired role-play.;
    DBT skills group, module on distress tolerance. The facilitator reviewed homework and led a mindfulness exercise.;
    Grief group, session six of twelve. The group discussed firsts after a loss and members shared an object.;
    IOP process group. Therapist opened with a check-in round and the group explored triggers and supports.;
    Trauma-focused group, 75 minutes. The clinician taught grounding and the group practiced it in pairs.;
    Seeking Safety group on honesty. Members read the quotation and the therapist guided a discussion.
""")
HEADINGS = (
    ("Data", "Assessment", "Plan"),
    ("Behavior", "Intervention", "Response", "Plan"),
    ("Subjective", "Objective", "Assessment", "Plan"),
    ("Participation", "Response to intervention", "Progress toward goals", "Plan"),
    ("Goal", "Intervention", "Response", "Plan"),
    (),
    (),
    ("Member presentation", "Clinical response", "Next steps"),
)
OTHER = """
    cautiously garage sister wanted kitchen slowly winter borrowed quarrel ladder morning rather promised distant harbor
    forgot pocket evening sudden answer teacher corner gentle refuse orange counted window silver letter travel market
    honest yellow mention carried walked painted doctor summer button ticket shoulder quiet bitter always nearly perhaps
    downstairs outside before because another certain younger heavy empty narrow broken hidden simple careful strange
""".split()
