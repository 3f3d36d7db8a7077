import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../../src/platform/repository-root.ts'

/** How the product is started: by default its program with the Node that runs the tests. */
export interface StartOptions {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Another command that starts it, such as bin/start. */
  readonly command?: string
  /** Who starts it, where that is not whoever runs the tests. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Where it is called from. */
  readonly folder?: string
}

/** The product as a process of its own that people can reach. */
export interface Product {
  readonly child: ChildProcess
  readonly port: number
  /** What it has said so far to whoever started it. */
  said(): string
  /** What it has written to its log so far. */
  logged(): string
}

const startsWithinMs = 120_000

/** Starts it on a port that is free, and waits until it is open. */
export function startProduct({ args, env = {}, command, user, folder = process.cwd() }: StartOptions): Promise<Product> {
  const program = command ? [] : [join(repositoryRoot, 'dist/src/main.js')]
  const child = spawn(command ?? process.execPath, [...program, '--port', '0', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
    ...user,
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error('the product did not start in time'))
    }, startsWithinMs)
    let said = ''
    let logged = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      logged += chunk.toString()
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const port = /open at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve({ child, port: Number(port), said: () => said, logged: () => logged })
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`the product ended with ${code}: ${said}`)))
  })
}

/** Ends it as an administrator does, or kills it, and waits until it is gone; gives its exit code. */
export function endProduct(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise(resolve => {
    child.once('exit', code => resolve(code))
    child.kill(signal)
  })
}
