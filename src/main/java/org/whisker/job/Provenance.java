package org.whisker.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelCard;
import org.whisker.job.JobContext.Asked;
import org.whisker.table.ChartRequest;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.torch.precision.InstructionSets;

/** What a manifest says of where a result comes from. */
public final class Provenance {
  private Provenance() {}

  /** The beginning of a manifest, to which the command adds its own entries. */
  public static Map<String, Object> manifest(
      String command, JobContext context, ModelCard card, TorchClassifier.Settings run) {
    Map<String, String> versions = versions(); // loads the engine
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", command);
    manifest.put("created", context.clock().instant().toString());
    manifest.put("model", model(card));
    if (!card.output().isOfCat()) {
      context.note(
          "%s is asked for %s: 'target' in the names of columns stands for that"
              .formatted(card.name(), card.output().target()));
    }
    context.listener().runs(card.output().isOfCat() ? "" : card.output().target());
    manifest.put("device", run.device().label());
    manifest.put("precision", run.precision().label());
    manifest.put("batch", run.batch());
    if (run.device().isCpu()) {
      manifest.put(Workers.OPERATOR_THREADS, OperatorThreads.count());
      manifest.put("instructions", InstructionSets.here().entries());
    }
    manifest.put("versions", versions);
    asked(manifest, context.asked());
    return manifest;
  }

  /** Begins the manifest of a command that may run no model, and then needs no engine. */
  public static Map<String, Object> manifest(String command, JobContext context) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", command);
    manifest.put("created", context.clock().instant().toString());
    manifest.put("versions", own());
    asked(manifest, context.asked());
    return manifest;
  }

  /** What asked for the job, which its charts name; nothing where a program asked as usual. */
  public static void asked(Map<String, Object> manifest, Asked asked) {
    if (!asked.arguments().isEmpty()) {
      manifest.put("arguments", asked.arguments());
    }
    if (!asked.charts().isStandard()) {
      manifest.put(ChartRequest.KEY, asked.charts().json());
    }
  }

  /** What a manifest says of each model: with its class, where that is another than cat. */
  public static Map<String, String> model(ModelCard card) {
    Map<String, String> model = new LinkedHashMap<>();
    model.put("name", card.name());
    model.put("sha256", card.weights().sha256());
    if (!card.output().isOfCat()) {
      model.put("class", card.output().target());
      model.put("output", card.output().label());
    }
    return model;
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = own();
    versions.put("engine", Classifiers.engine());
    return versions;
  }

  private static Map<String, String> own() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("whisker", whiskerVersion());
    versions.put("java", System.getProperty("java.version", "unknown"));
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /**
   * The version that the manifest of the jar holds, without the name; {@code (not packaged)} when
   * run from classes alone.
   */
  public static String whiskerVersion() {
    @Nullable String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
