export {
  answerTechnical,
  importMonitoring,
  keepMonitoringAccount,
  listMonitoring,
  listTechnical,
  openMonitoring,
  reportMonitoring,
  reportToAgency,
  settleMonitoring,
} from './commands.ts'
export {
  type MonitoringKind,
  type MonitoringOutcome,
  type MonitoringRefusal,
  monitoringKinds,
  monitoringSources,
  type NewMonitoring,
} from './model.ts'
export { watchMonitoring } from './watch.ts'
