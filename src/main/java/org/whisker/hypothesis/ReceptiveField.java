package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.InputGradient;
import org.whisker.value.Text;

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
  private static final String IN_PHOTOS = ", in photos";
  private static final String IN_CATS = IN_PHOTOS + " of cats";
  private static final String IN_OTHERS = IN_PHOTOS + " of others";

  /** Images that are scored in the time of a gradient. */
  private static final int GRADIENT = 3;

  /** Draws of random weights at white, and photos of each label. */
  private static final int DRAWS = 12;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "receptive-field",
          "the edge rank of the gradient's energy at the control's evolved images, at white and in"
              + " photos, against \u00bd and against random weights, drawn anew for each image;"
              + " effective receptive fields predict more energy in the centre; whether it is"
              + " there, and whether training put it there, are two hypotheses",
          new ReceptiveField());

  static final Planned PLANNED =
      Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.LEARNED_FIELDS));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CAT,
              Wording.of(
                  "Is the network most sensitive at the centre?",
                  "the distribution of the trained network's gradient energy, against a uniform"
                      + " one",
                  "effective receptive fields",
                  "the gradient has more energy in the centre, as effective receptive fields"
                      + " predict",
                  "the gradient's energy lies no nearer the centre",
                  "the gradient has more energy near the edge, not in the centre"),
              Decisive.by(TRAINED),
              PLANNED)
          .ofNoCause();

  @Override
  public Declaration declared() {
    return DECLARED;
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
    long photos = model.regime().equals(AblationSetting.NO_PHOTOS) ? 0 : 2L * DRAWS;
    return GRADIENT * (images + 1L + photos + Math.max(images, DRAWS) * 2L + photos);
  }

  @Override
  public Observations observe(Input input) {
    List<Looked> all = looked(input);
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    List<WithheldComparison> withheld = new ArrayList<>();
    for (Looked each : all) {
      boolean decides = each == all.get(0);
      if (decides || each.hasAny()) {
        Prediction predicted = decides ? Prediction.EXISTS : Prediction.NOTHING;
        drafts.add(draft(input, TRAINED + each.where, "everywhere alike", predicted, each.trained));
        drafts.add(
            draft(
                input, AGAINST_RANDOM + each.where, "random weights", predicted, each.differences));
        turned(drafts, each).forEach(withheld::add);
      } else if (each.where.equals(AT_WHITE)) {
        Stream.of(TRAINED, AGAINST_RANDOM).map(ReceptiveField::blank).forEach(withheld::add);
      }
    }
    if (all.stream().noneMatch(each -> each.where.startsWith(IN_PHOTOS) && each.hasAny())) {
      withheld.add(new WithheldComparison(AGAINST_RANDOM + IN_PHOTOS, "no photos were named"));
    }
    return new Observations.Plain(Observation.corrected(drafts), withheld);
  }

  /**
   * A network that has no gradient at white has one where an image has pixels, wherever that is.
   */
  private static WithheldComparison blank(String name) {
    return new WithheldComparison(
        name,
        "it depends on the image: at white no pixel has a gradient, so it says nothing of places");
  }

  /** What is differentiated: evolved images first, then white, and photos where there are any. */
  private static List<Looked> looked(Input input) {
    List<Photo> photos = input.model().photos();
    List<Looked> all =
        List.of(
            new Looked("", input.marked()),
            new Looked(
                AT_WHITE, Collections.nCopies(DRAWS, BlackPixels.none(input.model().canvas()))),
            new Looked(IN_CATS, Photo.some(photos, true, DRAWS)),
            new Looked(IN_OTHERS, Photo.some(photos, false, DRAWS)));
    List<List<Double>> own = edgeRanks(input, new ModelVariant.AsStored(), all, -1);
    int draws = all.stream().mapToInt(each -> each.pictures.size()).max().orElse(0);
    for (int draw = 0; draw < draws; draw++) {
      input.check();
      ModelVariant random = new ModelVariant.Untrained(input.setting().seed() + draw);
      List<List<Double>> untrained = edgeRanks(input, random, all, draw);
      for (int i = 0; i < all.size(); i++) {
        if (draw < all.get(i).pictures.size()) {
          List<Double> trained = own.get(i);
          all.get(i).add(trained.get(Math.min(draw, trained.size() - 1)), untrained.get(i).get(0));
        }
      }
    }
    return all;
  }

  /** Pictures of one kind, and what their gradients came to. */
  private static final class Looked {
    private final String where;
    private final List<? extends Raster> pictures;
    private final List<Double> trained = new ArrayList<>();
    private final List<Double> differences = new ArrayList<>();

    /**
     * @param where follows the name of an observation
     */
    Looked(String where, List<? extends Raster> pictures) {
      this.where = where;
      this.pictures = pictures;
    }

    /** Adds a picture with energy; white is one picture, whatever it is held against. */
    private void add(double own, double untrained) {
      if (Double.isFinite(own) && (trained.isEmpty() || !where.equals(AT_WHITE))) {
        trained.add(own - 0.5);
      }
      if (Double.isFinite(own - untrained)) {
        differences.add(own - untrained);
      }
    }

    /** Whether any picture has energy. */
    private boolean hasAny() {
      return !trained.isEmpty();
    }

    private List<? extends Raster> only(int number) {
      boolean all = number < 0 && !where.equals(AT_WHITE);
      int from = Math.min(Math.max(0, number), pictures.size());
      return all ? pictures : pictures.subList(from, Math.min(from + 1, pictures.size()));
    }
  }

  /** Withholds the two verdicts where what was drafted last lies elsewhere. */
  private static Stream<WithheldComparison> turned(
      List<Observation.Uncorrected> drafts, Looked last) {
    int at = drafts.size() - 2;
    return at == 0
        ? Stream.empty()
        : Stream.of(0, 1)
            .flatMap(i -> turned(drafts.get(i), drafts.get(at + i), last.where).stream());
  }

  /**
   * Withholds the verdict where the gradient lies elsewhere at white, or in photos: it belongs to
   * the image, then.
   *
   * @param where follows the name of the others' observation
   */
  private static Optional<WithheldComparison> turned(
      Observation.Uncorrected evolved, Observation.Uncorrected others, String where) {
    boolean other = Math.abs(others.effect()) > MARGIN && evolved.effect() * others.effect() < 0;
    boolean gone = Math.abs(others.effect()) > MARGIN != Math.abs(evolved.effect()) > MARGIN;
    return others.runs() == 0 || !(other || gone)
        ? Optional.empty()
        : Optional.of(
            new WithheldComparison(
                evolved.name(),
                Text.of(
                    "it depends on the image: against %s, the edge rank of the gradient's energy"
                        + " differs by %s in evolved images and by %s%s",
                    evolved.against(),
                    Decimals.fixed(evolved.effect(), 2),
                    Decimals.fixed(others.effect(), 2),
                    where.replace(",", ""))));
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

  /**
   * The edge ranks of the gradients of pictures by one network, which is opened once.
   *
   * @param number of the picture of each kind; below 0 for all
   */
  private static List<List<Double>> edgeRanks(
      Input input, ModelVariant variant, List<Looked> all, int number) {
    try (Classifier classifier = input.model().open(variant)) {
      DifferentiableClassifier network = (DifferentiableClassifier) classifier;
      return all.stream().map(each -> edgeRanks(input, network, each.only(number))).toList();
    }
  }

  private static List<Double> edgeRanks(
      Input input, DifferentiableClassifier network, List<? extends Raster> pictures) {
    return pictures.isEmpty()
        ? List.of()
        : InputGradient.wherever(network, pictures, input.batch()).stream()
            .map(gradient -> gradient.map(ReceptiveField::edgeRank).orElse(Double.NaN))
            .toList();
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
