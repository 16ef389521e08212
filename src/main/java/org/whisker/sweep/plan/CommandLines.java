package org.whisker.sweep.plan;

import java.io.IOException;
import java.util.List;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ablate.AblateConfig;
import org.whisker.study.evolve.EvolveConfig;
import org.whisker.study.train.TrainConfig;

/** Makes configurations of options, as the command line understands them. */
public interface CommandLines {
  /**
   * That of a search.
   *
   * @throws InvalidRequestException for options that there are not
   */
  EvolveConfig evolve(List<String> arguments) throws IOException;

  /**
   * That of ablations.
   *
   * @throws InvalidRequestException for options that there are not
   */
  AblateConfig ablate(List<String> arguments) throws IOException;

  /**
   * That of a training.
   *
   * @throws InvalidRequestException for options that there are not
   */
  TrainConfig train(List<String> arguments) throws IOException;
}
