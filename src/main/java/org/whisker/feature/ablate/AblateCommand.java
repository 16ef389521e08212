package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Observation;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordedArguments;
import org.whisker.command.TextTable;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.ablate.AblateJob.AblateResult;
import org.whisker.feature.train.RetrainingData;
import org.whisker.hypothesis.Experiments;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.SignFlipTest;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** {@code whisker ablate}: takes one suspected cause away at a time. */
@Command(
    name = "ablate",
    description = {
      "Runs controlled experiments on why evolved pixels lie where they do. Each has"
          + " a control arm, and arms that differ from it in one factor. All arms have the"
          + " same seeds and score the same number of images.",
      "whisker ablate list explains each experiment.",
      "Writes MODEL/EXPERIMENT/ (arms.csv, one row per run; effect.csv or"
          + " observations.csv; networks.csv where networks are trained, manipulation.csv"
          + " where their photos are shifted; charts as PNG and SVG). Beside them are"
          + " summary.csv, skipped.csv, overview.png, and runs/ and trained/, from which"
          + " --resume continues."
    },
    footer = {
      "",
      "E is the edge index: ½ is chance; below it, pixels lie nearer the edge. Read it",
      "together with success and p(target): images not yet classified as cat have their",
      "pixels elsewhere.",
      "",
      "Default: 10 runs per arm, seeds from 1 up. --generations only ends a run that",
      "no longer produces new images. runs_needed in the tables is for a power of",
      "80 %%.",
      "",
      "Examples:",
      "  whisker ablate list",
      "  whisker ablate padding --model vgg16-mini",
      "  whisker ablate regions,founders --runs 20 --max-evaluations 10000",
      "  whisker ablate factorial --factors padding:reflect/circular,background",
      "  whisker ablate entry --arms held,stronger-held,stronger",
      "  whisker ablate head --model vgg16-mini --data photos --train-epochs 10",
      "  whisker ablate retrained-padding --data photos --train-from model",
      "  whisker ablate all --model vgg16-mini,inception-resnet-v2-mini --out causes",
      "  whisker ablate --resume causes"
    })
@HelpOrder(
    "--model --preset --runs --generations --seed --out --max-evaluations --target"
        + " --factors --arms --data --train-from --train-epochs --train-seed --networks"
        + " --resume")
public final class AblateCommand extends JobCommand<AblateConfig, AblateResult> {
  public AblateCommand(Environment environment) {
    super(environment, AblateConfig.class, AblateStudy::new, Optional::of, Extra.CHARTS);
  }

  @Override
  public Integer call() throws IOException {
    if (resume().folder().isEmpty() && positionals().equals(List.of("list"))) {
      if (json()) {
        listed().print(environment().out());
      } else {
        environment().out().print(list());
      }
      return ExitCode.OK;
    }
    return super.call();
  }

  /**
   * What experiments and options ask for.
   *
   * @throws InvalidRequestException for options that there are not
   */
  public static AblateConfig config(List<String> words, Environment environment) {
    AblateCommand command = new AblateCommand(environment);
    RecordedArguments.parseAsked(command, "ablate", words);
    return command.config();
  }

  @Override
  protected AblateConfig config() {
    AblateConfig config = super.config();
    RetrainingData.refuseNetworksAlone(isTyped("--networks"), config.training());
    return config;
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, SummaryRow.TABLE);
  }

  @Override
  protected int say(AblateResult result) {
    if (result.done()) {
      environment().out().print(summary(result.results(), result.job().skipped()));
      environment().out().println("written to " + result.folder());
    } else {
      environment()
          .err()
          .println("whisker: stopped; go on with: whisker ablate --resume " + result.folder());
    }
    return ExitCode.OK;
  }

  private static final int COLUMNS = 96;

  /** All experiments that {@code ablate} has, explained. */
  private static String list() {
    StringBuilder text = new StringBuilder();
    for (Ablation a : Experiments.all()) {
      text.append(a.id()).append(" (hypothesis ").append(a.hypothesis()).append(")\n");
      wrap(a.explanation(), "  ", text);
      wrap("needs: " + a.needs(), "  ", text);
      text.append("  arms on a zero-padded network:\n");
      AblateExample.arms(a)
          .forEach(arm -> wrap(Text.of("%-18s %s", arm.name(), arm.what()), "    ", text));
      text.append('\n');
    }
    return text.toString();
  }

  /** The experiments and their arms as tables, for programs. */
  private static Document listed() {
    List<ExperimentRow> experiments = new ArrayList<>();
    List<ListedArmRow> arms = new ArrayList<>();
    for (Ablation a : Experiments.all()) {
      experiments.add(new ExperimentRow(a.id(), a.hypothesis(), a.explanation(), a.needs()));
      AblateExample.arms(a)
          .forEach(arm -> arms.add(new ListedArmRow(a.id(), arm.name(), arm.what())));
    }
    return new Document()
        .table("experiments", ExperimentRow.TABLE, experiments)
        .table("arms", ListedArmRow.TABLE, arms);
  }

  /** An experiment that there is. */
  private record ExperimentRow(
      String experiment,
      String hypothesis,
      @Column(meaning = "the intervention, and what the hypothesis predicts") String explanation,
      @Column(meaning = "what the model must have for it") String needs) {
    static final Table<ExperimentRow> TABLE = Table.of(ExperimentRow.class);
  }

  /** An arm of an experiment on a zero-padded network. */
  private record ListedArmRow(
      String experiment, String arm, @Column(meaning = "what it differs in") String what) {
    static final Table<ListedArmRow> TABLE = Table.of(ListedArmRow.class);
  }

  /** Breaks lines between words; those that go on are indented by two more. */
  private static void wrap(String line, String indent, StringBuilder text) {
    StringBuilder current = new StringBuilder(indent);
    String begun = indent;
    for (String word : line.split(" ", -1)) {
      if (current.length() + word.length() > COLUMNS && current.length() > begun.length()) {
        text.append(current.toString().stripTrailing()).append('\n');
        begun = indent + "  ";
        current = new StringBuilder(begun);
      }
      current.append(word).append(' ');
    }
    text.append(current.toString().stripTrailing()).append('\n');
  }

  /** The verdicts as a table. */
  private static String summary(List<AblationResult> results, List<SkippedRow> skipped) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "EXPERIMENT",
            "MODEL",
            "COMPARISON",
            "MEASURE",
            "DIFFERENCE (95 %)",
            "P SHAFFER",
            "VERDICT",
            "SUCCESS",
            "P(TARGET), FROM"));
    for (AblationResult result : results) {
      result.first().forEach(effect -> rows.add(row(result, effect)));
      result.observations().forEach(o -> rows.add(row(result, o)));
    }
    StringBuilder text = new StringBuilder(TextTable.of(rows));
    for (AblationResult result : results) {
      result
          .withheld()
          .forEach(
              w ->
                  text.append("no verdict: ")
                      .append(result.ablation().id())
                      .append(" on ")
                      .append(result.model())
                      .append(", ")
                      .append(w.comparison())
                      .append(": ")
                      .append(w.reason())
                      .append('\n'));
    }
    skipped.forEach(
        s ->
            text.append("skipped: ")
                .append(s.experiment())
                .append(" on ")
                .append(s.model())
                .append(": ")
                .append(s.reason())
                .append('\n'));
    return text.toString();
  }

  private static List<String> row(AblationResult result, ArmEffect e) {
    Estimate delta = e.delta();
    return List.of(
        result.ablation().id(),
        result.model(),
        e.contrast().label(),
        measure(e.measure()),
        delta == null
            ? "none ("
                + e.dropped()
                + (e.dropped() == 1 ? " pair has" : " pairs have")
                + " a white image)"
            : difference(delta.value(), delta.interval()),
        delta == null ? "" : Text.of("%.4f", e.pShaffer()),
        delta == null
            ? ""
            : verdict(VerdictAnswer.label(e), e.p(), e.seeds(), e.runsNeeded(), result.units()),
        arms(result, e, AblateCommand::success),
        arms(result, e, AblateCommand::confidence));
  }

  private static String measure(Measure measure) {
    return switch (measure) {
      case EDGE_INDEX -> "E";
      case EDGE_INDEX_AT_TARGET -> "E at target";
      case EDGE_INDEX_AT_HALF -> "E at p(target) 0.5";
      case EDGE_INDEX_AT_GAIN -> "E at equal gain";
      default -> measure.label();
    };
  }

  private static List<String> row(AblationResult result, Observation o) {
    Interval interval = o.interval();
    return List.of(
        result.ablation().id(),
        result.model(),
        o.name() + " - " + o.against(),
        o.statistic(),
        interval == null ? Text.of("%.3f", o.effect()) : difference(o.effect(), interval),
        o.verdict() == null ? "" : Text.of("%.4f", o.pShaffer()),
        verdict(VerdictAnswer.label(o), o.p(), o.runs(), o.runsNeeded(), result.units()),
        success(result.arms().get(0)),
        confidence(result.arms().get(0)));
  }

  private static String difference(double value, Interval interval) {
    return Text.of("%+.3f (%+.3f to %+.3f)", value, interval.low(), interval.high());
  }

  private static String verdict(
      String label, double p, int runs, OptionalLong runsNeeded, String units) {
    Optional<VerdictAnswer> answer = VerdictAnswer.find(label);
    if (answer.isEmpty()) {
      return "";
    }
    String words = answer.get().words();
    boolean tooFew = answer.get() == VerdictAnswer.UNDECIDED && SignFlipTest.isSmallest(p, runs);
    String word = tooFew ? Text.of("%s: %d %s can't reach p 0.05", words, runs, units) : words;
    return runsNeeded.isPresent() ? word + ", try " + runsNeeded.getAsLong() + " " + units : word;
  }

  private static String arms(AblationResult result, ArmEffect e, Function<ArmRuns, String> text) {
    return String.join(
        " / ",
        e.contrast().weights().keySet().stream()
            .flatMap(name -> result.arm(name).stream())
            .map(text)
            .toList());
  }

  private static String success(ArmRuns arm) {
    return arm.arm().isFlat() ? "-" : arm.successes() + " of " + arm.runs().size();
  }

  private static String confidence(ArmRuns arm) {
    OptionalDouble mean = arm.mean(Measure.P_TARGET);
    OptionalDouble bare = arm.bareCatProbability();
    return mean.isEmpty() || bare.isEmpty()
        ? "-"
        : Text.of("%.2f, from %.2f", mean.getAsDouble(), bare.getAsDouble());
  }

  /** The arms of experiments without a model, for who asks what they are. */
  private static final class AblateExample {
    static List<AblationArm> arms(Ablation ablation) {
      AblationSetting setting =
          new AblationSetting(EvolutionOptions.quick(), Canvas.square(128), 0.456f, "zero", 40, 1);
      return ablation.design().apply(setting).arms();
    }
  }
}
