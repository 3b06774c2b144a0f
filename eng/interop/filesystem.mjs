// The server of files: each tool once, and what the server itself refuses.
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { folder, scratch } from './processes.mjs';
import { againstSchema, survey } from './peer.mjs';

const program = `${folder}node_modules/@modelcontextprotocol/server-filesystem/dist/index.js`;
export const files = `${scratch}/files`;
export const workspace = `${files}/workspace`;

/** The same files, before each recording. */
export function lay() {
  rmSync(files, { recursive: true, force: true });
  mkdirSync(`${workspace}/.git`, { recursive: true });
  const all = { 'outside.txt': 'outside', 'workspace/a.txt': 'one\ntwo\nthree\n', 'workspace/b.txt': 'grüße\n', 'workspace/.env': 'KEY=1', 'workspace/.git/config': '[core]', 'workspace/key.pem': 'pem', 'workspace/p.png': 'png' };
  for (const [name, text] of Object.entries(all)) {
    writeFileSync(`${files}/${name}`, text);
    utimesSync(`${files}/${name}`, 1_700_000_000, 1_700_000_000);
  }
}

export const filesystem = {
  name: 'filesystem',
  stdio: [program, files],
  options: { roots: [{ uri: `file://${files}`, name: 'files' }] },
  reset: lay,
  async script(peer) {
    await peer.until('roots/list', 1);
    const { tools } = await survey(peer);
    const path = `${workspace}/a.txt`;
    const calls = [
      ['list_allowed_directories', {}],
      ['read_file', { path }],
      ['read_text_file', { path, head: 2 }],
      ['read_media_file', { path: `${workspace}/p.png` }],
      ['read_multiple_files', { paths: [path, `${workspace}/b.txt`, `${workspace}/none`] }],
      ['list_directory', { path: workspace }],
      ['list_directory_with_sizes', { path: workspace, sortBy: 'size' }],
      ['directory_tree', { path: files }],
      ['search_files', { path: files, pattern: '**/*.txt' }],
      ['get_file_info', { path }],
      ['write_file', { path: `${workspace}/new.txt`, content: 'new \ud83d\ude00\n' }],
      ['edit_file', { path, edits: [{ oldText: 'two', newText: '2' }] }],
      ['create_directory', { path: `${workspace}/d/e` }],
      ['move_file', { source: `${workspace}/new.txt`, destination: `${workspace}/d/new.txt` }],
    ];
    for (const [name, args] of calls) {
      await peer.call(name, args);
    }

    await peer.call('read_text_file', { path: '/etc/hostname' }, {}, 'tools/call read_text_file, refused by the server');
    await peer.call('read_text_file', { path: 5 }, {}, `${againstSchema} read_text_file with a number`);
    await peer.call('read_text_file', { path: `${workspace}/d/new.txt` }, {}, 'tools/call read_text_file of what was written');
    return { missing: { tools: tools.filter(name => !calls.some(call => call[0] === name)) } };
  },
};
