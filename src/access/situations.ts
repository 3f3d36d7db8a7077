import type { AdultId, SchoolId } from '../kernel/ids.ts'
import type { RoleId } from '../policy/roles.ts'
import type { Someone } from './actor.ts'
import type { SubjectFacts } from './policy.ts'

/** The named people on whom `docs/access-table.md` shows the effect of the policy. All invented. */

const ashwood = 'school-ashwood' as SchoolId
const birch = 'school-birch' as SchoolId
const fileRoles: readonly RoleId[] = ['dsl', 'deputy-dsl']
const id = (name: string) => name as AdultId

function adult(name: string, roles: readonly RoleId[], schoolId: SchoolId = ashwood): Someone {
  return { kind: 'adult', schoolId, adultId: id(name), accountId: undefined, name, roles, fileRoles }
}

export const situatedActors: readonly { readonly says: string; readonly someone: Someone }[] = [
  { says: 'DSL', someone: adult('dsl', ['dsl', 'deputy-headteacher']) },
  { says: 'deputy DSL', someone: adult('deputy', ['deputy-dsl', 'teacher']) },
  { says: 'DSL who is a parent of the child', someone: adult('parent-dsl', ['dsl']) },
  { says: 'deputy DSL named in the concern', someone: adult('named-deputy', ['deputy-dsl']) },
  { says: 'head who is the DSL', someone: adult('head-dsl', ['headteacher', 'dsl']) },
  { says: 'headteacher', someone: adult('head', ['headteacher']) },
  { says: 'teacher who reported it', someone: adult('reporter', ['teacher']) },
  { says: 'parent on the staff who reported it', someone: adult('parent-reporter', ['teacher']) },
  { says: 'colleague who typed it for somebody', someone: adult('typist', ['receptionist']) },
  { says: 'teacher with whom it was shared', someone: adult('reader', ['teacher']) },
  { says: 'teacher who has an action to do', someone: adult('owner', ['teacher']) },
  { says: 'another teacher', someone: adult('teacher', ['teacher']) },
  { says: 'teacher named in the concern', someone: adult('named-teacher', ['teacher']) },
  { says: 'supply teacher with an account', someone: adult('supply', ['supply']) },
  { says: 'SENCO', someone: adult('senco', ['senco']) },
  {
    says: 'designated teacher who leads on mental health',
    someone: adult('designated', ['designated-teacher', 'mental-health-lead']),
  },
  { says: 'attendance lead', someone: adult('attendance', ['attendance-lead']) },
  {
    says: 'senior leader for online safety and Prevent',
    someone: adult('senior', ['senior-leader', 'online-safety-lead', 'prevent-contact']),
  },
  { says: 'record keeper', someone: adult('records', ['record-keeper']) },
  { says: 'safeguarding governor', someone: adult('governor', ['safeguarding-governor', 'governor']) },
  { says: 'chair of governors', someone: adult('chair', ['chair-of-governors']) },
  { says: 'chair of trustees', someone: adult('trust-chair', ['chair-of-trustees', 'trustee']) },
  { says: 'director of education', someone: adult('director', ['director-of-education']) },
  { says: 'chief executive', someone: adult('chief', ['chief-executive']) },
  { says: 'central staff of the trust', someone: adult('central', ['central-staff']) },
  { says: 'trust safeguarding lead', someone: adult('trust-lead', ['trust-safeguarding-lead']) },
  { says: 'second approver of the safeguarding team', someone: adult('approver', ['second-approver']) },
  { says: 'human resources', someone: adult('hr', ['human-resources']) },
  { says: 'IT manager', someone: adult('it', ['it-manager']) },
  { says: 'data protection officer', someone: adult('dpo', ['data-protection-officer']) },
  { says: 'system administrator', someone: adult('administrator', ['system-administrator']) },
  { says: 'DSL whose appointment has ended', someone: adult('former-dsl', []) },
  { says: 'DSL of another school', someone: adult('other-dsl', ['dsl'], birch) },
  { says: "visitor by the school's link", someone: { kind: 'visitor', schoolId: ashwood } },
  { says: 'background work', someone: { kind: 'worker', schoolId: ashwood } },
  { says: 'not signed in', someone: { kind: 'stranger' } },
]

export const situatedSubjects: readonly { readonly says: string; readonly facts: SubjectFacts | undefined }[] = [
  { says: 'nothing in particular', facts: undefined },
  {
    says: 'a concern at Ashwood',
    facts: {
      schoolId: ashwood,
      reporterId: id('reporter'),
      writtenBy: id('typist'),
      readers: [id('reader')],
      ownerId: id('owner'),
      excluded: [id('parent-dsl'), id('named-deputy'), id('named-teacher')],
    },
  },
  {
    says: 'a concern that a parent on the staff reported about their own child',
    facts: {
      schoolId: ashwood,
      reporterId: id('parent-reporter'),
      writtenBy: id('parent-reporter'),
      excluded: [id('parent-reporter')],
    },
  },
  {
    says: 'a case about a teacher that the chain of the policy gave to the headteacher',
    facts: {
      schoolId: ashwood,
      reporterId: id('reporter'),
      writtenBy: id('reporter'),
      caseReaders: [id('head')],
      excluded: [id('named-teacher')],
    },
  },
  {
    says: 'a file that the SENCO has opened by breaking the glass',
    facts: {
      schoolId: ashwood,
      ownerId: id('senco'),
      readers: [id('head'), id('dsl')],
      excluded: [id('senco'), id('parent-dsl')],
    },
  },
  {
    says: 'a change of a deputy DSL’s role that the headteacher has proposed',
    facts: { schoolId: ashwood, excluded: [id('head'), id('deputy')] },
  },
]
