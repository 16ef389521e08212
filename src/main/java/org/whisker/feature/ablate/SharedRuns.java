package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.ablation.AblationRunner.RunStore;
import org.whisker.ablation.ArmRun;
import org.whisker.job.Leftovers;
import org.whisker.job.Provenance.WhiskerVersion;

/**
 * Runs that all reports share. A model goes by its weights and by what it runs on, not by its name
 * alone; another version of whisker finds none of them.
 *
 * @param owners by the model's name; whoever is not there, runs without a network, is shared by all
 */
public record SharedRuns(ArmRunFiles files, Map<String, String> owners) implements RunStore {
  /**
   * In that folder, from which goes what ended processes were writing.
   *
   * @throws UncheckedIOException when it can't be read
   */
  public static SharedRuns of(Path folder, List<StoredAblatedModel> models) {
    Map<String, String> owners = new LinkedHashMap<>();
    models.forEach(model -> owners.put(model.name(), model.owner()));
    Path runs = folder.resolve("runs");
    try {
      Leftovers.removeAbandoned(runs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SharedRuns(new ArmRunFiles(runs.resolve(WhiskerVersion.get())), owners);
  }

  private String owner(String model) {
    return owners.getOrDefault(model, model);
  }

  @Override
  public Optional<ArmRun> find(String model, String key, long seed) {
    return files.find(owner(model), key, seed);
  }

  @Override
  public void keep(String model, String key, ArmRun run) {
    files.keep(owner(model), key, run);
  }

  /** Keeps nothing, for a caller who asks what is to be done from the beginning. */
  public record NoRuns() implements RunStore {
    @Override
    public Optional<ArmRun> find(String model, String key, long seed) {
      return Optional.empty();
    }

    @Override
    public void keep(String model, String key, ArmRun run) {
      throw new IllegalStateException("nothing is run");
    }
  }
}
