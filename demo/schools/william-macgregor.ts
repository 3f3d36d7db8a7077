import { type DemoSchoolData, pupil, staff } from '../data.ts'

/** Primary in Staffordshire near two borders: children come from Birmingham and Warwickshire too. The head is also the lead DSL. */
export const williamMacgregor = {
  key: 'william-macgregor',
  name: 'William MacGregor Primary School',
  trust: { key: 'arthur-terry', name: 'Arthur Terry Learning Partnership' },
  home: 'staffordshire',
  town: 'Tamworth',
  streets: ['Pottery Lane', 'Hazel Grove', 'Anker Terrace', 'Millfield Road', 'Spinney Close'],
  adults: {
    dsl: staff('Harriet Lowe', 'Headteacher', ['headteacher', 'dsl', 'designated-teacher', 'prevent-contact'], {
      phone: '07700 900121',
    }),
    deputy: staff('Joseph Mensah', 'Deputy head', ['deputy-headteacher', 'deputy-dsl', 'senior-leader', 'teacher'], {
      phone: '07700 900122',
    }),
    deputyTwo: staff('Kirsty Ballantyne', 'Pastoral lead', ['deputy-dsl', 'support-staff', 'mental-health-lead'], {
      phone: '07700 900123',
    }),
    formerDeputy: staff('Denise Orchard', 'Teacher of year 2', ['teacher'], {
      formerRoles: [{ role: 'deputy-dsl', endedDaysAgo: 80 }],
    }),
    senco: staff('Rosalind Achebe', 'SENCo', ['senco', 'teacher']),
    attendanceLead: staff('Mick Sandford', 'Attendance and family support', ['attendance-lead', 'support-staff']),
    onlineSafetyLead: staff('Gurpreet Dhillon', 'Teacher of year 6, computing lead', ['teacher', 'online-safety-lead']),
    teacher: staff('Sophie Hartnell', 'Teacher of year 4', ['teacher']),
    teacherTwo: staff('Iain Crawshaw', 'Teacher of year 5', ['teacher']),
    parentTeacher: staff('Laila Haddad', 'Teacher of reception', ['teacher']),
    assistant: staff('Carol Dunmore', 'Teaching assistant, year 1', ['teaching-assistant']),
    assistantTwo: staff('Emeka Uzor', 'Teaching assistant, year 6', ['teaching-assistant']),
    receptionist: staff('Wendy Prosser', 'School office', ['receptionist', 'support-staff']),
    itManager: staff('Ravi Kulkarni', 'Technician', ['it-manager', 'support-staff']),
    recordKeeper: staff('Judith Hallam', 'School business manager', ['record-keeper', 'human-resources']),
    systemAdministrator: staff('Pete Garland', 'Data manager', ['system-administrator', 'support-staff']),
    supply: staff('Tamsin Quayle', 'Supply teacher', ['supply'], { kind: 'supply', employer: 'Midland Classroom Supply' }),
    chair: staff('Reginald Thorne', 'Chair of governors', ['chair-of-governors', 'governor'], { kind: 'governor' }),
    safeguardingGovernor: staff('Bushra Anwar', 'Advocate for safeguarding', ['safeguarding-governor', 'governor'], {
      kind: 'governor',
    }),
    governor: staff('Leonard Voss', 'Governor', ['governor'], { kind: 'governor' }),
    directorOfEducation: staff('Eleanor Sykes', 'Director of education', ['director-of-education', 'central-staff'], {
      kind: 'trust',
    }),
    chiefExecutive: staff('Graham Ireland', 'Chief executive', ['chief-executive'], { kind: 'trust' }),
    operatingOfficer: staff(
      'Patricia Onslow',
      'Chief finance and operating officer',
      ['chief-operating-officer', 'central-staff'],
      { kind: 'trust' },
    ),
    chairOfTrustees: staff('Malcolm Everett', 'Chair of trustees', ['chair-of-trustees', 'trustee'], { kind: 'trust' }),
    trustLead: staff('Yewande Afolabi', 'Trust safeguarding lead', ['trust-safeguarding-lead', 'central-staff'], {
      kind: 'trust',
    }),
    volunteer: staff('Maureen Tibbs', 'Reading volunteer', ['volunteer'], { kind: 'volunteer', hasAccount: false }),
  },
  rota: ['deputy', 'dsl', 'deputyTwo', 'deputy', 'dsl'],
  pupils: {
    noah: pupil('Noah', 'Whitfield', '4', '4 Oak', '02-19', {
      statuses: [
        {
          status: 'child-in-need',
          startedDaysAgo: 130,
          authority: 'staffordshire',
          workerName: 'Angela Mottram',
          workerPhone: '01632 960321',
        },
      ],
      siblings: ['ava'],
      contacts: [
        { name: 'Jodie Whitfield', relation: 'Mother', phone: '07700 900221' },
        {
          name: 'Lee Sharman',
          relation: "Mother's former partner",
          barredReason: 'Police bail conditions: he may not come near the children.',
        },
      ],
    }),
    ava: pupil('Ava', 'Sharman', '1', '1 Elm', '10-06', {}),
    fatima: pupil('Fatima', 'Begum', '6', '6 Ash', '05-14', {
      home: 'birmingham',
      statuses: [
        {
          status: 'child-protection-plan',
          startedDaysAgo: 61,
          authority: 'birmingham',
          workerName: 'Dominic Frayne',
          workerPhone: '01632 960322',
        },
      ],
    }),
    george: pupil('George', 'Pettifer', '3', '3 Beech', '08-23', { home: 'warwickshire', leavesAt: '14:30' }),
    ruby: pupil('Ruby', 'Jones', '5', '5 Ash', '03-11', {}),
    rubyTwo: pupil('Ruby', 'Jones', '5', '5 Elm', '11-27', { home: 'warwickshire' }),
    sami: pupil('Sami', 'Haddad', '2', '2 Oak', '06-30', {
      tied: [{ adult: 'parentTeacher', kind: 'parent' }],
      contacts: [{ name: 'Laila Haddad', relation: 'Mother', phone: '07700 900222', adult: 'parentTeacher' }],
    }),
    // The son of the head, who is also the lead DSL: the duty passes to the deputies.
    edward: pupil('Edward', 'Lowe', '6', '6 Oak', '12-01', { tied: [{ adult: 'dsl', kind: 'parent' }] }),
    tia: pupil('Tia', 'Morrison', '4', '4 Elm', '04-04', {
      statuses: [
        {
          status: 'looked-after',
          startedDaysAgo: 300,
          authority: 'staffordshire',
          workerName: 'Corinne Baptiste',
          workerPhone: '01632 960323',
        },
      ],
      contacts: [{ name: 'Janet Aldous', relation: 'Foster carer', phone: '07700 900223' }],
    }),
    jakub: pupil('Jakub', 'Wojcik', '5', '5 Ash', '07-15', {
      statuses: [{ status: 'young-carer', startedDaysAgo: 45, authority: 'staffordshire' }],
    }),
    left: pupil('Bella', 'Fairhurst', '6', '6 Ash', '01-22', { standing: 'left', otherSchool: 'Riverside Primary, Burton' }),
    visitor: {
      given: 'Ollie',
      family: 'Tanner',
      standing: 'not-on-roll',
      home: 'staffordshire',
      description: 'About 4, comes with a grandparent to the toddler group.',
    },
    unidentified: {
      given: 'Unknown',
      family: 'boy',
      standing: 'unidentified',
      description: 'About 7, alone in the car park after the football club; left before a name was asked.',
    },
  },
  roll: `
    Alfie    | Cresswell   | R | R Willow | 09-12
    Mei      | Lin         | R | R Willow | 02-07
    Zain     | Malik       | R | R Willow | 06-18 | birmingham
    Isla     | Featherstone | 1 | 1 Elm   | 03-25
    Theo     | Asante      | 1 | 1 Elm   | 12-12
    Maya     | Chowdhury   | 1 | 1 Oak   | 07-02 | birmingham
    Jack     | Hollis      | 2 | 2 Oak   | 04-20
    Amelia   | Grabowska   | 2 | 2 Oak   | 10-15
    Tobias   | Underwood   | 2 | 2 Elm   | 01-05 | warwickshire
    Keira    | Boothroyd   | 3 | 3 Beech | 05-29
    Arjun    | Patel       | 3 | 3 Beech | 08-09
    Evie     | Langdon     | 3 | 3 Elm   | 11-11 | warwickshire
    Kofi     | Boateng     | 4 | 4 Oak   | 09-08
    Summer   | Ridley      | 4 | 4 Oak   | 06-03
    Hamza    | Qureshi     | 4 | 4 Elm   | 03-17 | birmingham
    Daisy    | Plumb       | 5 | 5 Elm   | 02-24
    Luca     | Romano      | 5 | 5 Ash   | 10-31
    Esme     | Tattersall  | 6 | 6 Oak   | 07-26
    Dominik  | Szabo       | 6 | 6 Oak   | 04-13
    Leah     | Winstanley  | 6 | 6 Ash   | 12-20 | warwickshire
  `,
} as const satisfies DemoSchoolData
