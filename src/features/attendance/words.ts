import { timeInWords } from '../../kernel/london-time.ts'
import type { DayMark, Mark } from './model.ts'

export const markNames: Readonly<Record<Mark, string>> = { present: 'Present', late: 'Late', absent: 'Absent' }

/** "Present at 8:40am, walked in alone", "Absent". */
export function markInWords({ mark, atTime, says }: DayMark): string {
  const at = atTime === null ? '' : ` at ${timeInWords(atTime)}`
  return `${markNames[mark]}${at}${says === '' ? '' : `, ${says}`}`
}
