import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, trusted } from 'mongoose';
import { NotFound } from '@aiqyn/platform';
import { ActPolicies } from './act-policies.js';
import { type Catalogue, catalogueOf } from '../factors/catalogue.rules.js';
import { LoadedCatalogue } from './catalogue.schema.js';

/** The catalogue in force, and every earlier one: an expertise keeps the version that it was made with. */
@Injectable()
export class Catalogues {
  private readonly read = new Map<string, Catalogue>();

  constructor(
    @InjectModel(LoadedCatalogue.name) private readonly loaded: Model<LoadedCatalogue>,
    private readonly policies: ActPolicies,
  ) {}

  /** The one activated last; the one that the service came with while none is. */
  async inForce(): Promise<Catalogue> {
    const last = await this.loaded
      .findOne({ activated: trusted({ $exists: true }) }, { _id: 1 })
      .sort({ 'activated.order': -1, _id: -1 })
      .lean<{ _id: string }>();
    return last ? this.of(last._id) : this.policies.catalogue;
  }

  /** Throws NotFound for a version that nobody loaded. */
  async of(version: string): Promise<Catalogue> {
    const known = version === this.policies.catalogue.version ? this.policies.catalogue : this.read.get(version);
    if (known) return known;
    const row = await this.loaded.findOne({ _id: { $eq: version } }).lean<LoadedCatalogue>();
    if (!row) throw new NotFound();
    const catalogue = catalogueOf(JSON.parse(row.content));
    this.read.set(version, catalogue);
    return catalogue;
  }
}
