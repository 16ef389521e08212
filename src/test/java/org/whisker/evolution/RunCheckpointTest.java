package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.ScoreCache.Fingerprint;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class RunCheckpointTest {
  private static final Canvas CANVAS = Canvas.square(12);
  private static final int FIXED = 2 * Integer.BYTES + 4 * Long.BYTES; // numbers before the best

  private static Evolution evolution(int cacheCapacity) {
    EvolutionOptions options =
        EvolutionOptions.quick()
            .withGenetic(genetic -> genetic.withElites(2).withPopulation(16))
            .withCacheCapacity(cacheCapacity);
    return new Evolution(options, CANVAS, Planted::weightedSum);
  }

  private static byte[] bytes(EvolutionRun run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      RunCheckpoint.of(run).writeTo(out);
    }
    return bytes.toByteArray();
  }

  private static RunCheckpoint read(byte[] bytes, int cacheCapacity) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    RunCheckpoint read = RunCheckpoint.read(in, bytes.length, CANVAS, cacheCapacity);
    assertEquals(0, in.available(), "all is read");
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 150, ScoreCache.DEFAULT_CAPACITY})
  void goesOnAsIfItHadNeverPaused(int cacheCapacity) throws IOException {
    Evolution evolution = evolution(cacheCapacity);
    EvolutionRun whole = evolution.begin(3);
    for (int pause = 0; pause < 40; pause++) {
      RunCheckpoint saved = read(bytes(whole), cacheCapacity);
      assertEquals(whole.state(), saved.state());
      EvolutionRun resumed = evolution.resume(saved.state(), saved.cache());
      whole.advance();
      resumed.advance();
      // scored and known genomes among them: the cache knows what it knew
      assertEquals(whole.stats(), resumed.stats());
      resumed.advance();
      if (pause % 10 == 0) {
        EvolutionRun far =
            evolution.resume(saved.state(), read(bytes(resumed), cacheCapacity).cache());
        far.advance();
        assertEquals(whole.population(), far.population());
      }
    }
  }

  @Test
  void aLargeCacheComesBackWhole() throws IOException {
    int capacity = 30_000;
    ScoreCache cache = new ScoreCache(capacity);
    for (int i = 0; i < 50_000; i++) {
      cache.put(Fingerprint.of(genome(i)), i);
    }
    EvolutionRun run = evolution(capacity).begin(1);
    EvolutionRun with = evolution(capacity).resume(run.state(), cache);
    byte[] bytes = bytes(with);
    assertTrue(bytes.length > 50_000 * 20, "takes " + bytes.length);
    ScoreCache back = read(bytes, capacity).cache();
    for (int i = 0; i < 50_000; i++) {
      assertEquals(cache.find(Fingerprint.of(genome(i))), back.find(Fingerprint.of(genome(i))));
    }
    assertEquals(OptionalDouble.of(49_999), back.find(Fingerprint.of(genome(49_999))));
    assertTrue(back.find(Fingerprint.of(genome(50_000))).isEmpty());
  }

  /** A pixel for each binary digit. */
  private static BlackPixels genome(int i) {
    return BlackPixels.of(
        CANVAS, IntStream.range(0, 17).map(digit -> 2 * digit + (i >> digit & 1)).toArray());
  }

  @Test
  void everyPrefixEndsTooSoon() throws IOException {
    byte[] bytes = bytes(evolution(50).begin(1));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IOException.class, () -> read(cut, 50), "cut at " + length);
    }
  }

  /** Flipped bits may give another run that is possible; what is not is one kind of error. */
  @Test
  void anyFlippedBitIsAnErrorOrAnotherRun() throws IOException {
    byte[] bytes = bytes(evolution(50).begin(1));
    int errors = 0;
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(flipped));
        assertTrue(RunCheckpoint.read(in, flipped.length, CANVAS, 50).state() != null);
      } catch (IOException e) {
        errors++;
      }
    }
    assertTrue(errors > 1000, errors + " of " + bytes.length * 8);
  }

  @Test
  void claimsOfWhatIsNotThereTakeNoMemory() throws IOException {
    byte[] bytes = bytes(evolution(50).begin(1));
    byte[] pixels = bytes.clone();
    ByteBuffer.wrap(pixels).putInt(FIXED + Float.BYTES + Double.BYTES, Integer.MAX_VALUE);
    assertRefused(pixels, "2147483647 of 4 bytes each");
    byte[] population = bytes.clone();
    int oneBlack = Float.BYTES + Double.BYTES + 2 * Integer.BYTES;
    ByteBuffer.wrap(population).putInt(FIXED + oneBlack, 1 << 30);
    assertRefused(population, "1073741824 of 16 bytes each");
    int tally = FIXED + oneBlack + Integer.BYTES + 16 * oneBlack;
    byte[] counts = bytes.clone();
    ByteBuffer.wrap(counts).putInt(tally, 1 << 30);
    assertRefused(counts, "a tally of 1073741824 pixels");
    byte[] scores = bytes.clone();
    ByteBuffer.wrap(scores).putInt(tally + Integer.BYTES, 51);
    assertRefused(scores, "51 scores for a table of 50");
    // as many as the table may hold, but not as there are
    ByteBuffer.wrap(scores).putInt(tally + Integer.BYTES, 1 << 20);
    IOException e = assertThrows(IOException.class, () -> read(scores, 1 << 20));
    assertTrue(e.toString().contains("1048576 scores"), e.getMessage());
    assertThrows(EOFException.class, () -> read(new byte[0], 50));
  }

  private static void assertRefused(byte[] bytes, String why) {
    IOException e = assertThrows(IOException.class, () -> read(bytes, 50));
    assertTrue(e.toString().contains(why), e.getMessage());
  }
}
