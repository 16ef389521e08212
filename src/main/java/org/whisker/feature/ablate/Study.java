package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.job.DeviceConfig;
import org.whisker.job.DeviceConfig.SettledDevice;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ResumableJob;
import org.whisker.job.SearchPrecision.KeptAgreements;
import org.whisker.torch.Precision;

/**
 * Experiments on models, done in a folder that can be gone on with. The precision of the searches
 * is settled before there is a folder, and stands in the configuration that is recorded.
 *
 * @param <C> all that decides its results
 * @param <P> what is planned of it
 * @param <R> what it comes to
 */
public abstract class Study<C extends Record, P, R> extends ResumableJob<C, R> {
  protected Study(JobContext context, String command, Class<C> type) {
    super(context, command, type);
  }

  /** What the networks run on. */
  protected abstract DeviceConfig on(C config);

  /** Returns a copy on another device, or in another precision. */
  protected abstract C on(C config, DeviceConfig other);

  /** The names of the models, or their paths. */
  protected abstract List<String> names(C config) throws IOException;

  /**
   * What is done, and what is left out, without doing it.
   *
   * @param config says the precision of searches
   */
  public abstract P plan(C config) throws IOException;

  protected abstract AblateJob experiments(P plan);

  /** The models of which something is done. */
  protected abstract List<StoredAblatedModel> models(P plan);

  /**
   * The folder where a study is done, unless another is named.
   *
   * @param command in the name of the folder
   */
  public record Named(String command, Path parent, String stem) {}

  protected abstract Named named(C config);

  /** Says in a manifest what is done. */
  protected abstract void describe(C config, P plan, Map<String, Object> content);

  /** The entries of the manifest that decide the results. */
  protected abstract List<String> decisive();

  /** Does it in its folder, from wherever an earlier process left it. */
  protected abstract R work(C config, P plan, JobFolder folder) throws IOException;

  @Override
  public final R run(C asked, JobFolder.Place place) throws IOException {
    place.check();
    SettledDevice on = device(asked);
    C config = measured(on(asked, on.on()));
    P plan = plan(config);
    Named named = named(config);
    Map<String, Object> content =
        StoredAblatedModel.manifest(named.command(), context, models(plan));
    describe(config, plan, content);
    on.putInto(content);
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(named.parent(), named.stem(), content, config, decisive()),
        folder -> {
          experiments(plan).checkSame(folder.manifest().content(), folder.folder());
          return work(config, plan, folder);
        });
  }

  /** Settles the precision of the searches, for a caller who asks before there is a folder. */
  public final C settled(C config) throws IOException {
    return measured(on(config, device(config).on()));
  }

  /**
   * Adds what is measured of this machine before anything is planned. It is recorded, so that
   * whoever goes on plans the same; most commands measure nothing.
   *
   * @throws IOException if a model can't be read
   */
  protected C measured(C config) throws IOException {
    return config;
  }

  private SettledDevice device(C config) throws IOException {
    DeviceConfig asked = on(config);
    if (asked.hasSearchPrecision()) {
      return new SettledDevice(asked); // opening a model reads all of it
    }
    plan(on(config, asked.searchingIn(Precision.FLOAT32.label()))); // refuses what can't be done
    ModelStore store = new ModelStore(context.home().models());
    List<StoredModel> models = new ArrayList<>();
    for (String name : names(config)) {
      models.add(Models.open(store, name));
    }
    return SettledDevice.chosen(
        asked,
        models,
        AblateConfig.BATCH,
        KeptAgreements.in(context.home().cache()),
        context::note);
  }
}
