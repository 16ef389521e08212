package org.whisker.feature.explain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.explain.Finding;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.ExperimentRuns.Until;
import org.whisker.feature.ablate.WorkPlan;
import org.whisker.hypothesis.Budget;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.PlanCost;
import org.whisker.hypothesis.PlanTurn;
import org.whisker.hypothesis.Planned;
import org.whisker.option.Records;
import org.whisker.position.ProbeMap;
import org.whisker.value.Text;

/**
 * What of the quick budget fits into a time, chosen step by step in a fixed order, by the turn that
 * each experiment has ({@link PlanCost}): what costs by place, a sampled probe and six short runs,
 * the parts of the network, a forecast, then more of each. It is a function of how many images a
 * second each model scores, and looks at no clock. What is not done in time after all is left out
 * by {@link #until}.
 *
 * @param within the time that there is
 * @param chosen what fits
 * @param seconds the seconds that it is reckoned to take
 * @param after the seconds of them that come after all experiments
 * @param pace images a second, by the name of each model
 * @param longer the runs of an arm that there was time for besides; empty where there was none
 */
record TimedPlan(
    Duration within,
    Choice chosen,
    double seconds,
    double after,
    Map<String, Double> pace,
    OptionalInt longer) {
  /** Share of the time that is planned; the rest is for what was reckoned too low. */
  private static final double SHARE = 0.8;

  // by measurement: opening, statistics and charts of a model; the page
  private static final double SECONDS_A_MODEL = 20;
  private static final double SECONDS_A_PAGE = 10;

  /** Runs of an arm that a plan goes on to at most, while there is time. */
  static final int MOST_RUNS = 24;

  /** What may be chosen, in the order in which it is added while there is time. */
  private static final List<Planned> QUICK =
      Experiments.plannedIn(Budget.QUICK).stream()
          .sorted(Comparator.comparing(each -> each.timed().turn()))
          .toList();

  /** Runs so short that they only show where a search begins to go. */
  private static Choice least() {
    return new Choice(
        QUICK.stream()
            .filter(each -> each.timed().turn() == PlanTurn.ALWAYS)
            .map(each -> each.ablation().id())
            .collect(Collectors.toSet()),
        6,
        300,
        8,
        false);
  }

  private static List<UnaryOperator<Choice>> steps() {
    List<UnaryOperator<Choice>> steps =
        new ArrayList<>(with(PlanTurn.PARTS_OF_PLACE, PlanTurn.PARTS_OF_PLACE));
    steps.add(every(4));
    steps.add(search(6, 1_000));
    steps.addAll(with(PlanTurn.TIES_TO_PLACE, PlanTurn.TIES_TO_PLACE));
    steps.add(c -> new Choice(c.experiments(), c.runs(), c.generations(), c.every(), true));
    steps.add(search(Budget.QUICK.runs(), 1_000));
    steps.addAll(with(PlanTurn.LEARNED_FIELDS, PlanTurn.LANDSCAPE));
    steps.add(search(Budget.QUICK.runs(), Budget.QUICK.generations()));
    steps.add(every(2));
    QUICK.stream()
        .filter(each -> each.timed().mapsEveryPixel())
        .forEach(each -> steps.add(c -> every(1).apply(with(each).apply(c))));
    return steps;
  }

  /** Adds what has one of these turns, but for what needs every pixel. */
  private static List<UnaryOperator<Choice>> with(PlanTurn first, PlanTurn last) {
    return QUICK.stream()
        .filter(each -> each.timed().turn().compareTo(first) >= 0)
        .filter(each -> each.timed().turn().compareTo(last) <= 0)
        .filter(each -> !each.timed().mapsEveryPixel())
        .map(TimedPlan::with)
        .toList();
  }

  /**
   * What is done.
   *
   * @param experiments by id
   * @param runs the number of runs of an arm
   * @param generations the number of generations of a run, at most
   * @param every how far the positions of the probe map lie apart, in pixels
   * @param forecast whether the pixels' places are forecast before the runs
   */
  record Choice(Set<String> experiments, int runs, int generations, int every, boolean forecast) {
    Choice {
      experiments = Set.copyOf(experiments);
    }

    private Stream<PlanCost> timed() {
      return QUICK.stream()
          .filter(each -> experiments.contains(each.ablation().id()))
          .map(Planned::timed);
    }

    /** The experiments in the order of reports. */
    List<Ablation> ablations() {
      return Experiments.in(Budget.QUICK).stream()
          .filter(each -> experiments.contains(each.id()))
          .toList();
    }
  }

  private static UnaryOperator<Choice> with(Planned planned) {
    return c -> {
      Set<String> more = new LinkedHashSet<>(c.experiments());
      more.add(planned.ablation().id());
      return new Choice(more, c.runs(), c.generations(), c.every(), c.forecast());
    };
  }

  private static UnaryOperator<Choice> search(int runs, int generations) {
    return c -> new Choice(c.experiments(), runs, generations, c.every(), c.forecast());
  }

  private static UnaryOperator<Choice> every(int pixels) {
    return c -> new Choice(c.experiments(), c.runs(), c.generations(), pixels, c.forecast());
  }

  /**
   * Plans what fits.
   *
   * @param pace images a second, by the name of each model
   * @throws IllegalArgumentException if not even the least does
   */
  static TimedPlan of(
      Duration within, List<? extends AblatedModel> models, Map<String, Double> pace) {
    ToDoubleFunction<Choice> seconds = choice -> seconds(choice, models, pace);
    double most = SHARE * within.toMillis() / 1000.0;
    Choice chosen = least();
    if (seconds.applyAsDouble(chosen) > most) {
      throw new IllegalArgumentException(
          "--within %s is too short: the least takes about %s here"
              .formatted(
                  text((double) within.toSeconds()), text(seconds.applyAsDouble(chosen) / SHARE)));
    }
    for (UnaryOperator<Choice> step : steps()) {
      Choice more = step.apply(chosen);
      if (seconds.applyAsDouble(more) <= most) {
        chosen = more;
      }
    }
    return new TimedPlan(
        within,
        chosen,
        seconds.applyAsDouble(chosen),
        after(chosen, models, pace),
        pace,
        OptionalInt.empty());
  }

  /** Returns this plan with so many runs of an arm. */
  TimedPlan longer(int more) {
    return Records.changed(this, TimedPlan::longer).to(OptionalInt.of(more));
  }

  /** The number of runs of an arm. */
  int runs() {
    return longer.orElse(chosen.runs());
  }

  /**
   * How many runs an arm may have instead, at least two more, for all experiments to be done again
   * with them in the time that is left. Time alone decides that, whatever the runs so far have
   * shown: so no verdict is looked at twice.
   *
   * @param left the seconds that are left for experiments
   * @param ratio of the seconds that experiments took to those that were reckoned
   * @return empty when there is no time for two more
   */
  OptionalInt longer(List<? extends AblatedModel> models, double left, double ratio) {
    return IntStream.iterate(MOST_RUNS, n -> n >= runs() + 2, n -> n - 1)
        .filter(n -> ratio * experimentSeconds(n, runs(), models) <= SHARE * left)
        .findFirst();
  }

  /**
   * The seconds in which the experiments are reckoned to be done.
   *
   * @param runs of an arm
   * @param kept those of them that were done before
   */
  double experimentSeconds(int runs, int kept, List<? extends AblatedModel> models) {
    double sum = chosen.timed().mapToDouble(PlanCost::seconds).sum();
    for (AblatedModel model : models) {
      double images = images(search(runs, chosen.generations()).apply(chosen), model);
      double done =
          kept == 0
              ? 0
              : armImages(search(kept, chosen.generations()).apply(chosen), model)
                  + probed(chosen, model);
      sum +=
          WorkPlan.SECONDS_AN_EXPERIMENT * chosen.experiments().size()
              + (images - done) / pace.getOrDefault(model.name(), 0.0);
    }
    return sum;
  }

  /** Seconds of maps, comparisons and the page. */
  private static double after(
      Choice choice, List<? extends AblatedModel> models, Map<String, Double> pace) {
    double sum = SECONDS_A_PAGE;
    for (AblatedModel model : models) {
      double probed = ProbeMap.positions(model.canvas(), choice.every());
      sum += SECONDS_A_MODEL + probed / pace.getOrDefault(model.name(), 0.0);
    }
    return sum;
  }

  /**
   * Until when experiments are done: as long as what comes after them fits in, and for half of the
   * time at least. That of the control is done in any case; without it there is no report.
   *
   * @param began when the job began, in milliseconds
   * @param clock the present time, in milliseconds
   */
  Until until(long began, LongSupplier clock) {
    return new Until(
        () -> left(began, clock) <= 0,
        QUICK.stream().map(each -> each.ablation().id()).toList(),
        Set.of(Hypotheses.GEOMETRY.experiment().id()));
  }

  /** The seconds that are left for experiments, as {@link #until} has it. */
  double left(long began, LongSupplier clock) {
    double seconds = within.toMillis() / 1000.0;
    return Math.max(seconds - after, seconds / 2) - (clock.getAsLong() - began) / 1000.0;
  }

  private static double seconds(
      Choice choice, List<? extends AblatedModel> models, Map<String, Double> pace) {
    double sum = SECONDS_A_PAGE + choice.timed().mapToDouble(PlanCost::seconds).sum();
    for (AblatedModel model : models) {
      double rate = pace.getOrDefault(model.name(), 0.0);
      sum += SECONDS_A_MODEL + WorkPlan.SECONDS_AN_EXPERIMENT * choice.experiments().size();
      if (choice.forecast()) {
        sum += Foretelling.seconds(model.canvas(), rate);
      }
      sum += images(choice, model) / rate;
    }
    return sum;
  }

  /** How many images a model scores, roughly; runs that end early score fewer. */
  static double images(Choice choice, AblatedModel model) {
    return probed(choice, model)
        + armImages(choice, model)
        + choice.ablations().stream()
            .mapToDouble(each -> each.observed(model, choice.runs()))
            .sum();
  }

  private static double probed(Choice choice, AblatedModel model) {
    return choice.timed().anyMatch(PlanCost::mapsEveryPixel)
        ? 0
        : ProbeMap.positions(model.canvas(), choice.every());
  }

  private static double armImages(Choice choice, AblatedModel model) {
    AblationSetting setting =
        AblateJob.setting(
            model,
            EvolutionOptions.question(),
            Budget.QUICK.evaluations(),
            OptionalInt.of(choice.generations()),
            1);
    Map<String, Double> arms = new LinkedHashMap<>();
    for (Ablation each : choice.ablations()) {
      each.design().apply(setting).arms().stream()
          .filter(arm -> !arm.isFlat())
          .forEach(
              arm ->
                  arms.put(
                      arm.variant().label() + arm.transform().label(),
                      WorkPlan.NEW
                          * choice.runs()
                          * ArmLoad.of(arm, setting, choice.runs(), 1).images()));
    }
    return arms.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The hypotheses whose experiment is left out, in the order of reports. */
  List<Hypothesis> leftOut() {
    Set<String> quick =
        Experiments.in(Budget.QUICK).stream().map(Ablation::id).collect(Collectors.toSet());
    return Hypotheses.all().stream()
        .filter(each -> quick.contains(each.experiment().id()))
        .filter(each -> !isTested(each))
        .toList();
  }

  private boolean isTested(Hypothesis hypothesis) {
    return chosen.experiments().contains(hypothesis.experiment().id());
  }

  /** The hypotheses that are tested, but with too few runs for a p that the correction leaves. */
  List<Hypothesis> undecidable() {
    List<Hypothesis> tested = Hypotheses.all().stream().filter(this::isTested).toList();
    double floor = Math.pow(2, 1.0 - runs()) * tested.size() * pace.size();
    return floor <= Finding.ALPHA
        ? List.of()
        : tested.stream().filter(Hypothesis::flipsRuns).toList();
  }

  /** What is planned, and what can't be decided, in sentences. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.of(
            "Planned to end within %s: %d runs an arm of up to %,d generations, %s, and %d of %d"
                + " experiments of the quick budget; about %s.",
            text((double) within.toSeconds()),
            chosen.runs(),
            chosen.generations(),
            chosen.every() == 1
                ? "every pixel probed"
                : Text.of("one pixel of each %d × %d probed", chosen.every(), chosen.every()),
            chosen.ablations().size(),
            Experiments.in(Budget.QUICK).size(),
            text(seconds)));
    longer.ifPresent(
        more -> lines.add(Text.of("There was time for more: %d runs an arm were made.", more)));
    if (!leftOut().isEmpty()) {
      lines.add("Left out, and so not tested: " + ids(leftOut()) + ".");
    }
    if (!chosen.forecast()) {
      lines.add("No forecast is made: there is no time to try pixels before the runs.");
    }
    if (!undecidable().isEmpty()) {
      lines.add(
          Text.of("Measured, but %d runs are too few to decide: %s.", runs(), ids(undecidable())));
    }
    List<String> untold =
        leftOut().stream().map(Hypothesis::tells).filter(what -> !what.isEmpty()).toList();
    if (!untold.isEmpty()) {
      lines.add("The answer can't tell " + String.join(", ", untold) + ".");
    }
    return lines;
  }

  private static String ids(List<Hypothesis> hypotheses) {
    return hypotheses.stream().map(Hypothesis::id).collect(Collectors.joining(", "));
  }

  private static String text(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : Math.round(seconds / 60) + " min";
  }

  /** What a manifest says of it. */
  Map<String, Object> described() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seconds", within.toSeconds());
    map.put("reckoned_seconds", Math.round(seconds));
    map.put("images_a_second", pace);
    map.put("generations", chosen.generations());
    map.put("forecast", chosen.forecast());
    map.put(PROBE_EVERY, chosen.every());
    map.put("left_out", leftOut().stream().map(Hypothesis::id).toList());
    map.put("too_few_runs", undecidable().stream().map(Hypothesis::id).toList());
    map.put(TEXT, text());
    return map;
  }

  /** Entries of {@link #described}. */
  static final String PROBE_EVERY = "probe_every";

  static final String TEXT = "text";
}
