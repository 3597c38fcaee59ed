import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { STATE } from '@aiqyn/local';

const VERSION = '1.28.2';
const POM = `<project><modelVersion>4.0.0</modelVersion><groupId>aiqyn</groupId><artifactId>verapdf</artifactId><version>1</version><dependencies>
<dependency><groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>${VERSION}</version></dependency>
</dependencies></project>
`;
const exec = promisify(execFile);

/** The jars of veraPDF as Maven resolves them, fetched once (18 jars, 19 MB). */
async function jars(): Promise<string> {
  const cache = join(STATE, 'cache', `verapdf-${VERSION}`);
  const libs = join(cache, 'libs');
  if (!existsSync(libs)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'pom.xml'), POM);
    const part = `${libs}.${process.pid}`;
    await exec(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${part}`],
      {
        cwd: cache,
      },
    ).catch((error: Error) => {
      throw new Error(`veraPDF could not be fetched; Java 17 and Maven are needed: ${error.message}`);
    });
    if (existsSync(libs)) rmSync(part, { recursive: true });
    else renameSync(part, libs);
  }
  return join(libs, '*');
}

export interface Verdict {
  readonly file: string;
  readonly compliant: boolean;
  readonly passed: number;
  readonly failed: number;
  /** What was not met, in veraPDF's words. */
  readonly broken: readonly string[];
}

interface Answer {
  readonly report: {
    readonly jobs: readonly {
      readonly itemDetails: { readonly name: string };
      readonly validationResult?: readonly {
        readonly compliant: boolean;
        readonly details: {
          readonly passedChecks: number;
          readonly failedChecks: number;
          readonly ruleSummaries: readonly { readonly clause: string; readonly description: string }[];
        };
      }[];
    }[];
  };
}

/** What veraPDF says of each file; a file that it cannot read is an error, not a verdict. */
export async function validatePdf(profile: 'ua1' | '3a', files: readonly string[]): Promise<Verdict[]> {
  const command = [
    '-cp',
    await jars(),
    'org.verapdf.apps.GreenfieldCliWrapper',
    '-f',
    profile,
    '--format',
    'json',
    ...files,
  ];
  // Its exit code is 1 when a file does not comply: that is what its answer says as well.
  const { stdout } = await exec('java', command, { maxBuffer: 1 << 28 }).catch(
    (error: Error & { stdout?: string; code?: unknown }) => {
      if (error.code === 1 && error.stdout) return { stdout: error.stdout };
      throw error;
    },
  );
  const { report } = JSON.parse(stdout) as Answer;
  return files.map((file) => {
    const result = report.jobs.find(({ itemDetails }) => itemDetails.name === file)?.validationResult?.[0];
    if (!result) throw new Error(`veraPDF has no verdict on ${file}`);
    const { passedChecks: passed, failedChecks: failed, ruleSummaries } = result.details;
    return {
      file,
      compliant: result.compliant,
      passed,
      failed,
      broken: ruleSummaries.map(({ clause, description }) => `${clause} ${description}`),
    };
  });
}
