import { Controller, Get, Param } from '@nestjs/common';
import { NotFound, Public } from '@aiqyn/platform';
import type { FormDefinition } from './form.rules.js';
import { Forms } from './forms.js';

/** The forms that a client shows: schema, labels and choices in Kazakh, Russian and English. */
@Public()
@Controller('v1/channels/default/forms')
export class FormsController {
  constructor(private readonly forms: Forms) {}

  @Get()
  list(): { items: FormDefinition[] } {
    return { items: this.forms.offered('default') };
  }

  @Get(':kind/:version')
  one(@Param('kind') kind: string, @Param('version') version: string): FormDefinition {
    const form = this.forms.find(`${kind}/${version}`);
    if (!form) throw new NotFound();
    return form;
  }
}
