import { parseAddress } from '../link/address.js';
import { CommandError } from './io.js';

/** `127.0.0.1`, `127.0.0.1:5683`, `::1`, `[::1]:5683`. @throws CommandError */
export function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const isBareV6 = text.includes('::') && !text.startsWith('[');
  const host = isBareV6 ? `[${text}]` : text;
  const parsed = parseAddress(/:\d+$/.test(host) && !isBareV6 ? host : `${host}:0`);
  if (parsed.ok) return parsed.value;
  throw new CommandError({ ...parsed.problem, place: `--listen ${text}` });
}
