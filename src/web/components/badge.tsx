import type { VNode } from 'preact'
import { type Content, classNames, isPresent } from './attributes.ts'

/** What a thing in a list is waiting for. */
export type BadgeKind = 'new' | 'overdue' | 'due-today' | 'unreached' | 'waiting' | 'urgent' | 'done' | 'plain'

const words: { readonly [kind in Exclude<BadgeKind, 'plain'>]: string } = {
  new: 'New',
  overdue: 'Overdue',
  'due-today': 'Due today',
  unreached: 'Unreached',
  waiting: 'Waiting',
  urgent: 'Urgent',
  done: 'Done',
}

export interface BadgeProps {
  readonly kind: BadgeKind
  /** Says more than the kind's own word, such as by how long something is overdue. */
  readonly children?: Content
}

/** How a thing in a list stands, in words; its colour only repeats them. */
export function Badge({ kind, children }: BadgeProps): VNode {
  const says = isPresent(children) || kind === 'plain' ? children : words[kind]
  return <strong class={classNames('hf-badge', kind !== 'plain' && `hf-badge--${kind}`)}>{says}</strong>
}
