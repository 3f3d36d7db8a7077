/** SQL: a moment inside JSON, written as everywhere else in the program: ISO 8601 in UTC, to the millisecond. */
export function utcText(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
