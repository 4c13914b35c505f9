import type { AlarmSound } from '../../contract/alarms.ts';

/** A tone: from when on, for how long (s), how high (Hz). */
type Tone = readonly [fromS: number, forS: number, hz: number];

/** Told apart with closed eyes: a fast two-tone call, three rising tones, a falling pair, one soft tone. */
const PATTERNS: Readonly<Record<AlarmSound, readonly Tone[]>> = {
  life: Array.from({ length: 8 }, (_, i): Tone => [i * 0.18, 0.16, i % 2 === 0 ? 1_047 : 784]),
  emergency: [[0, 0.22, 659], [0.28, 0.22, 784], [0.56, 0.34, 988]],
  handOff: [[0, 0.3, 880], [0.36, 0.4, 587]],
  issue: [[0, 0.4, 523]],
};
const LOUDNESS = 0.5, RISE_S = 0.015;
/** Who has not been let play by then is not heard. */
const RESUME_WITHIN_MS = 1_000;

class Speaker {
  #context: AudioContext | null = null;

  /**
   * Plays an alarm's sound once, made here: no file that could be missing.
   *
   * @returns whether this machine has played it, as far as a program can know; false before anybody has touched a browser's page
   */
  async play(sound: AlarmSound): Promise<boolean> {
    try {
      const context = this.#context ??= new AudioContext();
      if (context.state !== 'running') await Promise.race([context.resume(), new Promise(done => { setTimeout(done, RESUME_WITHIN_MS); })]);
      if (context.state !== 'running') return false;
      for (const tone of PATTERNS[sound]) sing(context, tone);
      return true;
    } catch {
      this.#context = null;
      return false;
    }
  }
}

/** The window's loudspeaker. */
export const speaker = new Speaker();

function sing(audio: AudioContext, [fromS, forS, hz]: Tone): void {
  const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
  const at = audio.currentTime + fromS;
  oscillator.type = 'triangle';
  oscillator.frequency.value = hz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + RISE_S);
  gain.gain.setValueAtTime(LOUDNESS, at + forS - RISE_S);
  gain.gain.linearRampToValueAtTime(0, at + forS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + forS);
}
