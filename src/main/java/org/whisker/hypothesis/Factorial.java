package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;

/**
 * A full factorial design of two or three experiments. Besides the simple effect of each treatment
 * against the control it has two-factor interactions, with the third factor at its control level.
 */
public final class Factorial {
  /** Name in options, and of the default one in {@link Experiments}. */
  public static final String ID = "factorial";

  private static final int MOST = 3;

  private Factorial() {}

  /**
   * A factor.
   *
   * @param experiment the experiment whose arms are its levels
   * @param levels names of arms besides the control; the first treatment if empty
   */
  public record Factor(String experiment, List<String> levels) {
    public Factor {
      levels = List.copyOf(levels);
    }

    /** Reads {@code padding} or {@code padding:reflect/circular}. */
    public static Factor parse(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new Factor(text, List.of())
          : new Factor(text.substring(0, colon), List.of(text.substring(colon + 1).split("/", -1)));
    }
  }

  /** A cell of the design: its arm and the level of each factor; 0 is the control. */
  private record Cell(AblationArm arm, List<Integer> levels) {}

  /**
   * The experiment.
   *
   * @param experiments from which the arms are taken
   * @throws IllegalArgumentException if there are not two or three factors, or one is unknown
   */
  static Ablation ablation(List<Factor> factors, List<Ablation> experiments) {
    if (factors.size() < 2 || factors.size() > MOST) {
      throw new IllegalArgumentException(
          "a factorial experiment needs two or three factors, were " + factors.size());
    }
    Map<String, Ablation> crossed = new LinkedHashMap<>();
    for (Factor factor : factors) {
      Ablation found =
          experiments.stream()
              .filter(e -> e.id().equals(factor.experiment()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no experiment " + factor.experiment() + " to cross"));
      if (crossed.put(factor.experiment(), found) != null) {
        throw new IllegalArgumentException(factor.experiment() + " is crossed with itself");
      }
    }
    return new Ablation(
            ID,
            String.join(" crossed with ", crossed.keySet())
                + ": every combination, with interactions beyond the effect of each level alone"
                + " (other factors: --factors)",
            "what its factors need",
            s -> design(s, factors, crossed))
        .testing(String.join(" x ", crossed.keySet()));
  }

  private static AblationDesign design(
      AblationSetting s, List<Factor> factors, Map<String, Ablation> crossed) {
    List<Cell> cells = new ArrayList<>();
    for (Factor factor : factors) {
      Ablation ablation = java.util.Objects.requireNonNull(crossed.get(factor.experiment()));
      List<AblationArm> levels = levels(factor, ablation.design().apply(s).arms());
      cells = cells.isEmpty() ? first(levels) : times(cells, levels);
    }
    String control = cells.get(0).arm().name();
    List<ArmContrast> contrasts = new ArrayList<>();
    for (Cell cell : cells) {
      if (cell.levels().stream().filter(level -> level > 0).count() == 1) {
        contrasts.add(
            ArmContrast.pair(cell.arm().name(), control, Measure.EDGE_INDEX, Prediction.DIFFERS));
      }
    }
    for (Cell cell : cells) {
      if (cell.levels().stream().filter(level -> level > 0).count() == 2) {
        contrasts.add(interaction(cell, cells));
      }
    }
    return new AblationDesign(cells.stream().map(Cell::arm).toList(), contrasts);
  }

  /** The control and the requested levels. */
  private static List<AblationArm> levels(Factor factor, List<AblationArm> arms) {
    List<AblationArm> levels = new ArrayList<>(List.of(arms.get(0)));
    List<String> wanted = factor.levels().isEmpty() ? List.of(arms.get(1).name()) : factor.levels();
    for (String name : wanted) {
      AblationArm arm =
          arms.stream()
              .skip(1)
              .filter(a -> a.name().equals(name) && !a.isFlat())
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s has no level %s beside its control %s; it has %s"
                              .formatted(
                                  factor.experiment(),
                                  name,
                                  arms.get(0).name(),
                                  String.join(
                                      ", ",
                                      arms.stream().skip(1).map(AblationArm::name).toList()))));
      levels.add(arm);
    }
    return levels;
  }

  private static List<Cell> first(List<AblationArm> levels) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      cells.add(new Cell(levels.get(i), List.of(i)));
    }
    return cells;
  }

  private static List<Cell> times(List<Cell> cells, List<AblationArm> levels) {
    List<Cell> product = new ArrayList<>();
    for (Cell cell : cells) {
      for (int i = 0; i < levels.size(); i++) {
        List<Integer> both = new ArrayList<>(cell.levels());
        both.add(i);
        product.add(new Cell(cell.arm().with(levels.get(i)), List.copyOf(both)));
      }
    }
    return product;
  }

  /** The interaction contrast: both − each alone + neither. */
  private static ArmContrast interaction(Cell both, List<Cell> cells) {
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < both.levels().size(); i++) {
      if (both.levels().get(i) > 0) {
        changed.add(i);
      }
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put(both.arm().name(), 1.0);
    changed.forEach(i -> weights.put(without(both, i, cells), -1.0));
    weights.put(cells.get(0).arm().name(), 1.0);
    return new ArmContrast(
        both.arm().name(), "interaction", weights, 0, Measure.EDGE_INDEX, Prediction.DIFFERS);
  }

  private static String without(Cell both, int factor, List<Cell> cells) {
    List<Integer> levels = new ArrayList<>(both.levels());
    levels.set(factor, 0);
    return cells.stream()
        .filter(cell -> cell.levels().equals(levels))
        .findFirst()
        .orElseThrow()
        .arm()
        .name();
  }
}
