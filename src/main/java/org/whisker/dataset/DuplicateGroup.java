package org.whisker.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;
import org.whisker.value.Checks;

/**
 * Duplicate photos: the same file, or the same picture re-encoded.
 *
 * @param exact whether all files have the same bytes
 * @param photos at least two, in the dataset's order
 */
public record DuplicateGroup(boolean exact, List<CheckedPhoto> photos) {
  public DuplicateGroup {
    photos = List.copyOf(photos);
    Checks.refuse(photos.size() < 2, "a group has two photos at least: %s", photos);
  }

  /** Whether one of them is labelled cat and another not-cat. */
  public boolean crossesLabels() {
    return photos.stream().map(p -> p.photo().label()).distinct().count() > 1;
  }

  /** Whether they lie in different splits, so that a test photo may have been trained on. */
  public boolean crossesSplits() {
    return photos.stream().map(p -> p.photo().split()).distinct().count() > 1;
  }

  /** All groups, in the order of their first photos. Every pair of different files is compared. */
  public static List<DuplicateGroup> find(List<CheckedPhoto> photos) {
    int[] parent = new int[photos.size()];
    Arrays.setAll(parent, i -> i);
    Map<String, Integer> firsts = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      Integer same = firsts.putIfAbsent(photos.get(i).sha256(), i);
      if (same != null) {
        parent[i] = same;
      }
    }
    List<Integer> different = new ArrayList<>(firsts.values());
    for (int a = 0; a < different.size(); a++) {
      PerceptualHash hash = photos.get(different.get(a)).hash();
      for (int b = 0; b < a; b++) {
        if (hash.near(photos.get(different.get(b)).hash())) {
          join(parent, different.get(b), different.get(a));
        }
      }
    }
    return groups(photos, parent);
  }

  private static void join(int[] parent, int a, int b) {
    int first = root(parent, a);
    int second = root(parent, b);
    parent[Math.max(first, second)] = Math.min(first, second);
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      at = parent[at];
    }
    return at;
  }

  private static List<DuplicateGroup> groups(List<CheckedPhoto> photos, int[] parent) {
    Map<Integer, List<CheckedPhoto>> byRoot = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      byRoot.computeIfAbsent(root(parent, i), r -> new ArrayList<>()).add(photos.get(i));
    }
    return byRoot.values().stream()
        .filter(group -> group.size() > 1)
        .map(
            group ->
                new DuplicateGroup(
                    group.stream().map(CheckedPhoto::sha256).distinct().count() == 1, group))
        .toList();
  }

  /**
   * A photo that was read.
   *
   * @param size as it is on disk
   * @param sha256 the SHA-256 of the file
   * @param hash the hash of what it looks like
   */
  public record CheckedPhoto(
      ListedPhoto photo, Canvas size, String sha256, PerceptualHash hash, PhotoRings rings) {}

  /**
   * What a photo looks like from afar: 16x16 gray values, centred and of length 1. Two hashes of
   * one photo, saved anew or resized, have a correlation near 1; two photos of the same kind do
   * not.
   */
  public static final class PerceptualHash {
    /** Correlation from which on two photos are taken for one. */
    public static final double NEAR = 0.99;

    private static final Canvas SIZE = Canvas.square(16);
    private static final int MOST_SIGNS = 48; // a correlation of 0.99 turns about 12 of the 256
    private static final double FLAT = 1e-3;

    private final float[] values;
    private final long[] signs = new long[SIZE.pixels() / Long.SIZE];
    private final boolean flat;

    private PerceptualHash(float[] values, boolean flat) {
      this.values = values;
      this.flat = flat;
      for (int i = 0; i < values.length; i++) {
        if (values[i] > 0) {
          signs[i / Long.SIZE] |= 1L << i;
        }
      }
    }

    /** The hash of a photo of any size and shape, which is squeezed to a square first. */
    public static PerceptualHash of(GrayImage photo) {
      float[] values = Resample.resize(photo, SIZE).values().clone();
      double mean = 0;
      for (float value : values) {
        mean += value / values.length;
      }
      double squares = 0;
      for (float value : values) {
        squares += (value - mean) * (value - mean);
      }
      boolean flat = Math.sqrt(squares / values.length) < FLAT;
      for (int i = 0; i < values.length; i++) {
        values[i] = flat ? 0 : (float) ((values[i] - mean) / Math.sqrt(squares));
      }
      return new PerceptualHash(values, flat);
    }

    /** Whether it has no more structure than noise: it then resembles nothing. */
    public boolean isFlat() {
      return flat;
    }

    /** Whether both are probably of one photo, saved anew or resized. */
    boolean near(PerceptualHash other) {
      return !flat && !other.flat && signsApart(other) <= MOST_SIGNS && correlation(other) >= NEAR;
    }

    private int signsApart(PerceptualHash other) {
      int apart = 0;
      for (int i = 0; i < signs.length; i++) {
        apart += Long.bitCount(signs[i] ^ other.signs[i]);
      }
      return apart;
    }

    /** Pearson's correlation of the two small pictures, -1 to 1; 0 if one of them is flat. */
    public double correlation(PerceptualHash other) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += (double) values[i] * other.values[i];
      }
      return sum;
    }
  }

  /**
   * How gray a photo is from its border to its centre, as a network sees it: its largest central
   * square, in {@value #ZONES} zones of equal area by edge rank.
   *
   * @param gray mean gray of each zone, 0 black to 1 white, from the border inwards
   * @param contrast standard deviation of gray within each zone
   * @param plainWhite whether it is something on plain white: nearly all of its border is white,
   *     and its centre is not
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record PhotoRings(double[] gray, double[] contrast, boolean plainWhite) {
    public static final int ZONES = 5;

    private static final int SIDE = 32;
    private static final EdgeBins BINS = new EdgeBins(Canvas.square(SIDE), ZONES);
    private static final double WHITE = 0.92;
    private static final double BORDER = 0.8;
    private static final double SOMETHING = 0.85;

    /** Measures a photo of any size after it is resized and cropped to the grid of the rings. */
    public static PhotoRings of(GrayImage photo) {
      float[] values = Resample.shorterSideThenCentreCrop(photo, BINS.canvas()).values();
      double[] gray = BINS.means(i -> values[i]);
      double[] contrast =
          BINS.means(
              i -> {
                double apart = values[i] - gray[BINS.binOf(i)];
                return apart * apart;
              });
      for (int zone = 0; zone < contrast.length; zone++) {
        contrast[zone] = Math.sqrt(contrast[zone]);
      }
      boolean white = whiteBorder(values) >= BORDER && gray[gray.length - 1] < SOMETHING;
      return new PhotoRings(gray, contrast, white);
    }

    /** The share of the outermost pixels that are white. */
    private static double whiteBorder(float[] values) {
      int[] border =
          IntStream.range(0, values.length)
              .filter(i -> BINS.canvas().borderDistance(i) == 0)
              .toArray();
      return (double) IntStream.of(border).filter(i -> values[i] > WHITE).count() / border.length;
    }
  }
}
