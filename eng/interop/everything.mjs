// The everything server: each tool, resource and prompt, and each kind of message that a server sends by itself.
import { folder, scratch } from './processes.mjs';
import { againstSchema, survey } from './peer.mjs';
import { givenUp } from './random.mjs';

const program = `${folder}node_modules/@modelcontextprotocol/server-everything/dist/index.js`;
const roots = [{ uri: `file://${scratch}/one`, name: 'one' }, { uri: `file://${scratch}/two`, name: 'two' }];

function elicited(params) {
  if (params.mode === 'url') {
    return { action: 'accept' };
  }

  if (params.requestedSchema.properties.interpretation) {
    return { action: 'accept', content: { interpretation: 'snake' } };
  }

  return { action: 'accept', content: { name: 'Zoë "Z" \u2028', check: true, agreeToTerms: true, integer: 7, number: 2.5, email: 'zoe@example.com' } };
}

export const everything = {
  name: 'everything',
  stdio: [program, 'stdio'],
  http: [program, 'streamableHttp'],
  options: { roots, elicited },
  reset() {},
  async script(peer) {
    await peer.until('roots/list', 1);
    const named = await survey(peer);
    const called = new Set();
    const call = (name, args, more, title) => {
      called.add(name);
      return peer.call(name, args, more, title);
    };

    await call('echo', { message: 'héllo "wörld" \u2028 \ud83d\ude00 \\ \u0000' });
    await call('echo', {}, {}, `${againstSchema} echo without its message`);
    await call('echo', { message: 'x'.repeat(1_000_000) }, {}, 'tools/call echo, a megabyte');
    await call('get-sum', { a: 1e21, b: -0.5 });
    await call('get-tiny-image', {});
    called.add('get-env');
    await peer.step('tools/call get-env', async client => JSON.parse((await client.callTool({ name: 'get-env' })).content[0].text));
    for (const messageType of ['error', 'success', 'debug']) {
      await call('get-annotated-message', { messageType, includeImage: true }, {}, `tools/call get-annotated-message ${messageType}`);
    }

    await call('get-resource-links', { count: 4 });
    await call('get-resource-reference', { resourceType: 'Text', resourceId: 3 });
    await call('get-resource-reference', { resourceType: 'Blob', resourceId: 0 }, {}, 'tools/call get-resource-reference, refused by the server');
    await call('get-structured-content', { location: 'Chicago' });
    await call('gzip-file-as-resource', { name: 'a.gz', data: 'data:text/plain;base64,aGVsbG8=', outputType: 'resourceLink' });
    await peer.step('resources/read of what a tool made', client => client.readResource({ uri: 'demo://resource/session/a.gz' }));
    await call('get-roots-list', {});
    await peer.call('no-such-tool', {}, {}, 'tools/call of a tool that is not there');

    await peer.step('progress', progress);
    called.add('trigger-long-running-operation');
    await peer.step('cancellation', client => cancellation(client));

    await call('trigger-sampling-request', { prompt: 'write', maxTokens: 5 });
    await call('trigger-sampling-request-async', { prompt: 'write', maxTokens: 5 });
    await call('trigger-elicitation-request', {});
    await call('trigger-elicitation-request-async', {});
    await call('trigger-url-elicitation', { url: 'https://example.com/a', elicitationId: 'one' });
    await call('trigger-url-elicitation', { url: 'https://example.com/b', errorPath: true }, {}, 'tools/call trigger-url-elicitation, as an error');
    await peer.step('a call as a task', client => research(client));
    called.add('simulate-research-query');

    await peer.step('logging/setLevel', client => client.setLoggingLevel('debug'));
    await call('toggle-simulated-logging', {}, {}, 'tools/call toggle-simulated-logging on');
    await call('toggle-simulated-logging', {}, {}, 'tools/call toggle-simulated-logging off');
    await subscription(peer, call);
    await prompts(peer);
    await peer.step('resources/read of a template, text', client => client.readResource({ uri: 'demo://resource/dynamic/text/5' }));
    await peer.step('resources/read of a template, blob', client => client.readResource({ uri: 'demo://resource/dynamic/blob/6' }));
    await peer.step('completion/complete of a template', client => client.complete({ ref: { type: 'ref/resource', uri: 'demo://resource/dynamic/text/{resourceId}' }, argument: { name: 'resourceId', value: '7' } }));
    roots.push({ uri: `file://${scratch}/three`, name: 'three' });
    const before = peer.count('roots/list');
    await peer.step('roots/list_changed', client => client.sendRootsListChanged());
    await peer.until('roots/list', before + 1);
    roots.pop();
    return { missing: { tools: named.tools.filter(name => !called.has(name)), prompts: named.prompts.filter(name => !peer.steps.has(`prompts/get ${name}`)) } };
  },
};

/** Its notifications are compared as they come: the client's callback may miss the last one, beside the answer. */
function progress(client) {
  return client.callTool({ name: 'trigger-long-running-operation', arguments: { duration: 0.5, steps: 5 } }, undefined, { onprogress: () => {} });
}

/** Given up in the middle: the client's error, and the server still answers afterwards. */
async function cancellation(client) {
  const stop = new AbortController();
  const call = client.callTool({ name: 'trigger-long-running-operation', arguments: { duration: 30, steps: givenUp } }, undefined, { signal: stop.signal, onprogress: () => stop.abort('enough') });
  const error = await call.then(() => 'none', reason => String(reason));
  return { error, after: await client.callTool({ name: 'echo', arguments: { message: 'still here' } }) };
}

async function research(client) {
  const kinds = new Set();
  let last;
  for await (const message of client.experimental.tasks.callToolStream({ name: 'simulate-research-query', arguments: { topic: 'python', ambiguous: true } }, undefined, { task: { ttl: 60_000 }, timeout: 60_000 })) {
    kinds.add(message.type);
    last = message;
  }

  return { kinds: [...kinds], last: last.result ?? String(last.error) };
}

async function subscription(peer, call) {
  const uri = 'demo://resource/static/document/features.md';
  await peer.step('resources/subscribe', client => client.subscribeResource({ uri }));
  await call('toggle-subscriber-updates', {}, {}, 'tools/call toggle-subscriber-updates on');
  await peer.until('notifications/resources/updated', 1);
  await call('toggle-subscriber-updates', {}, {}, 'tools/call toggle-subscriber-updates off');
  await peer.step('resources/unsubscribe', client => client.unsubscribeResource({ uri }));
}

async function prompts(peer) {
  const all = { 'simple-prompt': undefined, 'args-prompt': { city: 'Zürich', state: 'ZH' }, 'completable-prompt': { department: 'Sales', name: 'Eve' }, 'resource-prompt': { resourceType: 'Text', resourceId: '2' } };
  for (const [name, args] of Object.entries(all)) {
    await peer.step(`prompts/get ${name}`, client => client.getPrompt({ name, arguments: args }));
  }

  await peer.step('prompts/get without an argument', client => client.getPrompt({ name: 'args-prompt', arguments: {} }));
  await peer.step('completion/complete', client => client.complete({ ref: { type: 'ref/prompt', name: 'completable-prompt' }, argument: { name: 'name', value: '' }, context: { arguments: { department: 'Sales' } } }));
}
