# ruff: noqa: E501  # notes as people type them
"""Notes in many forms, with the split a reader would make.

Words tell where they belong: `zs` in the session part, `z1` in the first member's, `z2` in the second's.
"""

CASES: dict[str, tuple[str, list[str]]] = {
    "keyword and colon": (
        "Date: 3/4/2026\nGroup: worry, CBT. 3 present. zs\n\nPatient: K.L. Diagnosis: GAD. Spoke first z1.\nPlan: call z1\n\n"
        "Patient: M.R. Diagnosis: MDD. Quiet z2.\n\nPatient: S.T. Shared z3.",
        ["K.L.", "M.R.", "S.T."],
    ),
    "client number and dash": (
        "Session: anger zs\n\nClient 3 - spoke z1\nResponse: calmer z1\n\nClient 4 - quiet z2\nResponse: same z2\n",
        ["Client 3", "Client 4"],
    ),
    "member letters on their own line": (
        "Member A\nShared about work z1.\n\nMember B\nQuiet z2.\n\nGroup summary: all worked hard zs.",
        ["Member A", "Member B"],
    ),
    "numbered list of initials": (
        "Topic: anger zs\n1. J.D. - spoke of work z1\n2. M.K. - quiet today z2\n3. Maria S. - cried z3",
        ["J.D.", "M.K.", "Maria S."],
    ),
    "capitals and colon": (
        "Group 3/3/26 zs\nPresent: JD, MK, SR\n\nJD: engaged in role play z1\nMK: listened z2\nSR: cried z3",
        ["JD", "MK", "SR"],
    ),
    "bold names": (
        "**Date:** 3/3/2026\n**Topic:** grief zs\n\n**Maria S.**\nShared z1.\n**Plan:** x z1\n\n**Tom B.**\nCried z2.\n**Plan:** y z2\n",
        ["Maria S.", "Tom B."],
    ),
    "bold label with the colon inside": (
        "**Topic:** grief zs\n\n**J.D.:** wept z1\n**A.N.:** listened z2\n**O.P.:** spoke z3",
        ["J.D.", "A.N.", "O.P."],
    ),
    "markdown headings and member numbers": (
        "# Group note zs\nDate 2026-01-02\n## Pt #4471\nspoke z1\n## Pt #4472\nlistened z2",
        ["Pt #4471", "Pt #4472"],
    ),
    "record numbers": (
        "Group 1/2/2026 zs\nMRN 00123\nDx: GAD\nshared z1\n\nMRN 00124\nDx: MDD\nquiet z2",
        ["MRN 00123", "MRN 00124"],
    ),
    "headings in capitals, with capital field names": (
        "GROUP THERAPY NOTE\nDATE: 1/1/2026 zs\n\nMARIA S.\nDATA: shared z1\nASSESSMENT: better\nPLAN: back z1\n\n"
        "TOM B.\nDATA: no z2\nASSESSMENT: same\nPLAN: back z2\n\nGROUP SUMMARY\nAll went well zs.",
        ["MARIA S.", "TOM B."],
    ),
    "table with pipes": (
        "Group 1/1/2026 CBT zs\n\n| Patient | Dx | Participation | Plan |\n|---|---|---|---|\n| K.L. | GAD | spoke z1 | hw |\n"
        "| M.R. | MDD | quiet z2 | hw |\n\nTherapist: X. zs",
        ["K.L.", "M.R."],
    ),
    "table with tabs": ("Name\tDx\tNotes\nK.L.\tGAD\tShared his fear z1\nM.R.\tMDD\tquiet z2", ["K.L.", "M.R."]),
    "CSV with a quoted line break": (
        'member,date,modality,participation,plan\nK.L.,2026-01-01,CBT zs,"Shared, cried\nand laughed z1",hw\nM.R.,2026-01-01,CBT,quiet z2,hw\n',
        ["K.L.", "M.R."],
    ),
    "CSV with semicolons": ("Client;Response;Plan\nAna;spoke z1;call\nBen;wept z2;rest\n", ["Ana", "Ben"]),
    "diagnosis in brackets": (
        "Patient 1 (GAD): did role play z1. \nPatient 2 (MDD): quiet z2.\n",
        ["Patient 1", "Patient 2"],
    ),
    "paragraphs that begin with initials": (
        "The group met on 3/3/2026, six present zs.\n\nK.L. reported that work is hard z1.\n\nM.R. stayed quiet but nodded z2.\n\n"
        "S.T. cried when speaking of her mother z3.\n\nThe group closed with breathing zs.",
        ["K.L.", "M.R.", "S.T."],
    ),
    "paragraphs that begin with names": (
        "We met on 3 March 2026 and worked on boundaries zs.\n\nMaria told us about her sister z1.\n\nTom practiced saying no z2.\n\n"
        "Priya listened and then asked him how it felt z3.",
        ["Maria", "Tom", "Priya"],
    ),
    "the same member heading twice is two members": (
        "J.D.: worked on panic z1\n\nJ.D.: worked on grief z2\n\nM.K.: quiet z3",
        ["J.D.", "J.D. (2)", "M.K."],
    ),
    "roster as a list, then headings": (
        "Present:\n- A.B.\n- C.D.\n- E.F.\n\nTopic: x zs\n\nA.B.\nshared z1\n\nC.D.\nquiet z2\n\nE.F.\ncried z3",
        ["A.B.", "C.D.", "E.F."],
    ),
    "roster on one line": (
        "Members present: A.B., C.D. and E.F. zs\nA.B. – shared z1\nC.D. – quiet z2\nE.F. – cried z3",
        ["A.B.", "C.D.", "E.F."],
    ),
    "ordered by field": (
        "Participation:\nJ.D.: spoke z1\nM.K.: quiet z2\n\nProgress:\nJ.D.: better z1\nM.K.: same z2\n\nPlan:\nJ.D.: hw z1\nM.K.: call z2",
        ["J.D.", "M.K."],
    ),
    "one dictated paragraph with labels": (
        "Group 3/3/2026 CBT 3 present zs. Patient: K.L. Dx GAD. Spoke up z1. Patient: M.R. Dx MDD. Quiet z2. Patient: S.T. cried z3.",
        ["K.L.", "M.R.", "S.T."],
    ),
    "one dictated paragraph of sentences": (
        "Group on 3/3/2026 about anger with 4 present zs. K.L. said he is angry z1. He practiced z1. M.R. listened and then cried z2. "
        "S.T. gave feedback to K.L. about it z3. M.R. said thanks z2.",
        ["K.L.", "M.R.", "S.T."],
    ),
    "HTML headings": (
        "<p><b>Date:</b> 3/3/2026</p><p>CBT group zs</p><h3>Patient: K.L.</h3><p>Shared z1.</p><h3>Patient: M.R.</h3><p>Quiet z2.</p>",
        ["K.L.", "M.R."],
    ),
    "HTML table": (
        "<table><tr><th>Client</th><th>Note</th></tr><tr><td>K.L.</td><td>Shared z1</td></tr><tr><td>M.R.</td><td>Quiet z2</td></tr></table>",
        ["K.L.", "M.R."],
    ),
    "first names and colon": (
        "Group 2/2/2026\nTopic: fear zs\n\nMaria: spoke about fear z1.\nTom: listened z2.\nNgozi: wept z3.\n",
        ["Maria", "Tom", "Ngozi"],
    ),
    "a session field that looks like a name": (
        "Date: 2/2/2026\nTopic: fear\nIcebreaker: two truths zs\n\nMaria: spoke about fear z1.\n\nTom: listened z2.\n\nNgozi: wept z3.\n",
        ["Maria", "Tom", "Ngozi"],
    ),
    "BIRP letters inside": (
        "Client: T.R.\nB: sat z1\nI: therapist asked\nR: replied\nP: return z1\n\nClient: W.E.\nB: sat z2\nI: asked\nR: replied\nP: return z2\n",
        ["T.R.", "W.E."],
    ),
    "SOAP words inside": (
        "Group topic: sleep zs\n\nPt: B.G.\nSubjective: tired z1\nObjective: slow\nAssessment: MDD\nPlan: log z1\n\n"
        "Pt: H.J.\nSubjective: wired z2\nObjective: fast\nAssessment: GAD\nPlan: log z2",
        ["B.G.", "H.J."],
    ),
    "last name first": ("Patient: Doe, Jane\nshared z1\nPatient: Roe, Rick\nquiet z2", ["Doe, Jane", "Roe, Rick"]),
    "whole notes one after the other": (
        "GROUP NOTE\nDate: 3/3/2026\nClient: A.B.\nshared z1\n\nGROUP NOTE\nDate: 3/3/2026\nClient: C.D.\nquiet z2",
        ["A.B.", "C.D."],
    ),
    "name and number of each": (
        "Client Name: A.B.\nMRN: 123\nshared z1\n\nClient Name: C.D.\nMRN: 456\nquiet z2\n\nSigned: Jane Doe, LCSW zs",
        ["A.B.", "C.D."],
    ),
    "another tongue": ("תאריך: 3.3.2026 zs\nמטופל: א.ב.\nשיתף z1\nמטופל: ג.ד.\nשתק z2", ["א.ב.", "ג.ד."]),
    "emoji before each": ("🗓 3/3/2026 zs\n👤 K.L. – shared z1\n👤 M.R. – quiet z2", ["K.L.", "M.R."]),
    "bullets": (
        "Anger group zs\n• D.F. – spoke z1\n• G.H. – wept z2\n• I.J. – left early z3",
        ["D.F.", "G.H.", "I.J."],
    ),
    "bullets below each name": (
        "Skills zs\n\nAna\n- spoke z1\n- practiced z1\n\nBeth\n- listened z2\n- asked z2\n\nCarl\n- left z3",
        ["Ana", "Beth", "Carl"],
    ),
    "carriage returns": (
        "Topic: grief zs\r\n\r\nPatient: A.B.\r\nspoke z1\r\n\r\nPatient: C.D.\r\nwept z2\r\n",
        ["A.B.", "C.D."],
    ),
    "byte order mark": ("\ufeffPatient: A.B.\nspoke z1\nPatient: C.D.\nwept z2\n", ["A.B.", "C.D."]),
    "session part at the end": (
        "Patient A: spoke z1.\n\nPatient B: wept z2.\n\nSession summary\nDate 3/3/2026, CBT, 2 present zs.",
        ["Patient A", "Patient B"],
    ),
    "session part in between": (
        "Patient A: spoke z1.\n\nGroup discussion: boundaries zs.\n\nPatient B: wept z2.",
        ["Patient A", "Patient B"],
    ),
    "each member has a group heading of their own": (
        "Client: A.B.\nGroup participation: spoke z1\nPlan: call z1\n\nClient: C.D.\nGroup participation: wept z2\nPlan: rest z2",
        ["A.B.", "C.D."],
    ),
    "signature below the last member": (
        "Topic: loss zs\n\nJ.P.: wept z1\n\nK.O.: spoke z2\n\nTherapist: R. Stone, LCSW zs",
        ["J.P.", "K.O."],
    ),
    "rules between members": (
        "Topic: loss zs\n-----\nClient 1\nwept z1\n-----\nClient 2\nspoke z2\n-----\n",
        ["Client 1", "Client 2"],
    ),
    "number and initials": ("CBT zs\nPatient 1: J.D.\nspoke z1\nPatient 2: M.K.\nwept z2", ["J.D.", "M.K."]),
    "titles": ("Topic: work zs\n\nMs. Ortiz: spoke z1.\n\nMr. Hale: wept z2.", ["Ms. Ortiz", "Mr. Hale"]),
    "age after the initials": (
        "Process group zs\n\nK.L., 34 y/o, GAD. Spoke z1.\n\nM.R., 51 y/o, MDD. Wept z2.",
        ["K.L.", "M.R."],
    ),
    "initials with a bracket": ("CBT zs\n\nKL (GAD) - spoke z1\n\nMR (PTSD) - wept z2", ["KL", "MR"]),
    "participant": (
        "Topic zs\nParticipant #1: spoke z1\nParticipant #2: wept z2\nParticipant #3: left z3",
        ["Participant #1", "Participant #2", "Participant #3"],
    ),
    "goals numbered inside each part": (
        "Patient: A.B.\nGoal 1: sleep z1\nGoal 2: walk z1\n\nPatient: C.D.\nGoal 1: eat z2\nGoal 2: call z2",
        ["A.B.", "C.D."],
    ),
    "others named inside a part": (
        "Patient: A.B.\nSpoke z1.\nM.K. gave him feedback z1.\n\nPatient: M.K.\nGave feedback z2.\nA.B. thanked her z2.",
        ["A.B.", "M.K."],
    ),
    "transcript-like therapist lines": (
        "Topic: trust zs\nTherapist: asked what trust costs zs\n\nMaria: said it is slow z1\n\nTom: said it is hard z2",
        ["Maria", "Tom"],
    ),
    "a short name beside an initial": (
        "Topic zs\n\nANA P.\nspoke z1\n\nSUE W.\nwept z2\n\nTOM R.\nleft z3",
        ["ANA P.", "SUE W.", "TOM R."],
    ),
    "member number and name": ("Topic zs\nMember 12 – R.T.: spoke z1\nMember 15 – U.V.: wept z2", ["R.T.", "U.V."]),
    "next group at the end": (
        "B.C.: spoke z1\n\nD.E.: wept z2\n\nNext group: 3/10/2026, exposure ladder zs",
        ["B.C.", "D.E."],
    ),
    "Spanish": ("Tema: enojo zs\n\nPaciente: A.B.\nhabló z1\n\nPaciente: C.D.\nlloró z2", ["A.B.", "C.D."]),
    "indented fields": (
        "  Date: 3/3/2026 zs\n  Patient: A.B.\n    Participation: spoke z1\n    Plan: call z1\n  Patient: C.D.\n    Participation: wept z2\n    Plan: rest z2",
        ["A.B.", "C.D."],
    ),
    "single-letter members": ("Topic zs\n\nA: spoke z1\n\nB: wept z2\n\nC: left z3", ["A", "B", "C"]),
}

CASES |= {
    "codes of the practice": (
        "Topic zs\n\nP-101: spoke z1\n\nP-102: wept z2\n\nP-103: left z3",
        ["P-101", "P-102", "P-103"],
    ),
    "names with stops, dashes and sentences": (
        "We spoke of trust, 4 present. zs\n\nPiet. GAD. Told of work z1.\n\nLotte came in late z2.\n\nHenk - wept z3.\n\nAna (F34.1) spoke z4.",
        ["Piet", "Lotte", "Henk", "Ana"],
    ),
}

# How a line may open a member's part, and three labels to fill in; what follows is one line a member.
FORMS: dict[str, tuple[str, list[str]]] = {
    name: (pattern, labels)
    for name, pattern, labels in [
        ("re", "Re: {}\n", ["K.L.", "M.R.", "S.T."]),
        ("slashes", "{} // ", ["K.L.", "M.R.", "S.T."]),
        ("gt", "{} > ", ["KL", "MR", "ST"]),
        ("paren", "({}) ", ["K.L.", "M.R.", "S.T."]),
        ("hashnum", "#1 {}: ", ["K.L.", "M.R.", "S.T."]),
        ("star", "*{}*\n", ["Ngozi", "Tomasz", "Aoife"]),
        ("under", "_{}_ - ", ["Maria", "Tomasz", "Aoife"]),
        ("pronouns", "{} (she/her): ", ["Maria", "Ngozi", "Aoife"]),
        ("for", "For {}: ", ["Maria", "Ngozi", "Aoife"]),
        ("about", "About {}:\n", ["Maria", "Ngozi", "Aoife"]),
        ("agesex", "{} (34F, GAD): ", ["JD", "MK", "SR"]),
        ("agesex2", "{} 34F GAD. ", ["JD", "MK", "SR"]),
        ("one", "Patient {}: ", ["one", "two", "three"]),
        ("firstp", "{} patient: ", ["First", "Second", "Third"]),
        ("lower", "{}: ", ["kl", "mr", "st"]),
        ("ptlower", "pt {}: ", ["kl", "mr", "st"]),
        ("P1", "{}: ", ["P1", "P2", "P3"]),
        ("C1", "{} - ", ["C1", "C2", "C3"]),
        ("Client1", "{}: ", ["Client1", "Client2", "Client3"]),
        ("client-1", "{}\n", ["Client-1", "Client-2", "Client-3"]),
        ("id", "ID {}\n", ["4471", "4472", "4473"]),
        ("id2", "Member ID: {}\n", ["4471", "4472", "4473"]),
        ("case", "Case {}: ", ["22-104", "22-105", "22-106"]),
        ("num", "{}\n", ["1.", "2.", "3."]),
        ("num2", "{}) ", ["1", "2", "3"]),
        ("idline", "{}\n", ["4471", "4472", "4473"]),
        ("upperln", "{}\n", ["ORTIZ", "HALE", "NGUYEN"]),
        ("surname", "{}, ", ["Ortiz, Ana", "Hale, Tom", "Nguyen, Linh"]),
        ("surname2", "{}\n", ["Ortiz, Ana", "Hale, Tom", "Nguyen, Linh"]),
        ("full", "{}\n", ["Ana Ortiz", "Tom Hale", "Linh Nguyen"]),
        ("fullc", "{}: ", ["Ana Ortiz", "Tom Hale", "Linh Nguyen"]),
        ("fullb", "**{}** – ", ["Ana O.", "Tom H.", "Linh N."]),
        ("mom", "{}: ", ["Mom 1", "Mom 2", "Dad 3"]),
        ("seat", "Seat {}: ", ["1", "2", "3"]),
        ("teen", "Teen {} - ", ["A", "B", "C"]),
        ("h3", "### {} (GAD)\n", ["Ana", "Tom", "Linh"]),
        ("em", "{} — ", ["Ana", "Tom", "Linh"]),
        ("dots", "{}... ", ["Ana", "Tom", "Linh"]),
        ("comma", "{}, GAD, ", ["Ana", "Tom", "Linh"]),
        ("initdx", "{} GAD: ", ["AO", "TH", "LN"]),
        ("eq", "{} = ", ["AO", "TH", "LN"]),
        ("semi", "{}; ", ["A.O.", "T.H.", "L.N."]),
        ("kv", "name={}; note=", ["AO", "TH", "LN"]),
        ("patdash", "PATIENT {} –\n", ["A", "B", "C"]),
        ("cli", "CLIENT: {}\n", ["AO", "TH", "LN"]),
        ("clidob", "Client: {}   DOB: 1/1/90   MRN: 33\n", ["A.O.", "T.H.", "L.N."]),
        ("clim", "Client {} (he/him), MDD:\n", ["A.O.", "T.H.", "L.N."]),
        ("ptn", "Pt. {}\n", ["A.O.", "T.H.", "L.N."]),
        ("ptx", "Pt {} ", ["A.O.", "T.H.", "L.N."]),
        ("mem", "Mbr {}. ", ["1", "2", "3"]),
        ("init3", "{} -- ", ["A.O.", "T.H.", "L.N."]),
        ("tilde", "~{}~\n", ["Ana", "Tom", "Linh"]),
        ("arrow", "> {}\n", ["Ana", "Tom", "Linh"]),
        ("greek", "{}: ", ["Alpha", "Bravo", "Charlie"]),
        ("unk", "{}: ", ["Ottoline", "Zbigniew", "Thandiwe"]),
        ("unk2", "{}\n", ["Ottoline", "Zbigniew", "Thandiwe"]),
        ("unk3", "{} - ", ["Ottoline", "Zbigniew", "Thandiwe"]),
        ("unk4", "{} ", ["Ottoline", "Zbigniew", "Thandiwe"]),
        ("next", "Next is {}. ", ["Ana", "Tom", "Linh"]),
        ("ini1", "{}. ", ["A", "B", "C"]),
        ("ini2", "{}) ", ["A", "B", "C"]),
        ("brack", "[{}] ", ["A.O.", "T.H.", "L.N."]),
        ("brack2", "[Member {}] ", ["1", "2", "3"]),
        ("angle", "<{}> ", ["Ana", "Tom", "Linh"]),
        ("indiv", "INDIVIDUAL NOTE – {}\n", ["A.O.", "T.H.", "L.N."]),
        ("note for", "Note for {}\n", ["Ana", "Tom", "Linh"]),
        ("prog", "Progress note: {}\n", ["A.O.", "T.H.", "L.N."]),
        ("firstinit", "{}: ", ["Ana O", "Tom H", "Linh N"]),
        ("mr", "{} ", ["Mr. H", "Ms. O", "Mrs. N"]),
        ("quote", '"{}" - ', ["Bear", "Sparrow", "Fox"]),
    ]
}
BESIDE = "Group 3/4/2026, CBT, 3 present. Topic: fear of asking. zs"
TOLD = [
    "Asked the boss for a day off in the role-play and shook z1.",
    "Stayed quiet, then told of the fall z2.",
    "Argued about homework and laughed z3.",
]
# Not found where no blank line stands between members, or not at all.
NOT_YET = {("surname", "\n"), ("surname2", "\n"), ("ptlower", "\n"), ("ptlower", "\n\n")}

ONE = {
    "one patient, heading first": (
        "Patient: J.D.\nDate: 3/3/2026\nGroup topic: anger\nS: hi\nO: calm\nA: GAD\nP: return",
        "J.D.",
    ),
    "no heading at all": ("Client attended group and said he was fine. Plan: return.", "Patient 1"),
    "an individual heading without a name": (
        "GROUP NOTE\nDate 3/3/2026. CBT group, 8 present. Topic: fear.\n\nINDIVIDUAL NOTE\nSpoke about the lift.",
        "Patient 1",
    ),
    "DAP of one": ("Client Name: Maria S.\nD: spoke of the lift\nA: GAD, better\nP: ride one floor", "Maria S."),
    "narrative of one who meets others": (
        "Client: K.L.\nK.L. spoke first. M.R. gave her feedback. S.T. agreed. She thanked them and practiced.",
        "K.L.",
    ),
    "prose of one": ("She spoke about the accident, wept, and let the group comfort her.", "Patient 1"),
}

# (text, labels): what differs in one slot, is dictated, is woven or stands in columns.
SECOND = {
    "capitals that are credentials elsewhere": (
        "Group 3/4/26.\n\nNP: spoke of rent and wept a little.\nMA: quiet, then joked with the others.\n"
        "JK: told of the fall on Sunday.\n",
        ["NP", "MA", "JK"],
    ),
    "a date before each": (
        "3/4/26 - J.K. - Group\nSpoke of rent and wept.\n\n3/4/26 - M.A. - Group\nQuiet at first, later joked.\n",
        ["J.K.", "M.A."],
    ),
    "a name and then a number": (
        "Client Name: Fay Lind\nClient ID: 3301\nProgress: slept better.\n\n"
        "Client Name: Gil Amadi\nClient ID: 3307\nProgress: argued, then listened.\n",
        ["Fay Lind", "Gil Amadi"],
    ),
    "dictated in one line": (
        "group note for monday first patient is amy she cried next patient is brandon he was quiet and last is keisha fine",
        ["amy", "brandon", "keisha"],
    ),
    "woven with names": (
        "Maria began with her fear. Tom said he had felt it too. Maria cried. Luis offered his number. Tom thanked him.",
        ["Maria", "Tom", "Luis"],
    ),
    "one column a member": (
        "| | A.B. | C.D. |\n|---|---|---|\n| Part | led all | quiet |\n| Plan | card | call |\n",
        ["A.B.", "C.D."],
    ),
    "medicines are no members": (
        "Client: K.L.\nShared well in group.\nZoloft: 50 mg daily\nAbilify: 5 mg daily\nTrazodone: 50 mg at night\n",
        ["K.L."],
    ),
    "an initial that is a word": (
        "1) Hutch: counted exits.\n\n2) Benny R.: a decent night.\n\n3) Desmond A.: quiet, then angry.\n",
        ["Hutch", "Benny R.", "Desmond A."],
    ),
    "names between waves": (
        "~ Ife ~\nTore the lid off, built a door.\n\n~ Coral ~\nBox left unpainted, wept.\n\n~ Noor ~\nStood aside.\n",
        ["Ife", "Coral", "Noor"],
    ),
    "titles in prose": (
        "Long-term dynamic group, ninety minutes.\n\nMr. Aldous. He was the wit until told so.\n\n"
        "Dr. Prior. Silent, his coat on.\n\nMrs. Lund. She wept and was held by the talk.\n",
        ["Mr. Aldous", "Dr. Prior", "Mrs. Lund"],
    ),
    "fields of another tongue": (
        "Fecha: 6 de noviembre.\nTema: la culpa.\nEnfoque: CBT.\n\nSra. Ibarra: lloró y contó de sus hijos.\n\n"
        "Sra. Quispe: habló poco y se rió.\n",
        ["Sra. Ibarra", "Sra. Quispe"],
    ),
    "an age before the assessment": (
        "PT 1. 42F. A: GAD.\nS: lies awake.\n\nPT 2. 57M. A: MDD.\nS: quiet.\n\nPT 3. 35F. A: PTSD.\nS: startled.\n",
        ["PT 1", "PT 2", "PT 3"],
    ),
    "a number that is the name": (
        "Client ID: 200184\nResponse: told of the lift.\n\nClient ID: 200190\nResponse: listened, then spoke.\n",
        ["200184", "200190"],
    ),
    "a doctor who led": (
        "Mr. Aldous. He was the wit until told so.\n\nDr. Reyes opened the round and summed it up.\n\n"
        "Mrs. Lund. She wept and was held by the talk.\n\nMiss Teague. She listened.\n",
        ["Mr. Aldous", "Mrs. Lund", "Miss Teague"],
    ),
    "leaders are no members": (
        "Ann Reyes, LCSW: led the check-in.\nBob Stein, PsyD: led the closing.\nPatient shared about work and cried.\n",
        ["Patient 1"],
    ),
    "relatives are no members": (
        "Client: Vera\nSpoke of home.\nMother: ill since May.\nFather: gone again.\nSam: her son, calls daily.\n",
        ["Vera"],
    ),
    "one named in prose": (
        "To chart of Mr. Okafor. July 30, 2026, seven around the table. I asked those who looked away from Mr. Okafor why.",
        ["Mr. Okafor"],
    ),
}
