/** A value of type `T` that carries a name, so that one kind of id or date cannot be passed for another. */
export type Branded<T, Name extends string> = T & { readonly __brand: Name }

export type SchoolId = Branded<string, 'SchoolId'>
export type AccountId = Branded<string, 'AccountId'>
export type AdultId = Branded<string, 'AdultId'>
export type ChildId = Branded<string, 'ChildId'>
export type AppointmentId = Branded<string, 'AppointmentId'>
export type ConcernId = Branded<string, 'ConcernId'>
export type EntryId = Branded<string, 'EntryId'>
export type ReferralId = Branded<string, 'ReferralId'>
export type ActionId = Branded<string, 'ActionId'>
export type ClockId = Branded<string, 'ClockId'>
export type CaseId = Branded<string, 'CaseId'>
export type AlertId = Branded<string, 'AlertId'>
export type DraftId = Branded<string, 'DraftId'>

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}
