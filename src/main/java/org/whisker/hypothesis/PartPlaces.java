package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.ModelVariant.PaddedPlace;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.PartShares;
import org.whisker.ablation.result.PartTables.PartPlaceRow;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.option.Records;
import org.whisker.position.DosePlan.Design;
import org.whisker.position.DoseResponse;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.Ratio;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;
import org.whisker.value.Text;

/**
 * Experiment {@code place-parts-layers}: where the padding that tells places is. Padding is made
 * circular in one layer at a time (one stage where layers are many) and on one side at a time.
 * Channels whose maps of white differ most between border and centre (Gavrikov and Keuper 2023,
 * arXiv 2309.08048) are set to what they are in the centre of white, against as many random ones of
 * the layer. All of it is descriptive.
 */
final class PartPlaces implements Observer {
  private static final List<String> SIDES = List.of("top", "bottom", "left", "right");
  private static final int DRAWS = 12;
  private static final int SIGNS = 99_999;
  private static final int RANDOM_SETS = 3;

  /** The share of a layer's channels that are set. */
  private static final double CHANNELS = 0.1;

  static final Ablation EXPERIMENT =
      Ablation.observing(
              "place-parts-layers",
              "how much of the extra cost of pixels in the middle, compared with the edge,"
                  + " disappears when padding wraps around in one layer (in one stage of networks"
                  + " with many layers) or on one side, and when the tenth of a layer's channels"
                  + " whose maps of white differ most at the border is set to the values in the"
                  + " centre, compared with equally many random channels",
              new PartPlaces())
          .testing("place-parts");

  @Override
  public Optional<String> refusal(AblatedModel model) {
    if (!model.canBeCut() || model.paddedPlaces().isEmpty()) {
      return Optional.of("no padding in layers that are known");
    }
    return variants(model).stream().flatMap(variant -> model.refusal(variant).stream()).findFirst();
  }

  private static List<ModelVariant.CircularIn> variants(AblatedModel model) {
    List<ModelVariant.CircularIn> variants = new ArrayList<>();
    model
        .paddedPlaces()
        .forEach(
            place ->
                variants.add(new ModelVariant.CircularIn(Optional.of(place), Optional.empty())));
    variants.add(new ModelVariant.CircularIn(Optional.empty(), Optional.empty()));
    SIDES.forEach(
        side -> variants.add(new ModelVariant.CircularIn(Optional.empty(), Optional.of(side))));
    return variants;
  }

  @Override
  public boolean needsCats() {
    return false;
  }

  @Override
  public Observations observe(Input input) {
    return new Observations.Tabled(
        List.of(),
        List.of(),
        List.of(new Table.Rows<>(PartPlaceRow.TABLE, new Measured(input).rows())));
  }

  /** Measures all changes by the same draws. */
  private static final class Measured {
    private final Input input;
    private final Design design;
    private final DoseResponse own;
    private final List<PartPlaceRow> rows = new ArrayList<>();

    Measured(Input input) {
      this.input = input;
      this.design =
          Design.of(input.setting().seed()).on(input.model().canvas()).withDraws(DRAWS, 0);
      try (Classifier network = input.model().open(new ModelVariant.AsStored())) {
        this.own = response(network);
      }
    }

    List<PartPlaceRow> rows() {
      for (ModelVariant.CircularIn variant : variants(input.model())) {
        try (Classifier network = input.model().open(variant)) {
          rows.add(row(kind(variant), place(variant), response(network), Optional.empty()));
        }
      }
      try (ActivationClassifier network = input.model().openCut()) {
        network.cuts().forEach(cut -> rows.add(channels(network, cut)));
      }
      double[] p = Holm.adjust(rows.stream().mapToDouble(PartPlaceRow::pHolm).toArray());
      return IntStream.range(0, p.length)
          .mapToObj(i -> Records.changed(rows.get(i), PartPlaceRow::pHolm).to(p[i]))
          .toList();
    }

    private static String kind(ModelVariant.CircularIn variant) {
      return variant.side().isPresent()
          ? "padding of a side"
          : "padding of a " + (isOfLayer(variant) ? "layer" : "stage");
    }

    private static String place(ModelVariant.CircularIn variant) {
      return variant.place().map(PaddedPlace::name).or(variant::side).orElse("all stages");
    }

    private static boolean isOfLayer(ModelVariant.CircularIn variant) {
      return variant.place().filter(PaddedPlace::layer).isPresent();
    }

    private DoseResponse response(Classifier network) {
      return PartShares.response(network, design, input.batch(), input.stopped());
    }

    private PartPlaceRow channels(ActivationClassifier network, Cut cut) {
      Raster white = BlackPixels.none(network.canvas());
      float[] onWhite = network.activations(cut, List.of(white)).get(0);
      int[] ranked = ranked(cut, onWhite);
      int count = Math.max(1, (int) Math.round(CHANNELS * ranked.length));
      List<int[]> sets = new ArrayList<>(List.of(Arrays.copyOf(ranked, count)));
      for (int set = 0; set < RANDOM_SETS; set++) {
        sets.add(Arrays.copyOf(shuffled(ranked, cut.layer(), set), count));
      }
      WithoutChannels changed = new WithoutChannels(network, cut, sets, onWhite);
      DoseResponse without = response(changed.without(0));
      double[] random = new double[own.units()];
      for (int set = 1; set < sets.size(); set++) {
        double[] goes = goes(response(changed.without(set)));
        for (int unit = 0; unit < random.length; unit++) {
          random[unit] += goes[unit] / RANDOM_SETS;
        }
      }
      String place = Text.of("%s, %d of %d", cut.layer(), count, ranked.length);
      return row("channels that see the border", place, without, Optional.of(random));
    }

    private int[] shuffled(int[] channels, String layer, int set) {
      SplitMix64 random =
          SplitMix64.stream(input.setting().seed(), "random channels " + layer, set);
      int[] order = channels.clone();
      for (int i = order.length; i > 1; i--) {
        int j = random.nextInt(i);
        int swapped = order[j];
        order[j] = order[i - 1];
        order[i - 1] = swapped;
      }
      return order;
    }

    /** Channels by how much their maps of white differ at the border, for their size. */
    private static int[] ranked(Cut cut, float[] onWhite) {
      double[] score = new double[cut.channels()];
      for (int channel = 0; channel < score.length; channel++) {
        double centre = onWhite[channel * cut.positions() + centre(cut)];
        double border = 0;
        double squares = 0;
        int rim = 0;
        for (int position = 0; position < cut.positions(); position++) {
          double value = onWhite[channel * cut.positions() + position];
          squares += value * value / cut.positions();
          if (isRim(cut, position)) {
            border += Math.abs(value - centre);
            rim++;
          }
        }
        score[channel] = squares == 0 ? 0 : border / rim / Math.sqrt(squares);
      }
      return IntStream.range(0, score.length)
          .boxed()
          .sorted(Comparator.comparingDouble(channel -> -score[channel]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private static boolean isRim(Cut cut, int position) {
      return new Canvas(cut.width(), cut.height()).borderDistance(position) == 0;
    }

    private double[] goes(DoseResponse changed) {
      double[] before = PartShares.contrast(own);
      double[] after = PartShares.contrast(changed);
      return Samples.differences(before, after);
    }

    private PartPlaceRow row(
        String kind, String place, DoseResponse changed, Optional<double[]> random) {
      double[] goes = goes(changed);
      Interval interval = Bootstrap.standard().mean(goes, input.random(kind + place));
      double[] whole = PartShares.contrast(own);
      Interval there = Bootstrap.standard().mean(whole, input.random("own contrast"));
      Optional<Estimate> share =
          there.low() <= 0 && there.high() >= 0
              ? Optional.empty()
              : Optional.of(Ratio.of(goes, whole, input.random(kind + place + " share")));
      double[] tested = random.map(others -> Samples.differences(goes, others)).orElse(goes);
      return new PartPlaceRow(
          kind,
          place,
          mean(PartShares.contrast(changed)),
          mean(goes),
          interval.low(),
          interval.high(),
          OptionalNumber.of(share, Estimate::value),
          OptionalNumber.of(share, s -> s.interval().low()),
          OptionalNumber.of(share, s -> s.interval().high()),
          PartShares.gain(changed, own),
          OptionalNumber.of(random, Measured::mean),
          SignFlipTest.of(
                  tested, 0, Alternative.TWO_SIDED, SIGNS, input.random(kind + place + " p"))
              .p());
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElseThrow();
    }
  }

  private static int centre(Cut cut) {
    return cut.height() / 2 * cut.width() + cut.width() / 2;
  }

  /**
   * The network with some channels of a layer set, everywhere, to what they are in the centre of
   * white. All sets of channels are measured at once, on maps that are computed once.
   */
  private static final class WithoutChannels {
    /** Floats that are handed to the network at once. */
    private static final int MOST = 1 << 23;

    private final ActivationClassifier network;
    private final Cut cut;
    private final List<int[]> sets;
    private final float[] onWhite;

    /** Logits of a picture by set. */
    private final Map<Raster, float[]> known = new HashMap<>();

    WithoutChannels(ActivationClassifier network, Cut cut, List<int[]> sets, float[] onWhite) {
      this.network = network;
      this.cut = cut;
      this.sets = sets;
      this.onWhite = onWhite;
    }

    Classifier without(int set) {
      return new Without(set);
    }

    private void measure(List<? extends Raster> pictures) {
      int step = Math.max(1, MOST / cut.size());
      for (int from = 0; from < pictures.size(); from += step) {
        List<? extends Raster> some =
            pictures.subList(from, Math.min(pictures.size(), from + step));
        List<float[]> maps = network.activations(cut, some);
        some.forEach(picture -> known.put(picture, new float[sets.size()]));
        for (int set = 0; set < sets.size(); set++) {
          float[] logits = network.logits(cut, changed(maps, sets.get(set)));
          for (int i = 0; i < logits.length; i++) {
            Objects.requireNonNull(known.get(some.get(i)))[set] = logits[i];
          }
        }
      }
    }

    private List<float[]> changed(List<float[]> maps, int[] channels) {
      List<float[]> changed = maps.stream().map(float[]::clone).toList();
      for (float[] map : changed) {
        for (int channel : channels) {
          int first = channel * cut.positions();
          Arrays.fill(map, first, first + cut.positions(), onWhite[first + centre(cut)]);
        }
      }
      return changed;
    }

    private final class Without implements Classifier {
      private final int set;

      Without(int set) {
        this.set = set;
      }

      @Override
      public String name() {
        return network.name();
      }

      @Override
      public Canvas canvas() {
        return network.canvas();
      }

      @Override
      public float[] logits(List<? extends Raster> pictures) {
        if (!known.keySet().containsAll(pictures)) {
          measure(pictures);
        }
        float[] logits = new float[pictures.size()];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = Objects.requireNonNull(known.get(pictures.get(i)))[set];
        }
        return logits;
      }

      @Override
      public void close() {
        // the network is closed by who opened it
      }
    }
  }
}
