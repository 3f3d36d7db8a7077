export { dateTyped, FormReader } from '../../web/http/form-reader.ts'
export { judgeAndDecide } from './at-once.ts'
export { acknowledge, decide, recordParents, standIn, triageConcern } from './commands.ts'
export { revisionField } from './form-names.ts'
export { formRoutes, type Opened, openConcern, type Submitted } from './form-route.ts'
export { urgentQuestions } from './forms.ts'
export type {
  AlertToWrite,
  ConcernChange,
  ConcernChild,
  ConcernFacts,
  EntryToWrite,
  NewDecision,
  NewTriage,
  StandingHold,
  StepRefusal,
} from './model.ts'
export { listChildrenKnown } from './page-store.ts'
export { ReferAfterTheCall } from './pages/after-the-call.tsx'
export { concernTitle } from './pages/concern-page.tsx'
export { FormFrame, type FormFrameProps, FormHead } from './pages/form-frame.tsx'
export { HeldBack } from './pages/held-back.tsx'
export { authorityName } from './pages/known.tsx'
export { childInWords, childName, Moment, Section, Words } from './pages/parts.tsx'
export { Ringable, ringable } from './pages/ring-now.tsx'
export { StepPage } from './pages/step-page.tsx'
export { Clocks } from './pages/watching.tsx'
export { WhenItWas } from './pages/when-it-was.tsx'
export { listStandingHolds } from './parent-hold-store.ts'
export { parentsHeld } from './parents-held.ts'
export { refusalInWords } from './refusals.ts'
export { triageRoutes } from './routes.tsx'
export {
  childrenNow,
  editionsNow,
  entryFor,
  frameworksFor,
  isDangerous,
  isForAdultsOnly,
  isReferring,
  isUnjudged,
  revisionOf,
  subjectsOf,
  takingUp,
} from './rules.ts'
export { type EditionsNow, secondLooksWaiting } from './second-look-store.ts'
export { answerRefused, readStepAnswer } from './steps-form.ts'
export { findConcernFacts, lockConcerns, saveConcernChange, subjectOf } from './store.ts'
export { alertsOn, clockFactsOf, clocksFor, noteAlerts } from './telling.ts'
export { dayDueInWords, dueInWords, spanInWords, waitInWords } from './when.ts'
export { agencyNames, choiceNames, clockTitles, stateNames } from './words.ts'
