package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmChecks.PlaceboCheck;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.PixelRefund;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.result.RingRow;
import org.whisker.ablation.result.RingRow.HarmAndHelpRow;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.position.PixelContributions;
import org.whisker.position.ProbeMap;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate.Interval;
import org.whisker.value.OptionalNumber;

/**
 * Experiment {@code safe-harbour}: whether pixels accumulate at the edge because they are harmless
 * there; if each pixel is refunded its own cost, the bias should vanish. Any refund moves pixels,
 * so placebos refund the same costs at other positions, and the verdict is on the effect of own
 * refunds beyond that of shuffled ones.
 */
public final class SafeHarbour implements Hypothesis {
  static final String CONTROL = "own-price";
  private static final String OWN = arm(PixelRefund.Kind.OWN);
  private static final String SHUFFLED = arm(PixelRefund.Kind.SHUFFLED);
  private static final Map<PixelRefund.Kind, String> PLACEBOS =
      Map.of(
          PixelRefund.Kind.EVEN, "each pixel is refunded the mean cost of the canvas",
          PixelRefund.Kind.REVERSED, "each pixel is refunded the cost at edge rank 1 − u",
          PixelRefund.Kind.SHUFFLED, "each pixel is refunded that of another, drawn for each run");
  private static final double[] LAMBDAS = {0, 0.001, 0.005};

  static final Ablation EXPERIMENT =
      new Ablation(
              "safe-harbour",
              "evolution on a surrogate: the logit minus a refund of each black pixel's own cost"
                  + " (its effect alone on white, calibrated on scattered pixels) relative to the"
                  + " border; placebos that refund the same costs at other positions; and other"
                  + " values of λ; if the cost of the centre drives pixels outwards, E rises with"
                  + " the own refund, and more than with a placebo (p(target) is the network's own);"
                  + " no verdict if images keep less than half of the control's gain; in addition,"
                  + " the share of pixels that harm alone and help in the image",
              "nothing",
              SafeHarbour::design,
              List.of(SafeHarbour::ringContributions, HarmAndHelp::of))
          .checked(List.of(new PlaceboCheck(own(SHUFFLED).label(), OWN, SHUFFLED, CONTROL)));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Do pixels end at the edge because they do no harm there?",
                  "evolution with a refund of each black pixel's own cost, against the same refunds"
                      + " shuffled over the canvas",
                  "the cost of the centre",
                  "without the cost of the centre, pixels move inwards",
                  "without the cost of the centre, pixels lie as near the edge",
                  "without the cost of the centre, pixels lie even nearer the edge"),
              Decisive.by(own(SHUFFLED)),
              Planned.standard(EXPERIMENT))
          .shown(Exhibit.ofArmsAnd(Exhibit.RINGS, Exhibit.HARM_AND_HELP));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>(List.of(own(CONTROL), own(SHUFFLED)));
    arms.add(AblationArm.control(CONTROL, "the network's logit, λ = " + s.lambda()));
    arms.add(refunded(PixelRefund.Kind.OWN, "each pixel is refunded its own cost", s));
    for (PixelRefund.Kind kind : PixelRefund.Kind.values()) {
      String what = PLACEBOS.get(kind);
      if (what != null) {
        arms.add(refunded(kind, what, s));
        contrasts.add(ArmContrast.pair(arm(kind), CONTROL, Measure.EDGE_INDEX, Prediction.NOTHING));
      }
    }
    DoubleStream.of(LAMBDAS)
        .filter(lambda -> lambda != s.lambda())
        .forEach(
            lambda -> {
              String name = "lambda" + (lambda == 0 ? "0" : Double.toString(lambda));
              arms.add(
                  AblationArm.searching(
                      name, "a black pixel costs " + lambda + " nats", o -> o.withLambda(lambda)));
              contrasts.add(
                  ArmContrast.pair(name, CONTROL, Measure.EDGE_INDEX, Prediction.NOTHING));
            });
    return new AblationDesign(arms, contrasts);
  }

  private static ArmContrast own(String against) {
    return ArmContrast.pair(OWN, against, Measure.EDGE_INDEX, Prediction.RISES);
  }

  private static AblationArm refunded(PixelRefund.Kind kind, String what, AblationSetting s) {
    return AblationArm.transformed(arm(kind), what, new InputTransform.Refunded(kind, s.seed()));
  }

  private static String arm(PixelRefund.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "-refund";
  }

  /**
   * Effects of black pixels by edge rank: a single one on white, and each one of an evolved image.
   */
  private static SupplementaryTable ringContributions(FinishedArms finished) {
    AblationSetting setting = finished.setting();
    List<BlackPixels> images =
        Objects.requireNonNull(finished.arms().get(SafeHarbour.CONTROL)).images();
    ProbeMap probe = finished.model().probe(finished.batch(), done -> {}, finished.stopped());
    try (Classifier network = finished.model().open(new ModelVariant.AsStored())) {
      List<PixelContributions> each =
          PixelContributions.measure(
                  network,
                  images,
                  setting.base().tones(),
                  finished.batch(),
                  done -> {},
                  finished.stopped())
              .orElseThrow(() -> new CancellationException("stopped while leaving pixels out"));
      PixelRefund refund =
          PixelRefund.of(probe, LogitSource.of(network, finished.batch()), setting.seed());
      return SupplementaryTable.of(RingRow.TABLE, rows(probe, each, refund, setting));
    }
  }

  private static List<RingRow> rows(
      ProbeMap probe,
      List<PixelContributions> images,
      PixelRefund refund,
      AblationSetting setting) {
    double[] delta = probe.delta().values();
    EdgeBins bins = EdgeBins.of(setting.canvas());
    double[] alone = bins.means(i -> delta[i]);
    double[] neutral = bins.means(i -> Math.abs(delta[i]) < setting.lambda() ? 1 : 0);
    double[] taken = bins.means(i -> refund.of(BlackPixels.of(setting.canvas(), i)));
    List<RingRow> rows = new ArrayList<>();
    for (int bin = 0; bin < alone.length; bin++) {
      rows.add(
          row(bins, bin, alone[bin], neutral[bin], taken[bin], perRun(images, bins, bin), setting));
    }
    return rows;
  }

  /** The effects of the black pixels of a bin, for each run. */
  private static List<double[]> perRun(List<PixelContributions> images, EdgeBins bins, int bin) {
    List<double[]> runs = new ArrayList<>();
    for (PixelContributions image : images) {
      DoubleStream.Builder inside = DoubleStream.builder();
      for (int i = 0; i < image.image().count(); i++) {
        if (bins.binOf(image.image().get(i)) == bin) {
          inside.add(image.get(i));
        }
      }
      runs.add(inside.build().toArray());
    }
    return runs;
  }

  private static RingRow row(
      EdgeBins bins,
      int bin,
      double alone,
      double neutralAlone,
      double takenOff,
      List<double[]> runs,
      AblationSetting setting) {
    EdgeBin where = bins.bins().get(bin);
    List<double[]> some = runs.stream().filter(run -> run.length > 0).toList();
    double[] means =
        some.stream().mapToDouble(run -> DoubleStream.of(run).average().orElseThrow()).toArray();
    Interval interval =
        means.length > 1
            ? Bootstrap.standard()
                .mean(means, SplitMix64.stream(setting.seed(), "ablate rings", bin))
            : null;
    double lambda = setting.lambda();
    return new RingRow(
        where.from(),
        where.to(),
        where.nearest(),
        where.farthest(),
        where.pixels(),
        alone,
        neutralAlone,
        takenOff,
        runs.stream().mapToInt(run -> run.length).average().orElse(0),
        some.size(),
        DoubleStream.of(means).average(),
        OptionalNumber.ofNullable(interval, Interval::low),
        OptionalNumber.ofNullable(interval, Interval::high),
        share(some, c -> c < 0),
        share(some, c -> Math.abs(c) < lambda),
        lambda);
  }

  /** The share of such pixels, averaged over runs. */
  private static OptionalDouble share(List<double[]> runs, DoublePredicate which) {
    return runs.stream()
        .mapToDouble(run -> (double) DoubleStream.of(run).filter(which).count() / run.length)
        .average();
  }

  /**
   * Interactions: the black pixels of evolved images that harm alone (Δlogit against the target
   * above 0 on white) and help in the image (without them, the logit rises). Their effect in the
   * image is one of the pattern, so a cost of single pixels does not account for it.
   */
  private static final class HarmAndHelp {
    private final double[] alone;
    private final EdgeBins bins;
    private final AblationSetting setting;
    private final List<PixelContributions> images;

    private HarmAndHelp(double[] alone, AblationSetting setting, List<PixelContributions> images) {
      this.alone = alone;
      this.bins = EdgeBins.of(setting.canvas());
      this.setting = setting;
      this.images = images;
    }

    static SupplementaryTable of(FinishedArms finished) {
      ArmRuns control = Objects.requireNonNull(finished.arms().get(SafeHarbour.CONTROL));
      boolean cats = control.runs().stream().anyMatch(ArmRun::succeeded);
      List<BlackPixels> images =
          control.runs().stream()
              .filter(run -> run.succeeded() || !cats)
              .flatMap(run -> run.outcome().stream())
              .map(ArmRun.Outcome::image)
              .filter(image -> image.count() > 0)
              .toList();
      double[] alone =
          finished.model().probe(finished.batch(), done -> {}, finished.stopped()).resolved();
      try (Classifier network = finished.model().open(new ModelVariant.AsStored())) {
        List<PixelContributions> each =
            PixelContributions.measure(
                    network,
                    images,
                    finished.setting().base().tones(),
                    finished.batch(),
                    done -> {},
                    finished.stopped())
                .orElseThrow(() -> new CancellationException("stopped while leaving pixels out"));
        return SupplementaryTable.of(
            HarmAndHelpRow.TABLE, new HarmAndHelp(alone, finished.setting(), each).rows(cats));
      }
    }

    /** All places, then bin by bin. */
    private List<HarmAndHelpRow> rows(boolean cats) {
      List<HarmAndHelpRow> rows = new ArrayList<>();
      List<EdgeBin> each = bins.bins();
      EdgeBin whole =
          new EdgeBin(
              0,
              1,
              0,
              each.get(each.size() - 1).farthest(),
              each.stream().mapToInt(EdgeBin::pixels).sum());
      rows.add(row(whole, cats, pixel -> true));
      for (int bin = 0; bin < each.size(); bin++) {
        int number = bin;
        rows.add(row(each.get(bin), cats, pixel -> bins.binOf(pixel) == number));
      }
      return rows;
    }

    private HarmAndHelpRow row(EdgeBin where, boolean cats, IntPredicate inside) {
      List<Double> shares = new ArrayList<>();
      List<Double> harm = new ArrayList<>();
      List<Double> help = new ArrayList<>();
      for (PixelContributions image : images) {
        int[] there = places(image, i -> inside.test(image.image().get(i)));
        int[] both = places(image, i -> inside.test(image.image().get(i)) && isBoth(image, i));
        if (there.length > 0) {
          shares.add((double) both.length / there.length);
        }
        if (both.length > 0) {
          harm.add(mean(both, i -> alone[image.image().get(i)]));
          help.add(mean(both, image::get));
        }
      }
      double[] values = shares.stream().mapToDouble(Double::doubleValue).toArray();
      @Nullable Interval interval =
          values.length < 2
              ? null
              : Bootstrap.standard()
                  .mean(
                      values,
                      SplitMix64.stream(setting.seed(), "ablate harm and help", where.nearest()));
      return new HarmAndHelpRow(
          where.from(),
          where.to(),
          cats,
          values.length,
          DoubleStream.of(values).average(),
          OptionalNumber.ofNullable(interval, Interval::low),
          OptionalNumber.ofNullable(interval, Interval::high),
          harm.stream().mapToDouble(Double::doubleValue).average(),
          help.stream().mapToDouble(Double::doubleValue).average());
    }

    private boolean isBoth(PixelContributions image, int i) {
      return alone[image.image().get(i)] > 0 && image.get(i) < 0;
    }

    private static int[] places(PixelContributions image, IntPredicate which) {
      return IntStream.range(0, image.image().count()).filter(which).toArray();
    }

    private static double mean(int[] some, java.util.function.IntToDoubleFunction value) {
      return IntStream.of(some).mapToDouble(value).average().orElseThrow();
    }
  }
}
