/** Every audit event. A route or a command names one; there is no other way to be audited. */
export const auditEvents = [
  'session.started', 'session.ended', 'session.refused', 'session.second-factor', 'kept-form.kept', 'kept-form.opened', 'account.opened', 'account.changed',
  'home.opened', 'page.opened', 'policy.opened', 'conduct-advice.opened', 'demonstration.opened',
  'child.found', 'child.added', 'child.changed', 'child.opened', 'children.listed', 'adult.added', 'adult.changed', 'adults.listed', 'adult.opened',
  'appointment.started', 'appointment.ended', 'absence.started', 'absence.ended', 'cover.changed', 'cover.opened', 'tie.declared', 'tie.ended',
  'draft.opened', 'draft.saved', 'draft.discarded', 'concern.form-opened', 'concern.recorded', 'concern.finished', 'concern.unreached', 'concern.reached',
  'concern.own-opened', 'concern.opened', 'concern.acknowledged', 'concern.triaged', 'concern.triage-opened', 'concern.decided', 'concern.added-to',
  'concern.reporter-told', 'concern.moved', 'concern.linked', 'concern.closed', 'concern.reopened', 'attachment.opened', 'adult.excluded', 'child.identified',
  'parents.recorded', 'referral.opened', 'referral.made', 'referral.step-recorded', 'referral.direct', 'note.written', 'note.opened',
  'file.opened', 'file.printed', 'action.set', 'action.finished', 'today.opened', 'actions.opened',
  'alert.told', 'alert.seen', 'alerts.opened', 'alert.passed-on', 'clock.breached', 'owner.moved', 'access.denied',
] as const
export type AuditEvent = (typeof auditEvents)[number]
