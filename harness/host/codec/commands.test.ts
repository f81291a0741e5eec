import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inProcess as cli } from '../testing/in-process.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codec-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OWN_OBJECT = `<?xml version="1.0"?>
<LWM2M><Object ObjectType="MODefinition">
<Name>Lamp</Name><ObjectID>33001</ObjectID><ObjectURN>urn:oma:lwm2m:x:33001</ObjectURN>
<MultipleInstances>Multiple</MultipleInstances><Mandatory>Optional</Mandatory>
<Resources><Item ID="1"><Name>Burned Hours</Name><Operations>R</Operations><MultipleInstances>Single</MultipleInstances>
<Mandatory>Mandatory</Mandatory><Type>Unsigned Integer</Type><RangeEnumeration></RangeEnumeration><Units>h</Units></Item></Resources>
</Object></LWM2M>`;

describe('lwm2m-conformance decode', () => {
  it('explains the bytes and gives the values', async () => {
    const run = await cli('decode', '--format', 'tlv', '--path', '/3/0', 'c1 09 64');
    expect(run).toMatchObject({ code: 0 });
    expect(run.out).toMatch(/^0000 {2}c1 09 {2}Resource 9 Battery Level, 1 byte$/m);
    expect(run.out).toMatch(/^\/3\/0\/9 {2}integer {2}100 {2}Battery Level$/m);
  });

  it('takes texts of textual formats as they are', async () => {
    for (const [format, text] of [
      ['senml-json', '[{"n":"/3/0/9","v":100}]'],
      ['oma-json', '{"bn":"/3/0/9","e":[{"v":100}]}'],
      ['senml-etch-json', '[{"n":"/3/0/9","v":100}]'],
    ] as const)
      expect(await cli('decode', '--format', format, '--path', '/3/0/9', text)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^\/3\/0\/9 +integer +100/m),
      });
    expect(await cli('decode', '--format', 'link-format', '</3/0>')).toMatchObject({ code: 0 });
    expect(await cli('decode', '--format', 'text', '--path', '/3/0/14', '+02:00')).toMatchObject({ code: 0 });
  });

  it('says what is missing where the path decides', async () => {
    const run = await cli('decode', '--format', 'tlv', 'c10964');
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/Resource 9, 1 byte/);
    expect(run.out).toMatch(/cannot be about \/.*--path \/3\/0$/m);
  });

  it('points at what is wrong, and exits with 1', async () => {
    const run = await cli('decode', '--format', '11542', '--path', '/3/0', 'c2090a');
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/not valid at byte \d+.*truncated/);
  });

  it('reads a dump, a file, base64', async () => {
    const file = join(folder, 'payload.bin');
    writeFileSync(file, Uint8Array.of(0xc1, 9, 100));
    const args = ['decode', '--format', 'tlv', '--path', '/3/0', '--json'];
    const wanted = { payload: 'c10964', values: [{ path: '/3/0/9', type: 'integer', value: 100 }] };
    expect(JSON.parse((await cli(...args, '--file', file)).out)).toEqual(wanted);
    expect(JSON.parse((await cli(...args, '00000000: c109 64                   ..d\n')).out)).toEqual(wanted);
    expect(JSON.parse((await cli(...args, 'wQlk')).out)).toEqual(wanted);
  });

  it('tells an error in JSON with its class and place', async () => {
    const run = await cli('decode', '--format', 'senml-json', '--as', 'raw', '--json', '[{"n":"/3/0/9","v":1x}]');
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out).error).toMatchObject({ code: 'not-well-formed', at: 20 });
  });

  it('knows object definitions that it is given', async () => {
    const file = join(folder, '33001.xml');
    writeFileSync(file, OWN_OBJECT);
    for (const models of [file, folder]) {
      const run = await cli('decode', '--format', 'tlv', '--path', '/33001/0', '--models', models, 'c101ff');
      expect(run.out).toMatch(/unsigned +255 +Burned Hours/);
    }
    writeFileSync(file, OWN_OBJECT.replace('<Type>Unsigned Integer', '<Type>Colour'));
    const broken = await cli('decode', '--format', 'tlv', '--models', file, 'c101ff');
    expect(broken).toMatchObject({ code: 2, err: expect.stringMatching(/33001.xml.*unknown type Colour/) });
  });

  it('lets a named deviation pass', async () => {
    const args = ['decode', '--format', 'tlv', '--path', '/3442', 'c17801'];
    expect((await cli(...args)).code).toBe(1);
    expect((await cli(...args, '--lenient', 'tlv-new-instance')).code).toBe(0);
  });

  it.each([
    [['--format', 'morse', '00'], /"morse" is no format.*11542 tlv/],
    [['--format', 'tlv', 'xyz!'], /neither hexadecimal nor base64.*--as/],
    [['--format', 'tlv', 'c1 09 6'], /5 hexadecimal digits: half a byte is missing.*--as/],
    [['--format', 'tlv', '--as', 'hex', 'c1096'], /5 hexadecimal digits: half a byte is missing/],
    [['--format', 'tlv', '--path', '3/0', '00'], /starts with "\/"/],
    [['--format', 'tlv', '--models', './nowhere', '00'], /nowhere/],
    [['--format', 'tlv', '--lenient', 'anything', '00'], /"anything" is no leniency/],
    [['--format', 'tlv', '--file', './nowhere'], /nowhere/],
  ])('refuses %j', async (args, message) => {
    expect(await cli('decode', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) });
  });
});

describe('lwm2m-conformance encode', () => {
  const encode = (values: string, ...args: string[]) => cli('encode', ...args, values);

  it('writes values by path', async () => {
    const run = await encode('{"9":100,"/3/0/7/0":3800}', '--format', 'tlv', '--path', '/3/0');
    expect(run).toMatchObject({ code: 0, out: 'c10964840742000ed8\n' });
  });

  it('writes one value, in the print that is asked for', async () => {
    expect((await encode('100', '--format', 'tlv', '--path', '/3/0/9')).out).toBe('c10964\n');
    expect((await encode('100', '--format', 'tlv', '--path', '/3/0/9', '--print', 'base64')).out).toBe('wQlk\n');
  });

  it('takes a type where no model tells it, and paths without values', async () => {
    const typed = '{"/33000/0/0":{"type":"unsigned","value":"18446744073709551615"}}';
    expect((await encode(typed, '--format', 'tlv', '--path', '/33000/0')).out).toBe('c80008ffffffffffffffff\n');
    const paths = await encode('{"/3/0":null}', '--format', 'senml-json', '--pack', 'paths');
    expect(Buffer.from(paths.out, 'hex').toString()).toBe('[{"n":"/3/0"}]');
  });

  it('writes an alternative, or a fault, by name', async () => {
    const { code, err } = await encode('100', '--format', 'tlv', '--path', '/3/0/9', '--style', 'nonsense');
    expect(code).toBe(2);
    expect(err).toMatch(/"nonsense" is no style.*one of /);
  });

  it('says what cannot be written', async () => {
    const run = await encode('{"/3/0/9":1,"/4/0/0":1}', '--format', 'tlv', '--path', '/3/0');
    expect(run).toMatchObject({ code: 1, err: expect.stringMatching(/cannot be written: outside-base/) });
    const type = await encode('{"/3/0/9":"x"}', '--format', 'tlv');
    expect(type).toMatchObject({ code: 2, err: expect.stringMatching(/\/3\/0\/9.*no.* integer/) });
    expect((await encode('{"/3/0/9":1}', '--format', 'tlv')).err).toMatch(/about \/.*--path/);
    expect((await encode('100', '--format', 'text')).err).toMatch(/stands at a Resource.*--path/);
    expect(await encode('{9:1}', '--format', 'tlv')).toMatchObject({ code: 2, err: expect.stringMatching(/not JSON/) });
    expect(await encode('[1]', '--format', 'tlv')).toMatchObject({ code: 2, err: expect.stringMatching(/by path/) });
  });
});

describe('lwm2m-conformance convert', () => {
  it('writes a payload in another format, and back', async () => {
    const path = ['--path', '/3/0'];
    const json = await cli('convert', '--format', 'tlv', '--to', 'senml-json', ...path, 'c10964');
    expect(json).toMatchObject({ code: 0 });
    const back = await cli('convert', '--format', 'senml-json', '--to', 'tlv', ...path, json.out.trim());
    expect(back).toMatchObject({ code: 0, out: 'c10964\n' });
  });

  it('takes a single value for what a format without paths is about', async () => {
    const run = await cli('convert', '--format', 'tlv', '--to', 'text', '--path', '/3/0', 'c10964');
    expect(run).toMatchObject({ code: 0, out: '313030\n' });
  });

  it('says which side fails', async () => {
    const broken = await cli('convert', '--format', 'tlv', '--to', 'text', '--path', '/3/0', 'c209');
    expect(broken).toMatchObject({ code: 1, err: expect.stringMatching(/not valid at byte/) });
    const many = await cli('convert', '--format', 'tlv', '--to', 'text', '--path', '/3/0', 'c10964c10a0f');
    expect(many).toMatchObject({ code: 1, err: expect.stringMatching(/cannot be written/) });
  });
});
