// The conformance suite against a server and through the proxy: what passes without it passes with it.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { everything } from './everything.mjs';
import { newest } from './newest.mjs';
import { allowAll } from './recordings.mjs';
import { folder, httpProxy, httpServer, node, run, scratch } from './processes.mjs';
import { check } from './report.mjs';

/** The suite's next version knows revision 2026-07-28; the one that is out does not. */
const suites = {
  all: ['@modelcontextprotocol/conformance', '--suite', 'all'],
  newest: ['conformance-newest', '--requirements', '2026-07-28'],
};

async function suite(url, name, [program, ...options]) {
  const results = `${scratch}/conformance-${name}`;
  rmSync(results, { recursive: true, force: true });
  await run(node, [`${folder}node_modules/${program}/dist/index.js`, 'server', '--url', url, ...options, '--output-dir', results]);
  const checks = new Map();
  for (const scenario of readdirSync(results)) {
    for (const { id, status } of JSON.parse(readFileSync(`${results}/${scenario}/checks.json`, 'utf8'))) {
      const key = `${scenario.replace(/^server-|-\d{4}-\d\d-\d\dT.*$/g, '')}: ${id}`;
      checks.set(key, checks.get(key) === 'FAILURE' ? 'FAILURE' : status);
    }
  }

  return checks;
}

export async function conformance(server, atLeast, options = suites.all) {
  const upstream = await httpServer(server);
  const proxy = await httpProxy(upstream.url, allowAll);
  const direct = await suite(upstream.url, `${server.name}-direct`, options);
  const proxied = await suite(proxy.url, `${server.name}-proxied`, options);
  const passed = [...direct.values()].filter(status => status === 'SUCCESS').length;
  check(`conformance, ${server.name}: ${passed} of ${direct.size} checks pass without the proxy`, passed >= atLeast, JSON.stringify([...direct]));
  const worse = [];
  for (const [name, status] of direct) {
    const other = proxied.get(name);
    if (status === 'SUCCESS') {
      check(`conformance, ${server.name}: ${name} passes through the proxy`, other === status, other);
    } else if (other !== status && other !== 'SUCCESS') {
      worse.push(`${name}: ${status}, through the proxy ${other}`);
    }
  }

  check(`conformance, ${server.name}: the other ${direct.size - passed} end as without the proxy, or pass`, worse.length === 0, worse.join('\n'));
  await proxy.stop();
  await upstream.stop();
}

/** Has everything that the suite asks for; the everything server has its own tools, and passes what does not ask for others. */
const complete = { name: 'a complete server', http: [`${folder}conformance-server.mjs`] };

export const everythingConforms = () => conformance(everything, 5);
export const completeConforms = () => conformance(complete, 30);
export const newestConforms = () => conformance(newest, 80, suites.newest);
