# ruff: noqa: E501  # notes as people type them
"""Pairs of members' parts: copied with edits, or alike in honesty. Invented people."""

CBT = "Date: 4/14/2026. CBT group for anxiety, 6 members present. Topic: predictions we never test. Therapist guided thought records and a paired role-play. 75 minutes."
DBT = "DBT skills process group, 5/6/2026, 5 adults present. Focus: distress tolerance after arguments. Therapist led a chain analysis and coached opposite action."
IOP = "IOP relapse prevention group 06/02/2026. 8 clients. Motivational interviewing and urge mapping led by clinician; focus on weekend cues."
GRIEF = "Interpersonal process group for bereaved adults, 2026-02-11, four present. The therapist named silences and asked members to speak to each other directly."

LIFT = "Told the group about turning back at the lift on Monday. Filled in a thought record and found that her worst forecast had come true once in thirty rides. Said the number surprised her. Goal of using the lift to her floor: rode two floors this week, none last week. Diagnosis: panic disorder. Denied SI/HI. Plan: ride to the third floor with a coworker before next group."
OWED = "Spoke of a letter from the landlord that he has not opened. In the role-play he opened it aloud and laughed halfway through. Noticed that his chest eased once he read the sum. Goal of dealing with mail the day it comes: no change, eleven letters still wait. Diagnosis: GAD (F41.1). No thoughts of harming himself. Will open three letters with his sister on Sunday."
ARGUMENT = "Brought the argument with his brother over the car keys. Chain analysis showed the shove came after two nights with little sleep. Named shame as the link he had left out. Tried half-smile while retelling it and his voice steadied. Goal of leaving the room before he shouts: left once, stayed twice. Will text the sponsor when his jaw tightens."
CRAVING = "Mapped the drive past the liquor store on Fridays and marked the turn where the urge rises. Chose the longer road home and asked two members to check in at six. Teared up when a peer said the same turn had cost him his job. Goal of ninety days without alcohol: day twenty-two, one lapse on day nine. Dx: alcohol use disorder, moderate."
GRAVE = "Said for the first time that she was angry with her husband for dying before the house was done. Sat silent for some minutes, then turned to the man beside her and asked how he bears the evenings. Wept when he answered. Goal of returning to the choir: has not gone yet, but called the leader. Will bring the photograph next week."

# (name, session, one part, other part)
COPIES: list[tuple[str, str, str, str]] = [
    ("verbatim", CBT, LIFT, LIFT),
    (
        "pronouns swapped",
        CBT,
        LIFT,
        LIFT.replace("her ", "his ").replace("her.", "him.").replace("surprised her", "surprised him"),
    ),
    (
        "numbers and days changed",
        CBT,
        LIFT,
        LIFT.replace("Monday", "Thursday")
        .replace("thirty", "twenty")
        .replace("two floors", "four floors")
        .replace("third", "second"),
    ),
    ("another diagnosis over the same words", CBT, LIFT, LIFT.replace("panic disorder", "GAD (F41.1)")),
    (
        "another goal over the same words",
        CBT,
        OWED,
        OWED.replace("dealing with mail the day it comes", "answering calls from the bank"),
    ),
    (
        "sentences in another order",
        CBT,
        LIFT,
        "Diagnosis: panic disorder. Said the number surprised her. Goal of using the lift to her floor: rode two floors this week, none last week. Filled in a thought record and found that her worst forecast had come true once in thirty rides. Told the group about turning back at the lift on Monday. Plan: ride to the third floor with a coworker before next group. Denied SI/HI.",
    ),
    (
        "light synonyms",
        CBT,
        LIFT,
        "Shared with the group about turning back at the lift on Tuesday. Completed a thought record and saw that his worst prediction had come true once in forty rides. Stated the number surprised him. Goal of using the lift to his floor: rode two floors this week, none last week. Diagnosis: panic disorder. Denies SI/HI. Plan: ride to the fourth floor with a colleague before the next session.",
    ),
    (
        "one sentence of seven rewritten",
        CBT,
        OWED,
        OWED.replace("Noticed that his chest eased once he read the sum.", "Reported feeling lighter afterwards."),
    ),
    (
        "two sentences left out",
        CBT,
        OWED,
        "Spoke of a letter from the landlord that she has not opened. In the role-play she opened it aloud and laughed halfway through. Goal of dealing with mail the day it comes: no change, eleven letters still wait. Will open three letters with her brother on Sunday.",
    ),
    (
        "a sentence of one's own added to the copy",
        DBT,
        ARGUMENT,
        ARGUMENT + " Asked to leave ten minutes early for a bus.",
    ),
    (
        "names inside the words",
        DBT,
        "K.L. brought the argument with her mother about rent. K.L. found the link she had left out was hunger. K.L. tried half-smile while retelling it. Goal of leaving the room before shouting: left once.",
        "M.R. brought the argument with his mother about rent. M.R. found the link he had left out was hunger. M.R. tried half-smile while retelling it. Goal of leaving the room before shouting: left once.",
    ),
    (
        "a template with one slot",
        CBT,
        "Client was able to identify three cognitive distortions about work and to challenge them with evidence. Client used the thought record to lower distress. Client will complete a thought record about work before the next session.",
        "Client was able to identify two cognitive distortions about family and to challenge them with evidence. Client used the thought record to lower distress. Client will complete a thought record about family before the next session.",
    ),
    (
        "a template with ratings",
        IOP,
        "Rated urges 7/10 at check-in and 4/10 at check-out. Listed three people to call before using. Identified payday as the hardest cue and wrote a plan for it.",
        "Rated urges 9/10 at check-in and 5/10 at check-out. Listed two people to call before using. Identified payday as the hardest cue and wrote a plan for it.",
    ),
    (
        "copied from the second sentence on",
        IOP,
        "Came in late from a double shift. " + CRAVING,
        "Sat near the door and kept the coat on. " + CRAVING,
    ),
    (
        "shorthand copied",
        IOP,
        "Pt mapped fri drive past store, marked turn where urge up. Chose long rd home. Asked 2 peers to ck in @ 6. Tearful w/ peer story. Goal 90d no etoh, d22, 1 lapse.",
        "Pt mapped fri drive past store, marked turn where urge up. Chose long rd home. Asked 3 peers to ck in @ 7. Tearful w/ peer story. Goal 90d no etoh, d31, 1 lapse.",
    ),
    (
        "field by field",
        CBT,
        "Participation: read her thought record aloud and took two questions\nResponse: saw that the forecast was a guess\nProgress: goal of speaking in class, spoke once\nPlan: speak first on Tuesday",
        "Participation: read his thought record aloud and took two questions\nResponse: saw that the forecast was a guess\nProgress: goal of speaking in class, spoke once\nPlan: speak first on Thursday",
    ),
    (
        "only stock phrases",
        CBT,
        "Attended group. Engaged and participated appropriately. Denied SI/HI. Continue weekly group.",
        "Attended group. Engaged and participated appropriately. Denied SI/HI. Continue weekly group.",
    ),
    (
        "only stock phrases, reworded a little",
        CBT,
        "Attended group. Active and engaged. Receptive to feedback. Denied SI/HI. Continue group.",
        "Attended group. Engaged and active. Receptive to feedback. Denies SI/HI. Continue group.",
    ),
    (
        "only the session paragraph again",
        CBT,
        "CBT group for anxiety. Therapist guided thought records and a paired role-play on predictions we never test.",
        "CBT group for anxiety. Therapist guided thought records and a paired role-play on predictions we never test.",
    ),
    (
        "the session paragraph and stock phrases",
        DBT,
        "Group focused on distress tolerance after arguments. Therapist led a chain analysis. Patient attended and was engaged.",
        "Group focused on distress tolerance after arguments. Therapist led a chain analysis. Patient attended and was engaged.",
    ),
    (
        "prose of grief copied",
        GRIEF,
        GRAVE,
        GRAVE.replace("she was angry with her husband", "he was angry with his wife")
        .replace("the man beside her", "the woman beside him")
        .replace("he bears", "she bears")
        .replace("he answered", "she answered"),
    ),
    (
        "half of the words copied, half left out",
        GRIEF,
        GRAVE,
        "Said for the first time that she was angry with her brother for dying before the house was done. Sat silent for some minutes, then turned to the man beside her and asked how he bears the evenings. Wept when he answered.",
    ),
    (
        "sentences run together",
        DBT,
        "Brought the argument with his brother over the car keys. Chain analysis showed the shove came after two nights with little sleep. Named shame as the link he had left out.",
        "Brought the argument with her sister over the car keys, and chain analysis showed the shove came after two nights with little sleep, and named shame as the link she had left out.",
    ),
    (
        "active verbs exchanged",
        CBT,
        "Volunteered to role-play asking the supervisor for leave. Identified mind reading as the distortion. Reported less tension afterwards. Agreed to ask on Wednesday.",
        "Offered to role-play asking the supervisor for leave. Recognized mind reading as the distortion. Described less tension afterwards. Agreed to ask on Friday.",
    ),
]

HONEST: list[tuple[str, str, str, str]] = [
    ("two people, two stories", CBT, LIFT, OWED),
    (
        "same diagnosis, same goal, own words",
        CBT,
        "Diagnosis: social anxiety disorder. Goal: speak up at work. Put his camera on in the team call and felt his face burn for a minute, then forgot it. Wants to ask one question on Thursday.",
        "Diagnosis: social anxiety disorder. Goal: speak up at work. Practiced declining a task with a peer who played her manager; her hands shook, and she finished the sentence. Will say no to the Saturday shift.",
    ),
    (
        "the same technique, other content",
        CBT,
        "Used the thought record on the forecast that her daughter would stop calling. Evidence against: three calls since May. Belief down from 85 to 50.",
        "Used the thought record on the idea that the rash must be cancer. The evidence against it was two doctors and a clear biopsy. Belief down from 90 to 70, and he doubts the doctors still.",
    ),
    (
        "the same closing lines",
        DBT,
        ARGUMENT + " Denied SI/HI. Continue weekly group.",
        "Told how the neighbor's music set her off and how she walked round the block twice. Coached opposite action: greeted him at the stairs. Felt proud and a little foolish. Goal of two weeks without a slammed door: nine days. Denied SI/HI. Continue weekly group.",
    ),
    ("shared session paragraph in both", "", CBT + " " + LIFT, CBT + " " + OWED),
    (
        "shared group sentence in both, none in the session part",
        "",
        "The group discussed predictions we never test, and members completed thought records. " + LIFT,
        "The group discussed predictions we never test, and members completed thought records. " + OWED,
    ),
    (
        "shared therapist sentence",
        DBT,
        "Therapist led a chain analysis and coached opposite action. " + ARGUMENT,
        "Therapist led a chain analysis and coached opposite action. Told how the neighbor's music set her off and how she walked round the block twice. Felt proud and a little foolish.",
    ),
    (
        "same urge group, other cues",
        IOP,
        CRAVING,
        "Named the ballpark as his cue and sold the season ticket. Practiced refusing a beer with two peers and blushed. Worried what his uncle will say. Goal of staying sober through the summer: day forty, no lapse. Dx: alcohol use disorder, severe.",
    ),
    ("a rich part and a thin one", CBT, LIFT, "Attended group, engaged, continue group."),
    (
        "a rich part and stock that it holds too",
        CBT,
        LIFT + " Continue weekly group.",
        "Denied SI/HI. Continue weekly group.",
    ),
    (
        "the same ratings form, other words",
        IOP,
        "Urges 7/10 to 4/10. Says the weekend scares her because the kids go to their father. Will sleep at her aunt's on Saturday.",
        "Urges 3/10 to 3/10. Bored, he says, and boredom is when he calls old friends. Joined the gym at the corner, goes with a peer at noon.",
    ),
    (
        "talking about each other",
        GRIEF,
        "Asked Tom how he bears the evenings and listened to his answer about the radio. Said she had not known that men eat over the sink as well.",
        "Answered when Ana asked how he bears the evenings: he leaves the radio on. Said being asked was the first kind thing that week.",
    ),
    (
        "both quiet",
        GRIEF,
        "Quiet today; looked at the window while others spoke of holidays. When asked, said only that the house smells of him.",
        "Said little. Held the tissue box for the others and shook his head when the therapist turned to him. On leaving he said he would come again.",
    ),
    (
        "both did the role-play",
        CBT,
        "Played the angry customer for a peer and then herself; on the second try she let the pause stand and did not apologize.",
        "Role-played telling his father about the degree. Broke off after one line, asked to start again and got through to the end.",
    ),
    (
        "both had a setback",
        DBT,
        "Cut on Sunday after the call with her mother; brought the coping card that she had not used. Saw in the chain that she had skipped lunch and dinner. Safety plan updated with her, means moved to her aunt.",
        "Went back to sleeping with the phone and woke to twelve messages. Lost his temper with the tutor. Found the first link was the phone, and put it in the kitchen in session by text to his mother.",
    ),
    (
        "same homework, own reasons",
        CBT,
        "Will keep a worry diary for the hour before work, when the stomach cramps start. Asked whether the bus counts.",
        "Will keep a worry diary at night, since her worry waits for the lights to go out. Thinks it is silly and will do it all the same.",
    ),
    (
        "the same telegraphic style",
        IOP,
        "Tired. Spoke re: custody date. Cried. Took peer's number. Goal: 30 meetings, at 12. RTC Thu.",
        "Guarded. Spoke re: truck repo. Joked. Walked out once, back in 5 min. Goal: job, 2 calls made. RTC Thu.",
    ),
    (
        "the same fields, own words",
        CBT,
        "Participation: drew her week as a staircase\nResponse: laughed at the missing step\nProgress: goal of driving, drove to the mill\nPlan: drive to the bridge",
        "Participation: read out one line and passed\nResponse: frowned at the feedback, later nodded\nProgress: goal of sleeping alone, none\nPlan: night light off on Friday",
    ),
    (
        "an assessment line in both",
        CBT,
        "Alert and oriented, mood anxious, affect congruent. " + LIFT,
        "Alert and oriented, mood anxious, affect congruent. " + OWED,
    ),
    (
        "a short shared remark",
        GRIEF,
        GRAVE + " Felt less alone.",
        "Brought the fishing rod and let it go round. Told how his son would never wait for the float. Felt less alone. Goal of eating at the table: twice this week. Will visit the lake on Sunday with his daughter.",
    ),
    (
        "goals of one treatment plan",
        CBT,
        "Treatment goal: reduce avoidance. Ate in the canteen on Tuesday at the far table and stayed till the bell. Says the noise is worse than the people.",
        "Treatment goal: reduce avoidance. Rang the dentist after two years and hung up; rang again. Appointment on the ninth. Her voice shook as she told it.",
    ),
    (
        "different members of a long group",
        DBT,
        "Explained to the group what burning urges feel like for her, as heat behind the eyes. Held the ice for four minutes. Goal: no self-harm this month, fourteen days.",
        "Held the ice for one minute and threw it in the sink. Angry that skills are for children. Stayed to the end. Goal: fewer calls to the crisis line, none this week.",
    ),
]
