package org.whisker.evolution;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.whisker.image.Canvas;

/** A checkpoint of a small search, for fuzzers. */
public final class CheckpointSeed {
  private CheckpointSeed() {}

  public static byte[] bytes(Canvas canvas) throws IOException {
    EvolutionOptions options =
        EvolutionOptions.quick().withGenetic(genetic -> genetic.withElites(2).withPopulation(6));
    EvolutionRun run = new Evolution(options, canvas, Planted::weightedSum).begin(3);
    run.advance();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      RunCheckpoint.of(run).writeTo(out);
    }
    return bytes.toByteArray();
  }
}
