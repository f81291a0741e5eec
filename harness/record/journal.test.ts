import { describe, expect, it } from 'vitest';
import { Journal, parseJournal, type JournalHead } from './journal.js';

const head: JournalHead = {
  kind: 'head',
  format: 1,
  case: 'registration.initial',
  bench: 'client',
  judged: ['client'],
  ours: ['server'],
  enabler: '1.1',
  timing: 'quick',
  endpoint: 'e',
  seed: 1,
  configuration: 'C.1',
  bind: {},
  allowances: {},
  suts: {},
};

describe('a journal', () => {
  it('reads back what it wrote', () => {
    const journal = new Journal();
    journal.add(head);
    journal.add({ kind: 'datagram', t: 0.5, from: 'client', to: 'server', bytes: Uint8Array.of(0x40, 0, 0, 1) });
    journal.add({ kind: 'note', t: 1, text: 'a\nb' });
    expect(parseJournal(journal.format())).toEqual({ ok: true, value: journal.entries });
  });

  it('tells its sink every entry as it comes', () => {
    const seen: string[] = [];
    const journal = new Journal((entry) => seen.push(entry.kind));
    journal.add(head);
    journal.add({ kind: 'note', t: 0, text: '' });
    expect(seen).toEqual(['head', 'note']);
  });

  it('leaves out a last line that was cut short, as when a run is killed', () => {
    const journal = new Journal();
    journal.add(head);
    expect(parseJournal(`${journal.format()}{"kind":"no`)).toMatchObject({ ok: true, value: [head] });
  });

  it('names the line that is no entry', () => {
    expect(parseJournal(`${JSON.stringify(head)}\nnonsense\n`)).toMatchObject({
      ok: false,
      problem: { place: 'line 2' },
    });
    expect(parseJournal(`${JSON.stringify(head)}\n{"kind":"datagram","t":1,"bytes":"zz"}\n`)).toMatchObject({
      ok: false,
      problem: { place: 'line 2' },
    });
    expect(parseJournal('{"kind":"note","t":0,"text":""}\n')).toMatchObject({
      ok: false,
      problem: { code: 'journal-head' },
    });
    expect(parseJournal('')).toMatchObject({ ok: false });
  });
});
