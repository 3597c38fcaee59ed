import { RuleError } from '@aiqyn/contracts/rule-error';
import { Integer, Null, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  ContentInfo,
  id_eContentType_TSTInfo,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';

const refuse = (why: string): never => {
  throw new RuleError('time_stamp', `the time stamp does not hold: ${why}`);
};
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
/** An integer may have been written with leading zeros, and comes back without them. */
const integer = (bytes: Uint8Array): bigint => bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);

/** A request for a stamp over a SHA-256 (RFC 3161); the nonce is positive: its first bit is taken off. */
export function timeStampRequest(sha256: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (sha256.length !== 32) refuse('what is stamped is a SHA-256 of 32 bytes');
  const positive = new Uint8Array(nonce);
  positive[0] = (positive[0]! & 0x7f) | 0x40;
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: exact(sha256) }),
    }),
    nonce: new Integer({ valueHex: exact(positive) }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER(false));
}

export interface TimeStamp {
  /** The token alone, as DER: a file for `openssl ts -verify -token_in`. */
  readonly token: Uint8Array;
  readonly time: Date;
  readonly serial: string;
}

function tokenInfo(content: ContentInfo): TSTInfo {
  if (content.contentType !== SIGNED_DATA) return refuse('the token is no signed data');
  const signed = new SignedData({ schema: content.content });
  const held = signed.encapContentInfo;
  if (held.eContentType !== id_eContentType_TSTInfo || !held.eContent) return refuse('the token holds no time');
  return TSTInfo.fromBER(held.eContent.getValue());
}

/** The stamp in an answer: granted, over our hash, to our request. Whether its signer is trusted is for whoever verifies it. */
export function timeStampOf(response: Uint8Array, request: Uint8Array): TimeStamp {
  try {
    const asked = TimeStampReq.fromBER(exact(request));
    const { status, timeStampToken } = TimeStampResp.fromBER(exact(response));
    // 0 granted, 1 granted with changes, which would not be ours.
    if (Number(status.status) !== 0 || !timeStampToken)
      return refuse(
        `the authority did not grant it (status ${Number(status.status)}${status.statusStrings ? `: ${status.statusStrings.map(({ valueBlock }) => valueBlock.value).join(' ')}` : ''})`,
      );
    const info = tokenInfo(timeStampToken);
    if (info.messageImprint.hashAlgorithm.algorithmId !== SHA256) refuse('it is not over a SHA-256');
    if (
      !same(
        new Uint8Array(info.messageImprint.hashedMessage.valueBlock.valueHexView),
        new Uint8Array(asked.messageImprint.hashedMessage.valueBlock.valueHexView),
      )
    )
      refuse('it is over another hash');
    const [ours, theirs] = [asked.nonce, info.nonce].map((one) =>
      one ? integer(new Uint8Array(one.valueBlock.valueHexView)) : undefined,
    );
    if (ours === undefined || ours !== theirs) refuse('it answers another request');
    return {
      token: new Uint8Array(timeStampToken.toSchema().toBER(false)),
      time: info.genTime,
      serial: integer(new Uint8Array(info.serialNumber.valueBlock.valueHexView)).toString(16),
    };
  } catch (error) {
    if (error instanceof RuleError) throw error;
    return refuse((error as Error).message);
  }
}
