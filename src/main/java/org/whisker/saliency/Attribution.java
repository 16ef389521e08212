package org.whisker.saliency;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/**
 * The result of a method for one image: its map, further maps and diagnostics. Immutable.
 *
 * @param companions further maps, such as the coverage or standard errors
 * @param diagnostics numbers that the method reports about its map
 */
public record Attribution(
    Method method,
    SaliencyMap map,
    List<Companion> companions,
    Map<Diagnostic, Double> diagnostics) {
  /** The companion that is the map on the grid of its layer. */
  public static final String GRID = "grid";

  /**
   * A further map.
   *
   * @param name as part of a file name, such as {@code coverage}
   */
  public record Companion(String name, SaliencyMap map) {
    public Companion {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(map, "map");
    }
  }

  public Attribution {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(map, "map");
    companions = List.copyOf(companions);
    diagnostics = Map.copyOf(diagnostics);
    diagnostics.forEach(
        (what, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " of " + method.label() + " is " + value);
          }
        });
  }

  /** The value of a diagnostic; empty if the method does not report it. */
  public OptionalDouble diagnostic(Diagnostic what) {
    Double value = diagnostics.get(what);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Turns the sign of each map that has one, so that values above 0 mean towards the target. */
  public Attribution towardsCat() {
    return new Attribution(
        method,
        map.towardsCat(),
        companions.stream()
            .map(each -> new Companion(each.name(), each.map().towardsCat()))
            .toList(),
        diagnostics);
  }

  /** A map without companions and diagnostics. */
  public static Attribution of(Method method, SaliencyMap map) {
    return new Attribution(method, map, List.of(), Map.of());
  }

  public static final class Builder {
    private final Method method;
    private final SaliencyMap map;
    private final List<Companion> companions = new ArrayList<>();
    private final Map<Diagnostic, Double> diagnostics = new EnumMap<>(Diagnostic.class);

    public Builder(Method method, SaliencyMap map) {
      this.method = method;
      this.map = map;
    }

    public Builder with(String name, SaliencyMap companion) {
      companions.add(new Companion(name, companion));
      return this;
    }

    public Builder with(Diagnostic what, double value) {
      diagnostics.put(what, value);
      return this;
    }

    public Attribution build() {
      return new Attribution(method, map, companions, diagnostics);
    }
  }

  /** A number that a method reports about its map. */
  public enum Diagnostic {
    /** Logit against the target at the baseline, or of the white canvas. */
    BASELINE_LOGIT,
    /** Sum of the map minus the difference in logits that it should equal, in logits. */
    COMPLETENESS_ERROR,
    /** Number of windows. */
    WINDOWS,
    /** Number of windows scored. */
    SCORED,
    /** Windows not scored because they do not change the image. */
    UNCHANGED,
    /** Windows not scored because another one gives the same image. */
    DUPLICATES,
    /** Minimum coverage over the pixels, in windows (or as a share of masks). */
    COVERAGE_MIN,
    /** Maximum coverage. */
    COVERAGE_MAX,
    /** Windows verified by full forward passes. */
    VERIFIED,
    /** Largest deviation found by the verification, in logits. */
    LARGEST_DIFFERENCE,
    /** Number of noisy copies, masks or permutations drawn. */
    SAMPLES,
    /** Mean standard error over the pixels that have one. */
    MEAN_STANDARD_ERROR,
    /** Number of steps of the quadrature. */
    STEPS,
    /** Standard deviation of the noise, in gray values. */
    NOISE,
    /** Mean p(target) of the noisy copies. */
    NOISY_P_TARGET;

    public String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Applies attribution methods to an image. */
  public static final class Attributions {
    private final Classifier classifier;
    private final MethodSettings settings;
    private final int batch;
    private final IntConsumer progress;
    private final BooleanSupplier stopped;

    /**
     * Creates the attributions of one classifier.
     *
     * @param batch images per forward pass, at least 1
     * @param progress receives the number of perturbed images scored so far; not called by gradient
     *     methods
     * @param stopped polled before each batch of perturbed images
     */
    public Attributions(
        Classifier classifier,
        MethodSettings settings,
        int batch,
        IntConsumer progress,
        BooleanSupplier stopped) {
      this.classifier = classifier;
      this.settings = settings;
      this.batch = Inputs.atLeast(1, "batch size", batch);
      this.progress = progress;
      this.stopped = stopped;
    }

    /**
     * The method's map of the picture.
     *
     * @return empty when stopped
     * @throws IllegalArgumentException if {@link Method#obstacle} names a reason, for an unknown
     *     layer, or if the image is not of the classifier's size
     */
    public Optional<Attribution> of(Method method, Raster picture) {
      method
          .obstacle(classifier, picture)
          .ifPresent(
              why -> {
                throw new IllegalArgumentException(why);
              });
      return method
          .with(settings)
          .explain(new MethodInput(classifier, picture, batch, progress, stopped));
    }

    /**
     * The map of a picture, made as another map was: by its method, with the noise and the steps
     * that it came to use.
     *
     * @return empty when stopped
     * @throws IllegalArgumentException as by {@link #of}
     */
    public Optional<Attribution> like(Attribution made, Raster picture) {
      return new Attributions(classifier, settings.asUsedBy(made), batch, progress, stopped)
          .of(made.method(), picture);
    }
  }
}
