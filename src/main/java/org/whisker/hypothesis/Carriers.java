package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ActivationPatching;
import org.whisker.ablation.ActivationPatching.Pair;
import org.whisker.ablation.ActivationPatching.Rings;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.CarrierTables.CarrierRow;
import org.whisker.ablation.result.CarrierTables.ChannelRow;
import org.whisker.ablation.result.CarrierTables.PatchRow;
import org.whisker.ablation.result.CarrierTables.PictureRow;
import org.whisker.ablation.result.CarrierTables.SeenRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.io.Decimals;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.Ratio;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * Experiment {@code carriers}: where in the network the evidence for cat is carried, by activation
 * patching. The activations of an evolved image in some rings of a layer are put into white, and
 * those of white into the evolved image; those of pixels in the middle are put into pixels at the
 * edge, which traces the barrier. Each is compared with as many random positions of the same layer.
 *
 * <p>Early layers see pixels where they are. So the deepest map that still has rings decides: there
 * a position has read a good part of the image, and any position could carry the evidence.
 */
public final class Carriers implements Hypothesis, Observer {
  private static final String OUTER = "outer positions of a deep map";
  private static final String OUTER_RINGS = "outer ";
  private static final String OUTERMOST = OUTER_RINGS + "1 of ";
  private static final String RESTORED = "share of the evidence restored";
  private static final String BY_CHANCE = "as many random positions of the same maps";
  private static final String INTO_WHITE = "evolved into white";
  private static final String INTO_EVOLVED = "white into evolved";
  private static final String BARRIER = "middle into edge";

  /** A share that does not matter, fixed beforehand. */
  private static final double MARGIN = 0.1;

  /** The share of the evidence that counts as all of it. */
  static final double SUFFICES = 0.9;

  /** The smallest side of a map that has rings to speak of. */
  private static final int RINGED = 6;

  /** Passes that the exchange between edge and middle takes, and that of an evolved image. */
  private static final int WITHOUT_IMAGES = 1_450;

  private static final int AN_IMAGE = 450;
  static final int FEWEST = 4;

  /** Random positions for each cell: more of deeper layers, from which a network goes on sooner. */
  private static final int RANDOM_DRAWS = 1;

  private static final int DEEP_DRAWS = 3;
  private static final int DECIDING_DRAWS = 12;
  private static final int SIGNS = 99_999;
  private static final double ALPHA = 0.05;
  private static final String OF_OPERATORS =
      "outer positions restore less than random ones, as they do where operators alone put fewer"
          + " pixels along the border";

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "carriers",
          "activation patching: the activations of evolved images in rings of positions of"
              + " one layer are put into white, those of white into evolved images, and those"
              + " of 3 pixels in the middle into 3 at the edge, each compared with equally"
              + " many random positions of the layer; if the rim of the maps carries the"
              + " evidence, the outer half of the deepest map with rings restores more of it;"
              + " in addition, the fewest channels of one layer that restore "
              + Math.round(100 * SUFFICES)
              + " %, and what these see in photos, where there are any",
          new Carriers());

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CAT,
              new Wording(
                  "Is the evidence for cat carried along the rim of the feature maps?",
                  "activations of evolved images put into white, ring by ring and layer by"
                      + " layer, compared with equally many random positions",
                  "the rim of the feature maps",
                  Wording.Clause.always(
                      "deep in the network, outer positions restore more of the evidence than"
                          + " random ones"),
                  "deep in the network, outer positions restore as much of the evidence as random"
                      + " ones",
                  Wording.Clause.always(
                      "deep in the network, outer positions restore less of the evidence than"
                          + " random ones"),
                  "images",
                  false),
              Decisive.by(OUTER),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.CARRIERS)))
          .ofNoCause()
          .shown(
              List.of(
                  Exhibit.CARRIERS,
                  Exhibit.CARRIER_PHOTOS,
                  Exhibit.CARRIER_CHANNELS,
                  Exhibit.CARRIER_SEEN))
          .tables(
              CarrierRow.TABLE, ChannelRow.TABLE, SeenRow.TABLE, PatchRow.TABLE, PictureRow.TABLE)
          .tells("where in the network the evidence is carried");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  /**
   * The smallest outer part of a map that suffices, beside what as many random positions restore;
   * empty where the outer part restores more, and yet nothing short of the whole map suffices.
   */
  @Override
  public Optional<String> clause(HypothesisResult decided) {
    return switch (decided.verdict()) {
      case SUPPORTED -> decided.observation(BY_CHANCE).flatMap(chance -> smallest(decided, chance));
      case NO_EFFECT ->
          Optional.of(
              "deep in the network, outer positions carry as much of the evidence for cat as"
                  + " equally many random ones");
      case OPPOSITE ->
          Optional.of(
              "deep in the network, outer positions carry less of the evidence for cat than equally"
                  + " many random ones");
      default -> Optional.empty();
    };
  }

  private static Optional<String> smallest(HypothesisResult decided, ObservationRow chance) {
    return decided.observations().stream()
        .filter(row -> row.statistic().equals(RESTORED))
        .filter(row -> row.observed().startsWith(OUTER_RINGS))
        .filter(row -> row.ciLow().orElse(0) > SUFFICES - 2 * MARGIN)
        .findFirst()
        .flatMap(
            row ->
                row.effect() - chance.effect() > MARGIN
                    ? Optional.of(carried(row, chance))
                    : more(decided));
  }

  /**
   * What decides, where the smallest part that suffices is so large that as many random positions
   * do as well.
   */
  private static Optional<String> more(HypothesisResult decided) {
    return decided
        .observation(OUTER)
        .map(
            row ->
                "deep in the network, outer positions carry more of the evidence for cat than"
                    + " equally many random ones, by "
                    + Decimals.wholePercent(row.effect())
                    + " of it");
  }

  private static String carried(ObservationRow row, ObservationRow chance) {
    String rings = row.observed();
    return String.format(
        Locale.ROOT,
        rings.startsWith(OUTERMOST)
            ? "the outermost of %s, carries %s of the evidence for cat, and equally many"
                + " random positions %s, in images other than those used to choose it"
            : "the outer %s, carry %s of the evidence for cat, and equally many random"
                + " positions %s, in images other than those used to choose them",
        rings.substring((rings.startsWith(OUTERMOST) ? OUTERMOST : OUTER_RINGS).length()),
        share(Math.round(100 * row.effect())),
        share(Math.round(100 * chance.effect())));
  }

  /** Inner rings can have evidence against cat; then the outer ones have more than all. */
  private static String share(long percent) {
    return percent < 100 ? percent + "\u00a0%" : "all";
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model.canBeCut()
        ? Optional.empty()
        : Optional.of("its layers are not known, or each reads several earlier layers");
  }

  /**
   * Counts by measured times: a network that goes on from a layer takes less than a whole pass
   * does.
   */
  @Override
  public long scored(AblatedModel model, int images) {
    return WITHOUT_IMAGES + (long) AN_IMAGE * images;
  }

  @Override
  public Observations observe(Input input) {
    try (ActivationClassifier network = input.model().openCut()) {
      return new Measured(input, network).observed();
    }
  }

  /**
   * Some rings of a layer.
   *
   * @param what names its random numbers
   * @param restored the share that the rings restore, of each pair
   * @param random the share that as many random positions restore, of each pair
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cell(Rings rings, String what, double[] restored, double[] random) {}

  /** Exchanges activations in one open network. */
  private static final class Measured {
    private static final int PIXELS = 3;
    private static final int PIXEL_PAIRS = 12;
    private static final int ZONES = 5;

    private final Input input;
    private final ActivationClassifier network;
    private final List<CarrierRow> rows = new ArrayList<>();

    Measured(Input input, ActivationClassifier network) {
      this.input = input;
      this.network = network;
    }

    Observations observed() {
      directed(BARRIER, pixels());
      List<Pair> pairs = evolved();
      if (pairs.size() < FEWEST) {
        return nothing("fewer than " + FEWEST + " evolved images have pixels");
      }
      ActivationPatching patching = directed(INTO_WHITE, pairs);
      if (!changes(patching.whole(), 0) || !changes(patching.whole(), 1)) {
        return nothing("the network responds to evolved images as to white");
      }
      directed(INTO_EVOLVED, pairs.stream().map(Pair::reversed).toList());
      // chosen on half of the images, judged on the others
      Rings smallest = smallest(CarrierChannels.patching(network, pairs, 0, input));
      List<Observation.Uncorrected> drafts = new ArrayList<>();
      Optional<Observation.Uncorrected> outer = deep().map(rings -> excess(rings, patching));
      outer.filter(it -> !mayBeOfOperators(it)).ifPresent(drafts::add);
      drafts.addAll(restored(smallest, CarrierChannels.patching(network, pairs, 1, input)));
      CarrierChannels chosen = CarrierChannels.of(network, smallest.cut(), pairs, input);
      chosen.agreement(input).ifPresent(drafts::add);
      List<Photo> photos = input.model().photos();
      Optional<CarrierPhotos> seen =
          CarrierPhotos.canSee(photos)
              ? Optional.of(
                  new CarrierPhotos(network, smallest.cut(), chosen.carriers(), photos, input))
              : Optional.empty();
      seen.ifPresent(it -> drafts.addAll(it.observations()));
      List<WithheldComparison> none =
          deep().isPresent()
              ? outer.filter(Measured::mayBeOfOperators).stream()
                  .map(it -> new WithheldComparison(OUTER, OF_OPERATORS))
                  .toList()
              : List.of(
                  new WithheldComparison(
                      OUTER, "no layer has maps of " + RINGED + " rows or more"));
      return tabled(
          Observation.corrected(drafts),
          none,
          chosen.rows(),
          seen.map(CarrierPhotos::tables).orElse(List.of()));
    }

    /** Whether every second pair, from this one on, has something to share out. */
    private static boolean changes(double[] whole, int from) {
      return IntStream.range(0, whole.length).anyMatch(i -> i % 2 == from && whole[i] != 0);
    }

    private Observations nothing(String reason) {
      return tabled(
          List.of(), List.of(new WithheldComparison(OUTER, reason)), List.of(), List.of());
    }

    private Observations tabled(
        List<Observation> observations,
        List<WithheldComparison> withheld,
        List<ChannelRow> channels,
        List<Table.Rows<?>> photos) {
      List<Table.Rows<?>> tables = new ArrayList<>();
      tables.add(new Table.Rows<>(CarrierRow.TABLE, rows));
      tables.add(new Table.Rows<>(ChannelRow.TABLE, channels));
      tables.addAll(photos);
      return new Observations.Tabled(observations, withheld, tables);
    }

    private List<Pair> evolved() {
      Tones tones = input.setting().base().tones();
      Raster white = tones.painted(BlackPixels.none(input.model().canvas()));
      return input.marked().stream().map(image -> new Pair(white, tones.painted(image))).toList();
    }

    /** Pixels at the edge, and as many in the middle. */
    private List<Pair> pixels() {
      Canvas canvas = input.model().canvas();
      EdgeBins bins = new EdgeBins(canvas, ZONES);
      int innermost = bins.bins().size() - 1;
      RandomGenerator random = input.random("pixels of the middle and the edge");
      return IntStream.range(0, PIXEL_PAIRS)
          .mapToObj(i -> new Pair(some(bins, 0, random), some(bins, innermost, random)))
          .toList();
    }

    private static BlackPixels some(EdgeBins bins, int zone, RandomGenerator random) {
      int[] places =
          IntStream.range(0, bins.canvas().pixels()).filter(i -> bins.binOf(i) == zone).toArray();
      int[] picked =
          random.ints(0, places.length).distinct().limit(Math.min(PIXELS, places.length)).toArray();
      return BlackPixels.of(
          bins.canvas(), IntStream.of(picked).map(place -> places[place]).toArray());
    }

    /** The cuts whose maps have more than one ring; all where none has. */
    private List<Cut> ringed() {
      List<Cut> ringed = network.cuts().stream().filter(cut -> Rings.of(cut) > 1).toList();
      return ringed.isEmpty() ? network.cuts() : ringed;
    }

    /** All cells of a direction, with their p corrected. */
    private ActivationPatching directed(String direction, List<Pair> pairs) {
      ActivationPatching patching =
          new ActivationPatching(network, pairs, input.batch(), input.stopped());
      if (mean(patching.whole()) == 0) {
        return patching; // no change to share out
      }
      List<Cell> cells = new ArrayList<>();
      for (Cut cut : ringed()) {
        ActivationPatching.Layer layer = patching.at(cut);
        Rings.all(cut).forEach(rings -> cells.add(cell(direction, rings, layer)));
      }
      double[] p = Holm.adjust(cells.stream().mapToDouble(this::signs).toArray());
      for (int i = 0; i < p.length; i++) {
        rows.add(row(direction, cells.get(i), patching.whole(), p[i]));
      }
      return patching;
    }

    private Cell cell(String direction, Rings rings, ActivationPatching.Layer layer) {
      Cut cut = rings.cut();
      int[] positions = rings.positions();
      String what = Text.of("%s %s %d %d", direction, cut.layer(), rings.from(), rings.to());
      double[] restored = layer.positions(positions);
      double[] random =
          positions.length == cut.positions()
              ? restored
              : layer.randomPositions(positions.length, draws(cut), input.random(what));
      return new Cell(rings, what, restored, random);
    }

    private int draws(Cut cut) {
      return 2 * network.cuts().indexOf(cut) >= network.cuts().size() ? DEEP_DRAWS : RANDOM_DRAWS;
    }

    private double signs(Cell cell) {
      return signs(Samples.differences(cell.restored(), cell.random()), cell.what());
    }

    private CarrierRow row(String direction, Cell cell, double[] whole, double p) {
      Rings rings = cell.rings();
      Cut cut = rings.cut();
      Estimate share = Ratio.of(cell.restored(), whole, input.random(cell.what() + " share"));
      return new CarrierRow(
          direction,
          cut.layer(),
          cut.height(),
          cut.width(),
          rings.from(),
          rings.to() - 1,
          Rings.of(cut),
          rings.area(),
          share.value(),
          share.interval().low(),
          share.interval().high(),
          mean(cell.random()) / mean(whole),
          p,
          whole.length);
    }

    private double signs(double[] values, String what) {
      return SignFlipTest.of(values, 0, Alternative.TWO_SIDED, SIGNS, input.random(what + " p"))
          .p();
    }

    /** The outer positions of the deepest map with rings, as near to half of it as can be. */
    private Optional<Rings> deep() {
      return network.cuts().stream()
          .filter(cut -> Math.min(cut.height(), cut.width()) >= RINGED)
          .reduce((first, last) -> last)
          .map(
              cut ->
                  IntStream.range(1, Rings.of(cut))
                      .mapToObj(to -> new Rings(cut, 0, to))
                      .min(Comparator.comparingDouble(rings -> Math.abs(rings.area() - 0.5)))
                      .orElseThrow());
    }

    /**
     * Operators alone put a few pixels less along the border, wherever the network looks. So that
     * outer positions restore less than random ones says nothing, unless it is shown to be
     * negligible in any report.
     */
    private static boolean mayBeOfOperators(Observation.Uncorrected outer) {
      return Objects.requireNonNull(outer.interval()).high() < 0
          && outer.pEquivalence().orElse(1) * Hypotheses.all().size() > ALPHA;
    }

    private Observation.Uncorrected excess(Rings rings, ActivationPatching patching) {
      ActivationPatching.Layer layer = patching.at(rings.cut());
      int[] positions = rings.positions();
      double[] random =
          layer.randomPositions(positions.length, DECIDING_DRAWS, input.random(OUTER));
      double[] whole = patching.whole();
      double[] excess = Samples.differences(layer.positions(positions), random);
      double change = mean(whole);
      return Observation.Uncorrected.mean(
          OUTER,
          "as many random positions",
          "share of the evidence",
          Prediction.EXISTS,
          Arrays.stream(excess).map(value -> value / change).toArray(),
          MARGIN,
          0,
          input.random(OUTER + " mean"));
    }

    /** The smallest part of any map, from its border inwards, that suffices; of two the deeper. */
    private Rings smallest(ActivationPatching patching) {
      return ringed().stream()
          .map(cut -> smallest(cut, patching))
          .min(Comparator.comparingDouble(Rings::area).thenComparing(rings -> -rings.cut().index()))
          .orElseThrow();
    }

    /** The fewest outer rings of a map that suffice. */
    private static Rings smallest(Cut cut, ActivationPatching patching) {
      ActivationPatching.Layer layer = patching.at(cut);
      double whole = mean(patching.whole());
      int fewest =
          fewest(
              Rings.of(cut),
              outer ->
                  mean(layer.positions(new Rings(cut, 0, outer).positions())) / whole >= SUFFICES);
      return new Rings(cut, 0, fewest);
    }

    /** What these rings restore, and as many random positions, where there are others. */
    private List<Observation.Uncorrected> restored(Rings rings, ActivationPatching patching) {
      Cut cut = rings.cut();
      int[] positions = rings.positions();
      ActivationPatching.Layer layer = patching.at(cut);
      if (positions.length == cut.positions()) {
        String all = "all positions of the maps at " + cut.layer();
        return List.of(restored(all, layer.positions(positions), patching.whole()));
      }
      String name =
          String.format(
              Locale.ROOT,
              OUTER_RINGS + "%d of %d rings of the maps at %s, %.0f %% of their positions",
              rings.to(),
              Rings.of(cut),
              cut.layer(),
              100 * rings.area());
      double[] chance =
          layer.randomPositions(positions.length, DECIDING_DRAWS, input.random(BY_CHANCE));
      return List.of(
          restored(name, layer.positions(positions), patching.whole()),
          restored(BY_CHANCE, chance, patching.whole()));
    }

    private Observation.Uncorrected restored(String name, double[] restored, double[] whole) {
      Estimate share = Ratio.of(restored, whole, input.random(name));
      return new Observation.Uncorrected(
          name,
          Observation.NOTHING,
          RESTORED,
          Prediction.NOTHING,
          share.value(),
          share.interval(),
          signs(restored, name),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          restored.length,
          0);
    }
  }

  /** The fewest of {@code all} that suffice, found by halving; all if only these do. */
  static int fewest(int all, IntPredicate suffices) {
    int low = 0;
    int high = all;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (suffices.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
