// A server with all that the conformance suite asks of one, over streamable HTTP: with it every scenario has something to pass.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { InMemoryEventStore } from '@modelcontextprotocol/sdk/examples/shared/inMemoryEventStore.js';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const wav = Buffer.from('RIFF$\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\b\0data\0\0\0\0', 'latin1').toString('base64');
const text = words => ({ type: 'text', text: words });
const image = { type: 'image', data: png, mimeType: 'image/png' };
const embedded = (uri, mimeType, words) => ({ type: 'resource', resource: { uri, mimeType, text: words } });
const pause = () => new Promise(done => setTimeout(done, 50));

const ask = async (extra, message, requestedSchema) => {
  const { action, content } = await extra.sendRequest({ method: 'elicitation/create', params: { message, requestedSchema } }, types.ElicitResultSchema);
  return [text(`Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`)];
};
const choice = (kind, name) => [1, 2, 3].map(i => ({ const: `${kind}${i}`, title: `${name} ${i}` }));
const object = (properties, required) => ({ type: 'object', properties, ...(required && { required }) });
const string = { type: 'string' };

const tools = {
  test_simple_text: () => [text('This is a simple text response for testing.')],
  test_image_content: () => [image],
  test_audio_content: () => [{ type: 'audio', data: wav, mimeType: 'audio/wav' }],
  test_embedded_resource: () => [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')],
  test_multiple_content_types: () => [text('Multiple content types test:'), image, embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}')],
  async test_tool_with_logging(_, extra) {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data } });
      await pause();
    }

    return [text('logged')];
  },
  test_error_handling() {
    throw new Error('This tool intentionally returns an error for testing');
  },
  async test_tool_with_progress(_, extra) {
    for (const progress of [0, 50, 100]) {
      await extra.sendNotification({ method: 'notifications/progress', params: { progressToken: extra._meta?.progressToken ?? 0, progress, total: 100 } });
      await pause();
    }

    return [text(String(extra._meta?.progressToken))];
  },
  async test_sampling({ prompt }, extra) {
    const { content } = await extra.sendRequest({ method: 'sampling/createMessage', params: { messages: [{ role: 'user', content: text(prompt) }], maxTokens: 100 } }, types.CreateMessageResultSchema);
    return [text(`LLM response: ${content.text}`)];
  },
  test_elicitation: ({ message }, extra) => ask(extra, message, object({ username: { ...string, description: "User's response" }, email: { ...string, description: "User's email address" } }, ['username', 'email'])),
  test_elicitation_sep1034_defaults: (_, extra) =>
    ask(extra, 'Defaults', object({
      name: { ...string, default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { ...string, enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    })),
  test_elicitation_sep1330_enums: (_, extra) =>
    ask(extra, 'Choices', object({
      untitledSingle: { ...string, enum: ['option1', 'option2', 'option3'] },
      titledSingle: { ...string, oneOf: choice('value', 'Option') },
      legacyEnum: { ...string, enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
      untitledMulti: { type: 'array', items: { ...string, enum: ['option1', 'option2', 'option3'] } },
      titledMulti: { type: 'array', items: { anyOf: choice('value', 'Choice') } },
    })),
  async test_reconnection(_, extra) {
    extra.closeSSEStream?.();
    await pause();
    return [text('Reconnection test completed')];
  },
  json_schema_2020_12_tool: () => [text('checked')],
};

const schemas = {
  test_sampling: object({ prompt: string }, ['prompt']),
  test_elicitation: object({ message: string }, ['message']),
  json_schema_2020_12_tool: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: { address: object({ street: string, city: string }) },
    ...object({ name: string, address: { $ref: '#/$defs/address' } }),
    additionalProperties: false,
  },
};

const prompts = {
  test_simple_prompt: () => [text('This is a simple prompt for testing.')],
  test_prompt_with_arguments: ({ arg1, arg2 }) => [text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
  test_prompt_with_embedded_resource: ({ resourceUri }) => [embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'), text('Please process the embedded resource above.')],
  test_prompt_with_image: () => [image, text('Please analyze the image above.')],
};
const promptArguments = { test_prompt_with_arguments: ['arg1', 'arg2'], test_prompt_with_embedded_resource: ['resourceUri'] };

const resources = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: png },
  'test://watched-resource': { mimeType: 'text/plain', text: 'watched' },
};

function read(uri) {
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  const found = id === undefined ? resources[uri] : { mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) };
  if (found === undefined) {
    throw new types.McpError(-32002, 'Resource not found', { uri });
  }

  return { contents: [{ uri, ...found }] };
}

function open() {
  const server = new Server({ name: 'conformance', version: '1.0.0' }, { capabilities: { tools: {}, resources: { subscribe: true }, prompts: {}, logging: {}, completions: {} } });
  server.setRequestHandler(types.ListToolsRequestSchema, () => ({ tools: Object.keys(tools).map(name => ({ name, description: name, inputSchema: schemas[name] ?? object({}) })) }));
  server.setRequestHandler(types.CallToolRequestSchema, async ({ params }, extra) => {
    try {
      return { content: await tools[params.name](params.arguments ?? {}, extra) };
    } catch (error) {
      return { content: [text(error.message)], isError: true };
    }
  });
  server.setRequestHandler(types.ListPromptsRequestSchema, () => ({ prompts: Object.keys(prompts).map(name => ({ name, description: name, arguments: (promptArguments[name] ?? []).map(argument => ({ name: argument, description: argument, required: true })) })) }));
  server.setRequestHandler(types.GetPromptRequestSchema, ({ params }) => ({ messages: prompts[params.name](params.arguments ?? {}).map(content => ({ role: 'user', content })) }));
  server.setRequestHandler(types.ListResourcesRequestSchema, () => ({ resources: Object.entries(resources).map(([uri, { mimeType }]) => ({ uri, name: uri, description: uri, mimeType })) }));
  server.setRequestHandler(types.ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' }] }));
  server.setRequestHandler(types.ReadResourceRequestSchema, ({ params }) => read(params.uri));
  for (const schema of [types.SubscribeRequestSchema, types.UnsubscribeRequestSchema]) {
    server.setRequestHandler(schema, () => ({}));
  }

  server.setRequestHandler(types.CompleteRequestSchema, () => ({ completion: { values: ['paris', 'park', 'party'], total: 3, hasMore: false } }));
  return server;
}

const sessions = new Map();
const listener = createServer(async (request, response) => {
  const id = request.headers['mcp-session-id'];
  let transport = sessions.get(id);
  if (id === undefined) {
    transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: made => sessions.set(made, transport), eventStore: new InMemoryEventStore(), retryInterval: 500 });
    await open().connect(transport);
  }

  if (transport === undefined) {
    response.writeHead(404).end();
    return;
  }

  await transport.handleRequest(request, response);
});
listener.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listening on ${process.env.PORT}`));
