package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.KeptRunRow;
import org.whisker.classifier.Sha256;
import org.whisker.job.Leftovers;
import org.whisker.job.Provenance;

/**
 * Finished runs of ablations, a file each: {@code FOLDER/MODEL/KEY/SEED.csv}, whole or not there,
 * with a hash of its place and content. One that was changed or moved since, or can't be read,
 * counts as not kept. What can't be written is an {@link UncheckedIOException}.
 */
public record ArmRunFiles(Path folder) implements RunStore {
  private Path file(String model, String key, long seed) {
    return folder.resolve(model).resolve(key).resolve(seed + ".csv");
  }

  @Override
  public Optional<ArmRun> find(String model, String key, long seed) {
    Path file = file(model, key, seed);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<KeptRunRow> rows = KeptRunRow.TABLE.read(file);
      boolean intact = rows.size() == 1 && isIntact(model, key, seed, rows.get(0));
      return intact ? Optional.of(rows.get(0).run()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isIntact(String model, String key, long seed, KeptRunRow row) {
    return row.seed() == seed && row.sha256().equals(sha256(model, key, row));
  }

  private static String sha256(String model, String key, KeptRunRow row) {
    return Sha256.ofText(model + "\n" + key + "\n" + row.hashed());
  }

  @Override
  public void keep(String model, String key, ArmRun run) {
    KeptRunRow row = KeptRunRow.of(run);
    Path file = file(model, key, run.seed());
    List<KeptRunRow> rows = List.of(row.with(sha256(model, key, row)));
    try {
      if (asksNetwork(run)) {
        KeptRunRow.TABLE.write(file, rows);
      } else { // made again sooner than forced to the disk, and there are hundreds
        KeptRunRow.TABLE.writeUnforced(file, rows);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean asksNetwork(ArmRun run) {
    return run.outcome().stream().anyMatch(outcome -> outcome.logit().isPresent());
  }

  /**
   * Runs that all reports share. A model goes by its weights and by what it runs on, not by its
   * name alone; another version of whisker finds none of them.
   *
   * @param owners by the model's name; whoever is not there, runs without a network, is shared by
   *     all
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
      return new SharedRuns(new ArmRunFiles(runs.resolve(Provenance.whiskerVersion())), owners);
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
}
