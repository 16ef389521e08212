package org.whisker.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.whisker.random.SplitMix64;

/**
 * Seeks inputs that take long: those that took the most time are varied further. All decoders in
 * one process, so that millions are tried in minutes.
 */
public final class SlowInputs {
  private static final long LIMIT_MS = 20_000;
  private static final int SLOWEST = 16; // kept of a decoder, besides its seeds
  private static final int TURN = 1_000; // inputs of a decoder, one after the other
  private static final int LONGEST = 20_000; // bytes

  private final Path root;
  private final List<Search> searches = new ArrayList<>();

  private SlowInputs(Path root) {
    this.root = root;
  }

  /**
   * Tries inputs.
   *
   * @param inputs of each decoder, at most
   * @param seconds for all, at most
   * @param names of decoders; none for all that read files
   * @return whether each was read, or refused in a line, in time
   */
  public static boolean run(Path root, long inputs, long seconds, List<String> names)
      throws IOException {
    SlowInputs all = new SlowInputs(root);
    for (Decoder decoder : names.isEmpty() ? Decoders.QUICK : Decoders.ALL) {
      if (names.isEmpty() || names.contains(decoder.name())) {
        all.searches.add(new Search(decoder, all.seeds(decoder), root));
      }
    }
    all.watch();
    all.go(inputs, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    return all.told();
  }

  private List<byte[]> seeds(Decoder decoder) throws IOException {
    List<byte[]> seeds = Seeds.of(decoder, Files.createTempDirectory(root, "seeds"));
    Path found = DecodersTest.FOUND.resolve(decoder.name());
    for (String file : Files.isDirectory(found) ? Decoders.files(found) : List.<String>of()) {
      seeds = new ArrayList<>(seeds);
      seeds.add(Files.readAllBytes(found.resolve(file)));
    }
    return seeds;
  }

  private void go(long inputs, long until) throws IOException {
    boolean more = true;
    while (more && System.nanoTime() < until) {
      more = false;
      for (Search search : searches) {
        long turnEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        for (int i = 0; i < TURN && search.inputs < inputs; i++) {
          search.next(root);
          if (System.nanoTime() > Math.min(turnEnds, until)) {
            break;
          }
        }
        more |= search.inputs < inputs;
      }
    }
  }

  private boolean told() {
    long inputs = 0;
    boolean right = true;
    for (Search search : searches) {
      System.out.println(search.line());
      inputs += search.inputs;
      right &= search.failed == 0 && search.longest < LIMIT_MS;
    }
    System.out.printf(
        "%,d inputs%s%n",
        inputs, right ? ", each read or refused in a line, in time" : "; see above");
    return right;
  }

  /** An input that does not end can't be interrupted: it is kept, and the process ends. */
  private void watch() {
    Thread thread =
        new Thread(
            () -> {
              while (searches.stream().noneMatch(Search::hangs)) {
                try {
                  Thread.sleep(1_000);
                } catch (InterruptedException e) {
                  return;
                }
              }
              searches.stream().filter(Search::hangs).forEach(search -> search.keep(root, "hangs"));
              told();
              Runtime.getRuntime().halt(1);
            },
            "watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** The time that this thread had a processor: a machine that does other work takes longer. */
  static final class Processor {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Processor() {}

    static long nanos() {
      return THREADS.getCurrentThreadCpuTime();
    }
  }

  /** Inputs of one decoder. */
  private static final class Search {
    private final Decoder decoder;
    private final Sandbox sandbox;
    private final List<byte[]> seeds;
    private final List<Timed> slowest = new ArrayList<>();
    private final RandomGenerator random;
    private final Set<String> messages = new HashSet<>();
    private volatile byte[] now = {};
    private volatile long begun = Long.MAX_VALUE;
    private long inputs;
    private long failed;
    private long longest; // ms

    /** An input and what it took. */
    private static final class Timed {
      private final byte[] bytes;
      private final long nanos;

      Timed(byte[] bytes, long nanos) {
        this.bytes = bytes;
        this.nanos = nanos;
      }
    }

    Search(Decoder decoder, List<byte[]> seeds, Path root) {
      this.sandbox = new Sandbox(root);
      this.decoder = decoder;
      this.seeds = seeds;
      this.random = SplitMix64.stream(1, decoder.name(), 0);
    }

    boolean hangs() {
      return begun != Long.MAX_VALUE
          && System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(15 * LIMIT_MS);
    }

    void next(Path root) throws IOException {
      now = inputs < seeds.size() ? seeds.get((int) inputs) : varied();
      inputs++;
      begun = System.nanoTime();
      long before = Processor.nanos();
      try {
        sandbox.read(decoder, now);
      } catch (AssertionError | RuntimeException | OutOfMemoryError | StackOverflowError e) {
        failed++;
        if (messages.add(String.valueOf(e.getMessage()))) {
          System.out.println("FAILED " + e.getMessage());
          keep(root, "failed-" + messages.size());
        }
      }
      long nanos = Processor.nanos() - before;
      begun = Long.MAX_VALUE;
      if (TimeUnit.NANOSECONDS.toMillis(nanos) > longest) {
        longest = TimeUnit.NANOSECONDS.toMillis(nanos);
        keep(root, "longest");
      }
      remember(nanos);
    }

    /** Of the slowest, those that also seemed so by chance go as slower ones come. */
    private void remember(long nanos) {
      if (slowest.size() < SLOWEST) {
        slowest.add(new Timed(now, nanos));
        return;
      }
      Timed least =
          slowest.stream().min(Comparator.comparing((Timed timed) -> timed.nanos)).orElseThrow();
      if (nanos > least.nanos) {
        slowest.remove(least);
        slowest.add(new Timed(now, nanos));
      } else if (inputs % 1_000 == 0) {
        slowest.remove(random.nextInt(SLOWEST)); // a pause of the machine made one of them
      }
    }

    private byte[] varied() {
      boolean seed = slowest.isEmpty() || random.nextInt(3) == 0;
      byte[] from =
          seed
              ? seeds.get(random.nextInt(seeds.size()))
              : slowest.get(random.nextInt(slowest.size())).bytes;
      byte[] bytes = from;
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes = Variation.of(bytes, random, LONGEST);
      }
      return bytes;
    }

    void keep(Path root, String what) {
      try {
        Files.write(root.resolve(decoder.name() + "-" + what), now);
      } catch (IOException e) {
        System.out.println(e);
      }
    }

    String line() {
      return "%s: %,d inputs, %d failed, %d ms of a processor at most"
          .formatted(decoder.name(), inputs, failed, longest);
    }
  }
}
