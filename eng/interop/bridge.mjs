// A server that speaks stdio alone, over streamable HTTP: each session has a process of its own. Messages pass as they are.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const sessions = new Map();

async function open() {
  const child = new StdioClientTransport({ command: process.execPath, args: process.argv.slice(2), env: process.env, stderr: 'ignore' });
  const http = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: id => sessions.set(id, { http, listens }) });

  // What the server says by itself has nowhere to go before the client listens, and would be lost.
  let listens;
  const listening = new Promise(done => (listens = done));
  http.onmessage = message => child.send(message);
  http.onclose = () => child.close();
  child.onmessage = async message => {
    if (message.method !== undefined) {
      await listening;
    }

    await http.send(message).catch(() => {});
  };
  child.onclose = () => sessions.delete(http.sessionId);
  await child.start();
  await http.start();
  return { http, listens };
}

const server = createServer(async (request, response) => {
  const id = request.headers['mcp-session-id'];
  const session = id === undefined ? await open() : sessions.get(id);
  if (session === undefined) {
    response.writeHead(404).end();
    return;
  }

  if (request.method === 'GET') {
    const writeHead = response.writeHead;
    response.writeHead = (...head) => {
      session.listens();
      return writeHead.apply(response, head);
    };
  }

  await session.http.handleRequest(request, response);
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on ${process.env.PORT}`));
