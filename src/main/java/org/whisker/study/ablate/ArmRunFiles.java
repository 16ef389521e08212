package org.whisker.study.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunStore;
import org.whisker.table.experiment.KeptRunRow;

/**
 * Finished runs of ablations, a file each: {@code FOLDER/MODEL/KEY/SEED.csv}, whole or not there.
 * What can't be read or written is an {@link UncheckedIOException}. A run that an earlier version
 * kept, which lacks what is measured now, counts as not kept.
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
      if (rows.size() != 1) {
        throw new IOException(file + " has " + rows.size() + " rows, expected 1; remove it");
      }
      return rows.stream().filter(KeptRunRow::isComplete).map(KeptRunRow::run).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void keep(String model, String key, ArmRun run) {
    try {
      KeptRunRow.TABLE.write(file(model, key, run.seed()), List.of(KeptRunRow.of(run)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
