import { type DemoSchoolData, pupil, staff } from '../data.ts'

/** Infant school in Wolverhampton, small: the head is DSL and designated teacher as well. */
export const westacre = {
  key: 'westacre',
  name: 'Westacre Infant School',
  home: 'wolverhampton',
  town: 'Wolverhampton',
  streets: ['Finchfield Way', 'Orchard View', 'Castle Terrace', 'Bramble Lane', 'Meadow Court'],
  adults: {
    head: staff('Philippa Ormerod', 'Headteacher', ['headteacher', 'dsl', 'designated-teacher', 'prevent-contact'], {
      phone: '07700 900131',
    }),
    deputy: staff('Winston Baptiste', 'Assistant head', ['deputy-dsl', 'senior-leader', 'teacher'], { phone: '07700 900132' }),
    deputyTwo: staff('Sarbjit Sandhu', 'Family worker', ['deputy-dsl', 'support-staff', 'attendance-lead'], {
      phone: '07700 900133',
    }),
    formerDeputy: staff('Louise Maddocks', 'Teacher of year 1', ['teacher'], {
      formerRoles: [{ role: 'deputy-dsl', endedDaysAgo: 33 }],
    }),
    senco: staff('Hazel Imrie', 'SENCo', ['senco', 'teacher', 'mental-health-lead']),
    teacher: staff('Chloe Rutherford', 'Teacher of reception', ['teacher']),
    // The post of online safety lead has been vacant since.
    teacherTwo: staff('Dean Aspinall', 'Teacher of year 2, computing', ['teacher'], {
      formerRoles: [{ role: 'online-safety-lead', endedDaysAgo: 12 }],
    }),
    parentTeacher: staff('Monique Laurent', 'Teacher of year 2', ['teacher']),
    assistant: staff('Shirley Foxall', 'Teaching assistant, nursery', ['teaching-assistant']),
    assistantTwo: staff('Ayesha Karim', 'Teaching assistant, year 1', ['teaching-assistant']),
    receptionist: staff('Brenda Colley', 'School secretary', ['receptionist', 'support-staff']),
    itManager: staff('Neil Hobday', 'Visiting technician', ['it-manager'], {
      kind: 'contractor',
      employer: 'Black Country Schools IT',
    }),
    recordKeeper: staff('Moira Tennant', 'Business manager', ['record-keeper', 'human-resources']),
    systemAdministrator: staff('Colin Faraday', 'Data and systems', ['system-administrator', 'support-staff']),
    // One human being at two schools, with one account.
    supply: staff('Tamsin Quayle', 'Supply teacher', ['supply'], {
      kind: 'supply',
      employer: 'Midland Classroom Supply',
      sharesAccountWith: 'tamsin.quayle@william-macgregor.demo.example',
    }),
    chair: staff('Vivienne Archer', 'Chair of governors', ['chair-of-governors', 'governor'], { kind: 'governor' }),
    safeguardingGovernor: staff('Jatinder Bassi', 'Safeguarding link governor', ['safeguarding-governor', 'governor'], {
      kind: 'governor',
    }),
    governor: staff('Clive Penhaligon', 'Governor', ['governor'], { kind: 'governor' }),
    volunteer: staff('Olwen Parry', 'Volunteer, gardening', ['volunteer'], { kind: 'volunteer', hasAccount: false }),
  },
  rota: ['head', 'deputy', 'head', 'deputyTwo', undefined],
  pupils: {
    leo: pupil('Leo', 'Hargreaves', '2', 'Owls', '01-28', {
      statuses: [
        {
          status: 'child-protection-plan',
          startedDaysAgo: 28,
          authority: 'wolverhampton',
          workerName: 'Nicola Strange',
          workerPhone: '01632 960331',
        },
      ],
      siblings: ['maisie'],
      contacts: [
        { name: 'Gemma Hargreaves', relation: 'Mother', phone: '07700 900231' },
        { name: 'Craig Dolan', relation: 'Father', barredReason: 'Non-molestation order; the office has a copy.' },
      ],
    }),
    maisie: pupil('Maisie', 'Dolan', 'R', 'Wrens', '05-19', {}),
    harry: pupil('Harry', 'Singh', '1', 'Robins', '09-22', {}),
    harryTwo: pupil('Harry', 'Singh', '1', 'Larks', '02-14', {}),
    camille: pupil('Camille', 'Laurent', 'R', 'Wrens', '11-30', {
      tied: [{ adult: 'parentTeacher', kind: 'parent' }],
      contacts: [{ name: 'Monique Laurent', relation: 'Mother', phone: '07700 900232', adult: 'parentTeacher' }],
    }),
    // The grandson of the head, who is the DSL.
    barney: pupil('Barney', 'Ormerod', '2', 'Owls', '07-04', { tied: [{ adult: 'head', kind: 'relative' }] }),
    deja: pupil('Deja', 'Thompson', '1', 'Robins', '03-09', {
      statuses: [
        {
          status: 'looked-after',
          startedDaysAgo: 190,
          authority: 'wolverhampton',
          workerName: 'Rupert Oyelaran',
          workerPhone: '01632 960332',
        },
      ],
      contacts: [{ name: 'Marcia Dacosta', relation: 'Foster carer', phone: '07700 900233' }],
    }),
    oscar: pupil('Oscar', 'Kaminski', 'N', 'Ducklings', '10-02', { leavesAt: '11:45' }),
    nell: pupil('Nell', 'Yardley', '2', 'Kestrels', '08-17', {
      home: 'staffordshire',
      statuses: [{ status: 'young-carer', startedDaysAgo: 75, authority: 'staffordshire' }],
    }),
    left: pupil('Ronnie', 'Beddoes', '2', 'Owls', '06-11', { standing: 'left', otherSchool: 'Penn Common Primary' }),
    sibling: {
      given: 'Kian',
      family: 'Hargreaves',
      standing: 'not-on-roll',
      home: 'wolverhampton',
      description: 'Elder half-brother of a pupil, about 13.',
    },
    unidentified: {
      given: 'Unknown',
      family: 'child',
      standing: 'unidentified',
      description: 'About 3, heard crying in the alley behind the nursery at noon.',
    },
  },
  roll: `
    Arlo    | Beckford    | N | Ducklings | 01-19
    Hana    | Suzuki      | N | Ducklings | 04-02
    Billy   | Cartwright  | N | Ducklings | 07-21
    Jasleen | Kaur        | R | Wrens     | 02-26
    Freddie | Mobberley   | R | Wrens     | 10-20
    Adaeze  | Okonkwo     | R | Finches   | 12-08
    Milo    | Preece      | R | Finches   | 06-06
    Lottie  | Haywood     | R | Finches   | 03-30 | staffordshire
    Ayaan   | Hussain     | 1 | Robins    | 05-11
    Scarlett | Bowater    | 1 | Robins    | 08-28
    Filip   | Novak       | 1 | Robins    | 01-03
    Tiana   | Richards    | 1 | Larks     | 11-18
    Ezra    | Goldblatt   | 1 | Larks     | 04-24
    Nia     | Pritchard   | 1 | Larks     | 09-05
    Stanley | Wooldridge  | 2 | Owls      | 12-29
    Imogen  | Slater      | 2 | Owls      | 03-03
    Raheem  | Francis     | 2 | Owls      | 06-22
    Poppy   | Tranmer     | 2 | Kestrels  | 10-25
    Vihaan  | Reddy       | 2 | Kestrels  | 02-02
    Elsie   | Broadhurst  | 2 | Kestrels  | 07-13 | staffordshire
  `,
} as const satisfies DemoSchoolData
