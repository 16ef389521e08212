package org.whisker.ablation;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel.OtherOperation;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.position.DosePlan;
import org.whisker.position.DoseResponse;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Ratio;
import org.whisker.value.Text;

/**
 * How much of the radial contrast each part of a network brings about. The contrast is what black
 * pixels on white cost in the innermost zone above the same number in the outermost one, in logits
 * of not-cat, mean over the doses: above 0, the middle is closed. It is measured with the network's
 * own padding and head, with each made blind to places, and with both, by the same draws.
 *
 * <p>A part's Shapley value is the mean of what it adds with and without the other. With what is
 * left when both are blind the values add up to the contrast. That of the network averaged over all
 * rolls of its input is no matter of places: pixels of the middle lie closer together. It is taken
 * off the contrast and off what is left before shares are formed.
 */
public final class PartShares {
  /** Mean changes below this part of their root mean square say nothing of a network's strength. */
  private static final double CANCELLED = 0.2;

  private final Map<Variant, DoseResponse> responses;
  private final Map<Variant, double[]> contrasts;
  private final double[] rolled;
  private final Map<String, DoseResponse> others;

  /** Stands before the names of networks whose other operations are averaged over their rolls. */
  public static final String OTHERS = "averaged: ";

  /** All other operations averaged. */
  public static final String ALL_OTHERS = OTHERS + "all other operations";

  /** The same, with circular padding and an averaged head. */
  public static final String BLIND_OTHERS = Variant.BOTH.label() + ", " + ALL_OTHERS;

  /** Padding that wraps around, and all other operations averaged. */
  private static final String CIRCULAR_OTHERS = Variant.CIRCULAR.label() + ", " + ALL_OTHERS;

  /** An averaged head, and all other operations averaged. */
  private static final String HEAD_OTHERS = Variant.AVERAGED.label() + ", " + ALL_OTHERS;

  /** Stands before the names of networks whose constants of places are put into another order. */
  public static final String PERMUTED = "permuted: ";

  /** The orders that constants of places are put into. */
  private static final int ORDERS = 3;

  /** What of the network the names of other networks share with it. */
  private static final Map<String, Variant> BLIND_IN_OTHERS =
      Map.of(
          ALL_OTHERS, Variant.OWN,
          CIRCULAR_OTHERS, Variant.CIRCULAR,
          HEAD_OTHERS, Variant.AVERAGED,
          BLIND_OTHERS, Variant.BOTH);

  /** Last places of a logit that the order of sums may change. */
  private static final int ROUNDED = 16;

  /** Other operations that are averaged one by one. */
  private static final int MOST = 5;

  /** The network with these parts made blind, in the order of {@link #measured}. */
  public enum Variant {
    OWN("own padding, own head", false, false),
    CIRCULAR("circular padding", true, false),
    AVERAGED("averaged head", false, true),
    BOTH("circular padding, averaged head", true, true);

    private final String label;
    private final boolean padding;
    private final boolean head;

    Variant(String label, boolean padding, boolean head) {
      this.label = label;
      this.padding = padding;
      this.head = head;
    }

    public String label() {
      return label;
    }

    /** The variant by which a model is opened for this part. */
    public ModelVariant variant() {
      return padding || head ? new ModelVariant.Blind(padding, head) : new ModelVariant.AsStored();
    }
  }

  /** What the contrast is made of. */
  public enum Part {
    PADDING("padding"),
    HEAD("head"),
    OTHERS("other operations"),
    REMAINDER("neither");

    private final String label;

    Part(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * @param responses the responses of every variant to the same draws; of {@link Variant#OWN} with
   *     the network averaged over rolls
   * @param others those of networks whose other operations are averaged, by their names
   */
  PartShares(Map<Variant, DoseResponse> responses, Map<String, DoseResponse> others) {
    this.others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    this.responses = new EnumMap<>(responses);
    this.contrasts = new EnumMap<>(Variant.class);
    responses.forEach((variant, response) -> contrasts.put(variant, contrast(response)));
    this.rolled = rolledContrast(response(Variant.OWN));
  }

  /**
   * Measures a model in all variants.
   *
   * @throws CancellationException when stopped
   */
  public static PartShares measured(
      AblatedModel model, DosePlan.Design design, int batch, BooleanSupplier stopped) {
    Map<Variant, DoseResponse> responses = new EnumMap<>(Variant.class);
    for (Variant each : Variant.values()) {
      DosePlan.Design own = each == Variant.OWN ? design : design.withDraws(design.draws(), 0);
      responses.put(each, response(model, each.variant(), own, batch, stopped));
    }
    Map<String, DoseResponse> others = new LinkedHashMap<>();
    DosePlan.Design same = design.withDraws(design.draws(), 0);
    others(model)
        .forEach(
            (name, variant) -> others.put(name, response(model, variant, same, batch, stopped)));
    return new PartShares(responses, others);
  }

  /**
   * The networks whose operations are averaged that are neither padding nor head: all of them, with
   * the own padding and head and with both blind, and, where there are several, some alone.
   */
  public static Map<String, ModelVariant> others(AblatedModel model) {
    List<OtherOperation> averaged =
        model.otherOperations().stream().filter(OtherOperation::averaged).toList();
    Map<String, ModelVariant> variants = new LinkedHashMap<>();
    if (!averaged.isEmpty()) {
      List<String> layers = averaged.stream().map(OtherOperation::layer).toList();
      variants.put(ALL_OTHERS, new ModelVariant.Blind(false, false, layers));
      variants.put(CIRCULAR_OTHERS, new ModelVariant.Blind(true, false, layers));
      variants.put(HEAD_OTHERS, new ModelVariant.Blind(false, true, layers));
      variants.put(BLIND_OTHERS, new ModelVariant.Blind(true, true, layers));
      averaged.stream()
          .limit(averaged.size() > 1 ? MOST : 0)
          .forEach(
              each ->
                  variants.put(
                      OTHERS + each.text(),
                      new ModelVariant.Blind(false, false, List.of(each.layer()))));
    }
    List<OtherOperation> permuted =
        averaged.stream().filter(OtherOperation::permuted).limit(MOST).toList();
    for (OtherOperation each : permuted) {
      for (int order = 1; order <= ORDERS; order++) {
        variants.put(
            Text.of("%s%s, order %d", PERMUTED, each.text(), order),
            new ModelVariant.Blind(false, false, List.of(each.layer()), order));
      }
    }
    return variants;
  }

  /** The dose-response of a variant on white. */
  static DoseResponse response(
      AblatedModel model,
      ModelVariant variant,
      DosePlan.Design design,
      int batch,
      BooleanSupplier stopped) {
    try (Classifier network = model.open(variant)) {
      return response(network, design, batch, stopped);
    }
  }

  /** The dose-response of a network on white. */
  public static DoseResponse response(
      Classifier network, DosePlan.Design design, int batch, BooleanSupplier stopped) {
    DosePlan plan = DosePlan.black(BlackPixels.none(network.canvas()), design);
    double[] logits = plan.unmeasured();
    if (!plan.measure(network, logits, batch, done -> {}, stopped)) {
      throw new CancellationException("stopped while drawing pixels");
    }
    return plan.response(logits);
  }

  /** The contrast by draw, mean over the doses. */
  public static double[] contrast(DoseResponse response) {
    return meanOverDoses(response, dose -> response.contrast(dose));
  }

  private static double[] rolledContrast(DoseResponse response) {
    return meanOverDoses(
        response,
        dose -> {
          double[] centre = response.rolled(response.innermost(), dose).orElseThrow();
          double[] edge = response.rolled(0, dose).orElseThrow();
          return each(centre.length, unit -> centre[unit] - edge[unit]);
        });
  }

  private static double[] meanOverDoses(DoseResponse response, IntFunction<double[]> values) {
    double[] mean = new double[response.units()];
    int doses = response.counts().size();
    for (int dose = 0; dose < doses; dose++) {
      double[] some = values.apply(dose);
      for (int unit = 0; unit < mean.length; unit++) {
        mean[unit] += some[unit] / doses;
      }
    }
    return mean;
  }

  /**
   * Whether values by draw are no more than what float32 rounds of a logit: then networks that
   * differ in nothing differ by as much.
   */
  public boolean isRounding(double[] values) {
    DoseResponse own = response(Variant.OWN);
    double size = Math.max(1, Math.abs(own.baseline()) + Math.sqrt(moment(own, 2)));
    double most = Arrays.stream(values).map(Math::abs).max().orElse(0);
    return most <= ROUNDED * Math.ulp((float) size);
  }

  public int units() {
    return rolled.length;
  }

  public DoseResponse response(Variant variant) {
    return Objects.requireNonNull(responses.get(variant));
  }

  /** The contrast of a variant by draw, mean over the doses. */
  public double[] contrast(Variant variant) {
    return of(contrasts, variant).clone();
  }

  /** The contrast of the network averaged over all rolls of its input by draw. */
  public double[] rolled() {
    return rolled.clone();
  }

  /** The contrast beyond that of the averaged network: what a knowledge of places brings about. */
  public double[] ofPlace() {
    return each(units(), unit -> of(contrasts, Variant.OWN)[unit] - rolled[unit]);
  }

  /** What both parts bring about together, by draw: the contrast less that of both blind. */
  public double[] together() {
    double[] own = of(contrasts, Variant.OWN);
    double[] both = of(contrasts, Variant.BOTH);
    return each(units(), unit -> own[unit] - both[unit]);
  }

  /** The responses of networks whose other operations are averaged, by their names. */
  public Map<String, DoseResponse> others() {
    return others;
  }

  /** The gain of a network whose other operations are averaged. */
  public double gainOf(String name) {
    return gain(Objects.requireNonNull(others.get(name)), response(Variant.OWN));
  }

  /** What of the contrast goes where other operations are averaged, by draw. */
  public double[] lost(String name) {
    double[] from = of(contrasts, BLIND_IN_OTHERS.getOrDefault(name, Variant.OWN));
    double[] left = contrast(Objects.requireNonNull(others.get(name)));
    return each(units(), unit -> from[unit] - left[unit]);
  }

  /** The least gain of the networks that the value of all other operations is computed from. */
  public double gainOfOthers() {
    return BLIND_IN_OTHERS.keySet().stream()
        .filter(others::containsKey)
        .mapToDouble(this::gainOf)
        .min()
        .orElse(1);
  }

  /** The Shapley value of a part by draw; of the remainder, what is left beyond the rolled one. */
  public double[] value(Part part) {
    return value(part, contrasts, withOthersAveraged(response -> 1));
  }

  /** The parts that a contrast is made of; others only where the network has any. */
  public List<Part> parts() {
    return Stream.of(Part.values())
        .filter(part -> part != Part.OTHERS || others.containsKey(ALL_OTHERS))
        .toList();
  }

  /** Contrasts where all other operations are averaged, too, each divided by something. */
  private Map<Variant, double[]> withOthersAveraged(ToDoubleFunction<DoseResponse> by) {
    Map<Variant, double[]> found = new EnumMap<>(Variant.class);
    BLIND_IN_OTHERS.forEach(
        (name, variant) -> {
          DoseResponse response = others.get(name);
          if (response != null) {
            double[] own = contrast(response);
            double divisor = by.applyAsDouble(response);
            found.put(variant, each(units(), unit -> own[unit] / divisor));
          }
        });
    return found;
  }

  private static double[] of(Map<Variant, double[]> values, Variant variant) {
    return Objects.requireNonNull(values.get(variant));
  }

  /**
   * The Shapley value of a part among two; among three, where networks with other operations
   * averaged are there, too.
   *
   * @param with contrasts of such networks; empty where the network has no other operations
   */
  private double[] value(Part part, Map<Variant, double[]> by, Map<Variant, double[]> with) {
    boolean three = with.containsKey(Variant.OWN);
    Map<Variant, double[]> second = three ? with : by;
    double[] own = of(by, Variant.OWN);
    double[] circular = of(by, Variant.CIRCULAR);
    double[] averaged = of(by, Variant.AVERAGED);
    double[] both = of(by, Variant.BOTH);
    double[] own2 = of(second, Variant.OWN);
    double[] circular2 = of(second, Variant.CIRCULAR);
    double[] averaged2 = of(second, Variant.AVERAGED);
    double[] both2 = of(second, Variant.BOTH);
    return switch (part) {
      case PADDING ->
          three
              ? shapley(own, circular, averaged, both, own2, circular2, averaged2, both2)
              : each(units(), u -> (own[u] - circular[u] + averaged[u] - both[u]) / 2);
      case HEAD ->
          three
              ? shapley(own, averaged, circular, both, own2, averaged2, circular2, both2)
              : each(units(), u -> (own[u] - averaged[u] + circular[u] - both[u]) / 2);
      case OTHERS ->
          three
              ? shapley(own, own2, circular, circular2, averaged, averaged2, both, both2)
              : new double[units()];
      case REMAINDER -> each(units(), u -> both2[u] - rolled[u]);
    };
  }

  /**
   * The Shapley value of one part of three.
   *
   * @param pairs contrasts with it and without, four times: beside both others, beside one of them,
   *     beside the other one, alone
   */
  private double[] shapley(double[]... pairs) {
    return each(
        units(),
        u ->
            (pairs[0][u] - pairs[1][u] + pairs[6][u] - pairs[7][u]) / 3
                + (pairs[2][u] - pairs[3][u] + pairs[4][u] - pairs[5][u]) / 6);
  }

  /**
   * The share of a part in the contrast, with an interval over draws. Empty where the contrast is
   * not shown to differ from 0, so that there is nothing to share.
   */
  public Optional<Estimate> share(Part part, RandomGenerator random) {
    return share(value(part), random);
  }

  /**
   * The share of a part at equal gain, with an interval over draws: each variant's contrast is
   * divided by its {@link #gain}, since a network that answers half as strongly has half the
   * contrast, whatever it knows. Empty where the contrast is not shown to differ from 0, and where
   * a variant hardly answers.
   */
  public Optional<Estimate> shareAtEqualGain(Part part, RandomGenerator random) {
    Map<Variant, double[]> equal = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      double gain = gain(variant);
      if (!(gain > CANCELLED)) {
        return Optional.empty();
      }
      double[] own = of(contrasts, variant);
      equal.put(variant, each(units(), unit -> own[unit] / gain));
    }
    return gainOfOthers() > CANCELLED
        ? share(value(part, equal, withOthersAveraged(this::gain)), random)
        : Optional.empty();
  }

  private Optional<Estimate> share(double[] value, RandomGenerator random) {
    double[] whole = ofPlace();
    Interval interval = Bootstrap.standard().mean(whole, random);
    return interval.low() <= 0 && interval.high() >= 0
        ? Optional.empty()
        : Optional.of(Ratio.of(value, whole, random));
  }

  /**
   * How strongly a variant answers to pixels wherever they are, as a share of what the network
   * itself does: means of the changes of the logit over all zones, doses and draws, since those of
   * a network that is averaged over places stay. Where changes of both signs cancel, root mean
   * squares.
   */
  public double gain(Variant variant) {
    return gain(response(variant), response(Variant.OWN));
  }

  private double gain(DoseResponse treated) {
    return gain(treated, response(Variant.OWN));
  }

  /**
   * How strongly any response to the same draws answers, as a share of {@code own}; 1 if the
   * network itself does not answer.
   */
  public static double gain(DoseResponse treated, DoseResponse own) {
    double rms = Math.sqrt(moment(own, 2));
    if (rms == 0) {
      return 1;
    }
    double mean = moment(own, 1);
    return Math.abs(mean) < CANCELLED * rms
        ? Math.sqrt(moment(treated, 2)) / rms
        : moment(treated, 1) / mean;
  }

  /** The mean of a power of the changes of the logit. */
  private static double moment(DoseResponse response, int power) {
    double sum = 0;
    int count = 0;
    for (int zone = 0; zone <= response.innermost(); zone++) {
      for (int dose = 0; dose < response.counts().size(); dose++) {
        for (double cost : response.cost(zone, dose)) {
          sum += Math.pow(cost, power);
          count++;
        }
      }
    }
    return sum / count;
  }

  private static double[] each(int units, IntToDoubleFunction value) {
    return IntStream.range(0, units).mapToDouble(value).toArray();
  }
}
