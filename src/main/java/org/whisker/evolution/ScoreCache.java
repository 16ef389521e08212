package org.whisker.evolution;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Cache of logits in bounded memory: two generational tables of {@code capacity} genomes. When the
 * young table is full it replaces the old one, whose entries are evicted; a hit in the old table
 * moves the entry to the young one. So at least the {@code capacity} most recently used distinct
 * genomes are kept. A table takes 20 bytes per slot, at most 56 per genome.
 *
 * <p>Genomes are identified by 128-bit {@link Fingerprint fingerprints}. Not thread-safe.
 */
public final class ScoreCache {
  /** Holds 10,000 generations of 100 without eviction. */
  public static final int DEFAULT_CAPACITY = 1 << 20;

  private ScoreTable young;
  private ScoreTable old;

  /**
   * @param capacity genomes per table, 1 to 2^29
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

  /** Writes both tables separately, since they determine later evictions. */
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
