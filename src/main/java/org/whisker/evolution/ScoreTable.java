package org.whisker.evolution;

import java.util.Arrays;

/** Fingerprint to logit by open addressing with linear probing; doubles up to a fixed size. */
final class ScoreTable {
  private static final int FIRST_SLOTS = 1 << 12;

  private final int capacity;
  private long[] highs;
  private long[] lows; // 0 marks a free slot
  private float[] logits;
  private int size;

  ScoreTable(int capacity) {
    this.capacity = capacity;
    highs = new long[FIRST_SLOTS];
    lows = new long[FIRST_SLOTS];
    logits = new float[FIRST_SLOTS];
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

  /** Where the key is, or the free slot where it belongs. */
  private int slotFor(long high, long low) {
    int mask = lows.length - 1;
    int slot = (int) high & mask;
    while (lows[slot] != 0 && (lows[slot] != low || highs[slot] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
