// A server that has whatever tools it is told of, and writes down each call that reaches it.
import { appendFileSync } from 'node:fs';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [log, ...tools] = process.argv.slice(2);
const server = new Server({ name: 'recipes', version: '1.0.0' }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(name => ({ name, inputSchema: { type: 'object' } })) }));
server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
  appendFileSync(log, `${JSON.stringify(params)}\n`);
  return { content: [{ type: 'text', text: 'ran' }] };
});
await server.connect(new StdioServerTransport());
