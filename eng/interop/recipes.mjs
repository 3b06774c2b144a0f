// The recipes in front of real servers: what they stop never reaches the server.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { filesystem, files, lay, workspace } from './filesystem.mjs';
import { memory } from './memory.mjs';
import { overHttp, overStdio, Peer, reason } from './peer.mjs';
import { folder, httpProxy, httpServer, node, policylayer, root, scratch } from './processes.mjs';
import { check } from './report.mjs';

const recipe = name => `${root}/samples/policies/${name}.json`;
const tools = async peer => (await peer.client.listTools()).tools.map(tool => tool.name);

/** A recipe before a server, on stdio and over HTTP. */
async function before(server, policy, run) {
  for (const way of ['stdio', 'HTTP']) {
    const upstream = way === 'HTTP' ? await httpServer(server) : undefined;
    const proxy = upstream && (await httpProxy(upstream.url, policy));
    const peer = new Peer(proxy ? overHttp(proxy.url) : overStdio(policylayer, ['proxy', '--policy', policy, '--', node, ...server.stdio], server.env), server.options);
    try {
      server.reset();
      await peer.connect();
      await run(peer, way);
    } finally {
      await peer.close();
      await proxy?.stop();
      await upstream?.stop();
    }
  }
}

async function expect(title, peer, name, args, wanted) {
  const { result, error } = await peer.call(name, args);
  const got = reason(result) ?? (error || result.isError ? 'error' : 'ran');
  check(`${title}: ${name} ${JSON.stringify(args).replaceAll(scratch, '')} ${wanted === 'ran' ? 'runs' : `is stopped: ${wanted}`}`, got === wanted, `it was ${got}: ${JSON.stringify(result ?? error)}`);
}

export async function pathFence() {
  const policy = `${scratch}/path-fence.json`;
  writeFileSync(policy, readFileSync(recipe('path-fence'), 'utf8').replaceAll('"/workspace"', JSON.stringify(workspace)));
  await before(filesystem, policy, async (peer, way) => {
    const title = `path-fence, ${way}`;
    const of = (name, path, wanted, more = {}) => expect(title, peer, name, { path, ...more }, wanted);
    await of('read_text_file', `${workspace}/a.txt`, 'ran');
    await of('write_file', `${workspace}/new.txt`, 'ran', { content: 'x' });
    check(`${title}: what was allowed is on the disk`, existsSync(`${workspace}/new.txt`));
    await of('read_text_file', `${files}/outside.txt`, 'require_failed');
    await of('read_text_file', `${workspace}/../outside.txt`, 'require_failed');
    await of('write_file', `${files}/made.txt`, 'require_failed', { content: 'x' });
    await of('write_file', `${workspace}/.env`, 'require_failed', { content: 'x' });
    await of('read_text_file', `${workspace}/.git/config`, 'require_failed');
    await of('read_text_file', `${workspace}/key.pem`, 'require_failed');
    await of('list_directory', workspace, 'default_deny');
    await expect(title, peer, 'move_file', { source: `${workspace}/a.txt`, destination: `${files}/moved.txt` }, 'default_deny');
    check(`${title}: nothing that was stopped is on the disk`, !existsSync(`${files}/made.txt`) && !existsSync(`${files}/moved.txt`) && readFileSync(`${workspace}/.env`, 'utf8') === 'KEY=1');
  });
  lay();
  const direct = new Peer(overStdio(node, filesystem.stdio), filesystem.options);
  await direct.connect();
  await expect('without path-fence', direct, 'read_text_file', { path: `${files}/outside.txt` }, 'ran');
  await direct.close();
}

export async function readOnly() {
  await before(memory, recipe('read-only'), async (peer, way) => {
    const title = `read-only, ${way}`;
    const listed = await tools(peer);
    check(`${title}: what destroys is not listed`, listed.includes('read_graph') && !listed.some(name => name.startsWith('delete_')), listed.join(', '));
    await expect(title, peer, 'read_graph', {}, 'ran');
    await expect(title, peer, 'search_nodes', { query: 'x' }, 'ran');
    await expect(title, peer, 'create_entities', { entities: [{ name: 'a', entityType: 'b', observations: [] }] }, 'default_deny');
    const hidden = await peer.call('delete_entities', { entityNames: ['a'] });
    const unknown = await peer.call('no_such_tool', { entityNames: ['a'] });
    const text = ({ result, error }) => JSON.stringify(result ?? error).replaceAll(/delete_entities|no_such_tool/g, 'X');
    check(`${title}: a hidden tool answers as one that is not there`, text(hidden) === text(unknown), `${text(hidden)}\n${text(unknown)}`);
  });
}

const message = reason => ({ tool: 'send_message', arguments: { customer: 'a' }, expect: { reason } });

/** Every recipe before a server that has its tools and writes down what it runs. Cases that need another time, a person or another grant are not for a proxy with one policy and one caller. */
export async function allRecipes() {
  for (const name of readdirSync(`${root}/samples/policies`).filter(file => file.endsWith('.json')).map(file => file.slice(0, -5))) {
    const all = readFileSync(`${root}/samples/policies/cases/${name}.jsonl`, 'utf8').trim().split('\n').map(line => JSON.parse(line));
    const plain = all.filter(one => Object.keys(one).every(key => ['tool', 'arguments', 'expect'].includes(key)) && one.expect.rule !== '/tools/send_message/limits/at_once');
    const cases = [...plain.filter(one => one.expect.rule !== '/tools/send_message/limits/per_customer'), ...(name === 'per-customer-limit' ? ['allowed', 'allowed', 'limit_exceeded'].map(message) : [])];
    const ran = `${scratch}/${name}.ran`;
    const server = { stdio: [`${folder}recipe-server.mjs`, ran, ...new Set(cases.map(one => one.tool))], reset: () => writeFileSync(ran, '') };
    await before(server, recipe(name), async (peer, way) => {
      let wrong = '';
      let allowed = 0;
      for (const one of cases) {
        const { result, error } = await peer.call(one.tool, one.arguments);
        const got = reason(result) ?? (error || result.isError ? 'error' : 'allowed');
        // By the clock of this machine, a deployment is either within office hours or asks a person.
        const right = name === 'office-hours' ? ['allowed', 'approval_required'].includes(got) : one.expect.reason === 'hidden' ? got === 'default_deny' : got === one.expect.reason;
        allowed += got === 'allowed' ? 1 : 0;
        wrong += right ? '' : `${JSON.stringify(one)}: ${got}\n`;
      }

      const reached = readFileSync(ran, 'utf8').split('\n').length - 1;
      check(`${name}, ${way}: ${cases.length} cases are decided as they expect, and the server ran the ${allowed} that were allowed`, wrong === '' && reached === allowed, `${wrong}the server ran ${reached}`);
    });
  }
}
