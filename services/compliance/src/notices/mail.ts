import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { CONFIG } from '@aiqyn/platform';
import type { ComplianceConfig } from '../config.js';
import type { Tried } from './delivery.rules.js';

/** Milliseconds; the timers of the service wait for a try, so it must be short. */
const PATIENCE = { connectionTimeout: '3000', greetingTimeout: '3000', socketTimeout: '5000' };
/** After a server that did not answer: for so long nothing else is tried, so that a hundred notices do not each wait for it. */
const REST_MS = 15_000;

/** The mail server, when there is one. */
@Injectable()
export class Mail implements OnModuleDestroy {
  private readonly transport: Transporter | undefined;
  private restUntil = -Infinity;

  constructor(@Inject(CONFIG) private readonly config: ComplianceConfig) {
    if (!config.SMTP_URL) return;
    const url = new URL(config.SMTP_URL);
    for (const [name, value] of Object.entries(PATIENCE)) url.searchParams.set(name, value);
    this.transport = createTransport(url.href);
  }

  get on(): boolean {
    return this.transport !== undefined;
  }

  /** A server that did not answer is left in peace for a while. */
  get rests(): boolean {
    return performance.now() < this.restUntil;
  }

  /** Hands a message to the mail server once; a refusal of the 500s is for good. The id lets a receiver tell a repeat. */
  async send(id: string, to: string, subject: string, text: string): Promise<Tried> {
    if (!this.transport) return { sent: false, reason: 'mail-off', forGood: false };
    try {
      await this.transport.sendMail({
        ...{ from: this.config.MAIL_FROM, to, subject, text },
        messageId: `<${id}@aiqyn>`,
      });
      return { sent: true };
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      if (responseCode === undefined) this.restUntil = performance.now() + REST_MS;
      // The text of the error may hold the address.
      return { sent: false, reason: String(responseCode ?? code ?? 'unknown'), forGood: (responseCode ?? 0) >= 500 };
    }
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }
}
