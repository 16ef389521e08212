package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.whisker.classifier.StoredModel;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.ModelOption;
import org.whisker.command.ResizeOption;
import org.whisker.command.RunningOptions;
import org.whisker.feature.models.ScoreJob.ScoreRow;
import org.whisker.job.JobContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whisker score}: p(cat) of pictures. */
@Command(
    name = "score",
    description = {
      "Prints p(cat) of images as CSV: file, logit (of not-cat), p_cat.",
      "A photo whose size differs from the classifier's input is resized by its shorter side and"
          + " centre-cropped."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker score --model vgg16-mini cat.jpg white",
      "  whisker score --model vgg16-mini photos/ > scores.csv"
    })
public final class ScoreCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final JsonOption json = new JsonOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Images, folders, of which all images are scored, or white.")
  private List<Path> images = List.of();

  private boolean begun;

  public ScoreCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    ScoreJob given = ScoreJob.of(images, running.config());
    ScoreJob job = resize.get() ? given.resizing() : given;
    JobContext context = environment.context(common);
    int unreadable =
        json.asked() ? document(job, context) : job.run(opened(), context, this::print);
    if (!json.asked()) {
      print(List.of());
    }
    return unreadable == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private StoredModel opened() throws IOException {
    return model.open(environment.home());
  }

  private int document(ScoreJob job, JobContext context) throws IOException {
    List<ScoreRow> all = new ArrayList<>();
    int unreadable = job.run(opened(), context, all::addAll);
    new JsonOption.Document().table("scores", ScoreRow.TABLE, all).print(environment.out());
    return unreadable;
  }

  /** Below the header, which is there without rows, too. */
  private void print(List<ScoreRow> rows) {
    if (!begun) {
      environment.out().print(ScoreRow.TABLE.headerLine());
      begun = true;
    }
    rows.forEach(row -> environment.out().print(ScoreRow.TABLE.line(row)));
  }
}
