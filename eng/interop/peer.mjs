// A client of the TypeScript SDK that records all that it gets.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTaskStore } from '@modelcontextprotocol/sdk/experimental/tasks/stores/in-memory.js';
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { environment, scratch } from './processes.mjs';
import { isRandom, settled } from './random.mjs';

export const overStdio = (command, args, env = {}) => new StdioClientTransport({ command, args, env: { ...environment, ...env }, cwd: scratch, stderr: 'ignore' });
export const overHttp = (url, headers = {}) => new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });

/** How the titles of calls begin that the tool's own schema forbids: the proxy refuses them before the server does, as docs/proxy.md says. */
export const againstSchema = 'against the schema:';

const capabilities = {
  roots: { listChanged: true },
  sampling: {},
  elicitation: { form: {}, url: {} },
  tasks: { list: {}, cancel: {}, requests: { sampling: { createMessage: {} }, elicitation: { create: {} } } },
};

export class Peer {
  /** What each step gave. */
  steps = new Map();

  /** What the server sent by itself, by method. */
  received = new Map();

  constructor(transport, { roots = [], elicited = () => ({ action: 'decline' }) } = {}) {
    this.transport = transport;
    this.client = new Client({ name: 'policylayer-interop', version: '1.0.0' }, { capabilities, taskStore: new InMemoryTaskStore() });

    // A machine that is busy with other things is slow, not wrong.
    const request = this.client.request.bind(this.client);
    this.client.request = (message, schema, options) => request(message, schema, { timeout: 200_000, ...options });
    const answer = async (request, extra, result) => {
      if (request.params.task === undefined) {
        return result;
      }

      const task = await extra.taskStore.createTask({ ttl: request.params.task.ttl, pollInterval: 100 });
      setImmediate(() => extra.taskStore.storeTaskResult(task.taskId, 'completed', result));
      return { task };
    };
    this.client.setRequestHandler(ListRootsRequestSchema, () => ({ roots }));
    this.client.setRequestHandler(CreateMessageRequestSchema, (request, extra) =>
      answer(request, extra, { model: 'a model', role: 'assistant', stopReason: 'endTurn', content: { type: 'text', text: `sampled: ${JSON.stringify(request.params.messages)}` } }));
    this.client.setRequestHandler(ElicitRequestSchema, (request, extra) => answer(request, extra, elicited(request.params)));
  }

  async connect() {
    await this.client.connect(this.transport);
    const next = this.transport.onmessage;
    this.transport.onmessage = (message, extra) => {
      if (message.method !== undefined && !isRandom(message)) {
        this.#record(message.method, message.params);
      }

      next.call(this.transport, message, extra);
    };
    this.steps.set('initialize', settled({ server: this.client.getServerVersion(), can: this.client.getServerCapabilities(), instructions: this.client.getInstructions() }));
    return this;
  }

  #record(method, params) {
    // Polling depends on the machine's load; what is polled for is compared as a result.
    if (method === 'tasks/get') {
      return;
    }

    this.received.set(method, [...(this.received.get(method) ?? []), settled(params ?? {})]);
  }

  /** Runs a step and keeps what it gives, an error too. */
  async step(name, run) {
    let outcome;
    try {
      outcome = { result: settled(await run(this.client)) };
    } catch (error) {
      outcome = { error: settled({ code: error.code, message: error.message, data: error.data }) };
    }

    this.steps.set(name, outcome);
    return outcome;
  }

  call(name, args, more = {}, title = `tools/call ${name}`) {
    return this.step(title, client => client.callTool({ name, arguments: args }, undefined, more));
  }

  count(method) {
    return this.received.get(method)?.length ?? 0;
  }

  /** Waits until so many messages of a method have come; that they never come shows in the comparison. */
  async until(method, count) {
    for (const end = Date.now() + 15_000; this.count(method) < count && Date.now() < end;) {
      await new Promise(done => setTimeout(done, 20));
    }
  }

  async close() {
    if (this.transport instanceof StreamableHTTPClientTransport) {
      await this.transport.terminateSession();
    }

    await this.client.close();
  }
}

/** Why the proxy denied a call; undefined where it did not. */
export const reason = result => result?._meta?.['policylayer/decision']?.reason;

/** All pages of a listing. */
export async function pages(list, member) {
  const all = [];
  let cursor;
  do {
    const page = await list({ cursor });
    all.push(...page[member]);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** What every server is asked: its listings, and each resource in them. */
export async function survey(peer) {
  const can = peer.client.getServerCapabilities();
  const tools = await peer.step('tools/list', client => pages(page => client.listTools(page), 'tools'));
  if (can.resources) {
    const listed = await peer.step('resources/list', client => pages(page => client.listResources(page), 'resources'));
    await peer.step('resources/templates/list', client => pages(page => client.listResourceTemplates(page), 'resourceTemplates'));
    for (const { uri } of listed.result ?? []) {
      await peer.step(`resources/read ${uri}`, client => client.readResource({ uri }));
    }

    await peer.step('resources/read of one that is not there', client => client.readResource({ uri: 'demo://nowhere' }));
  }

  const prompts = can.prompts ? await peer.step('prompts/list', client => pages(page => client.listPrompts(page), 'prompts')) : { result: [] };
  await peer.step('ping', client => client.ping());
  return { tools: (tools.result ?? []).map(tool => tool.name), prompts: (prompts.result ?? []).map(prompt => prompt.name) };
}
