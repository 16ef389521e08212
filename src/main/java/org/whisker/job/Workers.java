package org.whisker.job;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.whisker.classifier.StoredModel;
import org.whisker.parallel.Crew;
import org.whisker.torch.NativeCache;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.value.IoConsumer;
import org.whisker.value.IoFunction;

/**
 * Threads that work side by side on the CPU, each with networks of its own and with one thread in
 * each operator of libtorch: a worker a core. So results do not depend on the number of cores.
 * Where whoever started the process set the number of an operator's threads, there are as many
 * workers as these leave cores for. On GPUs there is one. So there is for large networks, copies of
 * which are bound by memory: its pictures are shared out to all cores.
 *
 * @param count how many, at least 1
 * @param singleThreaded whether operators are held to one thread while these work
 * @param areSmall whether networks are small enough to score side by side
 */
public record Workers(int count, boolean singleThreaded, boolean areSmall) {
  /**
   * The entry of manifests that holds the number of threads in each operator, by which the last
   * bits of a CPU's results differ.
   */
  public static final String OPERATOR_THREADS = "operator_threads";

  /** Bytes of the weights up to which a network is small: those of the minis have 6 to 8 MB. */
  private static final long SMALL = 32L << 20;

  /** Bytes that a worker is reckoned to take: two took 2.4 GiB, the heap among it. */
  private static final long MEMORY = 3L << 29;

  /** Workers that score by small networks. */
  public Workers(int count, boolean singleThreaded) {
    this(count, singleThreaded, true);
  }

  /** A single worker, whose operators use as many threads as they would. */
  public static Workers single() {
    return new Workers(1, false, false);
  }

  public static Workers of(List<StoredModel> models, TorchDevice device) throws IOException {
    for (StoredModel model : models) {
      if (!isSmall(model, device)) {
        return single();
      }
    }
    NativeCache.load();
    boolean chosen = OperatorThreads.areChosen();
    int cores = Runtime.getRuntime().availableProcessors();
    int room = cores / (chosen ? OperatorThreads.count() : 1);
    return new Workers(Math.max(1, Math.min(room, fitting())), !chosen, true);
  }

  /** Whether several networks of a model on a device serve better than one. */
  public static boolean isSmall(StoredModel model, TorchDevice device) throws IOException {
    return device.isCpu() && Files.size(model.file()) <= SMALL;
  }

  /** How many the memory is enough for. */
  private static int fitting() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return (int) (system.getTotalMemorySize() / MEMORY);
  }

  /** Threads in each operator while these work; the engine must have been loaded. */
  public int operatorThreads() {
    return singleThreaded ? 1 : OperatorThreads.count();
  }

  /** Holds operators to their number of threads, on this thread and on those that it begins. */
  public OperatorThreads.Scope threads() {
    return singleThreaded ? OperatorThreads.one() : () -> {};
  }

  /**
   * Deals numbered work out, 0 to {@code size - 1}.
   *
   * @throws IOException of the first worker that failed; others end what they have begun
   */
  public void deal(int size, BooleanSupplier stopped, IoConsumer<Integer> step) throws IOException {
    List<Integer> numbers = IntStream.range(0, size).boxed().toList();
    List<Integer> workers = IntStream.range(0, Math.max(1, Math.min(count, size))).boxed().toList();
    OperatorThreads.Scope threads = threads();
    try (threads) {
      Crew.deal(numbers, workers, stopped, (worker, number) -> step.accept(number));
    }
  }

  /**
   * What comes of numbered work, in the order of the numbers.
   *
   * @throws IOException as {@link #deal}
   * @throws CancellationException when stopped before all of it was done
   */
  public <R> List<R> results(int size, BooleanSupplier stopped, IoFunction<Integer, R> measure)
      throws IOException {
    Map<Integer, R> results = new ConcurrentSkipListMap<>();
    deal(size, stopped, number -> results.put(number, measure.apply(number)));
    if (results.size() < size) {
      throw new CancellationException("stopped with some of the work undone");
    }
    return List.copyOf(results.values());
  }
}
