import type { AdultId, CaseId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import type { NewConduct } from '../conduct/index.ts'
import type { NewConcern } from './model.ts'

/** What a concern about a child says of the adults whom it names, as a concern about them that stands beside it. */
export function conductBeside(
  concern: NewConcern,
  alleged: readonly AdultId[],
): Pick<NewConduct, 'id' | 'reporter' | 'about' | 'happenedOn' | 'happenedAtTime' | 'words'> {
  const { reporter, account } = concern
  return {
    id: newId<CaseId>(),
    reporter:
      reporter.kind === 'on-behalf'
        ? { kind: 'on-behalf', name: reporter.name, adultId: reporter.adultId, reason: reporter.reason }
        : reporter,
    about: alleged.map(adultId => ({ adultId, name: '' })),
    happenedOn: concern.happenedOn,
    happenedAtTime: concern.happenedAtTime,
    words: {
      seen: account.seen,
      said: account.childWords,
      opinion: account.opinion,
      done: account.done,
      place: concern.location,
      present: '',
    },
  }
}
