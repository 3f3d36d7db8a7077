import { type DemoSchoolData, pupil, staff } from '../data.ts'

/** Middle school in Suffolk, years 5 to 8, in a trust. */
export const westley = {
  key: 'westley',
  name: 'Westley Middle School',
  trust: { key: 'unity', name: 'Unity Schools Partnership' },
  home: 'suffolk',
  town: 'Bury St Edmunds',
  streets: ['Abbot Lane', 'Saxon Rise', 'Barley Way', 'Churchfield Road', 'Linnet Drive'],
  adults: {
    dsl: staff('Geraldine Frost', 'Assistant head', ['dsl', 'senior-leader', 'prevent-contact'], { phone: '07700 900141' }),
    deputy: staff('Ashok Menon', 'Head of years 7 and 8', ['deputy-dsl', 'teacher'], { phone: '07700 900142' }),
    deputyTwo: staff('Bronwen Capel', 'Pastoral support lead', ['deputy-dsl', 'support-staff', 'mental-health-lead'], {
      phone: '07700 900143',
      outForDays: 2,
    }),
    formerDeputy: staff('Terence Aldridge', 'Teacher of French', ['teacher'], {
      formerRoles: [{ role: 'deputy-dsl', endedDaysAgo: 60 }],
    }),
    head: staff('Simon Okonjo', 'Headteacher', ['headteacher'], { phone: '07700 900144' }),
    deputyHead: staff('Felicity Warnock', 'Deputy head', ['deputy-headteacher', 'senior-leader']),
    designatedTeacher: staff('Margaret Eves', 'Designated teacher', ['designated-teacher', 'teacher']),
    senco: staff('Abigail Trench', 'SENCo', ['senco', 'teacher']),
    attendanceLead: staff('Duncan Fyfe', 'Attendance', ['attendance-lead', 'support-staff']),
    onlineSafetyLead: staff('Zeinab Osman', 'Teacher of computing', ['teacher', 'online-safety-lead']),
    teacher: staff('Matthew Lister', 'Teacher of year 6', ['teacher']),
    teacherTwo: staff('Beatriz Sousa', 'Teacher of science', ['teacher']),
    parentTeacher: staff('Jonathan Pryor', 'Teacher of music', ['teacher']),
    assistant: staff('Gail Summers', 'Teaching assistant', ['teaching-assistant']),
    receptionist: staff('Rita Callaghan', 'Reception', ['receptionist', 'support-staff']),
    itManager: staff('Anton Petrov', 'IT manager', ['it-manager', 'support-staff']),
    recordKeeper: staff('Sandra Leggett', 'Office manager', ['record-keeper', 'human-resources']),
    systemAdministrator: staff('Howard Nunn', 'Systems', ['system-administrator', 'support-staff']),
    supply: staff('Kwame Addo', 'Supply teacher', ['supply'], { kind: 'supply', employer: 'Anglia Supply Partnership' }),
    chair: staff('Constance Byrd', 'Chair of the local governing body', ['chair-of-governors', 'governor'], { kind: 'governor' }),
    safeguardingGovernor: staff('Ibrahim Saleh', 'Safeguarding governor', ['safeguarding-governor', 'governor'], {
      kind: 'governor',
    }),
    governor: staff('Roger Mallory', 'Governor', ['governor'], { kind: 'governor' }),
    directorOfEducation: staff('Annabel Strickland', 'Director of education', ['director-of-education', 'central-staff'], {
      kind: 'trust',
    }),
    trustLead: staff('Nigel Fairweather', 'Trust lead on safeguarding', ['trust-safeguarding-lead', 'central-staff'], {
      kind: 'trust',
    }),
    volunteer: staff('Jean Osgood', 'Volunteer, library', ['volunteer'], { kind: 'volunteer', hasAccount: false }),
  },
  rota: ['dsl', 'deputy', 'dsl', 'dsl', 'deputy'],
  pupils: {
    jamie: pupil('Jamie', 'Thornton', '7', '7M', '04-18', {
      statuses: [
        {
          status: 'child-protection-plan',
          startedDaysAgo: 140,
          authority: 'suffolk',
          workerName: 'Lydia Haverhill',
          workerPhone: '01632 960341',
        },
      ],
      siblings: ['skye'],
      contacts: [
        { name: 'Donna Thornton', relation: 'Mother', phone: '07700 900241' },
        {
          name: 'Wayne Garrod',
          relation: 'Stepfather',
          barredReason: 'Social care asks that he is not told where or when the children are at school.',
        },
      ],
    }),
    skye: pupil('Skye', 'Garrod', '5', '5B', '12-14', {}),
    emily: pupil('Emily', 'Clarke', '6', '6L', '08-06', {}),
    emilyTwo: pupil('Emily', 'Clarke', '6', '6P', '01-25', {}),
    hugo: pupil('Hugo', 'Pryor', '8', '8S', '03-06', {
      tied: [{ adult: 'parentTeacher', kind: 'parent' }],
      contacts: [{ name: 'Jonathan Pryor', relation: 'Father', phone: '07700 900242', adult: 'parentTeacher' }],
    }),
    ottilie: pupil('Ottilie', 'Frost', '5', '5A', '09-09', { tied: [{ adult: 'dsl', kind: 'parent' }] }),
    andrei: pupil('Andrei', 'Munteanu', '8', '8T', '06-27', {
      statuses: [
        {
          status: 'looked-after',
          startedDaysAgo: 430,
          authority: 'suffolk',
          workerName: 'Marcus Peel',
          workerPhone: '01632 960342',
        },
      ],
      contacts: [{ name: 'Elaine Sturgeon', relation: 'Foster carer', phone: '07700 900243' }],
    }),
    grace: pupil('Grace', 'Afriyie', '7', '7M', '10-13', {
      statuses: [{ status: 'young-carer', startedDaysAgo: 18, authority: 'suffolk' }],
    }),
    toby: pupil('Toby', 'Hendry', '6', '6L', '02-21', {
      leavesAt: '14:10',
      statuses: [{ status: 'education-health-care-plan', startedDaysAgo: 700, authority: 'suffolk' }],
    }),
    left: pupil('Erin', 'Mayhew', '8', '8S', '05-02', { standing: 'left', otherSchool: 'Stour Upper School' }),
    friend: {
      given: 'Connor',
      family: 'Balls',
      standing: 'not-on-roll',
      home: 'suffolk',
      description: 'Goes to another school; said to be with our pupils at the park.',
    },
    unidentified: {
      given: 'Unknown',
      family: 'boy',
      standing: 'unidentified',
      description: 'About 11, grey hooded top, seen being pushed off a bicycle by older children.',
    },
  },
  roll: `
    Archie    | Sewell     | 5 | 5A | 03-23
    Imani     | Wilson     | 5 | 5A | 07-08
    Florence  | Catchpole  | 5 | 5B | 11-15
    Rafael    | Pereira    | 5 | 5B | 01-14
    Beatrice  | Nunnery    | 6 | 6L | 10-04
    Suleiman  | Abdi       | 6 | 6L | 04-29
    Rory      | Ferris     | 6 | 6P | 12-03
    Lakshmi   | Iyer       | 6 | 6P | 06-14
    Phoebe    | Deakin     | 6 | 6P | 02-09
    Marek     | Dvorak     | 7 | 7M | 08-20
    Charlotte | Ling       | 7 | 7N | 09-26
    Elijah    | Marshall   | 7 | 7N | 05-17
    Nusrat    | Jahan      | 7 | 7N | 03-01
    Jude      | Rolfe      | 7 | 7M | 11-06
    Matilda   | Garwood    | 8 | 8S | 01-10
    Samson    | Adjei      | 8 | 8S | 07-24
    Bronte    | Kerridge   | 8 | 8T | 04-11
    Xavier    | Delacroix  | 8 | 8T | 10-22
    Neve      | O'Sullivan | 8 | 8T | 12-31
  `,
} as const satisfies DemoSchoolData
