import type { Branded } from './ids.ts'

/**
 * A calendar date `YYYY-MM-DD` without a time or zone. Not a `Date`: midnight in London is the day before in UTC for half
 * the year, and a birthday has no zone.
 */
export type PlainDate = Branded<string, 'PlainDate'>

/** A moment, ISO 8601 in UTC with milliseconds (`2026-11-20T14:10:00.000Z`). */
export type Instant = Branded<string, 'Instant'>

/** A time of day on a wall clock in London, `HH:MM`. */
export type LocalTime = Branded<string, 'LocalTime'>
