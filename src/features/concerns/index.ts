export { namesAtRisk } from './at-risk-store.ts'
export {
  BodyMapFields,
  BodyMapPicture,
  type MarkedChild,
  markFieldsOf,
  parseMarks,
  placeName,
  type ShownMark,
} from './body-map/index.ts'
export { recordConcern, rolesOnRoute } from './commands.ts'
export { type DraftListing, findOwnDrafts } from './drafts.ts'
export { openScan } from './evidence.ts'
export {
  DifferTag,
  type Explanation,
  ExplanationFields,
  explanationHeading,
  explanationsIn,
  explanationsOf,
  givenByInWords,
  keepExplanations,
  type NewExplanation,
  parseExplanation,
  treatmentInWords,
  whereExplanationsDiffer,
} from './explanations/index.ts'
export { accountBoxes, involvementNames, wayItCameNames, wordsMax } from './form-fields.ts'
export { factsOrWords, mustSayWhetherTold, words } from './form-schema.ts'
export { openHandBack } from './hand-back-store.ts'
export type {
  AlertToSend,
  BodyMark,
  ChildInvolvement,
  ClockToStart,
  ConcernState,
  NewConcern,
  Recorded,
  RecordingRefusal,
  RoleHolder,
  WayItCame,
} from './model.ts'
export { mayBecome } from './model.ts'
export { EmergencyLine } from './pages/emergency-line.tsx'
export { DoNotTellParents } from './pages/form-asked.tsx'
export { EnterKey } from './pages/form-page.tsx'
export { FurtherRoutes } from './pages/further-routes.tsx'
export { CannotReach, Next, type RecordedProps, Unreached, WhoHasIt } from './pages/recorded-page.tsx'
export { contactsToRing, contactToRing, roleTitle } from './pages/ringing.tsx'
export { KeptScan, notOpenedPage } from './pages/scan-state.tsx'
export { type EvidenceKind, evidenceKindNames, type RecordedConcern, type Scanned } from './recorded-model.ts'
export { findRecordedConcern, scanColumns, scanFields } from './recorded-store.ts'
export { concernRoutes } from './routes.ts'
export { alertsOf, clocksOfChildren, clockToStart, headingFor, headingOf, routeOf, sourceHeading, sourceText } from './rules.ts'
export { delaysInWords, delaysOf, isWrittenAfterDeparture, isWrittenLate, minutesInWords } from './rules-delays.ts'
export { scanWaiting } from './scanning.ts'
export { tellOf } from './telling.ts'
