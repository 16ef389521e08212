package org.whisker.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The fuzzers for a while, one after the other. */
public final class Fuzzing {
  private static final long SEED = 1;

  private Fuzzing() {}

  /**
   * Runs them. The log of each is in its own folder, and an input that fails beside it: once it is
   * mended, it belongs in {@code src/test/resources/fuzz/found}.
   *
   * @param seconds for each, at most
   * @param names of decoders; none for all
   * @return whether no input failed
   */
  public static boolean run(Path root, long inputs, long seconds, List<String> names)
      throws IOException, InterruptedException {
    boolean right = true;
    for (Decoder decoder : Decoders.ALL) {
      if (names.isEmpty() || names.contains(decoder.name())) {
        Path folder = Files.createDirectories(root.resolve(decoder.name()));
        FuzzProcess.Outcome outcome =
            new FuzzProcess(decoder.name(), inputs, seconds).run(folder, SEED);
        System.out.printf(
            "%s: %,d inputs, %s%n",
            decoder.name(),
            outcome.inputs(),
            outcome.failed() ? "FAILED, see " + folder : "each read or refused in a line");
        right &= !outcome.failed();
      }
    }
    return right;
  }
}
