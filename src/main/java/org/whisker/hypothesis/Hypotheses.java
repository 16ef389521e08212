package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * All hypotheses, in the order of reports. A new one is a class and a line here; one outside
 * whisker is a class on the class path and a line in its {@code
 * META-INF/services/org.whisker.hypothesis.Hypothesis}, and comes after these.
 */
public final class Hypotheses {
  private static final List<Hypothesis> OWN =
      List.of(
          new Geometry(),
          new Uniformity(),
          new Sides(),
          new Barrier(),
          new Landscape(),
          new PlaceParts(),
          new Operators(),
          new Search(),
          new Founders(),
          new WhiteStart(),
          new Entry(),
          new SafeHarbour(),
          new Padding(),
          new Background(),
          new TrainingCentre(),
          new BarrierOrigin(),
          new Surrogates(),
          new Carriers(),
          new Foveation(),
          new ReceptiveField(),
          new LearnedField(),
          new LocationTied(),
          new Head());

  /** Whether there is a bias at all: the null of the edge index of every report. */
  public static final Hypothesis GEOMETRY = OWN.get(0);

  /** Name and folder of the experiment whose first arm is every report's control. */
  public static final String CONTROL = GEOMETRY.experiment().id();

  /** The hypothesis whose observation a comparison of models shows. */
  public static final Hypothesis FOVEATION = own(Foveation.class);

  /** The hypothesis that tells which half of the canvas pixels prefer, which E does not show. */
  public static final Hypothesis SIDES = own(Sides.class);

  /** The hypothesis whose curves stand on the first screen of a report. */
  public static final Hypothesis BARRIER = own(Barrier.class);

  /** The hypothesis whose shares stand beside them on the first screen. */
  public static final Hypothesis PARTS = own(PlaceParts.class);

  private Hypotheses() {}

  private static Hypothesis own(Class<? extends Hypothesis> type) {
    return OWN.stream().filter(type::isInstance).findFirst().orElseThrow();
  }

  /**
   * All hypotheses, loaded when they are first asked for. A class outside whisker that can't be
   * loaded breaks nothing but the call: it says which class it is.
   */
  private static final class Loaded {
    private static @Nullable List<Hypothesis> all;

    private Loaded() {}

    static synchronized List<Hypothesis> get() {
      List<Hypothesis> known = all;
      if (known == null) {
        known = withOthers();
        all = known;
      }
      return known;
    }

    private static List<Hypothesis> withOthers() {
      List<Hypothesis> found = new ArrayList<>(OWN);
      try {
        ServiceLoader.load(Hypothesis.class).forEach(found::add);
      } catch (ServiceConfigurationError e) {
        throw new IllegalArgumentException(
            "a hypothesis on the class path can't be loaded: " + e.getMessage(), e);
      }
      Set<String> ids = new HashSet<>();
      for (Hypothesis each : found) {
        Checks.require(ids.add(each.id()), "two hypotheses are called %s", each.id());
      }
      return List.copyOf(found);
    }
  }

  public static List<Hypothesis> all() {
    return Loaded.get();
  }

  public static List<String> ids() {
    return all().stream().map(Hypothesis::id).toList();
  }

  /** Finds the hypothesis of this id; empty where there is none. */
  public static Optional<Hypothesis> find(String id) {
    return all().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /**
   * Returns the hypothesis of this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Hypothesis get(String id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("no hypothesis is called \"" + id + "\""));
  }

  /** What an experiment does and predicts, in one line; empty for an unknown experiment. */
  public static Optional<String> explanation(String experiment) {
    return Experiments.find(experiment).map(Ablation::explanation);
  }

  /** What a page shows of an experiment that stands alone, whatever it tests. */
  public static List<Exhibit> exhibitsOf(String experiment) {
    List<Exhibit> shown =
        all().stream()
            .filter(
                each ->
                    each.experiments().stream().anyMatch(p -> p.ablation().id().equals(experiment)))
            .flatMap(each -> each.shown().stream())
            .distinct()
            .toList();
    return shown.isEmpty() ? Exhibit.OF_ARMS : shown;
  }

  /** The tables that single hypotheses have. */
  public static List<Table<?>> tables() {
    return all().stream().<Table<?>>flatMap(each -> each.tables().stream()).toList();
  }
}
