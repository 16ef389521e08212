package org.whisker.boundary.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A way to bring a picture to the other side of the boundary with as small a change as it can. */
public enum Search {
  /** Pixels made black or white one by one, see {@link org.whisker.boundary.MarginSearch}. */
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

  /** As users type it, and as tables name it. */
  public String label() {
    return label;
  }

  /** The norm in which the budget of the search is counted. */
  public Norm norm() {
    return norm;
  }

  /** The attack; empty for the searches among flips. */
  public Optional<GradientAttack.Kind> attack() {
    return Optional.ofNullable(attack);
  }

  /** All searches, in the order in which help and tables name them. */
  public static List<Search> all() {
    return List.of(values());
  }

  /**
   * The search with this label.
   *
   * @throws IllegalArgumentException listing all
   */
  public static Search parse(String label) {
    return Arrays.stream(values())
        .filter(search -> search.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Arrays.stream(values()).map(Search::label).collect(Collectors.joining(", "))
                        + " are the searches, not '"
                        + label
                        + "'"));
  }
}
