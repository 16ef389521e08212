package org.whisker.study.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.io.Decimals;
import org.whisker.study.JobContext;
import org.whisker.study.input.PhotoReading;
import org.whisker.study.train.ModelTraining;
import org.whisker.study.train.TrainingOrigin;
import org.whisker.study.train.TrainingPhotos;
import org.whisker.study.train.TrainingRecipe;
import org.whisker.study.train.TrainingTarget;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.weights.DType;
import org.whisker.weights.Storage;

/**
 * The networks of a population, a folder each; one that is not there is trained, from where an
 * earlier process left it.
 */
final class PopulationNetworks {
  private final PopulationConfig config;
  private final Path folder;
  private final String note;
  private final JobContext context;
  private final ModelStore store;
  private @Nullable Decoded decoded;

  /**
   * @param folder of all of them
   * @param note what their cards say of the photos
   */
  PopulationNetworks(PopulationConfig config, Path folder, String note, JobContext context) {
    this.config = config;
    this.folder = folder;
    this.note = note;
    this.context = context;
    this.store = new ModelStore(folder);
  }

  /** Photos are decoded when the first network is trained. */
  private record Decoded(TrainingPhotos photos, PhotoReading test) {}

  /**
   * That of a member.
   *
   * @throws CancellationException when stopped; epochs that are done are kept
   * @throws IOException when its folder has a network of another training
   */
  StoredModel get(Member member, String which, BooleanSupplier stopped) throws IOException {
    if (store.contains(member.name())) {
      check(member);
    } else {
      train(member, which, stopped);
    }
    return store.open(member.name());
  }

  private void check(Member member) throws IOException {
    if (!member.recipe(config).made(store.card(member.name()))) {
      throw new IOException(
          folder.resolve(member.name())
              + " is a network of another training than its name tells; remove it");
    }
  }

  private void train(Member member, String which, BooleanSupplier stopped) throws IOException {
    Decoded all = decoded();
    TrainingRecipe recipe = member.recipe(config);
    TrainingOrigin origin = TrainingOrigin.fresh(recipe);
    TorchDevice device = config.on().settings(recipe.options().batch()).device();
    TrainingTask task = origin.task(all.photos().train().photos(), false, device);
    TrainingTarget target = TrainingTarget.of(folder.resolve(member.name()), context.home(), false);
    ModelTraining training = new ModelTraining(origin, task, target, all.photos(), context);
    Trainer.Result result =
        training
            .train(
                "training " + which,
                line -> context.listener().detail(member.name() + ": " + line),
                stopped)
            .filter(Trainer.Result::finished)
            .orElseThrow(
                () -> new CancellationException("stopped while training " + member.name()));
    say(
        training.save(
            result, Optional.of(all.test()), note, config.researchOnly(), Storage.all(DType.F32)));
  }

  private Decoded decoded() throws IOException {
    Decoded known = decoded;
    if (known == null) {
      known =
          new Decoded(
              TrainingPhotos.read(config.data(), context),
              TrainingPhotos.readTest(config.data(), context).orElseThrow());
      decoded = known;
    }
    return known;
  }

  private void say(ModelCard saved) {
    Figures figures = saved.figures();
    if (figures != null) {
      context.note(
          "trained %s: test accuracy %s, p(cat) of white %.3f"
              .formatted(
                  saved.name(),
                  Decimals.percent(figures.accuracy()),
                  figures.whiteCatProbability()));
    }
  }
}
