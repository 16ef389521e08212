package org.whisker.feature.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.classifier.ModelStore;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.TextTable;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.ModelPace;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.ablate.WorkPlan;
import org.whisker.feature.explain.ExplainJob.ExplainResult;
import org.whisker.feature.train.RetrainingData;
import org.whisker.io.Manifest;
import org.whisker.option.Option;
import org.whisker.page.PageText;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** {@code whisker explain}: the protocol and its report. */
@Command(
    name = "explain",
    description = {
      "Evolves black-pixel cats, measures where their pixels sit and why, and writes a report.",
      "Without a model: vgg16-mini and inception-resnet-v2-mini, in "
          + ExplainCommand.QUICK_TIME
          + ". mobilenet-v2-cats is larger and more accurate: name it. --dry-run says how"
          + " long it takes here."
    },
    footer = {
      "",
      "Budgets, for the two mini classifiers:",
      "  quick     12 runs per arm of up to 3,000 generations, each until p(target) 0.96;",
      "            thirteen hypotheses; " + ExplainCommand.QUICK_TIME,
      "  standard  12 runs per arm; all that need no training; an hour or two",
      "  full      30 runs per arm of 6,000 generations, and what was reported of the",
      "            question's search, one by one; overnight",
      "",
      "Every arm changes one thing of the question's search (evolve --preset question),",
      "which adds one pixel at a time. --preset quick begins from one that searches",
      "harder, by images scored instead of generations; it comes to other cats.",
      "",
      "With photos (--data), networks are also trained: with each padding, on cats in",
      "any position, with another head. This takes hours; see whisker ablate list.",
      "",
      "A large network takes hours. --within 20m plans what can be found out in that",
      "time, and says beforehand what it can't decide.",
      "",
      "Runs are kept in cache/, keyed by the model's weights and the whole",
      "configuration, so another report computes only what is new. Ctrl-C keeps",
      "finished runs.",
      "",
      "Examples:",
      "  whisker explain",
      "  whisker explain --budget standard --dry-run",
      "  whisker explain vgg16-mini --runs 20 --out my-report",
      "  whisker explain --preset quick --out searched-harder",
      "  whisker explain mobilenet-v2-cats --dry-run",
      "  whisker explain my-resnet --within 20m",
      "  whisker explain --data photos --train-from model --train-epochs 2",
      "  whisker explain --resume my-report"
    })
@HelpOrder(
    "--budget --runs --generations --within --seed --out --preset --max-evaluations"
        + " --pace --fresh --device --precision --dry-run --resume --data --train-from"
        + " --train-epochs --train-seed --networks")
public final class ExplainCommand extends JobCommand<ExplainConfig, ExplainResult> {
  /**
   * The time of the quick budget, by some ten measurements on machines of different age. README
   * says it in these words.
   */
  static final String QUICK_TIME = "five to twelve minutes on two cores";

  /** The option {@code --dry-run}, which does another thing with the same plan. */
  record DryRun(
      @Option(
              names = "--dry-run",
              help = "Print what would be done, and how long it would take on this machine.")
          boolean asked) {}

  private final RecordOptions<DryRun> dryRun = RecordOptions.of(DryRun.class);

  public ExplainCommand(Environment environment) {
    super(environment, ExplainConfig.class, ExplainStudy::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(dryRun);
  }

  @Override
  public Integer call() throws IOException {
    if (read(dryRun).asked && resume().folder().isEmpty()) {
      context()
          .note("measuring how fast these models are scored here, which takes a minute or two");
      ExplainStudy study = new ExplainStudy(context());
      return plan(study, study.settled(config()));
    }
    return super.call();
  }

  @Override
  protected ExplainConfig config() {
    ExplainConfig config = super.config();
    RetrainingData.refuseNetworksAlone(config.networks().isPresent(), config.training());
    return config;
  }

  /** A process may have been ended after its last table, and before its page, or by its time. */
  @Override
  protected boolean isWhole(Path folder) {
    try {
      return ReportPage.isDrawn(folder) && ExplainStudy.late(Manifest.read(folder)).isEmpty();
    } catch (IOException e) {
      return false; // whoever goes on with it reads it, and says so
    }
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return ReportText.document(folder);
  }

  @Override
  protected int say(ExplainResult result) throws IOException {
    return ReportText.say(result, ExplainStudy.COMMAND, environment());
  }

  private int plan(ExplainStudy study, ExplainConfig config) throws IOException {
    ExplainJob job = study.plan(config);
    ExplainPlan plan =
        new ExplainPlan(
            job,
            study.known(config, job),
            study.foretold(config, job),
            environment().home().cache());
    if (json()) {
      Document document = plan.document();
      job.timed().ifPresent(timed -> document.value("within", String.join(" ", timed.text())));
      document.print(environment().out());
    } else {
      environment().out().print(plan.text() + others(positionals().isEmpty()) + planned(job));
    }
    return ExitCode.OK;
  }

  private static String planned(ExplainJob job) {
    return job.timed().stream()
        .flatMap(plan -> plan.text().stream())
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /** Which models are not explained because none was named. */
  private String others(boolean none) throws IOException {
    if (!none) {
      return "";
    }
    List<String> others = new ArrayList<>(new ModelStore(environment().home().models()).list());
    others.removeAll(ExplainConfig.SMALL);
    return others.isEmpty()
        ? ""
        : "Only explained if named: %s%n".formatted(String.join(", ", others));
  }

  /**
   * What {@code explain} would do, and how long that would take here.
   *
   * @param foretold whether a model's forecast is kept
   * @param trained where trained networks would be found
   */
  record ExplainPlan(
      ExplainJob job, RunStore store, Predicate<StoredAblatedModel> foretold, Path trained) {
    /** A line of the plan: an experiment, or what is made of each model beside them. */
    private record PlannedRow(
        String model,
        String experiment,
        @Column(meaning = "number of its arms; empty for what is no experiment") OptionalInt arms,
        @Column(meaning = "runs that are to be done; empty as arms is") OptionalInt runsToDo,
        @Column(meaning = "runs that are kept from before; empty as arms is") OptionalInt runsKept,
        @Column(meaning = "networks that are to be trained, whose time is not counted")
            int networksToTrain,
        @Column(unit = "s", meaning = "time on this machine, as it is now") double seconds) {
      static final Table<PlannedRow> TABLE = Table.of(PlannedRow.class);
    }

    /** How fast a model is here. */
    private record PaceRow(
        String model, @Column(meaning = "images scored a second") double imagesPerSecond) {
      static final Table<PaceRow> TABLE = Table.of(PaceRow.class);
    }

    /** The plan as a table, with the total. */
    String text() throws IOException {
      Map<String, ModelPace> paces = job.paces();
      WorkPlan work = work(paces);
      Columns<PlannedRow> columns =
          Columns.of(PlannedRow.class)
              .with("MODEL", PlannedRow::model)
              .with("EXPERIMENT", PlannedRow::experiment)
              .with("ARMS", row -> PageText.count(row.arms()))
              .with("RUNS TO DO", row -> PageText.count(row.runsToDo()))
              .with("KEPT", row -> PageText.count(row.runsKept()))
              .with(
                  "ABOUT",
                  row ->
                      minutes(row.seconds())
                          + (row.networksToTrain() == 0
                              ? ""
                              : " and " + row.networksToTrain() + " networks to train"));
      List<PlannedRow> planned = rows(work);
      boolean training = planned.stream().anyMatch(row -> row.networksToTrain() > 0);
      return TextTable.of(columns, planned) + "\n" + summary(work.seconds(), training, paces);
    }

    /** The plan as tables, for programs. */
    Document document() throws IOException {
      Map<String, ModelPace> paces = job.paces();
      WorkPlan work = work(paces);
      return new Document()
          .table("plan", PlannedRow.TABLE, rows(work))
          .table("skipped", SkippedRow.TABLE, job.experiments().skipped())
          .table(
              "paces",
              PaceRow.TABLE,
              paces.entrySet().stream()
                  .map(pace -> new PaceRow(pace.getKey(), pace.getValue().searched()))
                  .toList())
          .value("seconds", work.seconds());
    }

    private WorkPlan work(Map<String, ModelPace> paces) {
      return job.work(store, paces, foretold);
    }

    /** A row an experiment, and one for what else is made of a model. */
    private List<PlannedRow> rows(WorkPlan work) {
      Map<List<String>, List<WorkPlan.Part>> parts = new LinkedHashMap<>();
      work.parts()
          .forEach(
              part ->
                  parts
                      .computeIfAbsent(List.of(part.model(), part.what()), key -> new ArrayList<>())
                      .add(part));
      return parts.values().stream().map(this::row).toList();
    }

    private PlannedRow row(List<WorkPlan.Part> parts) {
      WorkPlan.Part any = parts.get(0);
      Optional<AblateJob.Task> task =
          job.experiments().tasks().stream()
              .filter(each -> each.model().name().equals(any.model()))
              .filter(each -> each.ablation().id().equals(any.what()))
              .findFirst();
      int todo = parts.stream().mapToInt(WorkPlan.Part::runs).sum();
      RunPlan plan = job.experiments().plan();
      OptionalInt runs =
          task.stream()
              .mapToInt(
                  each ->
                      each.arms().stream()
                          .mapToInt(arm -> plan.runs(arm) * plan.networks(arm))
                          .sum())
              .findFirst();
      return new PlannedRow(
          any.model(),
          any.what(),
          task.stream().mapToInt(each -> each.arms().size()).findFirst(),
          task.isPresent() ? OptionalInt.of(todo) : OptionalInt.empty(),
          runs.isPresent() ? OptionalInt.of(runs.getAsInt() - todo) : runs,
          task.map(this::missing).orElse(0),
          parts.stream().mapToDouble(WorkPlan.Part::seconds).sum());
    }

    /** How many networks are still to be trained for an experiment. */
    private int missing(AblateJob.Task task) {
      if (!task.trains()) {
        return 0;
      }
      int count = job.experiments().plan().networks();
      try {
        return task.model()
            .in(trained)
            .retrained()
            .orElseThrow()
            .missing(task.ablation().retrained(task.model(), task.setting(), count))
            .size();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String summary(double seconds, boolean training, Map<String, ModelPace> paces) {
      String scored =
          paces.entrySet().stream()
              .map(pace -> Text.of("%.0f by %s", pace.getValue().searched(), pace.getKey()))
              .collect(Collectors.joining(", "));
      StringBuilder text = new StringBuilder();
      job.experiments()
          .skipped()
          .forEach(
              s ->
                  text.append(
                      "skipped: %s on %s: %s%n".formatted(s.experiment(), s.model(), s.reason())));
      return text
          + Text.of(
              "All of it takes about %s%s on this machine, as it is now, or less where searches end"
                  + " early (images scored a second: %s).%n"
                  + "Runs that two experiments share are counted once. No report was written.%n",
              minutes(seconds), training ? ", and what training takes," : "", scored);
    }

    private static String minutes(double seconds) {
      long whole = Math.round(seconds);
      return whole < 60
          ? whole + " s"
          : whole / 60 + " min" + (whole < 600 ? " " + whole % 60 + " s" : "");
    }
  }
}
