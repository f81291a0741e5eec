import { spawnSync } from 'node:child_process';

/**
 * Feeds requests to a program, one JSON object a line, and reads one answer a line, matched by `id`.
 * @param {string} command @param {string[]} args @param {object[]} requests @param {Record<string, string>} [env]
 * @returns {(any | undefined)[]} an answer for each request; undefined where the program gave none
 */
export function batch(command, args, requests, env = {}) {
  if (!requests.length) return [];
  const input = requests.map((request, id) => `${JSON.stringify({ ...request, id })}\n`).join('');
  const run = spawnSync(command, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  /** @type {any[]} */
  const answers = new Array(requests.length);
  for (const line of (run.stdout ?? '').split('\n').filter(Boolean)) {
    const answer = JSON.parse(line);
    answers[answer.id] = answer;
  }
  const missing = requests.length - answers.filter(Boolean).length;
  if (missing)
    console.error(
      `${command} gave no answer to ${missing} of ${requests.length} requests: ${(run.stderr ?? String(run.error)).slice(0, 500)}`,
    );
  return answers;
}
