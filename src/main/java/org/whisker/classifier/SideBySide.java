package org.whisker.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * Copies of one network that score parts of a batch side by side, each on a thread of its own. A
 * picture's logit does not depend on how many there are: each part is filled up as {@link
 * #fewestTogether} asks. For one thread.
 */
public final class SideBySide implements Classifier {
  private final List<? extends Classifier> copies;
  private final ExecutorService threads;

  /**
   * Shares batches out.
   *
   * @param copies at least one, which are closed with this
   */
  public SideBySide(List<? extends Classifier> copies) {
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("there is no classifier");
    }
    this.copies = List.copyOf(copies);
    this.threads = Executors.newFixedThreadPool(copies.size());
  }

  @Override
  public String name() {
    return copies.get(0).name();
  }

  @Override
  public Canvas canvas() {
    return copies.get(0).canvas();
  }

  @Override
  public int fewestTogether() {
    return copies.get(0).fewestTogether();
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    int each = each(pictures.size());
    List<Future<float[]>> parts = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += each) {
      List<? extends Raster> part = pictures.subList(from, Math.min(from + each, pictures.size()));
      Classifier copy = copies.get(parts.size());
      parts.add(threads.submit(() -> copy.logits(Slices.filled(part, copy))));
    }
    return joined(parts, each, pictures.size());
  }

  /** Pictures of a part: the same number for each copy, in fours where that matters. */
  private int each(int pictures) {
    int step = fewestTogether() == 1 ? 1 : Slices.ROWS;
    int all = step * copies.size();
    return Math.max((pictures + all - 1) / all * step, fewestTogether());
  }

  private static float[] joined(List<Future<float[]>> parts, int each, int size) {
    float[] logits = new float[size];
    RuntimeException failure = null;
    for (int i = 0; i < parts.size(); i++) {
      try {
        float[] part = parts.get(i).get();
        System.arraycopy(part, 0, logits, i * each, Math.min(each, size - i * each));
      } catch (ExecutionException e) {
        failure = failure(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new IllegalStateException("interrupted while pictures were scored", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return logits;
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  @Override
  public void close() {
    threads.shutdown();
    copies.forEach(Classifier::close);
  }
}
