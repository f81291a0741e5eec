import { failed, ok, type Result } from '../base/error.js';

/** Words that a shell would act on. We start no shell, so that a value in a placeholder can never become a command. */
const SHELL_WORDS = new Set(['|', '||', '&', '&&', ';', '<', '>', '>>', '2>', '2>&1', '&>']);

/**
 * Splits a command line into its words: blanks separate; '…' is literal; "…" knows \" and \\; outside of quotes a
 * backslash takes the next character as it is. Adjacent pieces join (`--name='a b'`). Nothing is expanded.
 *
 * A failure names the offset: an open quote, a lone backslash, an empty line, or a shell operator.
 */
export function parseCommandLine(line: string): Result<readonly string[]> {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (isBlank(line[at])) {
      at++;
      continue;
    }
    const start = at;
    const word = readWord(line, at);
    if (!word.ok) return word;
    at = word.value.end;
    if (SHELL_WORDS.has(line.slice(start, at)))
      return failed({
        code: 'command-shell',
        message: `${JSON.stringify(line.slice(start, at))} is for a shell, and none is started`,
        at: start,
        hint: "write sh -c '…' around the command, or quote the word",
      });
    words.push(word.value.text);
  }
  if (words.length === 0) return failed({ code: 'command-empty', message: 'the command line is empty', at: 0 });
  return ok(words);
}

function readWord(line: string, start: number): Result<{ readonly text: string; readonly end: number }> {
  let text = '';
  let at = start;
  while (at < line.length && !isBlank(line[at])) {
    const char = line[at] ?? '';
    if (char === "'" || char === '"') {
      const quoted = readQuoted(line, at);
      if (!quoted.ok) return quoted;
      text += quoted.value.text;
      at = quoted.value.end;
    } else if (char === '\\') {
      if (at + 1 >= line.length)
        return failed({ code: 'command-backslash', message: 'a backslash ends the command line', at });
      text += line[at + 1] ?? '';
      at += 2;
    } else {
      text += char;
      at++;
    }
  }
  return ok({ text, end: at });
}

function readQuoted(line: string, start: number): Result<{ readonly text: string; readonly end: number }> {
  const quote = line[start];
  let text = '';
  let at = start + 1;
  while (at < line.length && line[at] !== quote) {
    const next = line[at + 1];
    const escapes = quote === '"' && line[at] === '\\' && (next === '"' || next === '\\');
    text += (escapes ? next : line[at]) ?? '';
    at += escapes ? 2 : 1;
  }
  if (at >= line.length)
    return failed({ code: 'command-quote', message: `the ${String(quote)} opened here is never closed`, at: start });
  return ok({ text, end: at + 1 });
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';
