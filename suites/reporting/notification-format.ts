import { ContentFormat, each, testCase } from '../../harness/case/index.js';

const FORMATS: Readonly<Record<string, { readonly format?: number }>> = {
  unasked: {},
  text: { format: ContentFormat.text },
  tlv: { format: ContentFormat.tlv },
};

export default testCase(
  {
    id: 'reporting.notification-format',
    title: 'Notifications have the format of the first answer',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & attribute.pmax & role.readable.a',
    variants: Object.keys(FORMATS),
    variantRequires: { text: 'format.0', tlv: 'format.11542' },
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-2', says: 'keeps the format' },
      x2: { by: 'client', level: 'must', req: 'I-2', says: 'tells the value in that format' },
    },
  },
  async ({ server, times, variant, bind, check }) => {
    await server.registered();
    const path = bind('readable.a');
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(path, FORMATS[variant]);
    // A client without the format refuses, and nothing follows: inconclusive.
    const notifications = await server.notifications(observation, 2, { within: 2 * times.maximum + 2 });
    const { contentFormat, content } = observation.response;
    check(
      'x1',
      notifications.map((notification) => notification.contentFormat),
      each(contentFormat),
    );
    check(
      'x2',
      notifications.map((notification) => notification.content.value(path)),
      each(content.value(path)),
    );
  },
);
