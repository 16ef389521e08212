package org.whisker.classifier;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.Raster;
import org.whisker.value.Text;

/**
 * Parts of a batch, so that the feature maps of a part stay in the processor's cache from one layer
 * to the next.
 *
 * <p>Beyond a multiple of four libtorch may round differently (with several threads in an operator,
 * or where it does not convolve by oneDNN; then, with one thread, depthwise networks do so below
 * {@value #FEWEST} pictures).
 *
 * @param size pictures of a part, about; a multiple of four
 */
public record Slices(int size) {
  /** The fewest pictures of a part. */
  public static final int FEWEST = 16;

  /** libtorch rounds the head alike only for multiples of this many rows. */
  public static final int ROWS = 4;

  private static final int LARGEST = 1 << 16;

  /** Bytes of a feature map up to which two of them stay in the cache of a core. */
  private static final long CACHED = 8L << 20;

  public Slices {
    if (size < FEWEST || size % ROWS != 0) {
      throw new IllegalArgumentException(
          Text.of("a slice has %d pictures or more, in fours, was %d", FEWEST, size));
    }
  }

  /**
   * Chooses the size so that two feature maps of a part stay in the cache of a core.
   *
   * @param mapBytes bytes of the network's largest feature map of one picture
   */
  public static Slices of(long mapBytes) {
    long fitting = CACHED / Math.max(1, mapBytes) / ROWS * ROWS;
    return new Slices((int) Math.max(FEWEST, Math.min(fitting, LARGEST)));
  }

  /**
   * Repeats the last picture until there are as many as a classifier is to score at once: each
   * logit is then the same in any company.
   */
  static List<? extends Raster> filled(List<? extends Raster> pictures, Classifier classifier) {
    int fewest = classifier.fewestTogether();
    if (fewest == 1) {
      return pictures;
    }
    List<Raster> filled = new ArrayList<>(pictures);
    fill(filled, fewest);
    return filled;
  }

  /**
   * Repeats the last picture until there are {@code fewest}, and a multiple of four of them if
   * {@code fewest} is four or more. A list without pictures stays so.
   */
  public static <T> void fill(List<T> pictures, int fewest) {
    int step = fewest < ROWS ? 1 : ROWS;
    int many = pictures.isEmpty() ? 0 : Math.max(fewest, pictures.size());
    while (pictures.size() < many || pictures.size() % step != 0) {
      pictures.add(pictures.get(pictures.size() - 1));
    }
  }

  /** Does the pictures from {@code from} to {@code to - 1}. */
  @FunctionalInterface
  public interface Step {
    void run(int from, int to);
  }
}
