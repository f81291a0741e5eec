import { testCase } from '../../harness/case/index.js';

const EXTENDED_MASTER_SECRET = 23;

/** Suites with NULL, RC4, DES, 3DES or anonymous key exchange, by the registry of IANA. */
const isWeak = (suite: string): boolean =>
  /^00(0.|1[0-9a-b]|1[e-f]|2[0-9a-e]|8[a-b]|8e|8f|9[2-3]|b[0145]|b8|b9)$|^c0(0[1-3]|0[678b-d]|1[0-25-9]|3[3-49-b])$/.test(
    suite,
  );

const isForCertificates = (suite: string): boolean => suite.startsWith('ECDHE_ECDSA');
const isForKeys = (suite: string): boolean => suite.includes('PSK');

export default testCase(
  {
    id: 'security.client-hello',
    title: 'A client offers nothing that is weak',
    since: '1.0',
    configuration: 'C.1',
    channel: 'secure',
    start: true,
    checks: {
      x1: {
        by: 'client',
        level: 'must',
        req: 'S-1',
        says: 'offers no suite without encryption or with a broken cipher',
        continues: true,
      },
      x2: {
        by: 'client',
        level: 'should',
        req: 'rfc7627#5.2',
        says: 'offers the extended master secret',
        continues: true,
      },
      x3: { by: 'client', level: 'should', req: 'S-7', says: 'offers suites of its kind of credentials alone' },
    },
  },
  async ({ channel, check }) => {
    const hello = await channel.clientHello({ within: 60 });
    const { identity } = await channel.connected({ within: 60, after: hello });
    check('x1', hello.suites.filter(isWeak), []);
    check('x2', hello.extensions.includes(EXTENDED_MASTER_SECRET), true);
    check('x3', hello.suites.filter(identity === 'psk' ? isForCertificates : isForKeys), []);
  },
);
