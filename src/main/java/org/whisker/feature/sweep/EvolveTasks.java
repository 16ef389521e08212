package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.EvolveConfig.EvolveConfigJson;
import org.whisker.feature.evolve.OpenSearch;
import org.whisker.feature.sweep.SweepPlan.SweepGroup;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig.Models;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/** Makes the tasks of a search: a run each. */
final class EvolveTasks {
  /** Images in a call: more gain little, and runs that go together are lost together by a kill. */
  private static final int ENOUGH = 8;

  private final JobContext context;
  private final SweepPlanner.Pace pace;
  private final SweepPlanner.SweepKeys keys;
  private final boolean oneByOne;
  private final Map<String, StoredModel> opened = new HashMap<>();
  private final Map<String, StoredAblatedModel> scored = new HashMap<>();

  EvolveTasks(
      JobContext context, SweepPlanner.Pace pace, SweepPlanner.SweepKeys keys, boolean oneByOne) {
    this.context = context;
    this.pace = pace;
    this.keys = keys;
    this.oneByOne = oneByOne;
  }

  /** What is asked for in the spec's words. */
  record Asked(String group, Map<String, String> options, boolean keepGenerations) {}

  /** Adds the tasks of a configuration. */
  SweepGroup make(Asked asked, EvolveConfig config, List<SweepTask> tasks) throws IOException {
    StoredModel model = model(config.model());
    ObjectNode json = EvolveConfigJson.write(config);
    if (asked.keepGenerations()) {
      json.put(SearchTaskRunner.KEEP_GENERATIONS, true);
    }
    EvolutionOptions search = config.plan().options();
    double images =
        Math.min(
            (double) search.stop().generations() * search.method().newGenomes(),
            (double) search.stop().evaluations().orElse(Long.MAX_VALUE));
    int together = oneByOne ? 1 : together(config, model);
    double seconds = seconds(config, model, images, Math.min(together, config.plan().runs()));
    String identity = SweepPlanner.SweepKeys.model(model.card());
    String what = model.card().name() + " " + asked.options();
    // by what is asked for, not by the seeds among which this one is asked for
    String text = json.deepCopy().without(List.of("seed", "runs", "model")).toString();
    for (int run = 0; run < config.plan().runs(); run++) {
      long seed = config.plan().seed() + run;
      tasks.add(
          new SweepTask(
              keys.of(SweepTask.Kind.EVOLVE, identity, text, seed),
              SweepTask.Kind.EVOLVE,
              asked.group(),
              what,
              config.model(),
              model.card().weights().sha256(),
              seed,
              images,
              seconds,
              together,
              json));
    }
    return new SweepGroup(asked.group(), "evolve", asked.options(), json);
  }

  private static int together(EvolveConfig config, StoredModel model) throws IOException {
    int fresh = config.plan().options().method().newGenomes();
    return Math.min((ENOUGH + fresh - 1) / fresh, OpenSearch.together(model, config));
  }

  private double seconds(EvolveConfig config, StoredModel model, double images, int together) {
    EvolutionOptions search = config.plan().options();
    TorchDevice device = config.scoring().devices().get(0);
    int batch = device.searchBatch(search.method().population());
    StoredAblatedModel timed =
        scored.computeIfAbsent(
            config.model() + " " + batch,
            name -> new StoredAblatedModel(model, settings(config, device, batch)));
    return pace.seconds(timed, images, Math.min(batch, together * search.method().newGenomes()));
  }

  private static TorchClassifier.Settings settings(
      EvolveConfig config, TorchDevice device, int batch) {
    return new TorchClassifier.Settings(
        org.whisker.torch.Precision.parse("precision", config.scoring().precision()),
        device,
        batch);
  }

  private StoredModel model(String name) throws IOException {
    StoredModel known = opened.get(name);
    if (known != null) {
      return known;
    }
    StoredModel model = Models.open(new ModelStore(context.home().models()), name);
    opened.put(name, model);
    return model;
  }
}
