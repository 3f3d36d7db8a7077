import { type DemoSchoolData, pupil, staff } from '../data.ts'

/** Secondary in Derby; a third of its children live in Derbyshire, and Derby asks for the locality. */
export const westPark = {
  key: 'west-park',
  name: 'West Park School',
  home: 'derby',
  town: 'Derby',
  streets: ['Larkhill Road', 'Quarry Rise', 'Moss Green', 'Tanner Street', 'Willow Croft', 'Kestrel Way'],
  adults: {
    dsl: staff('Ruth Adeyemi', 'Assistant head', ['dsl', 'senior-leader', 'prevent-contact'], { phone: '07700 900101' }),
    deputy: staff('Daniel Kowalczyk', 'Head of year 9', ['deputy-dsl', 'teacher'], { phone: '07700 900102' }),
    deputyTwo: staff('Farah Siddiqui', 'Pastoral manager', ['deputy-dsl', 'support-staff'], {
      phone: '07700 900103',
      outForDays: 3,
    }),
    formerDeputy: staff('Gareth Pugh', 'Teacher of geography', ['teacher'], {
      formerRoles: [{ role: 'deputy-dsl', endedDaysAgo: 48 }],
    }),
    head: staff('Marianne Holt', 'Headteacher', ['headteacher'], { phone: '07700 900104' }),
    deputyHead: staff('Tunde Bakare', 'Deputy head', ['deputy-headteacher', 'senior-leader', 'teacher']),
    digitalLead: staff('Catrin Lloyd', 'Assistant head, digital', ['online-safety-lead', 'senior-leader']),
    designatedTeacher: staff('Isobel Marchetti', 'Designated teacher', ['designated-teacher', 'teacher']),
    senco: staff('Kieran Doyle', 'SENCo', ['senco', 'teacher']),
    mentalHealthLead: staff('Shabnam Rezaei', 'Well-being lead', ['mental-health-lead', 'support-staff']),
    attendanceOfficer: staff('Pauline Whitcombe', 'Attendance officer', ['attendance-lead', 'support-staff']),
    teacher: staff('Amy Okafor', 'Teacher of English, tutor of 8B', ['teacher']),
    teacherTwo: staff('Rhodri Bevan', 'Teacher of physical education', ['teacher']),
    parentTeacher: staff('Nadia Rahman', 'Teacher of chemistry', ['teacher']),
    trainee: staff('Callum Reddy', 'Trainee teacher of history', ['trainee'], {
      kind: 'trainee',
      employer: 'Trent Valley Teaching Alliance',
    }),
    assistant: staff('Bev Tranter', 'Teaching assistant', ['teaching-assistant']),
    receptionist: staff('Joyce Pemberton', 'Receptionist', ['receptionist', 'support-staff']),
    itManager: staff('Owen Blackstock', 'Network manager', ['it-manager', 'support-staff']),
    recordKeeper: staff('Hilary Nwosu', 'Personnel officer', ['record-keeper', 'human-resources']),
    dataProtectionOfficer: staff('Edmund Farrow', 'Data protection officer', ['data-protection-officer']),
    systemAdministrator: staff('Lorcan Whyte', 'Systems administrator', ['system-administrator', 'support-staff']),
    supply: staff('Precious Moyo', 'Supply teacher', ['supply'], { kind: 'supply', employer: 'Peak Supply Teachers' }),
    chair: staff('Gordon Tallis', 'Chair of trustees', ['chair-of-governors', 'trustee'], { kind: 'governor' }),
    safeguardingGovernor: staff('Meera Raghunathan', 'Trustee for safeguarding', ['safeguarding-governor', 'trustee'], {
      kind: 'governor',
    }),
    governor: staff('Alan Bickerstaff', 'Trustee', ['governor'], { kind: 'governor' }),
    volunteer: staff('Dorothy Ames', 'Reading volunteer', ['volunteer'], { kind: 'volunteer', hasAccount: false }),
    contractor: staff('Stefan Ilic', 'Caretaking contractor', ['contractor'], {
      kind: 'contractor',
      employer: 'Amber Facilities',
      hasAccount: false,
    }),
  },
  rota: ['dsl', 'deputy', 'dsl', 'deputy', 'dsl'],
  pupils: {
    // A report may concern a child of one authority and a child of the other at once.
    amina: pupil('Amina', 'Yusuf', '8', '8B', '03-14', {
      locality: 'locality-3-and-4',
      statuses: [
        {
          status: 'child-protection-plan',
          startedDaysAgo: 96,
          authority: 'derby',
          workerName: 'Helen Stroud',
          workerPhone: '01632 960311',
        },
      ],
      siblings: ['idris'],
      contacts: [
        { name: 'Hodan Yusuf', relation: 'Mother', phone: '07700 900211' },
        {
          name: 'Abdi Warsame',
          relation: 'Father',
          barredReason: 'A court order of this spring forbids any contact; ring the police if he comes to the gate.',
        },
      ],
    }),
    idris: pupil('Idris', 'Yusuf', '10', '10A', '11-02', { locality: 'locality-3-and-4' }),
    callum: pupil('Callum', 'Braithwaite', '9', '9C', '06-21', {
      home: 'derbyshire',
      statuses: [
        {
          status: 'looked-after',
          startedDaysAgo: 512,
          authority: 'derbyshire',
          workerName: 'Tom Ellery',
          workerPhone: '01632 960312',
        },
      ],
      contacts: [{ name: 'Sheila Orton', relation: 'Foster carer', phone: '07700 900212' }],
    }),
    // Two children of one name.
    lily: pupil('Lily', 'Carter', '7', '7A', '09-30', { locality: 'locality-2' }),
    lilyTwo: pupil('Lily', 'Carter', '7', '7D', '04-08', { home: 'derbyshire' }),
    // Siblings of different family names, who live in two homes by turns.
    mason: pupil('Mason', 'Fletcher', '8', '8A', '01-17', {
      locality: 'locality-1-and-5',
      siblings: ['ellie'],
      addresses: [
        { address: '14 Quarry Rise, Derby', says: 'With his mother from Sunday to Thursday' },
        { address: '3 Canal Cottages, Belper', says: 'With his father at weekends, in Derbyshire' },
      ],
    }),
    ellie: pupil('Ellie', 'Grant', '10', '10C', '05-26', { locality: 'locality-1-and-5' }),
    // The child of a member of staff.
    zara: pupil('Zara', 'Rahman', '9', '9B', '08-12', {
      locality: 'locality-3-and-4',
      tied: [{ adult: 'parentTeacher', kind: 'parent' }],
      contacts: [{ name: 'Nadia Rahman', relation: 'Mother', phone: '07700 900213', adult: 'parentTeacher' }],
    }),
    // The niece of a deputy DSL.
    zofia: pupil('Zofia', 'Nowak', '11', '11B', '10-19', {
      locality: 'locality-2',
      tied: [{ adult: 'deputy', kind: 'relative' }],
    }),
    jayden: pupil('Jayden', 'Osei', '11', '11A', '02-03', {
      locality: 'locality-2',
      leavesAt: '13:15',
      statuses: [{ status: 'education-health-care-plan', startedDaysAgo: 900, authority: 'derby' }],
    }),
    freya: pupil('Freya', 'Lindqvist', '7', '7C', '12-05', {
      home: 'derbyshire',
      statuses: [{ status: 'young-carer', startedDaysAgo: 210, authority: 'derbyshire' }],
    }),
    dylan: pupil('Dylan', 'Marsh', '10', '10B', '07-07', {
      locality: 'locality-1-and-5',
      statuses: [
        {
          status: 'child-in-need',
          startedDaysAgo: 160,
          authority: 'derby',
          workerName: 'Priscilla Nkemelu',
          workerPhone: '01632 960313',
        },
        { status: 'child-protection-plan', startedDaysAgo: 420, endedDaysAgo: 160, authority: 'derby' },
      ],
    }),
    left: pupil('Tegan', 'Rowlands', '11', '11C', '03-29', {
      standing: 'left',
      otherSchool: 'Ashbourne Vale Academy',
      home: 'derbyshire',
    }),
    cousin: {
      given: 'Brandon',
      family: 'Keogh',
      standing: 'not-on-roll',
      home: 'derby',
      locality: 'locality-2',
      description: 'Cousin of a pupil, about 15; collects him on Fridays.',
    },
    unidentified: {
      given: 'Unknown',
      family: 'girl',
      standing: 'unidentified',
      description: 'About 12, red coat, seen crying at the bus stop outside the school.',
    },
  },
  roll: `
    Oliver   | Bennett      | 7  | 7A | 03-04 | derby/locality-2
    Priya    | Nair         | 7  | 7B | 11-21 | derby/locality-3-and-4
    Harvey   | Stokes       | 7  | 7C | 06-15 | derbyshire
    Chidera  | Eze          | 7  | 7D | 01-09 | derby/locality-1-and-5
    Poppy    | Whitlock     | 8  | 8A | 09-18 | derbyshire
    Muhammad | Iqbal        | 8  | 8B | 04-27 | derby/locality-3-and-4
    Niamh    | Gallagher    | 8  | 8B | 02-11 | derby/locality-2
    Kacper   | Zielinski    | 8  | 8C | 07-30 | derby/locality-1-and-5
    Tilly    | Ashdown      | 8  | 8C | 12-24 | derbyshire
    Reuben   | Clarke       | 9  | 9A | 05-05 | derby/locality-2
    Ngozi    | Obi          | 9  | 9A | 10-10 | derby/locality-3-and-4
    Finlay   | McAllister   | 9  | 9B | 03-22 | derbyshire
    Simran   | Gill         | 9  | 9C | 08-01 | derby/locality-3-and-4
    Ewan     | Thackeray    | 9  | 9D | 11-13 | derbyshire
    Aaliyah  | Campbell     | 10 | 10A | 06-09 | derby/locality-2
    Joshua   | Pickering    | 10 | 10B | 02-28 | derbyshire
    Ioana    | Popescu      | 10 | 10C | 09-03 | derby/locality-3-and-4
    Kai      | Henderson    | 10 | 10D | 04-16 | derby/locality-1-and-5
    Megan    | Threlfall    | 11 | 11A | 07-19 | derbyshire
    Yusuf    | Demir        | 11 | 11B | 01-31 | derby/locality-3-and-4
    Bethany  | Sugden       | 11 | 11C | 05-12 | derby/locality-1-and-5
    Tyrese   | Johnson      | 11 | 11D | 10-28 | derby/locality-2
    Hannah   | Weatherall   | 11 | 11D | 12-17 | derbyshire
  `,
} as const satisfies DemoSchoolData
