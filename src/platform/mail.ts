import { createTransport } from 'nodemailer'
import { isLoopback, type MailServer } from './config.ts'
import { isMailAddress } from './mail-address.ts'

export interface OutgoingMail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A way out for mail: a school's own server, or the catcher of a demonstration. */
export interface Mailer {
  /** Hands one mail over; throws where the server did not take it, so that it is tried again. */
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

const answerWithinMs = 20_000

/** Sends through an SMTP server. Beyond this machine its certificate must prove who it is: mail is never sent in the open. */
export function createMailer(server: MailServer, from: string): Mailer {
  const local = isLoopback(server.host)
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTLS || (!server.secure && !local),
    ignoreTLS: local && !server.secure && !server.requireTLS,
    ...(server.auth ? { auth: server.auth } : {}),
    tls: { rejectUnauthorized: !local, minVersion: 'TLSv1.2', ...(server.authority ? { ca: server.authority } : {}) },
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: answerWithinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async mail => {
      if (!isMailAddress(mail.to)) throw new Error('a mail goes to one address, written without a name')
      await transport.sendMail({
        from: { name: 'Holdfast', address: from },
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        textEncoding: 'quoted-printable',
        // Keeps a holiday's automatic answer from going round in circles (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      })
    },
    close: () => transport.close(),
  }
}
