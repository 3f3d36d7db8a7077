import type { NoticeTopic, OwnNotice } from '../model.ts'

const titles: Readonly<Record<NoticeTopic, string>> = {
  cover: 'Cover of the safeguarding team',
  mailbox: 'The safeguarding mailbox',
  'lead-post': 'The post of DSL is vacant',
  pupil: 'Something has happened to a pupil',
  duty: 'A duty of the school',
  reading: 'What is not confirmed yet',
  monitoring: 'Filtering and monitoring',
  search: 'A search of a pupil',
  'break-glass': 'A file was opened by breaking the glass',
  share: 'Shared with you',
  attachment: 'A scan was refused',
  'vacant-post': 'A post that nobody holds',
  'team-change': 'A change of the safeguarding team',
  oversight: 'A case and the trust',
  looking: 'Looking to ask about',
  account: 'An account of somebody who has left',
  activity: 'Cover of a trip, an activity or a closed period',
}

/** What a notice is about, in a few words. */
export function noticeTitle(notice: Pick<OwnNotice, 'topic'>): string {
  return titles[notice.topic]
}
