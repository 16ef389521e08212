package org.whisker.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.whisker.io.NativeFolders;
import org.whisker.job.Leftovers;

/**
 * What Jazzer calls. The property {@value #DECODER} names a decoder; without it the first byte of
 * an input says which of the quick ones.
 */
public final class FuzzTarget {
  static final String DECODER = "whisker.fuzz";

  private FuzzTarget() {}

  /** Made for the first input; it goes when this process ends. */
  private static final class Inputs {
    static final Sandbox SANDBOX = new Sandbox(folder());

    private static Path folder() {
      try {
        return NativeFolders.temporary("whisker-fuzz");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    String name = System.getProperty(DECODER, "");
    if (!name.isEmpty()) {
      Inputs.SANDBOX.read(Decoders.of(name), data);
    } else if (data.length > 0) {
      int which = Byte.toUnsignedInt(data[0]) % Decoders.QUICK.size();
      Inputs.SANDBOX.read(Decoders.QUICK.get(which), Arrays.copyOfRange(data, 1, data.length));
    }
  }

  /** Writes what fuzzing begins from: of the decoder that is named, or of all quick ones. */
  static void writeSeeds(String name, Path corpus) throws IOException {
    Files.createDirectories(corpus);
    if (!name.isEmpty()) {
      write(Decoders.of(name), corpus, seed -> seed);
      return;
    }
    for (int d = 0; d < Decoders.QUICK.size(); d++) {
      int first = d;
      write(Decoders.QUICK.get(d), corpus, seed -> prefixed(first, seed));
    }
  }

  private static void write(Decoder decoder, Path corpus, UnaryOperator<byte[]> form)
      throws IOException {
    int count = 0;
    Path scratch = Files.createTempDirectory(corpus.toAbsolutePath().getParent(), "seeds");
    for (byte[] seed : Seeds.of(decoder, scratch)) {
      Files.write(corpus.resolve(decoder.name() + "-" + count++), form.apply(seed));
    }
    Leftovers.delete(scratch);
  }

  private static byte[] prefixed(int first, byte[] seed) {
    byte[] bytes = new byte[seed.length + 1];
    bytes[0] = (byte) first;
    System.arraycopy(seed, 0, bytes, 1, seed.length);
    return bytes;
  }
}
