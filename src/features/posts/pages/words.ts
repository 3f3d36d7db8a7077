import { dateInWords } from '../../../kernel/london-time.ts'
import type { Profile } from '../../../policy/profile.ts'
import type { Lack, PostRefusal, Vacancy } from '../model.ts'

function dayCount(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

/** "Vacant for 91 days, since 1 September 2024. Covered by Jo Penn." */
export function vacancyInWords({ since, days, interimName }: Vacancy): string {
  const how =
    since === undefined || days === undefined
      ? 'Vacant; since when is not entered.'
      : `${dayCount(days)} vacant, since ${dateInWords(since)}.`
  return `${how} Interim cover: ${interimName ?? 'none'}.`
}

/** The word of the tag: what the school calls a post that it has not filled yet. */
export function vacancyWord({ isEntered }: Pick<Vacancy, 'isEntered'>): string {
  return isEntered ? 'To be confirmed' : 'Vacant'
}

export function lackWord(lack: Lack): string {
  switch (lack.kind) {
    case 'not-senior':
      return 'Not of the senior leadership'
    case 'untrained':
      return 'Untrained'
    case 'no-description':
    case 'description-without-lead':
      return 'Incomplete'
  }
}

export function lackInWords(profile: Pick<Profile, 'duties'>, lack: Lack): string {
  switch (lack.kind) {
    case 'not-senior':
      return 'Our policy has a senior leader hold this post.'
    case 'untrained': {
      const owed = profile.duties.training.filter(({ course }) => lack.courses.includes(course)).map(({ says }) => says)
      return `No training is on record. ${[...new Set(owed)].join(' ')}`
    }
    case 'no-description':
      return `No job description is on record; ${lack.isLate ? 'it was due' : 'it is due'} by ${dateInWords(lack.dueOn)}.`
    case 'description-without-lead':
      return `The job description does not name the lead responsibility; one that does ${lack.isLate ? 'was due' : 'is due'} by ${dateInWords(lack.dueOn)}.`
  }
}

export function refusalInWords(refusal: PostRefusal): { readonly field: string; readonly says: string } {
  switch (refusal) {
    case 'held':
      return { field: 'since-day', says: 'Somebody holds this post now, so it is not vacant.' }
    case 'in-the-future':
      return { field: 'since-day', says: 'Enter a day that is today or in the past.' }
    case 'not-in-school':
      return { field: 'interim', says: 'Select somebody who works here now, or nobody.' }
  }
}
