package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.whisker.classifier.StoredModel;
import org.whisker.command.AgainstOption.TargetOption;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.feature.models.ScoreJob.ScoreRow;
import org.whisker.feature.models.ScoreJob.TopRow;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.table.Table;

/** {@code whisker score}: p(target) of pictures. */
@Command(
    name = "score",
    description = {
      "Prints p(target) of images as CSV: file, logit (of not-cat), p_target. For a network that is"
          + " asked for another class, prints p_target and the logit of not being that class.",
      "A photo whose size differs from the classifier's input is resized by its shorter side and"
          + " centre-cropped."
    },
    footer = {
      "",
      "Examples:",
      "  whisker score --model vgg16-mini docs/cat.png white",
      "  whisker score --model vgg16-mini photos/ > scores.csv",
      "  whisker score --model resnet50 --top 5 photos/",
      "  whisker score --model resnet50@tabby photos/"
    })
@HelpOrder("--quiet --verbose --model --target --resize --top --device --precision --json")
public final class ScoreCommand extends RecordCommand<ScoreCommand.Asked> {
  record Asked(
      ModelConfig model,
      @Resize boolean resize,
      @Option(
              names = "--top",
              label = "N",
              min = 1,
              help =
                  "For a network with several classes: print the N highest classes of each"
                      + " image instead, with columns file, rank, index, name, output, p.")
          OptionalInt top,
      @Option(
              needed = true,
              label = "IMAGE",
              help =
                  "Images; folders, whose images are all scored (or those of their"
                      + " subfolders, if they have none themselves); or white.")
          List<Path> images) {}

  private final RecordOptions<TargetOption> target = RecordOptions.of(TargetOption.class);
  private boolean begun;

  public ScoreCommand(Environment environment) {
    super(environment, Asked.class, Extra.JSON);
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(target);
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    ScoreJob given = ScoreJob.of(asked.images(), asked.model().running());
    ScoreJob job = asked.resize() ? given.resizing() : given;
    StoredModel model =
        new ModelConfig(read(target).in(asked.model().name()), asked.model().running())
            .open(environment().home());
    JobContext context = context();
    int unreadable;
    if (asked.top().isPresent()) {
      int top = asked.top().getAsInt();
      unreadable = told(TopRow.TABLE, rows -> job.top(model, top, context, rows));
    } else {
      if (!model.card().output().isOfCat()) {
        String target = model.card().output().target();
        context.note("logit is that of not-%1$s, p_target is p(%1$s)".formatted(target));
      }
      unreadable = told(ScoreRow.TABLE, rows -> job.run(model, context, rows));
    }
    return unreadable == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** Makes rows, batch by batch, and returns how many images could not be read. */
  @FunctionalInterface
  private interface Scoring<R extends Record> {
    int run(Consumer<List<R>> rows) throws IOException;
  }

  /** Prints rows as they come below their header, or all at the end as JSON. */
  private <R extends Record> int told(Table<R> table, Scoring<R> scoring) throws IOException {
    if (json()) {
      List<R> all = new ArrayList<>();
      int unreadable = scoring.run(all::addAll);
      new JsonOption.Document().table("scores", table, all).print(environment().out());
      return unreadable;
    }
    int unreadable = scoring.run(rows -> print(table, rows));
    print(table, List.of());
    return unreadable;
  }

  /** Prints rows below the header, which is there without rows, too. */
  private <R extends Record> void print(Table<R> table, List<R> rows) {
    if (!begun) {
      environment().out().print(table.headerLine());
      begun = true;
    }
    rows.forEach(row -> environment().out().print(table.line(row)));
  }
}
