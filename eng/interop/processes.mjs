// Starts what the checks need, and ends it again.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('.', import.meta.url));
export const root = process.env.INTEROP_ROOT;
export const scratch = process.env.INTEROP_SCRATCH;
export const node = process.execPath;
export const bin = name => `${folder}node_modules/.bin/${name}`;
export const policylayer = `${folder}bin/policylayer`;

// The same for every server, with and without the proxy: the everything server shows its own.
export const environment = { PATH: `${folder}bin:${folder}node_modules/.bin:${process.env.PATH}`, HOME: scratch, PWD: scratch, LANG: 'C.UTF-8', TZ: 'UTC', ...(process.env.DOTNET_ROOT ? { DOTNET_ROOT: process.env.DOTNET_ROOT } : {}) };

const running = new Set();

export async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

/** Starts a program that listens, and waits until its output says so. */
export async function listening(command, args, ready, { env = {}, cwd = scratch } = {}) {
  const child = spawn(command, args, { cwd, env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  await new Promise((resolve, reject) => {
    const look = chunk => {
      output += chunk;
      if (output.includes(ready)) {
        resolve();
      }
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)));
    setTimeout(() => reject(new Error(`${command} ${args.join(' ')} did not listen within three minutes:\n${output}`)), 180_000).unref();
  });
  return {
    output: () => output,
    stop: signal => end(child, signal),
  };
}

/** Runs a program to its end. */
export function run(command, args, { env = {}, cwd = scratch, input = '', seconds = 300 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...environment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(child);
    const out = { output: '', error: '' };
    child.stdout.on('data', chunk => (out.output += chunk));
    child.stderr.on('data', chunk => (out.error += chunk));
    child.on('error', reject);
    child.on('close', code => {
      running.delete(child);
      clearTimeout(timer);
      resolve({ code, ...out });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  });
}

export async function end(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) {
    running.delete(child);
    return child.exitCode;
  }

  const code = new Promise(done => child.on('exit', done));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const result = await code;
  clearTimeout(timer);
  running.delete(child);
  return result;
}

process.on('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});

/** The proxy over HTTP in front of an address. */
export async function httpProxy(upstream, policy, more = []) {
  const url = `http://127.0.0.1:${await freePort()}/mcp`;
  const proxy = await listening(policylayer, ['proxy', '--policy', policy, '--upstream', upstream, '--listen', url, ...more], 'listening on');
  return { url, ...proxy };
}

/** A server over HTTP: the everything server speaks it by itself, the others through bridge.mjs. */
export async function httpServer(server) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/mcp`;
  const env = { ...server.env, PORT: String(port) };
  const process = server.http
    ? await listening(node, server.http, 'listening on', { env })
    : await listening(node, [`${folder}bridge.mjs`, ...server.stdio], 'listening on', { env });
  return { url, ...process };
}
