import { Injectable } from '@nestjs/common';
import { ownPack, ownTexts } from '../policies/read-pack.js';
import {
  type AddressPack,
  addressPack,
  type DeliveryPack,
  deliveryPack,
  noticeTexts,
  type Texts,
} from './delivery.rules.js';

/** Where, how often and in which words notices go out, checked at start. */
@Injectable()
export class NoticePolicies {
  readonly addresses: AddressPack = addressPack(ownPack('notice-addresses'));
  readonly delivery: DeliveryPack = deliveryPack(ownPack('notice-delivery'));
  readonly texts: Texts = noticeTexts(ownTexts('notices'));
}
