package org.whisker.study.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.whisker.study.WorkQueue;
import org.whisker.torch.NativeCache;
import org.whisker.torch.natives.OperatorThreads;

/**
 * Threads that work side by side on the CPU, each with networks of its own: one for as many cores
 * as an operator of libtorch uses threads, where whoever started the process set their number. So
 * with OMP_NUM_THREADS=1 there is a worker a core, and results do not depend on the number of
 * cores. Otherwise, on GPUs, and for large networks, which are bound by memory, there is one.
 *
 * @param count how many, at least 1
 */
public record Workers(int count) {
  /** Bytes of the weights up to which a network is small: those of the minis have 6 to 8 MB. */
  private static final long SMALL = 32L << 20;

  /** One alone. */
  public static Workers single() {
    return new Workers(1);
  }

  /** For these models. */
  public static Workers of(List<StoredAblatedModel> models) throws IOException {
    boolean several = OperatorThreads.areChosen();
    for (StoredAblatedModel model : models) {
      several &= model.settings().device().isCpu();
      several &= Files.size(model.stored().file()) <= SMALL;
    }
    if (!several) {
      return single();
    }
    NativeCache.load();
    int cores = Runtime.getRuntime().availableProcessors();
    return new Workers(Math.max(1, cores / OperatorThreads.count()));
  }

  /** Does numbered work. */
  @FunctionalInterface
  public interface Step {
    void take(int number) throws IOException;
  }

  /**
   * Deals numbered work out, 0 to {@code size - 1}.
   *
   * @throws IOException of the first worker that failed; others end what they have begun
   */
  public void deal(int size, BooleanSupplier stopped, Step step) throws IOException {
    List<Integer> numbers = IntStream.range(0, size).boxed().toList();
    List<Integer> workers = IntStream.range(0, Math.max(1, Math.min(count, size))).boxed().toList();
    WorkQueue.deal(numbers, workers, stopped, (worker, number) -> step.take(number));
  }
}
