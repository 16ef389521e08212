package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordedArguments;
import org.whisker.feature.train.RetrainingData;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.ResumableJob;
import picocli.CommandLine.Command;

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
      "together with success and p(cat): images not yet classified as cat have their",
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
      "  whisker ablate head --model vgg16-mini --data photos --train-epochs 10",
      "  whisker ablate retrained-padding --data photos --train-from model",
      "  whisker ablate all --model vgg16-mini,inception-resnet-v2-mini --out causes",
      "  whisker ablate --resume causes"
    })
public final class AblateCommand extends JobCommand<AblateConfig, AblateResult> {
  public AblateCommand(Environment environment) {
    super(environment, AblateConfig.class, Extra.CHARTS);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of(
        "--model",
        "--preset",
        "--runs",
        "--generations",
        "--seed",
        "--out",
        "--max-evaluations",
        "--target",
        "--factors",
        "--data",
        "--train-from",
        "--train-epochs",
        "--train-seed",
        "--networks",
        "--resume");
  }

  @Override
  public Integer call() throws IOException {
    if (resume().folder().isEmpty()
        && RecordedArguments.positionals(parsed()).equals(List.of("list"))) {
      if (json()) {
        AblateText.listed().print(environment().out());
      } else {
        environment().out().print(AblateText.list());
      }
      return ExitCode.OK;
    }
    return super.call();
  }

  @Override
  protected ResumableJob<AblateConfig, AblateResult> job(JobContext context) {
    return new AblateStudy(context);
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
    RetrainingData.refuseNetworksAlone(parsed().hasMatchedOption("--networks"), config.training());
    return config;
  }

  @Override
  protected Optional<Path> shown(AblateResult result) {
    return result.done() ? Optional.of(result.folder()) : Optional.empty();
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, SummaryRow.TABLE);
  }

  @Override
  protected int say(AblateResult result) {
    if (result.done()) {
      environment().out().print(AblateText.summary(result.results(), result.job().skipped()));
      environment().out().println("written to " + result.folder());
    } else {
      environment()
          .err()
          .println("whisker: stopped; go on with: whisker ablate --resume " + result.folder());
    }
    return ExitCode.OK;
  }
}
