/**
 * Object definitions that vectors refer to by name. A resource is written `id name type operations`, with `*` behind the
 * type where it has several instances. Objects of the OMA registry keep its ids and types; only what vectors use is here.
 */

/** @param {string} line */
function resource(line) {
  const [id, type, operations, ...name] = line.split(' ');
  return {
    id: Number(id),
    name: name.join(' '),
    type: type?.replace('*', ''),
    multiple: type?.endsWith('*') ?? false,
    operations: operations === '-' ? '' : operations,
  };
}

/** @param {number} id @param {string} name @param {string} version @param {boolean} multiple @param {string[]} resources */
const object = (id, name, version, multiple, resources) => ({
  id,
  name,
  version,
  multiple,
  resources: resources.map(resource),
});

const security = object(0, 'LwM2M Security', '1.1', true, [
  '0 string - LwM2M Server URI',
  '1 boolean - Bootstrap-Server',
  '2 integer - Security Mode',
  '3 opaque - Public Key or Identity',
  '4 opaque - Server Public Key',
  '5 opaque - Secret Key',
  '10 integer - Short Server ID',
  '11 integer - Client Hold Off Time',
  '17 objlnk - OSCORE Security Mode',
]);
const server = object(1, 'LwM2M Server', '1.1', true, [
  '0 integer R Short Server ID',
  '1 integer RW Lifetime',
  '2 integer RW Default Minimum Period',
  '3 integer RW Default Maximum Period',
  '4 none E Disable',
  '5 integer RW Disable Timeout',
  '6 boolean RW Notification Storing When Disabled or Offline',
  '7 string RW Binding',
  '8 none E Registration Update Trigger',
  '9 none E Bootstrap-Request Trigger',
  '10 objlnk RW APN Link',
]);
const access = object(2, 'LwM2M Access Control', '1.0', true, [
  '0 integer R Object ID',
  '1 integer R Object Instance ID',
  '2 integer* RW ACL',
  '3 integer RW Access Control Owner',
]);
const device = object(3, 'Device', '1.1', false, [
  '0 string R Manufacturer',
  '1 string R Model Number',
  '2 string R Serial Number',
  '3 string R Firmware Version',
  '4 none E Reboot',
  '5 none E Factory Reset',
  '6 integer* R Available Power Sources',
  '7 integer* R Power Source Voltage',
  '8 integer* R Power Source Current',
  '9 integer R Battery Level',
  '10 integer R Memory Free',
  '11 integer* R Error Code',
  '12 none E Reset Error Code',
  '13 time RW Current Time',
  '14 string RW UTC Offset',
  '15 string RW Timezone',
  '16 string R Supported Binding and Modes',
  '17 string R Device Type',
  '18 string R Hardware Version',
  '19 string R Software Version',
  '20 integer R Battery Status',
  '21 integer R Memory Total',
  '22 objlnk* R ExtDevInfo',
]);
const firmware = object(5, 'Firmware Update', '1.0', false, [
  '0 opaque W Package',
  '1 string RW Package URI',
  '2 none E Update',
  '3 integer R State',
  '5 integer R Update Result',
  '6 string R PkgName',
  '7 string R PkgVersion',
]);
const portfolio = object(16, 'Portfolio', '1.0', true, [
  '0 string* RW Identity',
  '1 none E GetAuthData',
  '2 opaque* R AuthData',
  '3 integer R AuthStatus',
]);
const binary = object(19, 'BinaryAppDataContainer', '1.0', true, [
  '0 opaque* RW Data',
  '1 integer RW Data Priority',
  '2 time RW Data Creation Time',
  '3 string RW Data Description',
  '4 string RW Data Format',
  '5 integer RW App ID',
]);
// The two Objects that the Object Link examples of the TS invent.
const objectA = object(65, 'Object A', '1.0', true, ['0 objlnk* RW Res 0', '1 string RW Res 1', '2 integer RW Res 2']);
const objectB = object(66, 'Object B', '1.0', true, ['0 string RW Res 0', '1 string RW Res 1', '2 objlnk RW Res 2']);
const temperature = object(3303, 'Temperature', '1.0', true, [
  '5601 float R Min Measured Value',
  '5602 float R Max Measured Value',
  '5605 none E Reset Min and Max Measured Values',
  '5700 float R Sensor Value',
  '5701 string R Sensor Units',
  '5750 string RW Application Type',
]);
const test = object(3442, 'LwM2M v1.1 Test Object', '1.0', true, [
  '0 none E Reset values',
  '3 none E Exec With Arguments',
  '4 string* R Arguments List',
  '110 string RW String Value',
  '120 integer RW Integer Value',
  '125 unsigned RW Unsigned Integer Value',
  '130 float RW Float Value',
  '140 boolean RW Boolean Value',
  '150 opaque RW Opaque Value',
  '160 time RW Time Value',
  '170 objlnk RW ObjLink Value',
  '180 corelnk RW CoreLnk Value',
  '1110 string* RW Multiple String Value',
  '1120 integer* RW Multiple Integer Value',
  '1125 unsigned* RW Multiple Unsigned Integer Value',
  '1130 float* RW Multiple Float Value',
  '1140 boolean* RW Multiple Boolean Value',
  '1150 opaque* RW Multiple Opaque Value',
  '1160 time* RW Multiple Time Value',
  '1170 objlnk* RW Multiple ObjLink Value',
  '1180 corelnk* RW Multiple CoreLnk Value',
]);
// A private object whose ids sit where encodings change their width.
const widths = object(42769, 'Widths', '1.0', true, [
  '0 integer RW Id 0',
  '23 integer RW Id 23',
  '24 integer RW Id 24',
  '25 opaque RW Bytes, narrow id',
  '26 integer* RW Many, narrow id',
  '255 integer RW Id 255',
  '256 integer RW Id 256',
  '65534 integer RW Id 65534',
  '300 integer* RW Many, wide id',
  '301 opaque RW Bytes, wide id',
]);

/** @param {...ReturnType<typeof object>} objects */
const model = (...objects) => ({ objects });

export const MODELS = {
  /** 0, 1, 2, 3, 5: enough for most requests to a real client */
  core: model(security, server, access, device, firmware),
  device: model(device),
  server: model(server),
  security: model(security),
  access: model(access),
  firmware: model(firmware),
  portfolio: model(portfolio),
  bin: model(binary),
  links: model(objectA, objectB),
  temp: model(temperature),
  /** one resource of every data type, single and multiple */
  test: model(test),
  widths: model(widths),
  all: model(
    security,
    server,
    access,
    device,
    firmware,
    portfolio,
    binary,
    objectA,
    objectB,
    temperature,
    test,
    widths,
  ),
};
