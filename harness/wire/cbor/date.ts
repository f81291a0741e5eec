/** RFC 3339 dates without the engine's calendar, which knows no leap second and guesses where it should refuse. */

const PATTERN = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.0+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Seconds since 1970 of `2023-11-14T22:13:20Z`; undefined when the text is no date of RFC 3339 §5.6, or has a fraction. */
export function parseDate(text: string): number | undefined {
  const found = PATTERN.exec(text);
  if (!found) return undefined;
  const part = (group: number): number => Number(found[group] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const [offsetHour, offsetMinute] = [part(8), part(9)];
  const days = (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59)
    return undefined;
  const offset = (offsetHour * 60 + offsetMinute) * (found[7] === '-' ? -60 : 60);
  return daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
}

/** `2023-11-14T22:13:20Z`; undefined before the year 0 or after 9999, which RFC 3339 cannot write. */
export function formatDate(seconds: number): string | undefined {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  let year = Math.floor(days / 365.2425) + 1970;
  while (daysBefore(year, 1, 1) > days) year--;
  while (daysBefore(year + 1, 1, 1) <= days) year++;
  if (!(year >= 0 && year <= 9999)) return undefined;
  let month = 1;
  while (month < 12 && daysBefore(year, month + 1, 1) <= days) month++;
  const day = days - daysBefore(year, month, 1) + 1;
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map((part) => pad(part)).join(':');
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${time}Z`;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysBefore(year: number, month: number, day: number): number {
  const past = year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const months = MONTHS.slice(0, month - 1).reduce<number>((sum, days) => sum + days, 0);
  return 365 * past + leaps + months + (month > 2 && isLeap(year) ? 1 : 0) + day - 719_163;
}
