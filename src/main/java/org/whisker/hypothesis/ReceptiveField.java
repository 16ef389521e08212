package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Observer.Observed;
import org.whisker.ablation.Observer.Observed.Withheld;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.NullAndEffect;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.io.Decimals;
import org.whisker.planted.Plant.NullPlants;
import org.whisker.planted.Plants;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.InputGradient;

/**
 * The distribution of gradient energy over the image, with trained and random weights (Luo et al.
 * 2016, arXiv 1701.04128): the mean edge rank weighted by the squared gradient. ½ is uniform, above
 * ½ more energy lies in the centre.
 *
 * <p>It decides two hypotheses: {@code receptive-field}, that the trained network has more energy
 * in the centre than a uniform distribution, and {@code learned-field}, that it has more than its
 * architecture with random weights. The first can hold without the second.
 */
public final class ReceptiveField implements Hypothesis, Observer {
  /** Equivalence margin of the mean edge rank, fixed beforehand. */
  private static final double MARGIN = 0.05;

  /** The trained network against a uniform distribution, which decides this hypothesis. */
  private static final String TRAINED = "trained";

  /**
   * The trained network against the same architecture with random weights, which decides {@link
   * LearnedField}.
   */
  static final String AGAINST_RANDOM = "trained weights";

  private static final String AT_WHITE = ", at white";

  /** Images that are scored in the time of a gradient. */
  private static final int GRADIENT = 3;

  /** Draws of random weights at white. */
  private static final int DRAWS = 12;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "receptive-field",
          "receptive-field",
          "the edge rank of the gradient's energy at the control's evolved images, and at white, against \u00bd and"
              + " against random weights, drawn anew for each image; effective receptive fields"
              + " predict more energy in the centre; whether it is there, and whether training put it"
              + " there, are two hypotheses",
          new ReceptiveField());

  @Override
  public String id() {
    return "receptive-field";
  }

  @Override
  public Topic topic() {
    return Topic.CAT;
  }

  @Override
  public Wording wording() {
    return Wording.of(
        "Is the network most sensitive at the centre?",
        "the distribution of the trained network's gradient energy, against a uniform one",
        "effective receptive fields",
        "the gradient has more energy in the centre, as effective receptive fields predict",
        "the gradient's energy lies no nearer the centre",
        "the gradient has more energy near the edge, not in the centre");
  }

  @Override
  public List<Planned> experiments() {
    return List.of(Planned.quick(EXPERIMENT));
  }

  @Override
  public Decisive decisive() {
    return Decisive.by(TRAINED);
  }

  @Override
  public List<Expectation> expected() {
    return Expectation.ofSearches(
        Expectation.ofUnknownLayers(),
        Expectation.on(
            List.of(Plants.ONE_EDGE, Plants.PAIRS, Plants.LOST_GAIN),
            Expected.OPPOSITE,
            "derivatives are large at the edge"),
        Expectation.on(
            List.of(Plants.PRICE_WITHOUT_BIAS, Plants.DISTRACTOR),
            Expected.NOT_TESTED,
            "what a pixel does alone is all that shows at white"),
        Expectation.on(Plants.CENTRE, Expected.SUPPORTED, "derivatives are large in the centre"),
        Expectation.on(Plants.EDGES, Expected.OPPOSITE, "the derivative is largest at the edge"),
        Expectation.on(Plants.FOVEATION, Expected.SUPPORTED, "the derivative is as the paths"),
        Expectation.on(
            Plants.PADDING_AND_PRICE,
            Expected.ANY,
            "derivatives are large at the edge and in the middle"),
        Expectation.on(Plants.COSTLY, Expected.SUPPORTED, "the cost of the centre is a derivative"),
        Expectation.ofMirrored(Expected.NO_EFFECT),
        Expectation.elsewhere(Expected.NO_EFFECT, "derivatives are where pairs are: anywhere"));
  }

  @Override
  public NullAndEffect calibratedOn() {
    return NullAndEffect.of(NullPlants.BLIND, NullPlants.CENTRE);
  }

  @Override
  public Optional<String> refusal(AblatedModel model) {
    return model
        .refusal(new ModelVariant.Untrained(1))
        .or(() -> model.differentiable() ? Optional.empty() : Optional.of("it gives no gradients"));
  }

  /**
   * Counts the time of opening as many networks, too, which takes longer than it does to
   * differentiate images.
   */
  @Override
  public long scored(AblatedModel model, int images) {
    return GRADIENT * (images + 1L + Math.max(images, DRAWS) * 2L);
  }

  @Override
  public Observed observe(Input input) {
    List<BlackPixels> images = input.marked();
    List<BlackPixels> white = List.of(BlackPixels.none(input.model().canvas()));
    List<Double> own = edgeRanks(input, new ModelVariant.AsStored(), List.of(images, white));
    double ownAtWhite = own.get(images.size()) - 0.5;
    List<Double> trained = new ArrayList<>();
    List<Double> differences = new ArrayList<>();
    List<Double> atWhite = new ArrayList<>();
    for (int draw = 0; draw < Math.max(images.size(), DRAWS); draw++) {
      input.check();
      List<BlackPixels> image = images.stream().skip(draw).limit(1).toList();
      ModelVariant random = new ModelVariant.Untrained(input.setting().seed() + draw);
      List<Double> untrained = edgeRanks(input, random, List.of(image, white));
      if (draw < images.size() && Double.isFinite(own.get(draw))) {
        trained.add(own.get(draw) - 0.5);
        add(differences, own.get(draw) - untrained.get(0));
      }
      if (draw < DRAWS) {
        add(atWhite, ownAtWhite - (untrained.get(image.size()) - 0.5));
      }
    }
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    List<Withheld> withheld = new ArrayList<>();
    drafts.add(draft(input, TRAINED, "everywhere alike", Prediction.RISES, trained));
    drafts.add(draft(input, AGAINST_RANDOM, "random weights", Prediction.RISES, differences));
    if (Double.isFinite(ownAtWhite)) {
      drafts.add(
          draft(
              input,
              TRAINED + AT_WHITE,
              "everywhere alike",
              Prediction.NOTHING,
              List.of(ownAtWhite)));
      drafts.add(
          draft(input, AGAINST_RANDOM + AT_WHITE, "random weights", Prediction.NOTHING, atWhite));
      turned(drafts.get(0), drafts.get(2)).ifPresent(withheld::add);
      turned(drafts.get(1), drafts.get(3)).ifPresent(withheld::add);
    }
    return new Observed.Plain(Observation.corrected(drafts), withheld);
  }

  /**
   * Withholds the verdict where the gradient lies elsewhere at white: it belongs to the image,
   * then.
   */
  private static Optional<Withheld> turned(
      Observation.Uncorrected evolved, Observation.Uncorrected white) {
    boolean other = Math.abs(white.effect()) > MARGIN && evolved.effect() * white.effect() < 0;
    boolean gone = Math.abs(white.effect()) > MARGIN != Math.abs(evolved.effect()) > MARGIN;
    return white.runs() == 0 || !(other || gone)
        ? Optional.empty()
        : Optional.of(
            new Withheld(
                evolved.name(),
                String.format(
                    Locale.ROOT,
                    "it depends on the image: against %s, the edge rank of the gradient's energy"
                        + " differs by %s in evolved images and by %s on white",
                    evolved.against(),
                    Decimals.fixed(evolved.effect(), 2),
                    Decimals.fixed(white.effect(), 2))));
  }

  private static Observation.Uncorrected draft(
      Input input, String name, String against, Prediction predicted, List<Double> values) {
    double[] each = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Observation.Uncorrected.mean(
            name,
            against,
            "edge rank of the gradient's energy",
            predicted,
            each,
            MARGIN,
            Math.max(0, input.control().runs().size() - values.size()),
            input.random("energy " + name))
        .ofDifferences(each, input.random("energy interval " + name));
  }

  private static void add(List<Double> values, double value) {
    if (Double.isFinite(value)) {
      values.add(value);
    }
  }

  /**
   * The edge ranks of the gradients of images by one network, which is opened once.
   *
   * @param groups each differentiated by itself
   */
  private static List<Double> edgeRanks(
      Input input, ModelVariant variant, List<List<BlackPixels>> groups) {
    List<Double> ranks = new ArrayList<>();
    try (Classifier classifier = input.model().open(variant)) {
      for (List<BlackPixels> images : groups) {
        if (!images.isEmpty()) {
          InputGradient.of((DifferentiableClassifier) classifier, images, input.batch())
              .forEach(map -> ranks.add(edgeRank(map)));
        }
      }
    }
    return ranks;
  }

  /** The energy-weighted mean edge rank of a map; NaN if the energy is 0. */
  static double edgeRank(SaliencyMap gradient) {
    EdgeRank rank = new EdgeRank(gradient.canvas());
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < gradient.canvas().pixels(); i++) {
      double energy = (double) gradient.at(i) * gradient.at(i);
      sum += energy;
      weighted += energy * rank.of(i);
    }
    return weighted / sum;
  }
}
