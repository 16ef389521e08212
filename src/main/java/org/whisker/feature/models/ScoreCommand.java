package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.StoredModel;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.feature.models.ScoreJob.ScoreRow;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import picocli.CommandLine.Command;

/** {@code whisker score}: p(cat) of pictures. */
@Command(
    name = "score",
    description = {
      "Prints p(cat) of images as CSV: file, logit (of not-cat), p_cat.",
      "A photo whose size differs from the classifier's input is resized by its shorter side and"
          + " centre-cropped."
    },
    footer = {
      "",
      "Examples:",
      "  whisker score --model vgg16-mini docs/cat.png white",
      "  whisker score --model vgg16-mini photos/ > scores.csv"
    })
public final class ScoreCommand extends RecordCommand<ScoreCommand.Asked> {
  /** What is scored. */
  record Asked(
      ModelConfig model,
      @Resize boolean resize,
      @Option(
              needed = true,
              label = "IMAGE",
              help = "Images, folders, of which all images are scored, or white.")
          List<Path> images) {}

  private boolean begun;

  public ScoreCommand(Environment environment) {
    super(environment, Asked.class, Extra.JSON);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of(
        "--quiet", "--verbose", "--model", "--resize", "--device", "--precision", "--json");
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    ScoreJob given = ScoreJob.of(asked.images(), asked.model().running());
    ScoreJob job = asked.resize() ? given.resizing() : given;
    JobContext context = context();
    int unreadable =
        json() ? document(asked, job, context) : job.run(opened(asked), context, this::print);
    if (!json()) {
      print(List.of());
    }
    return unreadable == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private StoredModel opened(Asked asked) throws IOException {
    return asked.model().open(environment().home());
  }

  private int document(Asked asked, ScoreJob job, JobContext context) throws IOException {
    List<ScoreRow> all = new ArrayList<>();
    int unreadable = job.run(opened(asked), context, all::addAll);
    new JsonOption.Document().table("scores", ScoreRow.TABLE, all).print(environment().out());
    return unreadable;
  }

  /** Below the header, which is there without rows, too. */
  private void print(List<ScoreRow> rows) {
    if (!begun) {
      environment().out().print(ScoreRow.TABLE.headerLine());
      begun = true;
    }
    rows.forEach(row -> environment().out().print(ScoreRow.TABLE.line(row)));
  }
}
