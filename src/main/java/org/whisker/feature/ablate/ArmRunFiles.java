package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.AblationRunner.RunStore;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.result.KeptRunRow;
import org.whisker.classifier.Sha256;

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
}
