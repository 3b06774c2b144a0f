// A server on revision 2026-07-28 by the TypeScript SDK's second generation: on stdio, or over streamable HTTP where PORT is set.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, inputRequired, Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const text = words => ({ content: [{ type: 'text', text: words }] });
const object = (properties = {}, required = []) => ({ type: 'object', properties, required });
const string = { type: 'string' };

const tools = {
  echo: { inputSchema: object({ text: { ...string, 'x-mcp-header': 'Text' } }, ['text']), run: ({ text: words }) => text(words) },
  fail: { inputSchema: object(), run: () => ({ ...text('no'), isError: true }) },
  list: { inputSchema: object(), outputSchema: { type: 'array', items: { type: 'integer' } }, run: () => ({ ...text('[1,2]'), structuredContent: [1, 2] }) },
  repeat: { inputSchema: object({ times: { type: 'integer' } }, ['times']), run: ({ times }) => text('é'.repeat(times)) },
  secret: { inputSchema: object(), run: () => text('a secret') },
  ask: {
    inputSchema: object(),
    run(_, { mcpReq }) {
      const answer = mcpReq.inputResponses?.name;
      return answer === undefined
        ? inputRequired({ inputRequests: { name: inputRequired.elicit({ message: 'Who?', requestedSchema: object({ name: string }, ['name']) }) }, requestState: 'asked' })
        : text(`${mcpReq.requestState()}: ${JSON.stringify(answer)}`);
    },
  },
  progress: {
    inputSchema: object(),
    async run(_, { mcpReq }) {
      for (const progress of [1, 2, 3]) {
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken: mcpReq._meta?.progressToken ?? 0, progress, total: 3 } });
      }

      return text('done');
    },
  },
  wait: { inputSchema: object(), run: (_, { mcpReq }) => new Promise(done => mcpReq.signal.addEventListener('abort', () => done(text('given up')))) },
};

function open() {
  const server = new Server({ name: 'newest', version: '1.0.0' }, { capabilities: { tools: { listChanged: true }, resources: {}, prompts: {}, completions: {} }, instructions: 'Be brief.' });
  server.setRequestHandler('tools/list', () => ({ tools: Object.entries(tools).map(([name, { run, ...declared }]) => ({ name, ...declared })) }));
  server.setRequestHandler('tools/call', ({ params }, context) => {
    if (tools[params.name] === undefined) {
      throw Object.assign(new Error(`Unknown tool: ${params.name}`), { code: -32602 });
    }

    return tools[params.name].run(params.arguments ?? {}, context);
  });
  server.setRequestHandler('resources/list', () => ({ resources: ['test://one', 'test://één'].map(uri => ({ uri, name: uri })) }));
  server.setRequestHandler('resources/read', ({ params }) => ({ contents: [{ uri: params.uri, text: params.uri }] }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [{ uriTemplate: 'test://{id}', name: 'any' }] }));
  server.setRequestHandler('prompts/list', () => ({ prompts: [{ name: 'greet', arguments: [{ name: 'who', required: true }] }] }));
  server.setRequestHandler('prompts/get', ({ params }) => ({ messages: [{ role: 'user', content: { type: 'text', text: `Greet ${params.arguments.who}.` } }] }));
  server.setRequestHandler('completion/complete', () => ({ completion: { values: ['Ann', 'Bob'] } }));
  return server;
}

if (process.env.PORT) {
  const handler = toNodeHandler(createMcpHandler(open, { legacy: 'reject' }));
  createServer(handler).listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on ${process.env.PORT}`));
} else {
  serveStdio(open);
}
