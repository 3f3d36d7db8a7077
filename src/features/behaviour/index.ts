export { recordBehaviour } from './commands.ts'
export type { BehaviourPart, BehaviourPlace, BehaviourRefusal, NewBehaviour, RecordedBehaviour } from './model.ts'
