package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.feature.models.LayerTables.FieldRingRow;
import org.whisker.feature.models.LayerTables.FoveationTables;
import org.whisker.feature.models.LayerTables.LayerRow;
import org.whisker.feature.models.NetworkJob.PaddingFoveation;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.network.Window.Padding;

class NetworkJobTest {
  @TempDir Path home;

  private NetworkJob.Result run(NetworkJob.NetworkConfig config) throws IOException {
    JobContext context =
        new JobContext(
            new WhiskerHome(home), Clock.systemUTC(), JobListener.silent(), StopSignal.never());
    return new NetworkJob(context).run(config, Optional.of(home.resolve("out")));
  }

  @Test
  void tablesAreReadAsTheyWereWritten() throws IOException {
    TinyModels.save(home, "tiny");
    NetworkJob.Result result =
        run(
            new NetworkJob.NetworkConfig(
                "tiny", Optional.empty(), Set.of(Padding.ZERO, Padding.CIRCULAR), 1));
    assertEquals(result.layers(), LayerRow.TABLE.read(result.folder().resolve(LayerRow.FILE)));
    assertEquals(54, result.layers().size());
    assertNull(result.layers().get(1 + result.layer()).jumpX(), "one unit has no next one");
    assertEquals(
        List.of(Padding.ZERO, Padding.CIRCULAR),
        result.foveation().stream().map(PaddingFoveation::padding).toList());
    FoveationTables read = FoveationTables.read(result.folder());
    assertArrayEquals(result.foveation().get(0).foveation().relative(), read.maps().get("zero"));
    List<FieldRingRow> rings = FieldRingRow.TABLE.read(result.folder().resolve(FieldRingRow.FILE));
    List<FieldRingRow> expected = new ArrayList<>();
    result.fields().forEach((weights, field) -> expected.addAll(FieldRingRow.of(weights, field)));
    assertEquals(expected, rings);
  }

  @Test
  void aConfigurationIsChecked() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new NetworkJob.NetworkConfig("tiny", Optional.empty(), Set.of(), -1))
                .getMessage());
    assertEquals("--gradient must be at least 0, was -1", message);
  }
}
