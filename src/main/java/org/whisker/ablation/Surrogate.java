package org.whisker.ablation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.position.ProbeMap;
import org.whisker.random.SplitMix64;
import org.whisker.stats.RidgeFit;
import org.whisker.value.Labelled;

/**
 * A simple function of an image's black pixels, fitted to a network: its logit against the target
 * on white plus what the {@link Kind} of surrogate says of the pixels. A search on it shows how
 * much of what the search on the network does follows from that alone (surrogate models, as of
 * Ribeiro et al. 2016, arXiv 1602.04938, here of the whole canvas rather than around one image).
 */
public final class Surrogate implements Classifier {
  private static final int ZONES = 5;
  private static final int MOST = 64;
  private static final int EACH = 24;
  private static final int BATCH = 100;
  private static final float DARK = 0.5f;
  private static final int DISTANCES = 6;
  private static final int DEPTHS = 3;
  private static final double OUTER = 1 / 3.0;
  private static final double INNER = 2 / 3.0;
  private static final int SIDE = 16;

  private final String name;
  private final Canvas canvas;
  private final ToDoubleFunction<BlackPixels> logit;

  private Surrogate(String name, Canvas canvas, ToDoubleFunction<BlackPixels> logit) {
    this.name = name;
    this.canvas = canvas;
    this.logit = logit;
  }

  /** What a surrogate knows, from the simplest to the richest; the last is a null. */
  public enum Kind implements Labelled {
    /** The effect of each pixel alone on white; effects add up. */
    SINGLES("the effects of single pixels, added up"),
    /**
     * The effects of single pixels, with a dose–response of harm: in each of five zones of equal
     * area from the border to the centre, what pixels cost together is a function of the sum of
     * their harm, fitted to scattered pixels.
     */
    DOSE_RESPONSE("the effects of single pixels, with a dose\u2013response of harm in each zone"),
    /**
     * What {@link #DOSE_RESPONSE} says, and the effects of pairs of pixels by their distance and
     * depth.
     */
    PAIRS(
        "the effects of single pixels, with a dose\u2013response of harm in each zone, and of pairs"
            + " by distance and depth"),
    /** A weight for each of 16 by 16 blocks, fitted by ridge regression to scattered pixels. */
    TEMPLATE("a linear template of 16 x 16 blocks"),
    /** The single effects at shuffled places: what a search does on such values anywhere. */
    SHUFFLED("the effects of single pixels at shuffled places");

    private final String what;

    Kind(String what) {
      this.what = what;
    }

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it knows, in a few words. */
    public String what() {
      return what;
    }
  }

  /**
   * Fits one to the stored network of a model.
   *
   * @param seed the seed of the scattered pixels and of the shuffle
   */
  public static Surrogate of(AblatedModel model, Kind kind, long seed) {
    ProbeMap probe = model.probe(BATCH, done -> {}, () -> false);
    String name = model.name() + " (" + kind.label() + ")";
    double white = probe.baseline();
    double[] singles = probe.delta().values();
    if (kind == Kind.SINGLES) {
      return new Surrogate(name, model.canvas(), image -> white + PixelRefund.sum(singles, image));
    }
    if (kind == Kind.SHUFFLED) {
      double[] shuffled =
          PixelRefund.shuffled(singles, SplitMix64.stream(seed, "shuffled surrogate", 0));
      return new Surrogate(name, model.canvas(), image -> white + PixelRefund.sum(shuffled, image));
    }
    Scored scored = Scored.of(model, seed, white);
    ToDoubleFunction<BlackPixels> fitted =
        kind == Kind.TEMPLATE
            ? template(scored)
            : kind == Kind.DOSE_RESPONSE ? doseResponse(singles, scored) : pairs(singles, scored);
    return new Surrogate(name, model.canvas(), image -> white + fitted.applyAsDouble(image));
  }

  /** Scattered pixels as surrogates are fitted to, drawn anew: none of these has seen them. */
  public static List<BlackPixels> heldOut(Canvas canvas, long seed) {
    List<BlackPixels> images = new ArrayList<>();
    Scored.draw(
        new EdgeBins(canvas, ZONES),
        SplitMix64.stream(seed, "scattered for no surrogate", 0),
        (image, zone) -> images.add(image));
    return images;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) logit.applyAsDouble(pixels(pictures.get(i)));
    }
    return logits;
  }

  /** The black pixels of a picture; what is darker than middle gray counts as black. */
  private BlackPixels pixels(Raster picture) {
    if (picture instanceof BlackPixels black) {
      return black;
    }
    float[] gray = picture.grayValues();
    return BlackPixels.of(
        canvas, IntStream.range(0, gray.length).filter(i -> gray[i] < DARK).toArray());
  }

  @Override
  public void close() {
    // holds nothing
  }

  /**
   * Scattered pixels and what the network says of them.
   *
   * @param zone the zone of each image, from 0 at the border; −1 for one on the whole canvas
   * @param delta logit against the target less that of white
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scored(EdgeBins zones, List<BlackPixels> images, int[] zone, double[] delta) {
    static Scored of(AblatedModel model, long seed, double white) {
      EdgeBins zones = new EdgeBins(model.canvas(), ZONES);
      List<BlackPixels> images = new ArrayList<>();
      IntStream.Builder zone = IntStream.builder();
      draw(
          zones,
          SplitMix64.stream(seed, "scattered for surrogates", 0),
          (image, bin) -> {
            images.add(image);
            zone.add(bin);
          });
      float[] logits = model.logits(images, () -> logits(model, images));
      return new Scored(zones, images, zone.build().toArray(), delta(logits, white));
    }

    private static float[] logits(AblatedModel model, List<BlackPixels> images) {
      try (Classifier network = model.open(new ModelVariant.AsStored())) {
        return Batches.of(BATCH).logits(images.size(), images::get, network::logits).orElseThrow();
      }
    }

    /** Takes an image and its zone. */
    interface Taken {
      void take(BlackPixels image, int zone);
    }

    static void draw(EdgeBins zones, SplitMix64 random, Taken taken) {
      for (int bin = -1; bin < zones.bins().size(); bin++) {
        int[] places = PixelRefund.places(zones, bin);
        for (int count = 1; count <= Math.min(MOST, places.length / 2); count *= 2) {
          for (int i = 0; i < EACH; i++) {
            int[] some = PixelRefund.some(places, count, random);
            taken.take(BlackPixels.of(zones.canvas(), some), bin);
          }
        }
      }
    }

    private static double[] delta(float[] logits, double white) {
      return IntStream.range(0, logits.length).mapToDouble(i -> logits[i] - white).toArray();
    }

    /** The sum of an image's values within a zone. */
    double sum(double[] values, BlackPixels image, int bin) {
      double sum = 0;
      for (int i = 0; i < image.count(); i++) {
        if (zones.binOf(image.get(i)) == bin) {
          sum += values[image.get(i)];
        }
      }
      return sum;
    }
  }

  private static ToDoubleFunction<BlackPixels> doseResponse(double[] singles, Scored scored) {
    double[] harm = DoubleStream.of(singles).map(v -> Math.max(0, v)).toArray();
    double[] help = DoubleStream.of(singles).map(v -> Math.min(0, v)).toArray();
    List<Curve> byZone =
        IntStream.range(0, scored.zones().bins().size())
            .mapToObj(bin -> costs(bin, harm, help, scored))
            .toList();
    return image -> {
      double sum = PixelRefund.sum(help, image);
      for (int bin = 0; bin < byZone.size(); bin++) {
        sum += byZone.get(bin).at(scored.sum(harm, image, bin));
      }
      return sum;
    };
  }

  /** What pixels within a zone do beside what helps, as a function of the sum of their harm. */
  private static Curve costs(int bin, double[] harm, double[] help, Scored scored) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < scored.images().size(); i++) {
      if (scored.zone()[i] == bin) {
        BlackPixels image = scored.images().get(i);
        double rest = scored.delta()[i] - PixelRefund.sum(help, image);
        points.add(new Curve.Point(PixelRefund.sum(harm, image), rest));
      }
    }
    return Curve.of(points);
  }

  /**
   * A regressogram (Tukey, 1961) that begins at the origin: linear between the means of
   * neighbouring points, constant beyond the last. It may fall, as where only the first pixels cost
   * anything and further ones gain.
   */
  record Curve(List<Point> means) {
    private static final int TOGETHER = 12;

    record Point(double x, double y) {
      double at(Point next, double x) {
        return y + (next.y - y) * (x - this.x) / (next.x - this.x);
      }
    }

    /** Points with the same {@code x} share a mean; those at 0 or below have none. */
    static Curve of(List<Point> points) {
      List<Point> means = new ArrayList<>(List.of(new Point(0, 0)));
      List<Point> near = new ArrayList<>();
      for (Point point : points.stream().sorted(Comparator.comparingDouble(Point::x)).toList()) {
        if (near.size() >= TOGETHER && near.get(near.size() - 1).x() < point.x()) {
          means.add(mean(near));
          near.clear();
        }
        if (point.x() > 0) {
          near.add(point);
        }
      }
      if (!near.isEmpty()) {
        means.add(mean(near));
      }
      return new Curve(means);
    }

    private static Point mean(List<Point> near) {
      return new Point(
          near.stream().mapToDouble(Point::x).average().orElseThrow(),
          near.stream().mapToDouble(Point::y).average().orElseThrow());
    }

    double at(double x) {
      int after = 1;
      while (after < means.size() && means.get(after).x() <= x) {
        after++;
      }
      Point before = means.get(after - 1);
      return after == means.size() ? before.y() : before.at(means.get(after), x);
    }
  }

  private static ToDoubleFunction<BlackPixels> pairs(double[] singles, Scored scored) {
    ToDoubleFunction<BlackPixels> alone = doseResponse(singles, scored);
    EdgeRank rank = new EdgeRank(scored.zones().canvas());
    double[][] features = new double[scored.images().size()][];
    double[] left = new double[features.length];
    for (int i = 0; i < left.length; i++) {
      BlackPixels image = scored.images().get(i);
      features[i] = pairsOf(image, rank);
      left[i] = scored.delta()[i] - alone.applyAsDouble(image);
    }
    RidgeFit fit = RidgeFit.of(features, left, 1);
    return image -> alone.applyAsDouble(image) + fit.at(pairsOf(image, rank));
  }

  /** Pairs of black pixels by distance and depth, for each pixel of the image. */
  private static double[] pairsOf(BlackPixels image, EdgeRank rank) {
    double[] counts = new double[DISTANCES * DEPTHS];
    for (int i = 0; i < image.count(); i++) {
      for (int j = i + 1; j < image.count(); j++) {
        counts[bin(image, i, j, rank)] += 1.0 / image.count();
      }
    }
    return counts;
  }

  private static int bin(BlackPixels image, int i, int j, EdgeRank rank) {
    Canvas canvas = image.canvas();
    int a = image.get(i);
    int b = image.get(j);
    int apart = Math.max(Math.abs(canvas.x(a) - canvas.x(b)), Math.abs(canvas.y(a) - canvas.y(b)));
    int octave = Math.min(DISTANCES - 1, 31 - Integer.numberOfLeadingZeros(apart));
    double from = Math.min(rank.of(a), rank.of(b));
    double to = Math.max(rank.of(a), rank.of(b));
    int depth = to < OUTER ? 0 : from > INNER ? 2 : 1;
    return depth * DISTANCES + octave;
  }

  private static ToDoubleFunction<BlackPixels> template(Scored scored) {
    double[][] features = new double[scored.images().size()][];
    for (int i = 0; i < features.length; i++) {
      features[i] = blocks(scored.images().get(i));
    }
    RidgeFit fit = RidgeFit.of(features, scored.delta(), 1);
    return image -> fit.at(blocks(image));
  }

  /** The number of black pixels in each of 16 by 16 blocks of the canvas. */
  private static double[] blocks(BlackPixels image) {
    Canvas canvas = image.canvas();
    double[] counts = new double[SIDE * SIDE];
    for (int i = 0; i < image.count(); i++) {
      int x = canvas.x(image.get(i)) * SIDE / canvas.width();
      int y = canvas.y(image.get(i)) * SIDE / canvas.height();
      counts[y * SIDE + x]++;
    }
    return counts;
  }
}
