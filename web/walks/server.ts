// Starts the real program on a fresh data directory, on either engine, and
// ends it by its own process.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export type Engine = 'sqlite' | 'postgres';

export const root = resolve(import.meta.dirname, '../..');
/** Where walks leave what helps to mend them: the servers' log, pictures of failed pages. */
export const out = join(import.meta.dirname, 'out');
export const samples = process.env.DOCKET_SAMPLES ?? resolve(root, '../shared/samples');

export interface Server {
  url: string;
  /** The one-time sign-in link printed at the first start. */
  link: string;
  /** The data directory; the command line may be pointed at it. */
  data: string;
  database: string;
  pid: number;
  /** Makes a one-time sign-in link for somebody else, as the administrator does. */
  linkFor(login: string): string;
  /** Ends the program, does something while it is away, and starts it again on the same data and port. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Runs a program until a line matches, and gives that line's first group. */
function until(child: ChildProcess, pattern: RegExp, what: string): Promise<string> {
  return new Promise((found, failed) => {
    let seen = '';
    const lines = createInterface({ input: child.stdout! });
    lines.on('line', (line) => {
      seen += `${line}\n`;
      const match = pattern.exec(line);
      if (match) found(match[1]!);
    });
    child.once('exit', (code) => failed(new Error(`${what} ended with ${code}:\n${seen}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

/** Starts `docket serve` on an empty directory; words are further flags. */
export async function serve(engine: Engine, ...words: string[]): Promise<Server> {
  const program = join(root, 'bin', 'docket');
  if (!existsSync(program)) throw new Error('bin/docket is missing: run make build first');
  mkdirSync(out, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), 'docket-walk-'));
  const postgres = engine === 'postgres' ? spawn('go', ['run', './dev', 'postgres'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] }) : null;
  const database = postgres ? await until(postgres, /^(postgres:\S+)$/, 'PostgreSQL') : '';
  const start = (listen: string, ...more: string[]) =>
    spawn(program, ['serve', '--listen', listen, '--data', data, '--database', database, ...more], { stdio: ['ignore', 'pipe', openSync(join(out, 'server.log'), 'a')] });
  let child = start('127.0.0.1:0', ...words);
  const link = await until(child, /(http:\/\/\S+\/link\/\S+)/, 'docket serve');
  return {
    url: new URL(link).origin,
    link,
    data,
    database,
    get pid() {
      return child.pid!;
    },
    linkFor(login) {
      const said = execFileSync(program, ['link', '--data', data, '--database', database, '--url', new URL(link).origin, login], { encoding: 'utf8' });
      return /http:\/\/\S+/.exec(said)![0];
    },
    async restart(meanwhile) {
      await end(child);
      await meanwhile();
      child = start(new URL(link).host);
    },
    async stop() {
      await end(child);
      if (postgres) {
        postgres.stdin!.end(); // it ends when its input does
        await end(postgres);
      }
      rmSync(data, { recursive: true, force: true });
    },
  };
}
