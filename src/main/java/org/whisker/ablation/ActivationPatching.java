package org.whisker.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.image.Raster;
import org.whisker.table.MapFiles;

/**
 * Activation patching (Vig et al. 2020, arXiv 2004.12265; Meng et al. 2022, arXiv 2202.05262): the
 * activations of one picture, the donor, are put into those of another, the base, at some positions
 * or channels of one layer, and the network goes on from there. How far the logit goes from that of
 * the base to that of the donor is what these activations carry.
 */
public final class ActivationPatching {
  /** Floats that are handed to the network at once: 32 MiB. */
  private static final int MOST = 1 << 23;

  /** Steps on the path from base to donor, for estimates. */
  private static final int STEPS = 8;

  private final ActivationClassifier network;
  private final List<Pair> pairs;
  private final int batch;
  private final BooleanSupplier stopped;
  private final double[] base;
  private final double[] donor;

  /** Two pictures: activations of {@code donor} are put into {@code base}. */
  public record Pair(Raster base, Raster donor) {
    /** Returns the pair with base and donor exchanged. */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // that is what it does
    public Pair reversed() {
      return new Pair(donor, base);
    }
  }

  /**
   * Rings of positions of a feature map, by their distance from its border.
   *
   * @param from the outermost, from 0
   * @param to behind the innermost
   */
  public record Rings(Cut cut, int from, int to) {
    /** How many rings a map has. */
    public static int of(Cut cut) {
      return (Math.min(cut.height(), cut.width()) + 1) / 2;
    }

    /**
     * Rings whose number doubles from the border inwards (1, 1, 2, 4, …), then all from the border
     * to the end of each of these.
     */
    public static List<Rings> all(Cut cut) {
      List<Rings> bands = new ArrayList<>();
      List<Rings> outer = new ArrayList<>();
      int rings = of(cut);
      for (int from = 0, to = 1; from < rings; from = to, to = Math.min(rings, 2 * to)) {
        bands.add(new Rings(cut, from, to));
        if (from > 0 && to < rings) {
          outer.add(new Rings(cut, 0, to));
        }
      }
      bands.addAll(outer);
      return bands;
    }

    /** Whether the position lies in these rings. */
    boolean has(int position) {
      int x = position % cut.width();
      int y = position / cut.width();
      int ring = Math.min(Math.min(x, cut.width() - 1 - x), Math.min(y, cut.height() - 1 - y));
      return ring >= from && ring < to;
    }

    /** The positions of the rings, row by row. */
    public int[] positions() {
      return IntStream.range(0, cut.positions()).filter(this::has).toArray();
    }

    /** Share of the map's positions that lie in these rings. */
    public double area() {
      return positions().length / (double) cut.positions();
    }
  }

  /**
   * Prepares patching between the pictures of each pair.
   *
   * @param batch pictures per batch
   */
  public ActivationPatching(
      ActivationClassifier network, List<Pair> pairs, int batch, BooleanSupplier stopped) {
    this.network = network;
    this.pairs = List.copyOf(pairs);
    this.batch = batch;
    this.stopped = stopped;
    this.base = MapFiles.doubles(network.logits(pairs.stream().map(Pair::base).toList()));
    this.donor = MapFiles.doubles(network.logits(pairs.stream().map(Pair::donor).toList()));
  }

  /** The change of the logit from base to donor, by pair. */
  public double[] whole() {
    return IntStream.range(0, base.length).mapToDouble(i -> donor[i] - base[i]).toArray();
  }

  /** Prepares patching at one layer. */
  public Layer at(Cut cut) {
    return new Layer(cut);
  }

  /** A layer, with the activations of all pictures. */
  public final class Layer {
    private final Cut cut;
    private final List<float[]> into;
    private final List<float[]> from;

    private Layer(Cut cut) {
      this.cut = cut;
      this.into = network.activations(cut, pairs.stream().map(Pair::base).toList());
      this.from = network.activations(cut, pairs.stream().map(Pair::donor).toList());
    }

    /** The change of the logit when all channels at some positions are the donor's, by pair. */
    public double[] positions(int[] positions) {
      return patched(IntStream.range(0, pairs.size()).mapToObj(i -> all(positions)).toList());
    }

    /**
     * The change of the logit when {@code count} positions, drawn at random for each pair, are the
     * donor's; the mean over draws, by pair.
     */
    public double[] randomPositions(int count, int draws, RandomGenerator random) {
      return mean(draws, () -> all(drawn(cut.positions(), count, random)));
    }

    /** The change of the logit when some channels are the donor's everywhere, by pair. */
    public double[] channels(int[] channels) {
      return patched(IntStream.range(0, pairs.size()).mapToObj(i -> whole(channels)).toList());
    }

    /**
     * The change of the logit when {@code count} channels, drawn at random for each pair, are the
     * donor's everywhere; the mean over draws, by pair.
     */
    public double[] randomChannels(int count, int draws, RandomGenerator random) {
      return mean(draws, () -> whole(drawn(cut.channels(), count, random)));
    }

    /**
     * The first-order estimate of what each channel does when it is the donor's: the derivative of
     * the logit times the difference, summed over positions. Derivatives are means over the
     * straight path from base to donor (Hanna et al. 2024, arXiv 2403.17806), so that the channels
     * add up to the change of the logit.
     *
     * @return by pair and channel
     */
    public double[][] estimates() {
      double[][] estimates = new double[pairs.size()][cut.channels()];
      for (int step = 0; step < STEPS; step++) {
        double on = (step + 0.5) / STEPS;
        List<float[]> slopes =
            gradients(IntStream.range(0, estimates.length).mapToObj(p -> between(p, on)).toList());
        for (int pair = 0; pair < estimates.length; pair++) {
          for (int i = 0; i < cut.size(); i++) {
            double difference = from.get(pair)[i] - into.get(pair)[i];
            estimates[pair][i / cut.positions()] += slopes.get(pair)[i] * difference / STEPS;
          }
        }
      }
      return estimates;
    }

    /** The activations at {@code on}, from 0 to 1, on the way from base to donor. */
    private float[] between(int pair, double on) {
      float[] values = into.get(pair).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (on * (from.get(pair)[i] - values[i]));
      }
      return values;
    }

    private List<float[]> gradients(List<float[]> activations) {
      List<float[]> all = new ArrayList<>();
      int step = step();
      for (int i = 0; i < activations.size(); i += step) {
        all.addAll(
            network.gradients(cut, activations.subList(i, Math.min(activations.size(), i + step))));
      }
      return all;
    }

    private double[] mean(int draws, Supplier<boolean[]> draw) {
      double[] sum = new double[pairs.size()];
      for (int i = 0; i < draws; i++) {
        double[] some =
            patched(IntStream.range(0, pairs.size()).mapToObj(p -> draw.get()).toList());
        for (int pair = 0; pair < sum.length; pair++) {
          sum[pair] += some[pair] / draws;
        }
      }
      return sum;
    }

    /** Marks all channels at these positions, by place in the activations. */
    private boolean[] all(int[] positions) {
      boolean[] values = new boolean[cut.size()];
      for (int channel = 0; channel < cut.channels(); channel++) {
        for (int position : positions) {
          values[channel * cut.positions() + position] = true;
        }
      }
      return values;
    }

    private boolean[] whole(int[] channels) {
      boolean[] values = new boolean[cut.size()];
      for (int channel : channels) {
        Arrays.fill(values, channel * cut.positions(), (channel + 1) * cut.positions(), true);
      }
      return values;
    }

    private double[] patched(List<boolean[]> taken) {
      double[] change = new double[pairs.size()];
      int step = step();
      for (int start = 0; start < change.length; start += step) {
        if (stopped.getAsBoolean()) {
          throw new CancellationException("stopped while patching activations");
        }
        int end = Math.min(change.length, start + step);
        List<float[]> some = new ArrayList<>();
        for (int pair = start; pair < end; pair++) {
          some.add(mixed(pair, taken.get(pair)));
        }
        float[] logits = network.logits(cut, some);
        for (int pair = start; pair < end; pair++) {
          change[pair] = logits[pair - start] - base[pair];
        }
      }
      return change;
    }

    private float[] mixed(int pair, boolean[] taken) {
      float[] values = into.get(pair).clone();
      float[] others = from.get(pair);
      for (int i = 0; i < values.length; i++) {
        if (taken[i]) {
          values[i] = others[i];
        }
      }
      return values;
    }

    private int step() {
      return Math.max(1, Math.min(batch, MOST / cut.size()));
    }
  }

  /** Draws {@code count} of the numbers below a bound, without replacement. */
  static int[] drawn(int bound, int count, RandomGenerator random) {
    int[] order = IntStream.range(0, bound).toArray();
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(bound - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return Arrays.copyOf(order, count);
  }

  /** Channels by what they do on average, the most towards the target (below 0) first. */
  public static int[] ranked(double[][] effects) {
    int channels = effects[0].length;
    double[] mean = new double[channels];
    for (double[] pair : effects) {
      for (int channel = 0; channel < channels; channel++) {
        mean[channel] += pair[channel] / effects.length;
      }
    }
    return IntStream.range(0, channels)
        .boxed()
        .sorted(Comparator.comparingDouble(channel -> mean[channel]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
