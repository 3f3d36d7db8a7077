import { accepted, type EventKinds, eventKind } from '../event-kind.ts'

export const timeEvents: EventKinds = {
  'time.passes': eventKind({ keys: {}, run: async () => accepted() }),
}
