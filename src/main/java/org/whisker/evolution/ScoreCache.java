package org.whisker.evolution;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Remembers the logit of every genome scored, in bounded memory: two tables of {@code capacity}
 * genomes. When the young one is full it becomes the old one and what the old one held is
 * forgotten; a genome that is met again moves to the young one. So at least the last {@code
 * capacity} different genomes that were put or found are known. A table takes 20 bytes a slot, at
 * most 56 a genome.
 *
 * <p>Genomes are told apart by 128-bit {@link Fingerprint fingerprints}. Not for several threads.
 */
public final class ScoreCache {
  /** Enough for 10,000 generations of 100 without forgetting. */
  public static final int DEFAULT_CAPACITY = 1 << 20;

  private ScoreTable young;
  private ScoreTable old;

  /**
   * @param capacity genomes in a table, 1 to 2^29
   */
  public ScoreCache(int capacity) {
    if (capacity < 1 || capacity > 1 << 29) {
      throw new IllegalArgumentException("cache capacity must be 1 to 2^29, was " + capacity);
    }
    young = new ScoreTable(capacity);
    old = new ScoreTable(capacity);
  }

  private ScoreCache(ScoreTable young, ScoreTable old) {
    this.young = young;
    this.old = old;
  }

  /** Writes both tables: which scores are in which decides what is forgotten next. */
  void writeTo(DataOutputStream out) throws IOException {
    young.writeTo(out);
    old.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote; see {@link ScoreTable#read}. */
  static ScoreCache read(DataInputStream in, long most, int capacity) throws IOException {
    ScoreTable young = ScoreTable.read(in, most, capacity);
    return new ScoreCache(young, ScoreTable.read(in, most, capacity));
  }

  OptionalDouble find(Fingerprint key) {
    int slot = young.find(key);
    if (slot >= 0) {
      return OptionalDouble.of(young.logitAt(slot));
    }
    slot = old.find(key);
    if (slot < 0) {
      return OptionalDouble.empty();
    }
    float logit = old.logitAt(slot);
    put(key, logit);
    return OptionalDouble.of(logit);
  }

  void put(Fingerprint key, float logit) {
    if (young.isFull() && young.find(key) < 0) {
      ScoreTable forgotten = old;
      old = young;
      young = forgotten;
      young.clear();
    }
    young.put(key, logit);
  }
}
