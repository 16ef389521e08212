package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.position.DosePlan;
import org.whisker.position.DosePlan.Design;
import org.whisker.position.DoseResponse;
import org.whisker.position.result.DoseTables.BarrierRow;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;
import org.whisker.value.Text;

/**
 * Experiment {@code barrier}: whether the first pixels in the centre cost more than a search that
 * adds them one at a time can pay, and those at the edge nothing. The null is the same network
 * averaged over all rolls of its input, which knows no place. The statement is about this network,
 * so draws on white are its independent units.
 */
public final class Barrier implements Hypothesis, Observer {
  /** A barrier that does not matter, in logits; fixed beforehand. */
  static final double MARGIN = 0.1;

  static final String HEIGHT = "barrier height";
  static final String BETWEEN = "first pixel between the centre and the edge";
  static final String AT_HALF = "barrier for pixels added at p 0.5";
  private static final String ROLLED = "the network averaged over all rolls";
  private static final String BARE = "the background alone";
  private static final String LOGITS = "change of the logit";
  static final String CENTRE = " in the centre";
  static final String EDGE = " at the edge";
  static final String FIRST = "first pixel";
  static final String PIXELS = " pixels";
  static final String DOSE_OF = "dose of the ";
  static final String HELPING = "share of first pixels that help";
  static final String ENTERED = "share of evolved pixels in the innermost fifth";
  static final String GAINED = "gain of a pixel of evolved images";
  static final String ABOVE_SIDE = "barrier above the edge at the ";
  private static final int SIGNS = 9_999;
  private static final int FEWEST = 2;
  private static final double HALFWAY = 0.5;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "barrier",
          "\u0394logit of 1, 3, 10 and 40 pixels at random places of five zones of equal area"
              + " from the border to the centre, on white, on other backgrounds, in photos"
              + " where there are any, and added to the control's evolved images; there is a"
              + " barrier if the cost in the innermost zone is above 0 and above that in the"
              + " outermost one, at the dose where this difference is highest, and if it"
              + " exceeds that of the network averaged over all rolls of its input",
          new Barrier());

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              new Wording(
                  "Do the first black pixels cost more in the middle than near the border?",
                  "the change of the logit by 1 to 40 black pixels at random places of zones of"
                      + " equal area, from the border to the centre",
                  "a barrier around the middle",
                  Wording.Clause.always(
                      "black pixels in the middle push an image away from the target, more than near the"
                          + " border"),
                  "black pixels in the middle cost nothing, or as much as near the border",
                  Wording.Clause.always(
                      "black pixels in the middle push an image towards the target, more than near the"
                          + " border"),
                  "draws",
                  false),
              Decisive.by(HEIGHT),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.ALWAYS)))
          // what the barrier does to a search is for Entry to say
          .ofNoCause()
          // the units are draws
          .withoutFlips()
          .shown(List.of(Exhibit.DOSE))
          .tables(DoseRow.TABLE, BarrierRow.TABLE)
          .tells("whether there is a barrier around the middle");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  /** What a table says of a barrier that is there. */
  static String present(double height) {
    return new Barrier().answer(Verdict.SUPPORTED, height).label();
  }

  @Override
  public Optional<String> clause(HypothesisResult decided) {
    return new BarrierClause(decided).text();
  }

  /** A side of the canvas, and the part of the outermost zone that is nearest to it. */
  enum Side {
    TOP,
    BOTTOM,
    LEFT,
    RIGHT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    int[] places(Canvas canvas) {
      EdgeBins zones = new EdgeBins(canvas, Design.ZONES);
      return IntStream.range(0, canvas.pixels())
          .filter(i -> zones.binOf(i) == 0 && distance(canvas, i) == canvas.borderDistance(i))
          .toArray();
    }

    private int distance(Canvas canvas, int index) {
      return switch (this) {
        case TOP -> canvas.y(index);
        case BOTTOM -> canvas.height() - 1 - canvas.y(index);
        case LEFT -> canvas.x(index);
        case RIGHT -> canvas.width() - 1 - canvas.x(index);
      };
    }
  }

  /**
   * Withholds what would pass for none where white is so near to p(target) ½ that it may decide
   * between cat and not, as on a network whose logits hardly differ at all.
   *
   * @param white logit of white
   * @param effect what would be none within the margin
   */
  static List<WithheldComparison> nearHalf(String name, double white, double effect) {
    return Math.abs(white) < 2 * MARGIN && Math.abs(effect) < MARGIN
        ? List.of(
            new WithheldComparison(
                name,
                Text.of(
                    "white is %.2f logits from p(target) \u00bd: there %.1f logits, which count as"
                        + " none elsewhere, may decide",
                    Math.abs(white), MARGIN)))
        : List.of();
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return new EdgeBins(model.canvas(), Design.ZONES).bins().size() < 2
        ? Optional.of("its input is too small for zones")
        : Optional.empty();
  }

  @Override
  public boolean needsCats() {
    return false;
  }

  @Override
  public long scored(AblatedModel model, int images) {
    Design design = Design.of(0);
    Design background = design.withDraws(Measured.FEW_DRAWS, 1);
    Design evolved = design.withDraws(1, Measured.ROLLS_AN_IMAGE);
    boolean photos = !model.regime().equals(AblationSetting.NO_PHOTOS);
    return design.pictures(true)
        + (long) Side.values().length * design.draws()
        + 2L * background.pictures(true)
        + 2L * (images + (photos ? Measured.PHOTOS : 0)) * evolved.pictures(false);
  }

  @Override
  public Observations observe(Input input) {
    try (Classifier network = input.model().open(new ModelVariant.AsStored())) {
      return new Measured(input, network).observed();
    }
  }

  /** Measures every base with one open network. */
  private static final class Measured {
    private static final int FEW_DRAWS = 12;

    /** Rolls of the draw of an evolved image or a photo. */
    private static final int ROLLS_AN_IMAGE = 2;

    /** Photos of each label. */
    private static final int PHOTOS = 12;

    private final Input input;
    private final Classifier network;
    private final Tones own;
    private final Map<String, DoseResponse> responses = new LinkedHashMap<>();
    private final List<Observation.Uncorrected> drafts = new ArrayList<>();

    Measured(Input input, Classifier network) {
      this.input = input;
      this.network = network;
      this.own = input.setting().base().tones();
    }

    Observations observed() {
      Design design = Design.of(input.setting().seed());
      DoseResponse white = background(own.equals(Tones.standard()) ? "white" : "own", own, design);
      addHeight(HEIGHT, white.barrier());
      white.between().ifPresent(it -> drafts.add(height(BETWEEN, BARE, Prediction.NOTHING, it)));
      costs(white);
      float gray = input.model().paddingGray();
      if (gray > 0 && gray < 1) {
        background("gray", new Tones(gray, 0), design.withDraws(FEW_DRAWS, 1));
      }
      background("black (white pixels)", new Tones(0, 1), design.withDraws(FEW_DRAWS, 1));
      Design few = design.withDraws(1, ROLLS_AN_IMAGE);
      List<Photo> photos = input.model().photos();
      pictures("photos of cats", Photo.some(photos, true, PHOTOS), few);
      pictures("photos of others", Photo.some(photos, false, PHOTOS), few);
      evolved("evolved images at p 0.5", AT_HALF, halfway(), few);
      evolved(
          "evolved images at the end", "barrier for pixels added at the end", input.marked(), few);
      return new Observations.Tabled(
          Observation.corrected(drafts),
          nearHalf(HEIGHT, white.baseline(), drafts.get(0).effect()),
          List.of(
              new Table.Rows<>(DoseRow.TABLE, this::doses),
              new Table.Rows<>(BarrierRow.TABLE, this::barriers)));
    }

    private DoseResponse background(String name, Tones tones, Design design) {
      Raster bare = tones.painted(BlackPixels.none(input.model().canvas()));
      DoseResponse response =
          response(bare, tones.ink().gray(), fitting(design, List.of(bare), tones));
      responses.put(name, response);
      return response;
    }

    private void evolved(String base, String name, List<BlackPixels> images, Design design) {
      pictures(base, images.stream().<Raster>map(own::painted).toList(), design)
          .ifPresent(pooled -> addHeight(name, pooled.barrier()));
    }

    /**
     * Measures several pictures, each a unit; fewer than two tell nothing. Each has pixels of its
     * own: with the same ones in all, their number would not tell how much hangs on the places.
     */
    private Optional<DoseResponse> pictures(String base, List<Raster> pictures, Design design) {
      if (pictures.size() < FEWEST) {
        return Optional.empty();
      }
      Design fitting = fitting(design, pictures, own);
      DoseResponse pooled =
          DoseResponse.pooled(
              IntStream.range(0, pictures.size())
                  .mapToObj(i -> response(pictures.get(i), fitting.drawnAnew(base, i)))
                  .toList());
      responses.put(base, pooled);
      return Optional.of(pooled);
    }

    /**
     * The first image of each run with p(target) of at least a half, where it was kept; none where
     * white is a cat before anything is added.
     */
    private List<BlackPixels> halfway() {
      if (input.control().whiteCat().isPresent()) {
        return List.of();
      }
      return input.control().runs().stream()
          .flatMap(run -> run.at(HALFWAY).stream())
          .flatMap(step -> step.seen().stream())
          .map(ArmRun.Seen::image)
          .toList();
    }

    /** Returns the design with the doses for which all bases have room. */
    private Design fitting(Design design, List<Raster> bases, Tones tones) {
      int room =
          bases.stream()
              .mapToInt(base -> DosePlan.room(base, tones.ink().gray(), design.zones()))
              .min()
              .orElse(0);
      return design.fitting(room);
    }

    private DoseResponse response(Raster picture, Design design) {
      return response(picture, own.ink().gray(), design);
    }

    private DoseResponse response(Raster base, float ink, Design design) {
      DosePlan plan = new DosePlan(base, ink, design);
      double[] logits = plan.unmeasured();
      if (!plan.measure(network, logits, input.batch(), done -> {}, input.stopped())) {
        throw new CancellationException("stopped while drawing pixels");
      }
      return plan.response(logits);
    }

    private List<DoseRow> doses() {
      return responses.entrySet().stream()
          .flatMap(
              on ->
                  DoseRow.of(on.getKey(), on.getValue(), input.random("doses on " + on.getKey()))
                      .stream())
          .toList();
    }

    private List<BarrierRow> barriers() {
      return responses.entrySet().stream()
          .map(
              on ->
                  BarrierRow.of(
                      on.getKey(), on.getValue(), input.random("barrier on " + on.getKey())))
          .toList();
    }

    private void addHeight(String name, DoseResponse.Barrier barrier) {
      drafts.add(height(name, ROLLED, Prediction.EXISTS, barrier));
      barrier
          .pixels()
          .ifPresent(
              dose -> drafts.add(Observation.Uncorrected.counted(DOSE_OF + name, "pixels", dose)));
    }

    private Observation.Uncorrected height(
        String name, String against, Prediction predicted, DoseResponse.Barrier barrier) {
      Estimate height = barrier.estimate(input.random(name + " interval"));
      return new Observation.Uncorrected(
          name,
          against,
          LOGITS,
          predicted,
          height.value(),
          height.interval(),
          barrier.p(SIGNS, input.random(name)),
          OptionalDouble.of(barrier.pEquivalence(MARGIN)),
          OptionalDouble.of(MARGIN),
          Samples.Summary.of(barrier.values()).sd(),
          barrier.values().length,
          0);
    }

    /** What the middle costs above one side of the outermost zone, where the barrier is highest. */
    private void above(Side side, DoseResponse white) {
      int[] places = side.places(input.model().canvas());
      int dose = white.barrier().pixels().orElse(Integer.MAX_VALUE);
      if (dose > places.length) {
        return;
      }
      String name = ABOVE_SIDE + side.label();
      RandomGenerator random = input.random("draws of the " + name);
      List<Raster> pictures = new ArrayList<>();
      for (int draw = 0; draw < white.units(); draw++) {
        int[] some = random.ints(0, places.length).distinct().limit(dose).toArray();
        pictures.add(
            own.painted(
                BlackPixels.of(
                    input.model().canvas(), IntStream.of(some).map(i -> places[i]).toArray())));
      }
      double[] above = white.cost(white.innermost(), white.counts().indexOf(dose));
      float[] logits = network.logits(pictures);
      for (int draw = 0; draw < above.length; draw++) {
        above[draw] -= logits[draw] - white.baseline();
      }
      drafts.add(cost(name, above));
    }

    /** What single zones cost, of which nothing is predicted. */
    private void costs(DoseResponse white) {
      int last = white.counts().size() - 1;
      double[] first = white.cost(white.innermost(), 0);
      drafts.add(cost(FIRST + CENTRE, first));
      drafts.add(cost(FIRST + EDGE, white.cost(0, 0)));
      drafts.add(helping(CENTRE, first));
      drafts.add(helping(EDGE, white.cost(0, 0)));
      gained().ifPresent(drafts::add);
      entered().ifPresent(drafts::add);
      Arrays.stream(Side.values()).forEach(side -> above(side, white));
      if (Samples.Summary.of(first).mean() <= MARGIN) {
        later(white);
      }
      if (last > 0) {
        many(white, last);
        half(white).ifPresent(drafts::add);
      }
    }

    private static Observation.Uncorrected helping(String where, double[] costs) {
      double helping = Arrays.stream(costs).filter(cost -> cost < 0).count();
      return Observation.Uncorrected.counted(
          HELPING + where, "share of draws", helping / costs.length);
    }

    /** What the search gained for each pixel that its final images have, in logits. */
    private Optional<Observation.Uncorrected> gained() {
      OptionalDouble mean =
          input.control().runs().stream()
              .flatMap(run -> run.outcome().stream())
              .filter(run -> run.gain().isPresent() && run.image().count() > 0)
              .mapToDouble(run -> run.gain().getAsDouble() / run.image().count())
              .average();
      return mean.isPresent()
          ? Optional.of(
              Observation.Uncorrected.counted(GAINED, "logits gained", mean.getAsDouble()))
          : Optional.empty();
    }

    /**
     * How many pixels of images at p(target) ½ lie in the centre; where there are none, of others.
     */
    private Optional<Observation.Uncorrected> entered() {
      EdgeBins zones = new EdgeBins(input.model().canvas(), Design.ZONES);
      List<BlackPixels> half = halfway();
      int[] pixels =
          (half.isEmpty() ? input.marked() : half)
              .stream().flatMapToInt(image -> Arrays.stream(image.indices())).toArray();
      long within =
          Arrays.stream(pixels).filter(p -> zones.binOf(p) == zones.bins().size() - 1).count();
      return pixels.length == 0
          ? Optional.empty()
          : Optional.of(
              Observation.Uncorrected.counted(
                  ENTERED, "share of pixels", within / (double) pixels.length));
    }

    /** What several pixels cost where the barrier is highest, if the first one costs nothing. */
    private void later(DoseResponse white) {
      white.barrier().pixels().stream()
          .map(pixels -> white.counts().indexOf(pixels))
          .filter(dose -> dose > 0 && dose < white.counts().size() - 1)
          .forEach(dose -> many(white, dose));
    }

    private void many(DoseResponse white, int dose) {
      String count = white.counts().get(dose) + PIXELS;
      drafts.add(cost(count + CENTRE, white.cost(white.innermost(), dose)));
      drafts.add(cost(count + EDGE, white.cost(0, dose)));
    }

    private Observation.Uncorrected cost(String name, double[] values) {
      return Observation.Uncorrected.mean(
          name, BARE, LOGITS, Prediction.NOTHING, values, MARGIN, 0, input.random(name));
    }

    /** The dose at half of the height: if each pixel costs as much, it is half of the dose. */
    private Optional<Observation.Uncorrected> half(DoseResponse white) {
      String name = "dose at half of the barrier";
      DoseResponse.Summary summary = white.summary(input.random(name));
      double linear = summary.pixels() / 2.0;
      return summary
          .half()
          .map(
              half ->
                  new Observation.Uncorrected(
                      name,
                      "half of the dose of its height",
                      "pixels",
                      Prediction.NOTHING,
                      half.value() - linear,
                      new Interval(
                          half.interval().low() - linear,
                          half.interval().high() - linear,
                          half.interval().level()),
                      SignFlipTest.of(
                              white.falling(), 0, Alternative.TWO_SIDED, SIGNS, input.random(name))
                          .p(),
                      OptionalDouble.empty(),
                      OptionalDouble.empty(),
                      OptionalDouble.empty(),
                      white.units(),
                      0));
    }
  }
}
