package org.whisker.hypothesis;

import static org.whisker.hypothesis.Carriers.mean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.ablation.ActivationPatching;
import org.whisker.ablation.ActivationPatching.Pair;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer.Input;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.result.CarrierTables.ChannelRow;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.stats.Correlation.RankCorrelation;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.Estimate;
import org.whisker.stats.Ratio;

/**
 * The channels of a layer that carry the evidence: chosen on half of the images, judged on the
 * others.
 *
 * @param carriers their numbers, those first that carry most by themselves
 * @param rows what channels restore on images that did not choose them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CarrierChannels(int[] carriers, List<ChannelRow> rows) {
  private static final int MOST_SINGLE = 64;
  private static final int MOST_EXACT = 128;
  private static final int PERMUTATIONS = 9_999;

  /** Sets of random channels that the carriers are held against. */
  private static final int RANDOM_SETS = 12;

  private static final String ESTIMATES = "first-order estimates of single channels";

  /**
   * Channels of a layer: ranked, and so many of them taken as suffice, on half of the images;
   * exchanged on the others, so that no image judges what it chose. First-order estimates are poor,
   * and so may be what a channel does alone. So several rankings are tried, and the one of which
   * the fewest channels suffice, exchanged together, is taken.
   */
  static CarrierChannels of(ActivationClassifier network, Cut cut, List<Pair> pairs, Input input) {
    ActivationPatching ranking = patching(network, pairs, 0, input);
    ActivationPatching.Layer layer = ranking.at(cut);
    double whole = mean(ranking.whole());
    int[] carriers =
        rankings(layer).stream()
            .map(order -> Arrays.copyOf(order, enough(layer, order, whole)))
            .min(Comparator.comparingInt(some -> some.length))
            .orElseThrow();
    int[] order =
        IntStream.concat(
                IntStream.of(carriers),
                IntStream.range(0, cut.channels())
                    .filter(c -> IntStream.of(carriers).noneMatch(taken -> taken == c)))
            .toArray();
    Judged judged = new Judged(cut, patching(network, pairs, 1, input), order, input);
    return new CarrierChannels(carriers, judged.rows(carriers.length));
  }

  /** Takes every second pair, from number {@code from} on. */
  static ActivationPatching patching(
      ActivationClassifier network, List<Pair> pairs, int from, Input input) {
    List<Pair> some =
        IntStream.range(0, pairs.size()).filter(i -> i % 2 == from).mapToObj(pairs::get).toList();
    return new ActivationPatching(network, some, input.batch(), input.stopped());
  }

  /**
   * Ranks channels in three ways: by the estimate; by what each of the first does when it is
   * exchanged alone; and by what goes when it alone is not.
   */
  private static List<int[]> rankings(ActivationPatching.Layer layer) {
    int[] byEstimate = ActivationPatching.ranked(layer.estimates());
    int tried = Math.min(MOST_EXACT, byEstimate.length);
    double[] alone = new double[tried];
    double[] goes = new double[tried];
    for (int i = 0; i < tried; i++) {
      int channel = byEstimate[i];
      alone[i] = mean(layer.channels(new int[] {channel}));
      goes[i] = -mean(layer.channels(IntStream.of(byEstimate).filter(c -> c != channel).toArray()));
    }
    return List.of(byEstimate, reordered(byEstimate, alone), reordered(byEstimate, goes));
  }

  /** The first ones by these values, ascending; the others behind, as they are. */
  private static int[] reordered(int[] order, double[] values) {
    return IntStream.concat(
            IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> order[i]),
            IntStream.range(values.length, order.length).map(i -> order[i]))
        .toArray();
  }

  /** The fewest of the ranking that suffice; all if only these do. */
  private static int enough(ActivationPatching.Layer layer, int[] order, double whole) {
    return Carriers.fewest(
        order.length,
        first -> mean(layer.channels(Arrays.copyOf(order, first))) / whole >= Carriers.SUFFICES);
  }

  /** The channels of a layer on images that did not rank them. */
  private static final class Judged {
    private final Cut cut;
    private final ActivationPatching.Layer layer;
    private final double[] whole;
    private final double[][] estimates;
    private final int[] order;
    private final Input input;

    Judged(Cut cut, ActivationPatching patching, int[] order, Input input) {
      this.cut = cut;
      this.layer = patching.at(cut);
      this.whole = patching.whole();
      this.estimates = layer.estimates();
      this.order = order;
      this.input = input;
    }

    List<ChannelRow> rows(int enough) {
      List<ChannelRow> rows = new ArrayList<>();
      rows.add(row(ChannelRow.FIRST, enough, 0, first(enough)));
      double[] random = layer.randomChannels(enough, RANDOM_SETS, input.random("random channels"));
      rows.add(row(ChannelRow.RANDOM, enough, 0, OptionalDouble.empty(), random));
      for (int i = 0; i < Math.min(order.length, MOST_SINGLE); i++) {
        rows.add(row(ChannelRow.SINGLE, order[i], i + 1, new int[] {order[i]}));
      }
      return rows;
    }

    private int[] first(int count) {
      return Arrays.copyOf(order, count);
    }

    private ChannelRow row(String what, int number, int rank, int[] channels) {
      double[] estimated =
          Arrays.stream(estimates)
              .mapToDouble(pair -> IntStream.of(channels).mapToDouble(c -> pair[c]).sum())
              .toArray();
      return row(
          what,
          number,
          rank,
          OptionalDouble.of(mean(estimated) / mean(whole)),
          layer.channels(channels));
    }

    private ChannelRow row(
        String what, int number, int rank, OptionalDouble estimated, double[] restored) {
      Estimate share = Ratio.of(restored, whole, input.random("channels " + what + " " + number));
      return new ChannelRow(
          cut.layer(),
          what,
          number,
          order.length,
          rank,
          estimated,
          share.value(),
          share.interval().low(),
          share.interval().high(),
          restored.length);
    }
  }

  /** How first-order estimates of single channels agree with what they do; if they vary. */
  Optional<Observation.Uncorrected> agreement(Input input) {
    List<ChannelRow> single =
        rows.stream().filter(row -> row.what().equals(ChannelRow.SINGLE)).toList();
    double[] estimated = single.stream().mapToDouble(row -> row.estimated().orElse(0)).toArray();
    double[] exact = single.stream().mapToDouble(ChannelRow::restored).toArray();
    if (single.size() < Carriers.FEWEST || Ties.isConstant(estimated) || Ties.isConstant(exact)) {
      return Optional.empty();
    }
    RankCorrelation agreement =
        RankCorrelation.of(estimated, exact, PERMUTATIONS, input.random(ESTIMATES));
    return Optional.of(
        new Observation.Uncorrected(
            ESTIMATES,
            Observation.NOTHING,
            "rank correlation with the exact share",
            Prediction.NOTHING,
            agreement.rho(),
            agreement.interval(),
            agreement.test().p(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            single.size(),
            0));
  }
}
