package org.whisker.evolution;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;

/**
 * Cache of logits in bounded memory: two generational tables of {@code capacity} genomes. When the
 * young table is full it replaces the old one, whose entries are evicted; a hit in the old table
 * moves the entry to the young one. So at least the {@code capacity} most recently used distinct
 * genomes are kept. A table takes 20 bytes per slot, at most 56 per genome.
 *
 * <p>Genomes are identified by 128-bit fingerprints. Not thread-safe.
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
    Checks.refuse(
        capacity < 1 || capacity > 1 << 29, "cache capacity must be 1 to 2^29, was %s", capacity);
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

  /** Reads what {@link #writeTo} wrote; see {@code ScoreTable.read}. */
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

  /**
   * Hash table from fingerprint to logit: open addressing, linear probing, doubling up to a fixed
   * size.
   */
  static final class ScoreTable {
    /** Bytes per entry in a file. */
    static final int BYTES = 2 * Long.BYTES + Float.BYTES;

    private static final int FIRST_SLOTS = 1 << 12;
    private static final int CHUNK = 4096; // entries per buffered read or write

    private final int capacity;
    private long[] highs;
    private long[] lows; // 0 marks a free slot
    private float[] logits;
    private int size;

    ScoreTable(int capacity) {
      this(capacity, FIRST_SLOTS);
    }

    private ScoreTable(int capacity, int slots) {
      this.capacity = capacity;
      highs = new long[slots];
      lows = new long[slots];
      logits = new float[slots];
    }

    boolean isFull() {
      return size >= capacity;
    }

    /** The slot of the key, or -1. */
    int find(Fingerprint key) {
      int slot = slotFor(key.high(), key.low());
      return lows[slot] == 0 ? -1 : slot;
    }

    float logitAt(int slot) {
      return logits[slot];
    }

    void put(Fingerprint key, float logit) {
      int slot = slotFor(key.high(), key.low());
      if (lows[slot] == 0) {
        size++;
      }
      set(slot, key.high(), key.low(), logit);
      if (size * 4L > lows.length * 3L) {
        grow();
      }
    }

    void clear() {
      Arrays.fill(lows, 0);
      size = 0;
    }

    /** Writes the number of entries, then the entries. */
    void writeTo(DataOutputStream out) throws IOException {
      out.writeInt(size);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK * BYTES);
      for (int slot = 0; slot < lows.length; slot++) {
        if (lows[slot] != 0) {
          chunk.putLong(highs[slot]).putLong(lows[slot]).putFloat(logits[slot]);
        }
        if (!chunk.hasRemaining() || slot == lows.length - 1) {
          out.write(chunk.array(), 0, chunk.position());
          chunk.clear();
        }
      }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @param most bytes available; a count that needs more is rejected before memory is allocated
     */
    static ScoreTable read(DataInputStream in, long most, int capacity) throws IOException {
      int size = in.readInt();
      if (size < 0 || size > capacity || (long) size * BYTES > most) {
        throw new IOException(size + " scores for a table of " + capacity);
      }
      // allocated at its final size: entries arrive in slot order, which would cluster in a small
      // table
      ScoreTable table = new ScoreTable(capacity, slots(size));
      byte[] chunk = new byte[CHUNK * BYTES];
      for (int left = size; left > 0; ) {
        int now = Math.min(left, CHUNK);
        in.readFully(chunk, 0, now * BYTES);
        table.putAll(ByteBuffer.wrap(chunk, 0, now * BYTES));
        left -= now;
      }
      return table;
    }

    private static int slots(int size) {
      int slots = FIRST_SLOTS;
      while (size * 4L > slots * 3L) {
        slots *= 2;
      }
      return slots;
    }

    private void putAll(ByteBuffer scores) throws IOException {
      while (scores.hasRemaining()) {
        Fingerprint key = new Fingerprint(scores.getLong(), scores.getLong());
        float logit = scores.getFloat();
        if (key.low() == 0 || !Float.isFinite(logit)) {
          throw new IOException("a score of nothing: " + key + ", logit " + logit);
        }
        put(key, logit);
      }
    }

    private void grow() {
      long[] oldHighs = highs;
      long[] oldLows = lows;
      float[] oldLogits = logits;
      highs = new long[2 * oldLows.length];
      lows = new long[2 * oldLows.length];
      logits = new float[2 * oldLows.length];
      for (int i = 0; i < oldLows.length; i++) {
        if (oldLows[i] != 0) {
          set(slotFor(oldHighs[i], oldLows[i]), oldHighs[i], oldLows[i], oldLogits[i]);
        }
      }
    }

    private void set(int slot, long high, long low, float logit) {
      highs[slot] = high;
      lows[slot] = low;
      logits[slot] = logit;
    }

    /** The slot of the key, or the free slot where it belongs. */
    private int slotFor(long high, long low) {
      int mask = lows.length - 1;
      int slot = (int) high & mask;
      while (lows[slot] != 0 && (lows[slot] != low || highs[slot] != high)) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }
  }

  /**
   * A 128-bit hash of a genome: two 64-bit hashes with different constants. The probability of any
   * collision among 10^9 genomes is about 1e-21. {@code low} is never 0.
   */
  record Fingerprint(long high, long low) {
    private static final long HIGH_STEP = 0xD6E8FEB86659FD93L;
    private static final long LOW_STEP = 0xA0761D6478BD642FL;

    static Fingerprint of(BlackPixels genome) {
      long high = genome.canvas().width();
      long low = ((long) genome.canvas().height() << 32) | genome.count();
      for (int i = 0; i < genome.count(); i++) {
        long pixel = genome.get(i) + 1L;
        high = SplitMix64.mix(high + pixel * HIGH_STEP);
        low = (Long.rotateLeft(low, 29) ^ SplitMix64.mix(pixel * LOW_STEP)) * LOW_STEP;
      }
      low = SplitMix64.mix(low);
      return new Fingerprint(SplitMix64.mix(high), low == 0 ? 1 : low);
    }

    // written out: a search compares millions, and the record's own go through method handles
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Fingerprint that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
      return (int) high;
    }
  }
}
