// Revision 2026-07-28, which has neither sessions nor a handshake: a client and a server of the TypeScript SDK's second generation, with and without the proxy.
import { writeFileSync } from 'node:fs';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { environment, folder, httpProxy, httpServer, node, policylayer, scratch } from './processes.mjs';
import { allowAll } from './recordings.mjs';
import { check, same } from './report.mjs';

const program = `${folder}newest-server.mjs`;
const revision = '2026-07-28';

export const newest = { name: `a server on ${revision}`, http: [program] };

const overStdio = (command, args) => new StdioClientTransport({ command, args, env: environment, cwd: scratch, stderr: 'ignore' });
const overHttp = url => new StreamableHTTPClientTransport(new URL(url));

async function connected(transport) {
  const client = new Client({ name: 'policylayer-interop', version: '1.0.0' }, { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: revision } } });
  client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { name: 'Zoë' } }));
  await client.connect(transport, { timeout: 200_000 });
  return client;
}

const calls = {
  echo: { text: 'héllo "wörld" \u2028 \ud83d\ude00 \\ \u0000' },
  fail: {},
  list: {},
  repeat: { times: 500_000 },
  secret: {},
  ask: {},
  progress: {},
  'no-such-tool': {},
};

async function record(transport) {
  const client = await connected(transport);
  const steps = new Map([['server/discover', { server: client.getServerVersion(), can: client.getServerCapabilities(), instructions: client.getInstructions(), revision: client.getNegotiatedProtocolVersion() }]]);
  const step = async (name, run) => steps.set(name, await run().then(result => ({ result }), ({ code, message }) => ({ error: { code, message } })));
  try {
    await step('tools/list', () => client.listTools());
    for (const [name, args] of Object.entries(calls)) {
      await step(`tools/call ${name}`, () => client.callTool({ name, arguments: args }, { timeout: 200_000, onprogress: () => {} }));
    }

    const stop = new AbortController();
    await step('tools/call wait, given up', () => {
      const waiting = client.callTool({ name: 'wait', arguments: {} }, { signal: stop.signal });
      setTimeout(() => stop.abort('enough'), 300);
      return waiting;
    });
    await step('resources/list', () => client.listResources());
    await step('resources/templates/list', () => client.listResourceTemplates());
    for (const uri of ['test://one', 'test://één']) {
      await step(`resources/read ${uri}`, () => client.readResource({ uri }));
    }

    await step('prompts/list', () => client.listPrompts());
    await step('prompts/get', () => client.getPrompt({ name: 'greet', arguments: { who: 'Zoë' } }));
    await step('completion/complete', () => client.complete({ ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'who', value: '' } }));
    await step('subscriptions/listen', async () => {
      const subscription = await client.listen({ toolsListChanged: true });
      await subscription.close();
      return subscription.honoredFilter;
    });
    return steps;
  } finally {
    await client.close();
  }
}

function compare(title, direct, proxied) {
  check(`${title}: it speaks ${revision}`, direct.get('server/discover').revision === revision);
  for (const [name, outcome] of direct) {
    same(`${title}: ${name}`, outcome, proxied.get(name));
  }
}

/** A policy that changes: the subscription is told, and the list is another. */
async function told(title, policy, transport) {
  const client = await connected(transport);
  const names = async () => (await client.listTools()).tools.map(tool => tool.name);
  const change = new Promise(done => client.setNotificationHandler('notifications/tools/list_changed', done));
  await client.listen({ toolsListChanged: true });
  check(`${title}: a hidden tool is in no listing`, !(await names()).includes('secret'));
  writeFileSync(policy, '{ "version": "1", "default": "allow" }');
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error('the client was not told')), 30_000).unref());
  await Promise.race([change, late]);
  check(`${title}: when the policy has changed the client is told, and finds it`, (await names()).includes('secret'));
  await client.close();
}

function changing(name) {
  const policy = `${scratch}/${name}.json`;
  writeFileSync(policy, '{ "version": "1", "default": "allow", "hide": ["secret"] }');
  return policy;
}

export async function newestOnStdio() {
  const title = `${revision}, stdio`;
  const through = policy => overStdio(policylayer, ['proxy', '--policy', policy, '--', node, program]);
  compare(title, await record(overStdio(node, [program])), await record(through(allowAll)));
  const policy = changing('newest-stdio');
  await told(title, policy, through(policy));
}

export async function newestOnHttp() {
  const title = `${revision}, HTTP`;
  const upstream = await httpServer(newest);
  const proxy = await httpProxy(upstream.url, allowAll);
  compare(title, await record(overHttp(upstream.url)), await record(overHttp(proxy.url)));
  await proxy.stop();
  const policy = changing('newest-http');
  const other = await httpProxy(upstream.url, policy);
  await told(title, policy, overHttp(other.url));
  await other.stop();
  await upstream.stop();
}
