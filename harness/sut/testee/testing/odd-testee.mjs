/** A testee that misbehaves over a payload: its first byte says how. Started with a file, it writes there what it is told. */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [, , notes, start = ''] = process.argv;
const say = (message) => process.stdout.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);

if (start === 'dies') process.exit(4);
if (start === 'chatters') say('Welcome to the codec');

for await (const line of createInterface({ input: process.stdin })) {
  const { seq, cmd, payload, id } = JSON.parse(line);
  if (notes) appendFileSync(notes, `${cmd}${id ? ` ${id}` : ''}${payload ? ` ${payload}` : ''}\n`);
  if (cmd === 'hello')
    say({
      seq,
      protocol: start === 'protocol' ? 2 : 1,
      implementation: { name: 'odd' },
      capabilities: { tlv: ['decode'], unheard: ['decode'] },
    });
  else if (cmd === 'model')
    say(id === 'tlv/none' ? { seq, error: { class: 'error', message: 'no such type' } } : { seq });
  else if (cmd === 'stop') {
    say({ seq });
    if (start !== 'stays') process.exit(0);
  } else {
    const answer = { seq, decoded: { kind: 'nodes', nodes: [] } };
    switch (payload.slice(0, 2)) {
      case '01':
        process.stderr.write('about to crash\n');
        process.exit(9);
        break;
      case '02':
        say('segment of thought');
        break;
      case '03':
        break;
      case '04':
        say({ ...answer, seq: seq + 1 });
        break;
      case '05':
        say({ seq, decoded: { kind: 'nodes', nodes: [{ path: '/3/0/9', type: 'integer', value: 5 }] } });
        break;
      case '06':
        say(answer);
        say(answer);
        break;
      case '07':
        process.stdout.write('x'.repeat(5_000_000));
        break;
      case '08':
        say({ seq, payload: '00' });
        break;
      case '09':
        process.kill(process.pid, 'SIGSEGV');
        break;
      case '0a':
        say({ seq, skip: 'not today', issue: 'https://example.com/1' });
        break;
      case '0b':
        say({ seq, error: { class: 'truncated', message: 'cut' } });
        break;
      default:
        say('');
        say(answer);
    }
  }
}
