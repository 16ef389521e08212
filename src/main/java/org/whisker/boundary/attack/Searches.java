package org.whisker.boundary.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Counterfactual.Binarised;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.boundary.Grays;
import org.whisker.boundary.Margin;
import org.whisker.boundary.Margin.MarginSearch;
import org.whisker.boundary.Margin.Side;
import org.whisker.boundary.Removals;
import org.whisker.boundary.attack.GradientAttack.Norm;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.table.Column;
import org.whisker.table.PictureId;
import org.whisker.table.Table;
import org.whisker.value.Labelled;

/**
 * The searches, as far as they go.
 *
 * @param steps gradients of each attack, at least 1; by default as many as its source takes
 * @param maxFlips number of flips at which the searches among flips give up, at least 1
 * @param candidates largest number of flips scored per step, at least 1
 * @param evaluations largest number of pictures scored to take flips back, at least 0
 * @param batch pictures per call, at least 1
 */
public record Searches(
    OptionalInt steps, int maxFlips, int candidates, long evaluations, int batch) {
  private static final int GRAYS = 255;

  public Searches {
    new CounterfactualSearch(maxFlips, candidates, evaluations, batch); // checks them
    if (steps.isPresent()) {
      new GradientAttack(GradientAttack.Kind.DDN, steps.getAsInt()); // as well
    }
  }

  /**
   * Does one search for one picture; empty when stopped before the end.
   *
   * @param tones the two grays that it may have
   * @throws IllegalArgumentException if a logit is not finite
   */
  public Optional<SearchOutcome> of(
      Search search,
      DifferentiableClassifier classifier,
      Raster picture,
      Tones tones,
      BooleanSupplier stopped) {
    return switch (search) {
      case GREEDY_FLIPS -> Optional.of(greedy(classifier, picture));
      case FEWEST_FLIPS -> fewest(classifier, picture, tones, stopped);
      case SIGMA_ZERO, FMN, DDN ->
          attack(search.attack().orElseThrow())
              .of(classifier, picture, stopped)
              .map(found -> outcome(classifier, found));
    };
  }

  public GradientAttack attack(GradientAttack.Kind kind) {
    return new GradientAttack(kind, steps.orElse(kind.usualSteps()));
  }

  private SearchOutcome greedy(DifferentiableClassifier classifier, Raster picture) {
    Margin margin = new MarginSearch(maxFlips, candidates, batch).of(classifier, picture);
    return margin.flips().isPresent()
        ? SearchOutcome.found(
            margin.logit(), margin.flips().getAsInt(), margin.lastLogit(), Optional.empty())
        : SearchOutcome.none(margin.logit(), SearchOutcome.Status.NOT_FOUND);
  }

  private Optional<SearchOutcome> fewest(
      DifferentiableClassifier classifier, Raster picture, Tones tones, BooleanSupplier stopped) {
    Binarised image = Binarised.of(classifier, picture, tones, Optional.empty());
    if (image.threshold().isPresent() || !image.isCat()) {
      return Optional.of(
          SearchOutcome.none(image.originalLogit(), SearchOutcome.Status.NOT_FOR_IT));
    }
    return new CounterfactualSearch(maxFlips, candidates, evaluations, batch)
        .of(classifier, image, left -> {}, stopped)
        .flatMap(found -> Optional.of(outcome(found)));
  }

  private static SearchOutcome outcome(Counterfactual found) {
    float logit = found.cat().logit();
    Optional<Removals> flips = found.found();
    return flips.isPresent()
        ? SearchOutcome.found(
            logit, flips.get().pixels().count(), flips.get().logit(), Optional.empty())
        : SearchOutcome.none(logit, SearchOutcome.Status.NOT_FOUND);
  }

  private static SearchOutcome outcome(
      DifferentiableClassifier classifier, GradientAttack.Attacked found) {
    if (found.crossed().isEmpty()) {
      return SearchOutcome.none(found.logit(), SearchOutcome.Status.NOT_FOUND);
    }
    GradientAttack.Attacked.Crossed crossed = found.crossed().get();
    float rounded = classifier.logits(List.of(in8Bits(crossed.picture())))[0];
    return SearchOutcome.found(
        found.logit(), crossed.distance(), crossed.logit(), Optional.of(rounded));
  }

  private static PlanarImage in8Bits(PlanarImage picture) {
    float[] gray = picture.values();
    for (int i = 0; i < gray.length; i++) {
      gray[i] = Math.round(gray[i] * GRAYS) / (float) GRAYS;
    }
    return picture.with(gray);
  }

  /**
   * A way to bring a picture to the other side of the boundary with as small a change as it can.
   */
  public enum Search implements Labelled {
    /** Pixels made black or white one by one, see {@link MarginSearch}. */
    GREEDY_FLIPS("greedy-flips", Norm.L0, null),
    /**
     * Flips made and taken back, see {@link org.whisker.boundary.CounterfactualSearch}: for cats of
     * two tones alone.
     */
    FEWEST_FLIPS("fewest-flips", Norm.L0, null),
    SIGMA_ZERO("sigma-zero", GradientAttack.Kind.SIGMA_ZERO),
    FMN("fmn", GradientAttack.Kind.FMN),
    DDN("ddn", GradientAttack.Kind.DDN);

    private final String label;
    private final Norm norm;
    private final GradientAttack.@Nullable Kind attack;

    Search(String label, Norm norm, GradientAttack.@Nullable Kind attack) {
      this.label = label;
      this.norm = norm;
      this.attack = attack;
    }

    Search(String label, GradientAttack.Kind attack) {
      this(label, attack.norm(), attack);
    }

    /** The name in options and tables. */
    @Override
    public String label() {
      return label;
    }

    /** The norm in which the budget of the search is counted. */
    Norm norm() {
      return norm;
    }

    /** The attack; empty for the searches among flips. */
    public Optional<GradientAttack.Kind> attack() {
      return Optional.ofNullable(attack);
    }

    /**
     * The search with this label.
     *
     * @throws IllegalArgumentException listing all
     */
    public static Search parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      Arrays.stream(values()).map(Search::label).collect(Collectors.joining(", "))
                          + " are the searches, not '"
                          + label
                          + "'"));
    }
  }

  /** What a search for a small change of a picture found. Logits are of not-cat. */
  public record SearchOutcome(
      @Column(unit = "logit") float logit,
      @Column(meaning = "whether a change was found") Status status,
      @Column(
              meaning =
                  "size of the change, an upper bound of the smallest: pixels, or gray "
                      + "values (0 to 1)")
          OptionalDouble distance,
      @Column(unit = "logit", meaning = "logit against the target of the changed image")
          Optional<Float> logitAfter,
      @Column(
              unit = Column.PROBABILITY,
              meaning =
                  "p(target) of the changed image with its grays rounded to 256 steps, as image files "
                      + "keep them; empty for flips")
          OptionalDouble pTargetRounded) {
    public SearchOutcome {
      if (distance.isPresent() != (status == Status.FOUND)) {
        throw new IllegalArgumentException(
            "status %s with distance %s".formatted(status.label(), distance));
      }
    }

    /** Whether a search found anything. */
    public enum Status {
      /** The search crossed the boundary. */
      FOUND("found"),
      /** The search ended without crossing the boundary. */
      NOT_FOUND("not found"),
      /** The search takes only cats of two tones, and the picture is none. */
      NOT_FOR_IT("no two-tone cat");

      private final String label;

      Status(String label) {
        this.label = label;
      }

      String label() {
        return label;
      }
    }

    /** The outcome of a search that found nothing. */
    static SearchOutcome none(float logit, Status status) {
      return new SearchOutcome(
          logit, status, OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty());
    }

    /**
     * The outcome of a search that found a changed picture.
     *
     * @param rounded the logit of the changed picture with its grays rounded
     */
    static SearchOutcome found(float logit, double distance, float after, Optional<Float> rounded) {
      return new SearchOutcome(
          logit,
          Status.FOUND,
          OptionalDouble.of(distance),
          Optional.of(after),
          probability(rounded));
    }

    /** The class that the model assigns to the picture. */
    @Column(after = Column.START, meaning = "the class that the model assigns to it")
    public Side side() {
      return Side.of(Grays.isCat(logit));
    }

    @Column(after = "logit", value = "p_target", unit = Column.PROBABILITY)
    public double catProbability() {
      return Classifier.catProbability(logit);
    }

    @Column(
        after = "logitAfter",
        value = "p_target_after",
        unit = Column.PROBABILITY,
        meaning = "p(target) of the changed image")
    public OptionalDouble catProbabilityAfter() {
      return probability(logitAfter);
    }

    private static OptionalDouble probability(Optional<Float> logit) {
      return logit.stream().mapToDouble(Classifier::catProbability).findFirst();
    }

    /**
     * A row of {@code attacks.csv}: one search for a small change of one image that takes it to the
     * other side of the boundary, p(target) = ½. Columns of the changed image are empty when none
     * was found.
     */
    public record OfImage(
        PictureId picture,
        @Column(meaning = "name of the search") Search search,
        SearchOutcome outcome) {
      public static final String FILE = "attacks.csv";

      public static final Table<OfImage> TABLE = Table.of(OfImage.class, FILE);

      @Column(after = "search", meaning = "what the distance counts")
      public Norm norm() {
        return search.norm();
      }

      /** Whether the search is one for such an image. */
      boolean counts() {
        return outcome.status() != Status.NOT_FOR_IT;
      }

      /** The picture's group and its side of the boundary. */
      String set() {
        return picture.group() + ", seen as " + outcome.side().label();
      }
    }
  }
}
