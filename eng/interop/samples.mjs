// samples/Proxy: each command line of its README is run as it stands, but for ports that may be taken here.
import { readFileSync } from 'node:fs';
import { overHttp, overStdio, Peer, reason } from './peer.mjs';
import { freePort, listening, root, run, scratch } from './processes.mjs';
import { check } from './report.mjs';

const sample = `${root}/samples/Proxy`;

async function judge(title, transport) {
  const peer = new Peer(transport);
  await peer.connect();
  const listed = (await peer.client.listTools()).tools.map(tool => tool.name);
  check(`${title}: only what may be called is listed`, listed.includes('echo') && listed.includes('get-sum') && !listed.includes('get-env'), listed.join(', '));
  const sum = async b => (await peer.call('get-sum', { a: 2, b })).result;
  check(`${title}: a small sum is made`, /\b5\b/.test((await sum(3)).content[0].text));
  for (const b of [1001, -1001]) {
    const refused = await sum(b);
    check(`${title}: a sum with ${b} is refused, with the policy's words`, reason(refused) === 'require_failed' && refused.content[0].text.includes('Only numbers from 0 to 1000.'), JSON.stringify(refused));
  }

  await peer.close();
}

export async function samples() {
  const [server, listen] = [await freePort(), await freePort()];
  const lines = readFileSync(`${sample}/README.md`, 'utf8').split('\n').filter(line => line.startsWith('    ')).map(line => line.trim().replaceAll('3001', server).replaceAll('8080', listen).replaceAll('/tmp/', `${scratch}/`));
  const [install, stdio, upstream, proxy, curl, token, ...others] = lines;
  check('samples/Proxy: the README has the lines that are run here', others.length === 0 && token !== undefined, lines.join('\n'));
  check('samples/Proxy: the README installs a package that is run here', install === `npm install --global @modelcontextprotocol/server-everything`, install);

  const inFolder = line => ['-c', `cd '${sample}' && exec ${line.replace(/^PORT=/, 'env PORT=')}`];
  await judge('samples/Proxy, stdio', overStdio('sh', inFolder(stdio)));
  check('samples/Proxy, stdio: the audit trail has the calls', readFileSync(`${scratch}/audit.jsonl`, 'utf8').includes('get-sum'));

  const started = [await listening('sh', inFolder(upstream), 'listening on'), await listening('sh', inFolder(proxy), 'listening on')];
  const bearer = /Bearer ([0-9a-f]{64})/.exec(curl)[1];
  await judge('samples/Proxy, HTTP', overHttp(`http://127.0.0.1:${listen}/mcp`, { Authorization: `Bearer ${bearer}` }));
  const answer = await run('sh', ['-c', curl]);
  check('samples/Proxy, HTTP: the line with curl is answered', answer.code === 0 && answer.output.includes('"serverInfo"'), answer.output + answer.error);
  const stranger = await run('sh', ['-c', `${curl.replace(bearer, 'f'.repeat(64))} --output /dev/null --write-out '%{http_code}'`]);
  check('samples/Proxy, HTTP: another token is 401', stranger.output === '401', stranger.output + stranger.error);
  const made = await run('sh', ['-c', token]);
  check('samples/Proxy: a token is made as the README says', made.code === 0 && /^[0-9a-f]{64}\n$/.test(made.output) && !readFileSync(`${scratch}/grants.json`, 'utf8').includes(made.output.trim()), made.output + made.error);
  for (const process of started.reverse()) {
    await process.stop();
  }
}
