package org.whisker.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a generator whose whole state is one {@code
 * long}, so that a checkpoint can hold it and a resumed run draws the same numbers.
 *
 * <p>All randomness in whisker comes from one of these, passed as a parameter. Independent streams
 * are named: {@code SplitMix64.stream(seed, "mutation", run)}.
 */
public final class SplitMix64 implements RandomGenerator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /** Where the tail of Java's ziggurat begins. */
  static final double TAIL = 3.6360066255009458;

  private long state;

  /**
   * A generator that continues from {@code state}, as returned by {@link #state()} (or any seed).
   */
  public SplitMix64(long state) {
    this.state = state;
  }

  /** Stream number {@code index} of those called {@code name} under {@code seed}. */
  public static SplitMix64 stream(long seed, String name, long index) {
    return new SplitMix64(mix(mix(fnv1a(name) ^ seed) + GOLDEN * index));
  }

  /** FNV-1a, 64 bits, over the UTF-8 bytes of {@code text}. */
  public static long fnv1a(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  /** The finaliser: the two xor-multiply rounds and the last xor-shift. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The state to pass to the constructor to continue from here. */
  public long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * Standard normal, the same on every version of Java. They share a ziggurat (McFarland, J. Stat.
   * Comput. Simul. 86, 2016), and differ in how many numbers its tail takes: here Marsaglia's
   * method (Technometrics 6, 1964), as in Java 17.
   */
  @Override
  public double nextGaussian() {
    long before = state;
    double drawn = RandomGenerator.super.nextGaussian();
    if (Math.abs(drawn) <= TAIL) {
      return drawn;
    }
    state = before + GOLDEN + GOLDEN; // one number chose the sign, one the tail
    double beyond;
    do {
      beyond = (1 / TAIL) * nextExponential();
    } while (nextExponential() < 0.5 * beyond * beyond);
    return Math.copySign(TAIL + beyond, drawn);
  }
}
