package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.EvolvedImageFiles.PixelRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.OpenSearch;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Contained;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig.Models;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.table.Table.TableWriter;

/**
 * The table of all runs of searches, and where asked for a folder a group, as of {@code evolve}.
 */
public final class CollectedSearches implements Closeable {
  private static final List<String> PICTURES = List.of("best.csv", "minimal.csv");

  private final JobContext context;
  private final Path out;
  private final boolean folders;
  private final TableWriter<SweptRunRow> all;
  private final Map<String, Group> groups = new TreeMap<>();
  private final Map<String, StoredModel> models = new HashMap<>();

  /** The runs of a folder that is made. */
  private record Group(EvolveConfig config, StoredModel model, TreeMap<Integer, RunSummary> runs) {}

  CollectedSearches(JobContext context, Path out, boolean folders) throws IOException {
    this.context = context;
    this.out = out;
    this.folders = folders;
    this.all = SweptRunRow.TABLE.whole(out.resolve(SweptRunRow.FILE));
  }

  void add(SweepTask task, TaskResult result) throws IOException {
    // the number that the run has in its group
    int number = (int) (task.seed() - task.configuration().path("seed").asLong() + 1);
    RunSummary summary = summary(task, result, number);
    if (!summary.isFailed()) {
      all.row(new SweptRunRow(task.group(), task.model(), task.key().digits(), summary));
    }
    if (folders) {
      Group group = group(task);
      group.runs().put(number, summary);
      if (!summary.isFailed()) {
        write(new Contained(out).resolve(task.group() + "/runs/" + number), group, result);
      }
    }
  }

  private RunSummary summary(SweepTask task, TaskResult result, int number) throws IOException {
    if (result.failure().isPresent()) {
      return RunSummary.failed(number, task.seed(), result.failure().get());
    }
    RunSummary one = RunSummary.TABLE.parse(result.table(RunSummary.FILE), out).get(0);
    return new RunSummary(
        number, one.seed(), one.ending(), one.result(), one.minimal(), one.message());
  }

  private Group group(SweepTask task) throws IOException {
    Group known = groups.get(task.group());
    if (known == null) {
      JsonNode configuration = task.configuration();
      StoredModel model = model(task.model());
      known = new Group(EvolveConfig.fromJson(configuration, model), model, new TreeMap<>());
      groups.put(task.group(), known);
    }
    return known;
  }

  private StoredModel model(String name) throws IOException {
    StoredModel known = models.get(name);
    if (known == null) {
      known = Models.open(new ModelStore(context.home().models()), name);
      models.put(name, known);
    }
    return known;
  }

  private static void write(Path run, Group group, TaskResult result) throws IOException {
    for (String table : EvolveTasks.TABLES) {
      String text = result.tables().get(table);
      if (text != null) {
        AtomicFiles.write(run.resolve(table), text);
        if (PICTURES.contains(table)) {
          picture(run, table, text, group);
        }
      }
    }
  }

  private static void picture(Path run, String table, String text, Group group) throws IOException {
    var input = group.model().card().input();
    BlackPixels image =
        PixelRow.image(new Canvas(input.width(), input.height()), PixelRow.TABLE.parse(text, run));
    EvolvedImageFiles.picture(
        run,
        table.substring(0, table.indexOf('.')),
        image,
        group.config().plan().options().tones());
  }

  /** Gives the table its name, and the folders what they need besides. */
  void finish() throws IOException {
    all.finish();
    for (Map.Entry<String, Group> each : groups.entrySet()) {
      Group group = each.getValue();
      Path folder = new Contained(out).resolve(each.getKey());
      List<RunSummary> runs = List.copyOf(group.runs().values());
      OpenSearch.record(folder, group.config(), group.model(), runs, context);
    }
  }

  @Override
  public void close() throws IOException {
    all.close();
  }

  /** A row of {@value #FILE}: a run of a search that is done. */
  public record SweptRunRow(
      @Column(meaning = "the configuration, see OptionRow") String group,
      @Column(meaning = "model, as the spec names it") String model,
      String key,
      @Column(meaning = "number and result, as in summary.csv of the group") RunSummary run) {
    public static final String FILE = "evolve.csv";
    public static final Table<SweptRunRow> TABLE = Table.of(SweptRunRow.class, FILE);
  }
}
