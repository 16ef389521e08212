package org.whisker.spark;

import java.io.Serializable;
import java.nio.file.Path;
import org.whisker.feature.sweep.Numerics;
import org.whisker.feature.sweep.SweepEngine.EngineRequest;
import org.whisker.feature.sweep.SweepManifest.SweepVersions;
import org.whisker.job.DeviceConfig;
import org.whisker.torch.Precision;

/**
 * All that executors are told besides their tasks: no model, nothing that is open.
 *
 * @param folder of the sweep
 * @param results where results are kept; empty: in the folder
 * @param home with the models; empty: they are sent
 * @param attempts how often Spark tries a task
 * @param application Spark's own name of this run
 */
record NodeSettings(
    String folder,
    String results,
    String home,
    int attempts,
    String application,
    String source,
    String whisker,
    String engine,
    String mode,
    String device,
    String precision)
    implements Serializable {
  static NodeSettings of(EngineRequest request, Path home, int attempts, String application) {
    Numerics numerics = request.numerics();
    return new NodeSettings(
        request.folder().path().toString(),
        request.results().orElse(""),
        home.toString(),
        attempts,
        application,
        request.versions().source(),
        request.versions().whisker(),
        request.versions().engine(),
        numerics.mode().label(),
        numerics.on().device(),
        numerics.on().precision().label());
  }

  Numerics numerics() {
    return new Numerics(
        Numerics.Mode.parse(mode),
        new DeviceConfig(device, Precision.parse("precision", precision)));
  }

  SweepVersions versions() {
    return new SweepVersions(source, whisker, engine);
  }

  boolean modelsAreSent() {
    return home.isEmpty();
  }
}
