import type { Action } from '../access/index.ts'

/** The service navigation, in its order. Each link shows only to those whom the policy lets through. */
export const navigation: readonly { readonly href: string; readonly text: string; readonly action: Action }[] = [
  { href: '/', text: 'Home', action: 'home.open' },
  { href: '/today', text: 'Today', action: 'today.open' },
  { href: '/children', text: 'Children', action: 'child.keep' },
  { href: '/signs', text: 'Patterns', action: 'patterns.open' },
  { href: '/attendance', text: 'Attendance', action: 'attendance.keep' },
  { href: '/cover', text: 'Cover', action: 'cover.keep' },
  { href: '/clocks', text: 'Clocks', action: 'clock.list' },
  { href: '/audit', text: 'Audit', action: 'checkpoint.read' },
  { href: '/people', text: 'People', action: 'adult.list' },
  { href: '/alerts', text: 'Alerts', action: 'alert.own' },
  { href: '/policy', text: 'Our policy', action: 'policy.read' },
]
