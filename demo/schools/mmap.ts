import { type DemoSchoolData, pupil, staff } from '../data.ts'

/** Alternative provision in Kent: most children stay on the roll of the school that sent them. The head is the DSL. */
export const mmap = {
  key: 'mmap',
  name: 'Maidstone and Malling Alternative Provision',
  home: 'kent',
  town: 'Maidstone',
  streets: ['Hopfield Road', 'Oast Lane', 'Medway Parade', 'Ragstone Close', 'Cherry Orchard'],
  adults: {
    head: staff('Bernadette Cole', 'Headteacher', ['headteacher', 'dsl', 'prevent-contact'], { phone: '07700 900151' }),
    deputy: staff('Leroy Chambers', 'Deputy head', ['deputy-headteacher', 'deputy-dsl', 'senior-leader', 'teacher'], {
      phone: '07700 900152',
    }),
    deputyTwo: staff('Magda Wisniewska', 'Family liaison', ['deputy-dsl', 'support-staff', 'attendance-lead'], {
      phone: '07700 900153',
      outForDays: 1,
    }),
    formerDeputy: staff('Roy Pankhurst', 'Teacher of construction', ['teacher'], {
      formerRoles: [{ role: 'deputy-dsl', endedDaysAgo: 21 }],
    }),
    designatedTeacher: staff('Stella Ashworth', 'Designated teacher', ['designated-teacher', 'teacher']),
    senco: staff('Vincent Oduya', 'SENCo', ['senco', 'teacher', 'mental-health-lead']),
    teacher: staff('Joanna Thirkettle', 'Teacher of maths', ['teacher']),
    teacherTwo: staff('Haroon Akhtar', 'Teacher of computing', ['teacher', 'online-safety-lead']),
    parentTeacher: staff('Lynne Castledine', 'Teacher of food', ['teacher']),
    assistant: staff('Darren Mott', 'Learning mentor', ['teaching-assistant']),
    receptionist: staff('Sylvia Brand', 'Office and reception', ['receptionist', 'support-staff']),
    itManager: staff('Imran Chaudhry', 'IT support', ['it-manager'], { kind: 'contractor', employer: 'Weald Schools IT' }),
    recordKeeper: staff('Thelma Goodhew', 'Business manager', ['record-keeper', 'human-resources']),
    systemAdministrator: staff('Angus Petrie', 'Systems and data', ['system-administrator', 'support-staff']),
    dataProtectionOfficer: staff('Gwendoline Sharpe', 'Data protection officer', ['data-protection-officer']),
    supply: staff('Rosa Benedetti', 'Supply teacher', ['supply'], { kind: 'supply', employer: 'Garden of England Supply' }),
    chair: staff('Hubert Lascelles', 'Chair of the management committee', ['chair-of-governors', 'governor'], {
      kind: 'governor',
    }),
    safeguardingGovernor: staff('Delphine Ayivor', 'Nominated governor for safeguarding', ['safeguarding-governor', 'governor'], {
      kind: 'governor',
    }),
    governor: staff('Kenneth Swale', 'Member of the management committee', ['governor'], { kind: 'governor' }),
    contractor: staff('Marius Dumitru', 'Taxi escort', ['contractor'], {
      kind: 'contractor',
      employer: 'Kentway Cars',
      hasAccount: false,
    }),
  },
  rota: ['head', 'deputy', 'deputy', 'head', 'deputy'],
  pupils: {
    tyler: pupil('Tyler', 'Hibberd', '10', 'Blue', '02-16', {
      standing: 'dual',
      otherSchool: 'Weald View Academy',
      leavesAt: '12:30',
      statuses: [
        {
          status: 'child-protection-plan',
          startedDaysAgo: 77,
          authority: 'kent',
          workerName: 'Faith Omondi',
          workerPhone: '01632 960351',
        },
      ],
      siblings: ['kayleigh'],
      contacts: [
        { name: 'Tracey Hibberd', relation: 'Mother', phone: '07700 900251' },
        {
          name: 'Dale Munn',
          relation: 'Uncle',
          barredReason: 'Under police investigation; any approach is reported to the police at once.',
        },
      ],
    }),
    kayleigh: pupil('Kayleigh', 'Munn', '8', 'Green', '09-17', { standing: 'dual', otherSchool: 'Weald View Academy' }),
    marcus: pupil('Marcus', 'Adebayo', '11', 'Red', '06-05', {
      standing: 'dual',
      otherSchool: 'Medway Bridge School',
      statuses: [
        {
          status: 'looked-after',
          startedDaysAgo: 600,
          authority: 'kent',
          workerName: 'Jill Tamblyn',
          workerPhone: '01632 960352',
        },
      ],
      contacts: [{ name: 'Rowan House', relation: "Children's home", phone: '01632 960353' }],
    }),
    jack: pupil('Jack', 'Turner', '9', 'Green', '03-27', { standing: 'dual', otherSchool: 'Weald View Academy' }),
    jackTwo: pupil('Jack', 'Turner', '9', 'Blue', '11-09', {}),
    aidan: pupil('Aidan', 'Castledine', '10', 'Red', '08-14', {
      standing: 'dual',
      otherSchool: 'Loose Valley High School',
      tied: [{ adult: 'parentTeacher', kind: 'parent' }],
      contacts: [{ name: 'Lynne Castledine', relation: 'Mother', phone: '07700 900252', adult: 'parentTeacher' }],
    }),
    chelsea: pupil('Chelsea', 'Dray', '11', 'Red', '12-22', {
      statuses: [{ status: 'young-carer', startedDaysAgo: 33, authority: 'kent' }],
    }),
    left: pupil('Rhys', 'Hopper', '11', 'Blue', '04-30', { standing: 'left', otherSchool: 'Mid Kent training provider' }),
    friend: {
      given: 'Shay',
      family: 'Brogan',
      standing: 'not-on-roll',
      home: 'kent',
      description: 'About 16, waits at the gate most afternoons.',
    },
    unidentified: {
      given: 'Unknown',
      family: 'girl',
      standing: 'unidentified',
      description: 'About 13, named only as "Kay" in a message that a pupil showed.',
    },
  },
  roll: `
    Bailey   | Foord      | 7  | Yellow | 01-21
    Destiny  | Crouch     | 7  | Yellow | 05-08
    Ashton   | Weller     | 7  | Yellow | 10-17
    Lexi     | Gurr       | 8  | Green  | 03-05
    Malachi  | Stewart    | 8  | Green  | 07-29
    Corey    | Akehurst   | 8  | Yellow | 12-11
    Jodie    | Farrance   | 9  | Green  | 02-18
    Kaden    | Bolton     | 9  | Blue   | 06-24
    Aleksy   | Maj        | 9  | Blue   | 09-02
    Roksana  | Begum      | 9  | Green  | 04-07
    Logan    | Vane       | 10 | Blue   | 11-24
    Paige    | Honeysett  | 10 | Red    | 01-06
    Dwayne   | Bryan      | 10 | Red    | 08-30
    Summer   | Tapsell    | 10 | Blue   | 05-21
    Levi     | Buckland   | 11 | Red    | 10-08
    Cerys    | Moon       | 11 | Red    | 03-13
    Nathaniel | Opoku     | 11 | Blue   | 07-01
    Demi     | Sharpe     | 11 | Red    | 12-27
  `,
} as const satisfies DemoSchoolData
