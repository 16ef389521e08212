package org.whisker.command;

import java.io.IOException;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig.Models;
import picocli.CommandLine.Option;

/** Which classifier. */
public final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private String model = "";

  /** What was asked for: a name or a path. */
  public String name() {
    return model;
  }

  /**
   * The model, its weights checked against its card.
   *
   * @throws InvalidRequestException when the name can't be that of a model
   * @throws IOException when there is no such model, or it is damaged
   */
  public StoredModel open(WhiskerHome home) throws IOException {
    return Models.open(new ModelStore(home.models()), model);
  }
}
