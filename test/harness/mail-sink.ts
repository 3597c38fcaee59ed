import { SMTPServer } from 'smtp-server';

export interface MailSink {
  readonly url: string;
  /** What arrived: to whom, and the whole message. */
  readonly mails: { readonly to: string; readonly text: string }[];
  /** Answers for an address instead of taking the mail: the code of a refusal, below 500 for now, from 500 for good. */
  readonly refuse: Map<string, number>;
  stop(): Promise<void>;
}

/** A real mail server that takes what it is given and keeps it. */
export async function startMailSink(): Promise<MailSink> {
  const mails: MailSink['mails'] = [];
  const refuse = new Map<string, number>();
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] },
    onRcptTo: ({ address }, _session, done) => {
      const code = refuse.get(address);
      done(code ? Object.assign(new Error('no'), { responseCode: code }) : undefined);
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo[0]!.address, text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  // A client that goes away in the middle is no fault of the sink.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
