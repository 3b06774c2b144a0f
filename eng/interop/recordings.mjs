// Each server with and without the proxy: both clients must have got the same.
import { writeFileSync } from 'node:fs';
import { httpProxy, httpServer, node, policylayer, scratch } from './processes.mjs';
import { againstSchema, overHttp, overStdio, Peer, reason } from './peer.mjs';
import { check, same } from './report.mjs';

export const allowAll = `${scratch}/allow-all.json`;
writeFileSync(allowAll, '{ "version": "1", "default": "allow" }\n');

async function record(server, transport, direct) {
  const peer = new Peer(transport, server.options);
  try {
    await peer.connect();
    const { missing } = await server.script(peer);
    for (const [method, messages] of direct?.received ?? []) {
      await peer.until(method, messages.length);
    }

    return { steps: peer.steps, received: peer.received, missing };
  } finally {
    await peer.close();
  }
}

function compare(title, direct, proxied, isHttp) {
  for (const [kind, names] of Object.entries(direct.missing)) {
    check(`${title}: every one of its ${kind} is used`, names.length === 0, names.join(', '));
  }

  for (const name of new Set([...direct.steps.keys(), ...proxied.steps.keys()])) {
    if (name.startsWith(againstSchema)) {
      const refusal = proxied.steps.get(name)?.result;
      check(`${title}: ${name} is refused by both`, direct.steps.get(name)?.result?.isError && reason(refusal) === 'invalid_arguments', JSON.stringify([direct.steps.get(name), refusal]));
    } else {
      same(`${title}: ${name}`, direct.steps.get(name), proxied.steps.get(name));
    }
  }

  for (const method of new Set([...direct.received.keys(), ...proxied.received.keys()])) {
    const [messages, others] = [direct, proxied].map(recording => comparable(recording.received.get(method), isHttp));
    same(`${title}: ${messages.length} × ${method} from the server`, messages, others);
  }
}

/** Over HTTP messages come on several streams, in no promised order, and the everything server sends some again when a stream is resumed. */
function comparable(messages = [], isHttp) {
  const texts = messages.map(message => JSON.stringify(message));
  return isHttp ? [...new Set(texts)].sort() : texts;
}

export async function recordOnStdio(server) {
  server.reset();
  const direct = await record(server, overStdio(node, server.stdio, server.env));
  server.reset();
  const proxied = await record(server, overStdio(policylayer, ['proxy', '--policy', allowAll, '--', node, ...server.stdio], server.env), direct);
  compare(`${server.name}, stdio`, direct, proxied, false);
}

export async function recordOnHttp(server) {
  const upstream = await httpServer(server);
  const proxy = await httpProxy(upstream.url, allowAll);
  server.reset();
  const direct = await record(server, overHttp(upstream.url));
  server.reset();
  const proxied = await record(server, overHttp(proxy.url), direct);
  compare(`${server.name}, HTTP`, direct, proxied, true);
  check(`${server.name}, HTTP: the proxy ends with 0 on SIGTERM`, (await proxy.stop()) === 0);
  await upstream.stop();
}
