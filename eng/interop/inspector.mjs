// The inspector's command line: what it prints with the proxy is what it prints without.
import { everything } from './everything.mjs';
import { allowAll } from './recordings.mjs';
import { bin, httpProxy, httpServer, node, policylayer, run } from './processes.mjs';
import { settled } from './random.mjs';
import { check, same } from './report.mjs';

const asked = {
  'tools/list': ['--method', 'tools/list'],
  'tools/call': ['--method', 'tools/call', '--tool-name', 'get-sum', '--tool-arg', 'a=2', '--tool-arg', 'b=3'],
  'resources/list': ['--method', 'resources/list'],
};

const inspect = (target, more) => run(node, [bin('mcp-inspector'), '--cli', ...target, ...more, '--connect-timeout', '100000']);

export async function inspector() {
  const upstream = await httpServer(everything);
  const proxy = await httpProxy(upstream.url, allowAll);
  const ways = {
    stdio: [[node, ...everything.stdio], [policylayer, 'proxy', '--policy', allowAll, '--', node, ...everything.stdio]],
    HTTP: [[upstream.url, '--transport', 'http'], [proxy.url, '--transport', 'http']],
  };
  for (const [way, [direct, proxied]] of Object.entries(ways)) {
    for (const [name, more] of Object.entries(asked)) {
      const [one, other] = [await inspect(direct, more), await inspect(proxied, more)];
      check(`inspector, ${way}: ${name} works without the proxy`, one.code === 0 && one.output.length > 20, `${one.code}: ${one.output}${one.error}`);
      check(`inspector, ${way}: ${name} works through the proxy`, other.code === 0, `${other.code}: ${other.output}${other.error}`);
      same(`inspector, ${way}: ${name} prints the same`, settled(one.output), settled(other.output));
    }
  }

  await proxy.stop();
  await upstream.stop();
}
