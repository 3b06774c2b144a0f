// The server of memories: each tool, and what a second call sees of the first.
import { rmSync } from 'node:fs';
import { folder, scratch } from './processes.mjs';
import { survey } from './peer.mjs';

const file = `${scratch}/memory.jsonl`;

export const memory = {
  name: 'memory',
  stdio: [`${folder}node_modules/@modelcontextprotocol/server-memory/dist/index.js`],
  env: { MEMORY_FILE_PATH: file },
  options: {},
  reset: () => rmSync(file, { force: true }),
  async script(peer) {
    const { tools } = await survey(peer);
    const relations = [{ from: 'Ada', to: 'Engine', relationType: 'programs' }];
    const calls = [
      ['create_entities', { entities: [{ name: 'Ada', entityType: 'person', observations: ['née Byron'] }, { name: 'Engine', entityType: 'machine', observations: [] }] }],
      ['create_relations', { relations }],
      ['add_observations', { observations: [{ entityName: 'Ada', contents: ['counts \u2028 "well"'] }] }],
      ['read_graph', {}],
      ['search_nodes', { query: 'byron' }],
      ['open_nodes', { names: ['Ada', 'Engine'] }],
      ['delete_observations', { deletions: [{ entityName: 'Ada', observations: ['née Byron'] }] }],
      ['delete_relations', { relations }],
      ['delete_entities', { entityNames: ['Engine'] }],
    ];
    for (const [name, args] of calls) {
      await peer.call(name, args);
    }

    await peer.call('add_observations', { observations: [{ entityName: 'nobody', contents: [] }] }, {}, 'tools/call add_observations, refused by the server');
    await peer.call('read_graph', {}, {}, 'tools/call read_graph, what is left');
    return { missing: { tools: tools.filter(name => !calls.some(call => call[0] === name)) } };
  },
};
