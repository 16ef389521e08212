package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.TextTable;
import org.whisker.feature.sweep.Numerics.NumericsProcess;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.feature.sweep.SweepPlanner.SweepPlan;
import org.whisker.job.JobContext;
import org.whisker.option.Option;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** {@code whisker sweep plan}: from a spec to a list of tasks. */
@Command(
    name = "plan",
    description = {
      "Makes the tasks of a spec, a YAML or JSON file of models, seeds, and commands with options"
          + " that vary.",
      "Writes tasks.jsonl (a task a line, with its key, largest first),"
          + " groups.jsonl (the configurations) and manifest.json."
    },
    footer = {
      "",
      "A spec:",
      "  models: [vgg16-mini, inception-resnet-v2-mini]",
      "  seeds: {first: 1, count: 20}",
      "  numerics: portable            # or native, the default",
      "  tasks:",
      "    - command: ablate",
      "      experiments: [padding, founders]",
      "      options: {preset: question, max-evaluations: 100000}",
      "    - command: evolve           # all combinations",
      "      options: {crossover: [columns, rectangle], crossover-probability: [0.5, 0.8]}",
      "",
      "Options are those of evolve and ablate, without dashes: a value, or a list of them.",
      "",
      "Examples:",
      "  whisker sweep plan analyses/specs/question.yaml --dry-run",
      "  whisker sweep plan analyses/specs/question.yaml --out question"
    })
@HelpOrder("--dry-run --numerics --out --quiet --verbose")
final class SweepPlanCommand extends RecordCommand<SweepPlanCommand.Asked> {
  record Asked(
      @Option(label = "SPEC", help = "The spec, a YAML or JSON file.") Path file,
      @Option(
              names = "--dry-run",
              help = "Write nothing; say how many tasks there are, and how many images they score.")
          boolean dryRun,
      @Option(
              names = "--numerics",
              label = "KIND",
              help = {
                "native, or portable: float32 on one thread with AVX2, so that nodes of different"
                    + " processors come to the same bits. Part of each key. Default: that of the"
                    + " spec."
              })
          Optional<String> numerics) {}

  private static final int MOST_GROUPS = 30;

  SweepPlanCommand(Environment environment) {
    super(environment, Asked.class, Extra.OUT, Extra.JSON);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    SweepSpec spec = SweepSpec.read(asked.file());
    Numerics numerics = SweepPlanner.numerics(spec, asked.numerics());
    OptionalInt elsewhere = NumericsProcess.of(numerics, environment()).instead(line());
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt();
    }
    JobContext context = context();
    SweepPlan plan = new SweepPlanner(environment(), context).plan(spec, numerics);
    plan.skipped().forEach(context::note);
    if (!json()) {
      say(plan);
    }
    Optional<Path> written =
        asked.dryRun()
            ? Optional.empty()
            : Optional.of(plan.write(out().asked(), arguments(), context));
    if (json()) {
      Document document = document(plan);
      written.ifPresent(folder -> document.value("folder", folder));
      document.print(environment().out());
    } else {
      written.ifPresent(folder -> environment().out().println("written to " + folder));
    }
    return ExitCode.OK;
  }

  private static Document document(SweepPlan plan) {
    return new Document()
        .table("groups", PlannedRow.TABLE, PlannedRow.of(plan))
        .value("tasks", plan.tasks().size())
        .value("images", plan.images());
  }

  private void say(SweepPlan plan) {
    Columns<PlannedRow> columns =
        Columns.of(PlannedRow.class)
            .with("GROUP", PlannedRow::group)
            .with("TASKS", PlannedRow::tasks)
            .with("IMAGES", row -> Text.of("%,.0f", row.images()))
            .with("OPTIONS", PlannedRow::options);
    int more = plan.groups().size() - MOST_GROUPS;
    environment()
        .out()
        .print(
            TextTable.of(columns, PlannedRow.of(plan).stream().limit(MOST_GROUPS).toList())
                + (more > 0 ? "and " + more + " more groups\n" : "")
                + Text.of("%,d tasks, %,.0f images at most%n", plan.tasks().size(), plan.images()));
  }

  /** A group of a plan. */
  private record PlannedRow(
      String group,
      @Column(meaning = "number of its tasks") int tasks,
      @Column(meaning = "images that are scored, at most") double images,
      @Column(meaning = "the options of its command, as the spec gives them") String options) {
    static final Table<PlannedRow> TABLE = Table.of(PlannedRow.class);

    static List<PlannedRow> of(SweepPlan plan) {
      Map<String, List<SweepTask>> tasks = Table.by(plan.tasks(), SweepTask::group);
      return plan.groups().stream()
          .map(group -> of(group, tasks.getOrDefault(group.name(), List.of())))
          .toList();
    }

    private static PlannedRow of(SweepGroup group, List<SweepTask> tasks) {
      return new PlannedRow(
          group.name(),
          tasks.size(),
          tasks.stream().mapToDouble(SweepTask::images).sum(),
          group.options().toString());
    }
  }
}
